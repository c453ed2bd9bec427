"""The words of the command line, and what each of them takes."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from typing_extensions import override

from app import __version__
from app.cli.exchange_arguments import add_exchange_commands
from app.cli.headoffice_arguments import add_office_commands
from app.cli.usage_words import in_the_language_spoken, reword, speaking
from app.domain.text import Language
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder, default_data_folder

_Adder = Callable[[str, str], argparse.ArgumentParser]
TARGETS = ("customers", "products", "orders")
LEVELS = ("store-item", "store-class", "item", "store", "total")
_ABOUT = "Zoufang (走访): from shop to shop, without a network"
_EPILOG = """\
The password comes from a prompt, from --password-file or from ZOUFANG_PASSWORD; never from the command line.
Without a command the window opens.
Exit codes: 0 done, 1 some rows refused, 2 could not be done as asked, 3 wrong password, 4 store damaged,
5 unexpected error (a log was written), 130 stopped."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; without a command the window opens."""
    parser = argparse.ArgumentParser(
        prog="zoufang",
        description=_ABOUT,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"zoufang {__version__}")
    _add_common(parser)
    # What holds for every command may stand before it or after it.
    after = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    _add_common(after)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[after], allow_abbrev=False)

    _add_store_commands(command)
    _add_reading_commands(command)
    _add_demo_commands(command)
    add_exchange_commands(command, _day, _path)
    add_office_commands(command("headoffice", "the service that the laptops sync with"), after)
    return parser


def parse(words: Sequence[str], language: Language) -> argparse.Namespace:
    """Return the arguments; help and refusals are printed in that language, and end with SystemExit."""
    with speaking(language) as translate:
        parser = build_parser()
        reword(parser, translate)
        return parser.parse_args(words)


def language_of(words: Sequence[str], otherwise: Language) -> Language:
    """Return the language that the words ask for, before they are read in earnest: refusals are told in it too."""
    known = {language.value: language for language in Language}
    for word, following in zip(words, (*words[1:], ""), strict=True):
        wanted = following if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if wanted in known:
            return known[wanted]
    return otherwise


def folder_of(arguments: argparse.Namespace) -> DataFolder:
    """Return the data folder that the arguments name, or this user's."""
    return DataFolder(arguments.data_dir.absolute()) if arguments.data_dir else default_data_folder()


