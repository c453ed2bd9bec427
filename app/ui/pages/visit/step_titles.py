"""The names of the eight steps in the language shown."""

from PySide6.QtCore import QObject

from app.domain.visit import Step


class StepTitles(QObject):
    """Puts steps into words."""

    def of(self, step: Step) -> str:
        """Return the name of a step."""
        return {
            Step.BRIEF: self.tr("Brief"),
            Step.ARRIVAL: self.tr("Arrival"),
            Step.STOCK: self.tr("Stock and prices"),
            Step.SHELF: self.tr("Shelf and tags"),
            Step.DIAGNOSIS: self.tr("Diagnosis"),
            Step.ADVICE: self.tr("Order guidance"),
            Step.IMPROVEMENT: self.tr("Improvement plan"),
            Step.WRAP_UP: self.tr("Wrap-up"),
        }[step]
