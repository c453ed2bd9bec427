"""`zoufang receipt --date D`: compare a day with head office and print the receipt."""

import argparse
from dataclasses import asdict
from datetime import date
from typing import Any

from app.bootstrap.application import Application
from app.cli.output import ExitCode, Output
from app.cli.receipt_words import receipt_lines
from app.cli.sync_trouble_words import sync_trouble
from app.domain.day_receipt import DayReceipt, Stand
from app.runtime.clock import Clock
from app.sync.enrolment import client_for
from app.sync.overview import Overview, read_overview
from app.sync.receipt import ReceiptClient, ask_receipt, kept_receipt
from app.sync.state import read_identity
from app.sync.trouble import NoConnection, SyncError


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Ask head office; without a network print what was answered the last time, and say so."""
    del arguments
    day = application.clock.today()
    try:
        client = client_for(application.database)
        try:
            return print_receipt(application, client, day, output)
        finally:
            client.close()
    except SyncError as error:
        raise sync_trouble(error) from error


def print_receipt(application: Application, client: ReceiptClient, day: date, output: Output) -> int:
    """Print the receipt of a day; SOME_REFUSED while it is not complete."""
    identity = read_identity(application.database)
    is_fresh = True
    try:
        receipt = ask_receipt(
            application.database,
            client,
            day,
            replica=identity.replica,
            manager=identity.manager,
            now=Clock().now(),
        )
    except NoConnection:
        kept = kept_receipt(application.database, day)
        if kept is None:
            raise
        receipt, is_fresh = kept, False
    view = read_overview(application.database, Clock().now())
    of_today = day == Clock().today()  # the receipt of an earlier day says nothing about what waits now
    waits = view.work + view.photos_waiting if of_today or not is_fresh else 0
    lines = receipt_lines(receipt, output.language, waits, is_fresh=is_fresh)
    output.result(_data(receipt, view, is_fresh=is_fresh), lines)
    return ExitCode.DONE if receipt.complete else ExitCode.SOME_REFUSED


def _data(receipt: DayReceipt, view: Overview, *, is_fresh: bool) -> dict[str, Any]:
    confirmed, total = receipt.photos
    counts = {"visits": receipt.count(Stand.MADE), "in_progress": receipt.count(Stand.UNDER_WAY)}
    sums = counts | {"rows": receipt.rows, "photos_confirmed": confirmed, "photos": total, "waiting": receipt.waiting}
    sums["evidence"] = receipt.evidence
    now = {"fresh": is_fresh, "waits": view.work, "photos_waiting": view.photos_waiting}
    return asdict(receipt) | sums | now
