"""The column beside the calendar: how healthy the month is, or why something is where it is."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.planning.views import UnplacedView
from app.ui.pages.plan.health_panel import HealthPanel
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.pages.plan.visit_plan_words import PlanWords
from app.ui.pages.plan.why_panel import WhyPanel


class SideColumn(QWidget):
    """Shows the health of the plan until somebody asks why."""

    asked = Signal()
    """Somebody asks why: this column has to be seen."""
    answered = Signal()
    """Nobody asks any more."""

    def __init__(self, model: PlanViewModel, words: PlanWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.health, self.why = HealthPanel(model, words), WhyPanel(model, words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.health)
        whole.addWidget(self.why)
        self.why.hide()
        self.why.closed.connect(self.stop_asking)
        self.health.why_requested.connect(self._on_why_unplaced)

    @property
    def is_asking(self) -> bool:
        """Whether the column says why."""
        return not self.why.isHidden()

    @Slot()
    def toggle(self) -> None:
        """Ask why the visit looked at is where it is, or ask no more."""
        if self.is_asking:
            self.stop_asking()
        else:
            self._ask(None)

    @Slot()
    def stop_asking(self) -> None:
        """Show the health of the plan again."""
        if self.is_asking:
            self.health.show()
            self.why.hide()
            self._model.effects.try_move(None)
            self.answered.emit()

    @Slot()
    def render_column(self) -> None:
        """Show the figures of the month, and why what is looked at now is where it is."""
        self.health.render_health()
        if self.is_asking:
            self.why.follow()

    def take_keyboard(self) -> None:
        """Put the keyboard here."""
        (self.why if self.is_asking else self.health).take_keyboard()

    def _ask(self, unplaced: UnplacedView | None) -> None:
        self.why.show()
        self.health.hide()
        self.why.ask_about(unplaced)
        self.asked.emit()

    @Slot(object)
    def _on_why_unplaced(self, one: UnplacedView) -> None:
        self._ask(one)
        self.why.take_keyboard()
