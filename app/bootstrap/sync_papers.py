"""The papers of sync as the window needs them: the receipt of a day, and the file for a day without any network."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.day_receipt import DayReceipt
from app.runtime.cancel import CancelToken, Report
from app.runtime.clock import Clock
from app.services.sync_facts import Ended, Handed

if TYPE_CHECKING:
    from app.bootstrap.application import Application

# The engine is imported when a paper is wanted: a store that is not enrolled never needs it.
# ruff: noqa: PLC0415


@dataclass(frozen=True, slots=True)
class SyncPapers:
    """Asks head office to compare a day, and writes what waits to a file that only head office can open."""

    application: "Application"

    def kept(self, day: date) -> DayReceipt | None:
        """Return what the last comparison of a day gave; None if there was none."""
        from app.sync.receipt import kept_receipt

        return kept_receipt(self.application.database, day)

    def compare(self, day: date, cancel: CancelToken) -> DayReceipt | Ended:
        """Compare a day with head office, or say why that cannot be done now."""
        from app.sync.enrolment import client_for
        from app.sync.receipt import ask_receipt
        from app.sync.state import read_identity
        from app.sync.trouble import NoConnection, NotEnrolled, PracticeStore, Refused, SecretsMissing, Untrusted

        database = self.application.database
        try:
            identity = read_identity(database)
            client = client_for(database, cancel)
            client.is_asked = True
            try:
                now = Clock().now()
                return ask_receipt(database, client, day, replica=identity.replica, manager=identity.manager, now=now)
            finally:
                client.close()
        except (PracticeStore, NotEnrolled):
            return Ended.NOT_MEMBER
        except SecretsMissing:
            return Ended.KEYS_MISSING
        except Untrusted:
            return Ended.UNTRUSTED
        except NoConnection:
            return Ended.OFFLINE
        except Refused as refused:
            return Ended.REVOKED if refused.trouble.error == "revoked" else Ended.LATER

    def hand_over(self, target: Path, cancel: CancelToken, report: Report) -> Handed:
        """Write what waits, photos too, to one sealed file.

        Raises NotEnrolled, SecretsMissing, TroubleError where the folder takes nothing, CancelledError.
        """
        from app.sync.handover import write_handover
        from app.sync.secrets import read_secrets
        from app.sync.state import read_identity

        application = self.application
        identity = read_identity(application.database)
        secrets = read_secrets(application.database)
        made = write_handover(
            application.database,
            application.photo_files,
            identity,
            target,
            sign=secrets.sign,
            now=Clock().now(),
            cancel=cancel,
            report=report,
        )
        return Handed(made.file, made.operations, made.photos, made.size)
