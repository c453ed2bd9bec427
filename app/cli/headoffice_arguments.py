"""The words of `zoufang headoffice`, for those who run the service in the computer centre."""

import argparse
from pathlib import Path

from app.cli.usage_words import in_the_language_spoken

OFFICE_TARGETS = ("customers", "products", "orders", "allocations", "tasks", "targets")
_HIGHEST_PORT = 65_535
_ROLES = ("reader", "clerk", "chief")
_TERRITORY = "a territory to be limited to, once for each; default: all"
_AS = "the person of the office whose name managers read on tasks; default: Head office"
_BLOBS = "photos: s3://BUCKET/PREFIX?endpoint=URL or a folder; default: in --data-dir"


def add_office_commands(parser: argparse.ArgumentParser, after: argparse.ArgumentParser) -> None:
    """Add the deeds of head office to its parser; `after` holds what may stand behind every word."""
    parser.add_argument("--database-url", metavar="URL", help="PostgreSQL; default: a SQLite file in --data-dir")
    parser.add_argument("--blobs", metavar="PLACE", help=_BLOBS)
    also = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    also.add_argument("--database-url", metavar="URL", help="PostgreSQL; default: a SQLite file in --data-dir")
    also.add_argument("--blobs", metavar="PLACE", help=_BLOBS)
    deeds = parser.add_subparsers(dest="deed", metavar="DEED", required=True)

    def deed(name: str, text: str) -> argparse.ArgumentParser:
        return deeds.add_parser(name, help=text, description=text, parents=[after, also], allow_abbrev=False)

    _add_service(deed("init", "make the database, or bring it to this version"), deed("serve", "serve the laptops"))
    manager = deed("add-manager", "add a customer manager")
    manager.add_argument("code")
    manager.add_argument("name")
    manager.add_argument("--territory", required=True)
    user = deed("add-office-user", "add a person of the office; the password as everywhere, never in the line")
    user.add_argument("name")
    user.add_argument("--role", choices=_ROLES, default="reader")
    user.add_argument("--territory", action="append", metavar="T", help=_TERRITORY)
    change = deed("change-office-user", "change what a person of the office may see and do")
    change.add_argument("name")
    change.add_argument("--role", choices=_ROLES)
    where = change.add_mutually_exclusive_group()
    where.add_argument("--territory", action="append", metavar="T", help=_TERRITORY)
    where.add_argument("--all-territories", action="store_true", help="every territory, those to come included")
    door = change.add_mutually_exclusive_group()
    door.add_argument("--shut", action="store_true", help="the person is signed out and cannot sign in")
    door.add_argument("--open", action="store_true", help="let in again whoever was shut out")
    for name, text in (("grant", "give a manager the right to a scope"), ("withdraw", "take that right back")):
        right = deed(name, text)
        right.add_argument("manager")
        right.add_argument("scope", help="such as terr:T1, mgr:M001 or ref:catalogue")
    correct = deed("corrections", "for how many days a visit may be corrected from a laptop")
    correct.add_argument("days", nargs="?", type=_days, help="the new number; without it only told")
    move = deed("move", "move customers into another territory, with all that hangs off them")
    move.add_argument("territory")
    move.add_argument("customer", nargs="+", help="codes")
    code = deed("enrol-code", "print a one-time code for a manager's laptop")
    code.add_argument("manager")
    code.add_argument("--url", help="the laptops' address of head office, https://...; kept for the next code")
    code.add_argument("--qr", type=Path, metavar="FILE", help="draw address and code as a QR code, .png or .svg")
    revoke = deed("revoke", "shut a laptop out")
    revoke.add_argument("replica")
    revoke.add_argument("--wipe", action="store_true", help="it also deletes what it holds when it comes next")
    _add_files(deed("import", "bring in a list of the company"), deed("import-handover", "bring in a handover file"))
    deed("status", "who synced when, what is to be settled, what was refused")
    audit = deed("audit", "the log of deeds, and whether it is whole")
    audit.add_argument("--last", type=int, default=20, metavar="N")
    deed("backup", "copy database and photos into a new folder").add_argument("folder", type=Path)
    deed("restored", "say that a backup was put back, so that laptops offer again what it does not know")


def _add_service(init: argparse.ArgumentParser, serve: argparse.ArgumentParser) -> None:
    del init
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=_port, default=8420)
    serve.add_argument("--workers", type=_count, default=1)
    serve.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate, where no proxy ends TLS")
    serve.add_argument("--tls-key", type=Path, metavar="FILE")


def _add_files(rows: argparse.ArgumentParser, handover: argparse.ArgumentParser) -> None:
    rows.add_argument("target", choices=OFFICE_TARGETS)
    rows.add_argument("file", type=Path)
    rows.add_argument("--profile", required=True, help="mapping profile: a name such as iowa, or a TOML file")
    rows.add_argument("--territory", help="of customers whose list names none (new ones: else their sales line)")
    rows.add_argument("--dry-run", action="store_true", help="only say what would happen")
    rows.add_argument(
        "--rejects",
        type=Path,
        metavar="FILE",
        help="save the refused rows here (CSV or XLSX) to mend and import again",
    )
    rows.add_argument("--as", dest="as_person", metavar="NAME", help=_AS)
    handover.add_argument("file", type=Path)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(in_the_language_spoken("%r is no port") % text)
    return int(text)


def _days(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 3650:  # noqa: PLR2004
        raise argparse.ArgumentTypeError(in_the_language_spoken("%r is no number of days from 1 to 3650") % text)
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 64:  # noqa: PLR2004
        raise argparse.ArgumentTypeError(in_the_language_spoken("%r is no number of workers from 1 to 64") % text)
    return int(text)
