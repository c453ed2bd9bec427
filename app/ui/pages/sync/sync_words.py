"""What sync says: how a round ended, why a laptop could not be enrolled, what a record is called."""

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
            Ended.UNTRUSTED: self.tr(
                "What answered did not prove to be head office: perhaps the login page of a network, or a proxy that "
                "reads along. Nothing was sent. Check the date of this laptop, else tell your IT."
            ),
            Ended.LATER: self.tr("Head office is busy. It will be tried again by itself."),
            Ended.STOPPED: self.tr("Stopped. The next round goes on from here."),
            Ended.NO_ROOM: self.tr("What waited went up. Nothing came down: this disk has too little room."),
            Ended.UPGRADE: self.tr("Your records went up. To receive updates, this program must be updated first."),
            Ended.REVOKED: self.tr("Head office has closed this laptop's access. Please ask head office."),
            Ended.WIPED: self.tr("Head office has closed this laptop's access; its data were erased."),
            Ended.ENROL_AGAIN: self.tr("Head office does not know this laptop any more: enrol it again below."),
            Ended.FAILED: self.tr("Something went wrong in the program. Nothing is lost; it will be tried again."),
            Ended.NOT_MEMBER: self.tr("This laptop is not enrolled at head office."),
            Ended.KEYS_MISSING: self.tr("The keys of this laptop are gone from the system: enrol it again below."),
            Ended.ELSEWHERE: self.tr("Another sync of these data is under way."),
            Ended.GIVEN_BACK: self.tr("Everything is at head office; this laptop was erased."),
        }[ended]

    def flaw(self, flaw: EnrolFlaw) -> str:
        """Say why this laptop could not be enrolled, and what to do."""
        return {
            EnrolFlaw.PRACTICE: self.tr("These are practice data; they are never sent to head office."),
            EnrolFlaw.ANOTHER_PERSON: self.tr(
                "This code belongs to another manager than the one whose work is on this laptop. Nothing was changed."
            ),
            EnrolFlaw.OFFLINE: self.tr("Head office cannot be reached. Check the network and the address."),
            EnrolFlaw.UNTRUSTED: self.tr(
                "What answered did not prove to be head office. Nothing was sent. "
                "Check the address and the certificate file."
            ),
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
            "product": self.tr("SKUs"),
            "purchase_order": self.tr("Orders"),
            "allocation": self.tr("Order limits"),
            "change_proposal": self.tr("Change proposal"),
            "sync_conflict": self.tr("Decision"),
            "forecast_entry": self.tr("Forecast correction"),
            "forecast_submission": self.tr("Submitted forecast"),
            "forecast_line": self.tr("Figure of a submitted forecast"),
            "forecast_cause": self.tr("Cause of a forecast difference"),
            "forecast_kind": self.tr("Kind of brand or shop"),
            "kpi_target": self.tr("Own target"),
            "office_target": self.tr("Target of head office"),
            "cadence_choice": self.tr("Visit frequency chosen"),
            "day_off": self.tr("Day off"),
        }
        return names.get(table, self.tr("Record"))
