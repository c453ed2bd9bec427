"""The dialogs of the plan, each made when it is first wanted."""

from typing import cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.pages.plan.visit_plan_words import PlanWords

# What a dialog needs is imported when it is opened: the page has to be there at once.
# ruff: noqa: PLC0415


class PlanDialogs(QObject):
    """Opens them over the page; a dialog is gone when it is closed."""

    customer_requested = Signal(object)
    """UUID"""

    def __init__(self, model: PlanViewModel, words: PlanWords, page: QWidget) -> None:
        super().__init__(page)
        self._model = model
        self._words = words

    @property
    def _page(self) -> QWidget:
        return cast("QWidget", self.parent())  # asked anew each time: holding it would keep the page alive

    @Slot()
    def nearby(self) -> None:
        """Choose a shop to drop into the day looked at."""
        from app.ui.pages.plan.nearby_dialog import NearbyDialog

        if self._model.can_take(self._model.spot.day):
            self._open(NearbyDialog(self._model, self._page))

    @Slot()
    def cadence(self) -> None:
        """Choose how often the shop of the visit looked at is visited."""
        from app.ui.pages.plan.cadence_dialog import CadenceDialog

        stop = self._model.stop
        if stop is not None:
            self._open(CadenceDialog(self._model, self._words, stop, self._page))

    @Slot()
    def statistics(self) -> None:
        """Look at the year."""
        from app.ui.pages.plan.statistics_dialog import StatisticsDialog

        dialog = StatisticsDialog(self._model, self._words, self._page)
        dialog.customer_requested.connect(self.customer_requested)
        self._open(dialog)

    @Slot()
    def setup(self) -> None:
        """Say how the days run."""
        from app.ui.pages.plan.setup_dialog import SetupDialog

        self._open(SetupDialog(self._model, self._page))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
