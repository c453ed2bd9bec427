"""What the fields of visits, counts, plans and tasks are called where two values of one clash."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.ui.look.formats import NO_VALUE

ValueWords = Callable[[str, str, object], str]
"""(table, field, value) -> the value in words; an empty field asks for the name of the field in `value`."""


class FieldWords(QObject):
    """Words for fields and values; those of the archive come from the playbook, which the caller brings."""

    def __init__(self, of_archive: ValueWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._of_archive = of_archive

    def name(self, table: str, field: str) -> str:
        """Return what a field is called."""
        if table == "customer":
            return self._of_archive(table, "", field)
        names = self._of_visit() | self._of_sheets() | self._of_follow_up()
        return names.get(field, field.replace("_", " "))

    def value(self, table: str, field: str, value: object) -> str:
        """Return a value as a person reads it."""
        if table == "customer":
            return self._of_archive(table, field, value)
        if value is None or value == "":
            return NO_VALUE
        if isinstance(value, bool):
            return self.tr("yes") if value else self.tr("no")
        if isinstance(value, list | tuple):
            return "、".join(str(one) for one in value) or NO_VALUE  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return self._states().get(str(value), str(value)) if field in {"status", "state"} else str(value)

    def _states(self) -> dict[str, str]:
        return {
            "planned": self.tr("planned"),
            "started": self.tr("under way"),
            "open": self.tr("under way"),
            "done": self.tr("done"),
            "assigned": self.tr("assigned"),
            "accepted": self.tr("accepted"),
            "cannot": self.tr("cannot be done"),
            "cancelled": self.tr("cancelled"),
        }

    def _of_visit(self) -> dict[str, str]:
        return {
            "day": self.tr("Day"),
            "status": self.tr("State"),
            "planned_at": self.tr("Planned for"),
            "started_at": self.tr("Begun"),
            "arrived_at": self.tr("Arrived"),
            "left_at": self.tr("Left"),
            "met": self.tr("Spoken with"),
            "met_note": self.tr("Note on whom I met"),
            "end_reason": self.tr("How it ended"),
            "end_note": self.tr("Note on the end"),
            "need_note": self.tr("What the shop needs"),
            "wrap_note": self.tr("Note of the wrap-up"),
            "next_visit_on": self.tr("Next visit"),
            "locked": self.tr("Day is fixed"),
            "due_by": self.tr("Due by"),
            "planned_on": self.tr("First planned day"),
            "paper_entered_at": self.tr("Entered from paper at"),
            "onboarding_done": self.tr("New-customer steps done"),
            "cadence": self.tr("Visit frequency"),
            "note": self.tr("Note"),
            "caption": self.tr("Caption"),
        }

    def _of_sheets(self) -> dict[str, str]:
        return {
            "on_hand": self.tr("In stock"),
            "retail_price": self.tr("Retail price"),
            "has_tag": self.tr("Price tag"),
            "sku_on_sale": self.tr("SKUs on sale"),
            "sku_shown": self.tr("SKUs shown"),
            "sku_tagged": self.tr("SKUs with a price tag"),
            "slots": self.tr("Slots"),
            "allowed": self.tr("Order limit"),
            "suggested": self.tr("Suggested"),
            "agreed": self.tr("Agreed"),
            "override_reason": self.tr("Reason for the judgement"),
            "item": self.tr("Item"),
        }

    def _of_follow_up(self) -> dict[str, str]:
        return {
            "state": self.tr("State"),
            "current_state": self.tr("Now"),
            "target_state": self.tr("Aim"),
            "measures": self.tr("Measures"),
            "due_on": self.tr("Due"),
            "actions_done": self.tr("Done so far"),
            "cause_note": self.tr("Cause"),
            "text": self.tr("Agreement"),
            "done_on": self.tr("Done on"),
            "dropped_reason": self.tr("Why it was dropped"),
            "report_note": self.tr("Report"),
            "report_reason": self.tr("Why it cannot be done"),
            "reported_at": self.tr("Reported"),
        }
