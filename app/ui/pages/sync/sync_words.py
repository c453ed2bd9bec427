"""What sync says: how a round ended, why a record was refused, what a record is called."""

from datetime import datetime

from PySide6.QtCore import QObject

from app.services.sync_facts import Ended, EnrolFlaw


def moment_words(moment: datetime | None) -> str:
    """Write a moment short, in the time of this machine: 11-21 11:12."""
    return "" if moment is None else f"{moment.astimezone():%m-%d %H:%M}"


class SyncWords(QObject):
    """Puts the codes of sync into the language shown."""

    def ended(self, ended: Ended) -> str:
        """Say how a round ended, and that nothing is lost where one could fear it."""
        return {
            Ended.DONE: self.tr("Synced. Head office has confirmed everything that was sent."),
            Ended.OFFLINE: self.tr("Head office cannot be reached now. Everything is kept here and goes up later."),
            Ended.LATER: self.tr("Head office is busy. It will be tried again by itself."),
            Ended.STOPPED: self.tr("Stopped. The next round goes on from here."),
            Ended.UPGRADE: self.tr("Your records went up. To receive updates, this program must be updated first."),
            Ended.REVOKED: self.tr("Head office has closed this laptop's access. Please ask head office."),
            Ended.WIPED: self.tr("Head office has closed this laptop's access; its data were erased."),
            Ended.ENROL_AGAIN: self.tr("Head office does not know this laptop any more: enrol it again below."),
            Ended.FAILED: self.tr("Something went wrong in the program. Nothing is lost; it will be tried again."),
            Ended.NOT_MEMBER: self.tr("This laptop is not enrolled at head office."),
            Ended.KEYS_MISSING: self.tr("The keys of this laptop are gone from the system: enrol it again below."),
            Ended.ELSEWHERE: self.tr("Another sync of these data is under way."),
        }[ended]

    def flaw(self, flaw: EnrolFlaw) -> str:
        """Say why this laptop could not be enrolled, and what to do."""
        return {
            EnrolFlaw.PRACTICE: self.tr("These are practice data; they are never sent to head office."),
            EnrolFlaw.ANOTHER_PERSON: self.tr(
                "This code belongs to another manager than the one whose work is on this laptop. Nothing was changed."
            ),
            EnrolFlaw.OFFLINE: self.tr("Head office cannot be reached. Check the network and the address."),
            EnrolFlaw.CODE: self.tr("Head office does not take this code. Ask for a new one: each works only once."),
            EnrolFlaw.CERTIFICATE: self.tr("The certificate file cannot be read."),
        }[flaw]

    def table(self, table: str) -> str:
        """Name a kind of record."""
        names = {
            "customer": self.tr("Customer archive"),
            "visit": self.tr("Visit"),
            "stock_count": self.tr("Stock and prices"),
            "shelf_check": self.tr("Shelf check"),
            "diagnosis_rating": self.tr("Diagnosis"),
            "advice_line": self.tr("Order guidance"),
            "improvement_plan": self.tr("Improvement plan"),
            "promise": self.tr("Agreement"),
            "photo": self.tr("Photo"),
            "task": self.tr("Task"),
            "change_proposal": self.tr("Change proposal"),
            "sync_conflict": self.tr("Decision"),
        }
        return names.get(table, self.tr("Record"))

    def refusal(self, status: str, reason: str) -> str:
        """Say why head office did not take a record, and what can be done."""
        by_reason = {
            "read_only": self.tr("Head office keeps this record; it cannot be changed from a laptop."),
            "not_the_author": self.tr("Another manager wrote this record; only that person can change it."),
            "not_yours": self.tr("This record does not belong to you any more."),
            "unknown_parent": self.tr("What it belongs to has not reached head office yet. It is tried again then."),
            "too_late": self.tr("The 90 days for changing this decision are over."),
            "office_field": self.tr("Head office keeps this field; its value stands."),
            "too_large": self.tr("The record is too large to be sent. Shorten its notes."),
        }
        by_reason["text_too_long"] = by_reason["too_large"]
        by_status = {
            "forbidden": self.tr("Head office does not let this be changed from a laptop."),
            "invalid": self.tr("Head office could not read a value in it. Open it and check what is entered."),
            "malformed": self.tr("Head office could not read it. Open it and check what is entered."),
            "too_large": by_reason["too_large"],
            "parked": self.tr("Head office is keeping it until what it belongs to is known."),
            "gone": self.tr("Head office has deleted this record; what you wrote is kept here."),
            "moved": self.tr("This customer belongs to another territory now; what you wrote is kept here."),
        }
        return by_reason.get(reason) or by_status.get(status) or self.tr("Head office did not take it.")
