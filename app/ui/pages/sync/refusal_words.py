"""Why head office did not take a record, in plain words, with what can be done."""

import re

from PySide6.QtCore import QObject

_EMPTY = re.compile(r"^(?:(?P<one>\w+) is empty|(?:\w+: )?no (?P<more>\w+(?:, \w+)*))$")
_STAYS = re.compile(r"^(?P<one>\w+) stays$")
_UNKNOWN = re.compile(r"^\w+ has no (?P<one>\w+)$")
_UNREADABLE = re.compile(r"^\w+\.(?P<one>\w+): ")


class RefusalWords(QObject):
    """Every reason of head office and of this laptop has its words; the status alone is the last resort."""

    def of(self, status: str, reason: str) -> str:
        """Say why, and what to do."""
        words = self._of_person(reason) or self._of_code(reason) or self._of_field(reason) or self._of_status(status)
        return words or self.tr("Head office did not take it. What you wrote is kept here.")

    def fields_in(self, reason: str) -> tuple[str, ...]:
        """Return the fields that a reason names."""
        for pattern in (_EMPTY, _STAYS, _UNKNOWN, _UNREADABLE):
            if (found := pattern.match(reason)) is not None:
                named = found.groupdict()
                return tuple((named.get("one") or named.get("more") or "").split(", "))
        return ()

    def knows(self, reason: str) -> bool:
        """Whether there are words for exactly this reason."""
        return bool(self._of_person(reason) or self._of_code(reason) or self._of_field(reason))

    def _of_person(self, reason: str) -> str:
        """Say what a person of the office wrote; their own words stand as they are."""
        code, _, note = reason.partition(": ")
        if code != "dropped_by_office":
            return ""
        if not note:
            return self.tr("Head office looked at it and refused it. What you wrote is kept here.")
        said = self.tr("Head office looked at it and refused it: “%1”. What you wrote is kept here.")
        return said.replace("%1", note)

    def _of_code(self, reason: str) -> str:
        return (self._of_rights() | self._of_place() | self._of_content() | self._of_program()).get(reason, "")

    def _of_rights(self) -> dict[str, str]:
        return {
            "read_only": self.tr("Head office keeps this record; it cannot be changed from a laptop."),
            "office_only": self.tr("Only head office may add or delete such records. Ask head office."),
            "office_field": self.tr("Head office keeps this field; its value stands."),
            "not_the_author": self.tr("Another manager wrote this record; only that person can change it."),
            "not_yours": self.tr("This record does not belong to you any more."),
            "replica_lost": self.tr(
                "This laptop was reported lost. Head office is keeping its records and decides on them."
            ),
            "too_late_to_correct": self.tr(
                "This visit is older than it may be corrected from a laptop. Head office decides on the change."
            ),
            "decided": self.tr("Head office has decided this already, so it can be changed no more."),
            "too_late": self.tr("The 90 days for changing this decision are over."),
        }

    def _of_place(self) -> dict[str, str]:
        return {
            "unknown_parent": self.tr("What it belongs to has not reached head office yet. It is tried again then."),
            "unknown_row": self.tr(
                "Head office does not know this record yet. It keeps the change until the record comes."
            ),
            "newer_schema": self.tr(
                "Head office's program is older than this one. It keeps the change until it is brought up to date."
            ),
            "moved": self._moved(),
            "gone": self.tr("Head office has deleted this record; what you wrote is kept here."),
            "same_id_other_content": self.tr(
                "Head office holds this record with another content, from a copy of this laptop's data. Both are kept."
            ),
            "key_taken": self.tr(
                "Head office holds another record under the same number. What you wrote is kept here: enter it again."
            ),
        }

    def _moved(self) -> str:
        return self.tr(
            "This customer belongs to another territory now. Head office keeps what you wrote; it or the manager there"
            " decides."
        )

    def _of_content(self) -> dict[str, str]:
        return {
            "illegal_step": self.tr(
                "The task is in another state by now, so this step is not possible. Look at it again."
            ),
            "too_large": self.tr("The record is too large to be sent. Shorten its notes."),
            "text_too_long": self.tr(
                "This text is too long to be sent. Open the record and shorten it; everything else in it went up."
            ),
            "choice": self.tr("Head office could not read the decision. Decide again."),
        }

    def _of_program(self) -> dict[str, str]:
        mistake = self.tr("A mistake of the program, not yours. What you wrote is kept here; please tell head office.")
        codes = ("unknown_table", "unknown_kind", "unknown_command", "bad_key", "refused_by_store", "malformed")
        return dict.fromkeys(codes, mistake)

    def _of_field(self, reason: str) -> str:
        words = (
            (_EMPTY, self.tr("A field that must be filled in is empty. Open the record and fill it in.")),
            (
                _STAYS,
                self.tr("What a record belongs to cannot be changed afterwards. Enter it anew at the right place."),
            ),
            (_UNKNOWN, self.tr("Head office's program does not know this field yet. What you wrote is kept here.")),
            (_UNREADABLE, self.tr("Head office could not read a value in it. Open it and check what is entered.")),
        )
        return next((text for pattern, text in words if pattern.match(reason)), "")

    def _of_status(self, status: str) -> str:
        return {
            "forbidden": self.tr("Head office does not let this be changed from a laptop."),
            "invalid": self.tr("Head office could not read a value in it. Open it and check what is entered."),
            "malformed": self.tr("Head office could not read it. Open it and check what is entered."),
            "too_large": self.tr("The record is too large to be sent. Shorten its notes."),
            "parked": self.tr("Head office is keeping it until what it belongs to is known."),
            "gone": self.tr("Head office has deleted this record; what you wrote is kept here."),
            "moved": self._moved(),
        }.get(status, "")