def clock_of(arguments: argparse.Namespace) -> Clock:
    """Return the clock that the arguments set; `--date` of a command also sets the day."""
    return Clock(as_of=getattr(arguments, "date", None) or arguments.as_of)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-dir", type=_path, metavar="DIR", help="folder of the store (default: this user's)")
    parser.add_argument("--password-file", type=_path, metavar="FILE", help="file whose first line is the password")
    parser.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="work as if it were this day")
    parser.add_argument("--lang", choices=("zh", "en"), help="language (default: the system's)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    parser.add_argument("--password", action=_RefusePassword, nargs="?", help=argparse.SUPPRESS)


def _add_store_commands(command: _Adder) -> None:
    command("init", "set up a new store")
    imports = command("import", "bring in customers, products or orders from CSV or XLSX")
    imports.add_argument("target", choices=TARGETS)
    imports.add_argument("file", type=_path)
    imports.add_argument("--profile", required=True, help="mapping profile: a name such as iowa, or a TOML file")
    imports.add_argument("--dry-run", action="store_true", help="only say what would happen")
    imports.add_argument(
        "--rejects",
        type=_path,
        metavar="FILE",
        help="save the refused rows here (CSV or XLSX) to mend and import again",
    )
    backup = command("backup", "back up the store, photos included where FILE is given")
    backup.add_argument("file", type=_path, nargs="?")
    restore = command("restore", "put a backup in the place of the store")
    restore.add_argument("file", type=_path)
    command("check", "read every page of the store and every photo")


def _add_reading_commands(command: _Adder) -> None:
    search = command("search", "find customers and products")
    search.add_argument("text")
    command("customers", "list the customers")
    customer = command("customer", "show one customer")
    customer.add_argument("code")
    customer.add_argument("--assortment", action="store_true", help="with SKUs to add, to drop and to take instead")
    today = command("today", "the shops of a day and why")
    today.add_argument("--date", type=_day, metavar="YYYY-MM-DD")
    plan = command("plan", "the visits of a month: which shop on which day")
    plan.add_argument("--month", type=_month, metavar="YYYY-MM", help="the month (default: the running one)")
    plan_does = plan.add_mutually_exclusive_group()
    plan_does.add_argument("--keep", action="store_true", help="compute the month anew and store it")
    plan_does.add_argument("--explain", metavar="CUSTOMER", help="why one customer's visits are on their days")
    plan.add_argument("--out", type=_path, metavar="FILE", help="write the visit plan table to this XLSX file")
    route = command("route", "the stops of a day in the shortest order; nothing is changed")
    route.add_argument("--date", type=_day, metavar="YYYY-MM-DD")
    tasks = command("tasks", "the tasks of head office and how they stand")
    tasks.add_argument("--date", type=_day, metavar="YYYY-MM-DD")
    advice = command("advice", "order guidance for one customer")
    whose = advice.add_mutually_exclusive_group(required=True)
    whose.add_argument("customer", nargs="?")
    whose.add_argument("--all", action="store_true", help="of every customer; needs --out")
    advice.add_argument("--date", type=_day, metavar="YYYY-MM-DD")
    advice.add_argument("--out", type=_path, metavar="FILE", help="write the lines to this CSV file")
    forecast = command("forecast", "demand in the months to come")
    forecast.add_argument(
        "--horizon",
        type=int,
        choices=range(1, 7),
        metavar="N",
        help="months, 1 to 6 (default: 1, of what was submitted all)",
    )
    forecast.add_argument("--level", choices=LEVELS, default="item", help="what a row is about (default: item)")
    whose = forecast.add_mutually_exclusive_group()
    whose.add_argument("--own", action="store_true", help="with the manager's corrections, by shop and SKU")
    whose.add_argument("--submitted", action="store_true", help="what was submitted to head office, by SKU")
    forecast.add_argument("--out", type=_path, metavar="FILE", help="write the rows to this CSV file")
    backtest = command("backtest", "what forecasts and guidance would have been worth on the store's own orders")
    backtest.add_argument("what", choices=("forecast", "orders"), help="which of them")
    backtest.add_argument(
        "--from", dest="since", type=_day, metavar="YYYY-MM-DD", help="first day (default: 12 months, 26 weeks)"
    )
    backtest.add_argument("--to", dest="until", type=_day, metavar="YYYY-MM-DD", help="last day (default: today)")
    kpi = command("kpi", "the figures of a month against their targets")
    kpi.add_argument("--month", type=_month, metavar="YYYY-MM", help="the month (default: the running one)")
    kpi.add_argument("--out", type=_path, metavar="FILE", help="write the rows to this CSV file")
    summary = command("summary", "the customer's PDF")
    summary.add_argument("customer")
    summary.add_argument("--date", type=_day, metavar="YYYY-MM-DD")
    summary.add_argument("--out", type=_path, metavar="FILE", required=True)


def _add_demo_commands(command: _Adder) -> None:
    demo = command("demo", "build the demo territory and open it")
    demo.add_argument("--no-window", action="store_true", help="play a day offscreen even if there is a screen")
    demo.add_argument("--build-only", action="store_true", help="only build the territory")
    demo.add_argument("--practice", action="store_true", help="the small invented Chinese territory instead of Iowa")
    demo.add_argument("--out", type=_path, default=Path("build/demo"), help="where pictures and the PDF go")
    shots = command("shots", "render every page in both languages, light and dark")
    shots.add_argument("--out", type=_path, metavar="DIR", required=True)
    shots.add_argument("--only", help="render only the pages whose name holds this word")


def _path(text: str) -> Path:
    """Refuse the empty text that an unset variable of a script leaves: it would mean the folder one stands in."""
    if not text.strip():
        raise argparse.ArgumentTypeError(in_the_language_spoken("is empty"))
    return Path(text)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        words = in_the_language_spoken("%r is no day; write it as 2022-04-29")
        raise argparse.ArgumentTypeError(words % text) from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        words = in_the_language_spoken("%r is out of the years %d to %d")
        raise argparse.ArgumentTypeError(words % (text, _FIRST_YEAR, _LAST_YEAR))
    return day


def _month(text: str) -> date:
    try:
        return _day(f"{text}-01")
    except argparse.ArgumentTypeError:
        words = in_the_language_spoken("%r is no month; write it as 2022-04")
        raise argparse.ArgumentTypeError(words % text) from None


class _RefusePassword(argparse.Action):
    """What stands on a command line is seen by every process and kept by the shell."""

    @override
    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        never = "a password never stands on the command line: use --password-file FILE or ZOUFANG_PASSWORD"
        parser.error(in_the_language_spoken(never))
