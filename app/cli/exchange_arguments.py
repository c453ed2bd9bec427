"""The words of the commands that exchange a day with head office, and what each of them takes."""

import argparse
from collections.abc import Callable
from typing import Any


def add_exchange_commands(
    command: Callable[[str, str], argparse.ArgumentParser], day: Callable[[str], Any], path: Callable[[str], Any]
) -> None:
    """Add `enrol`, `sync`, `receipt`, `handover` and `leave`."""
    enrol = command("enrol", "give this store its identity at head office, by a one-time code")
    enrol.add_argument("--url", required=True, help="address of head office, https://...")
    enrol.add_argument("--code", required=True, help="the one-time code from head office")
    enrol.add_argument("--ca", type=path, metavar="FILE", help="certificate of head office's own authority (PEM)")
    sync = command("sync", "send what waits to head office and fetch what is new")
    sync.add_argument(
        "--dry-run", action="store_true", help="only say what would go and come, how many MB and how long"
    )
    photos = sync.add_mutually_exclusive_group()
    photos.add_argument("--no-photos", action="store_true", help="only the records")
    photos.add_argument("--all-photos", action="store_true", help="large photos too, whatever the network costs")
    receipt = command("receipt", "compare a day with head office: complete only when both hold the same")
    receipt.add_argument("--date", type=day, metavar="YYYY-MM-DD")
    handover = command("handover", "write what waits into one sealed file for head office")
    handover.add_argument("file", type=path)
    handover.add_argument("--no-photos", action="store_true", help="only the records")
    leave = command("leave", "give this laptop back: send everything, then erase it")
    leave.add_argument("--yes", action="store_true", help="yes, erase it once everything is at head office")
