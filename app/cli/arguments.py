"""The words of the command line, and what each of them takes."""

import argparse
from datetime import date
from pathlib import Path

from app.runtime.clock import Clock
from app.runtime.paths import DataFolder, default_data_folder

TARGETS = ("customers", "products", "orders")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; without a command the window opens."""
    parser = argparse.ArgumentParser(prog="zoufang", description="Zoufang (走访): from shop to shop, without a network")
    parser.add_argument("--data-dir", type=Path, help="folder of the store (default: this user's)")
    parser.add_argument("--password-file", type=Path, help="file whose first line is the password")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="work as if it were this day")
    parser.add_argument("--lang", choices=("zh", "en"), help="language (default: the system's)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("init", help="set up a new store")
    demo = commands.add_parser("demo", help="build the demo territory and open it")
    demo.add_argument("--no-window", action="store_true", help="play a day offscreen even if there is a screen")
    demo.add_argument("--build-only", action="store_true", help="only build the territory")
    demo.add_argument("--practice", action="store_true", help="the small invented Chinese territory instead of Iowa")
    demo.add_argument("--out", type=Path, default=Path("build/demo"), help="where pictures and the PDF go")
    imports = commands.add_parser("import", help="bring in customers, products or orders from CSV or XLSX")
    imports.add_argument("target", choices=TARGETS)
    imports.add_argument("file", type=Path)
    imports.add_argument("--profile", required=True, help="mapping profile: a name such as iowa, or a TOML file")
    imports.add_argument("--dry-run", action="store_true", help="only say what would happen")
    imports.add_argument("--rejects", type=Path, help="save the refused rows here, to mend and import again")
    search = commands.add_parser("search", help="find customers and products")
    search.add_argument("text")
    commands.add_parser("customers", help="list the customers")
    customer = commands.add_parser("customer", help="show one customer")
    customer.add_argument("code")
    today = commands.add_parser("today", help="the shops of a day and why")
    today.add_argument("--date", type=date.fromisoformat)
    advice = commands.add_parser("advice", help="order guidance for one customer")
    advice.add_argument("customer")
    advice.add_argument("--date", type=date.fromisoformat)
    advice.add_argument("--out", type=Path, help="write the lines to this CSV file")
    summary = commands.add_parser("summary", help="the customer's PDF")
    summary.add_argument("customer")
    summary.add_argument("--date", type=date.fromisoformat)
    summary.add_argument("--out", type=Path, required=True)
    backup = commands.add_parser("backup", help="back up the store, photos included where FILE is given")
    backup.add_argument("file", type=Path, nargs="?")
    restore = commands.add_parser("restore", help="put a backup in the place of the store")
    restore.add_argument("file", type=Path)
    commands.add_parser("check", help="read every page of the store and every photo")
    shots = commands.add_parser("shots", help="render every page in both languages, light and dark")
    shots.add_argument("--out", type=Path, required=True)
    shots.add_argument("--only", help="render only the pages whose name holds this word")
    return parser


def folder_of(arguments: argparse.Namespace) -> DataFolder:
    """Return the data folder that the arguments name, or this user's."""
    return DataFolder(arguments.data_dir.absolute()) if arguments.data_dir else default_data_folder()


def clock_of(arguments: argparse.Namespace) -> Clock:
    """Return the clock that the arguments set; `--date` of a command also sets the day."""
    return Clock(as_of=getattr(arguments, "date", None) or arguments.as_of)
