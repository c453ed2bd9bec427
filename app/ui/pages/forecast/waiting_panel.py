"""What stands in place of the table: the forecast is being computed, cannot be, or there are too few orders."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.pages.forecast.desk_reading import Stage
from app.ui.pages.forecast.forecast_view_model import ForecastViewModel
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import TextLabel

_TICK_MS = 500


class WaitingPanel(Card):
    """Says what is going on, and offers the one thing to do about it."""

    import_requested = Signal()

    def __init__(self, model: ForecastViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._model = model
        self._messages = Messages(self)
        self._empty = EmptyState("analysis")
        self._empty.setObjectName("forecastEmpty")
        self._busy = QWidget()
        self._says = TextLabel("", "strong", wrap=True)
        self._says.setObjectName("forecastComputing")
        self._says.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._so_far = TextLabel("", "muted")
        self._so_far.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._cancel = Button("", small=True)
        self._cancel.setObjectName("forecastCancel")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addStretch(1)
        column = QVBoxLayout(self._busy)
        column.setSpacing(current_theme().size("gap"))
        column.addStretch(1)
        for widget in (self._says, self._so_far):
            column.addWidget(widget)
        column.addLayout(row)
        column.addStretch(2)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._busy)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack)
        self._seconds = 0.0
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._cancel.clicked.connect(self._on_cancel)
        self._empty.action_requested.connect(self._on_action)

    def render_stage(self) -> None:
        """Show where the forecast is."""
        stage = self._model.stage
        if stage in (Stage.LOOKING, Stage.COMPUTING):
            self._stack.setCurrentWidget(self._busy)
            self._says.setText(self.tr("The forecast is computed from the orders of every shop."))
            self._cancel.setText(self.tr("Not now"))
            self._busy.setVisible(stage is Stage.COMPUTING)
            if stage is Stage.COMPUTING and not self._tick.isActive():
                self._seconds = 0.0
                self._tick.start()
                self._on_tick()
            return
        self._tick.stop()
        self._stack.setCurrentWidget(self._empty)
        self._empty.set_words(*self._words(stage))

    def _words(self, stage: Stage) -> tuple[str, str]:
        if stage is Stage.STOPPED:
            return self.tr("The forecast is not shown yet."), self.tr("Compute it")
        if stage is Stage.TOO_FEW:
            info = self._model.info
            words = (
                self.tr("There are no orders yet. A forecast is made from the orders that head office brings.")
                if info is not None and not info.orders
                else self.tr("There are fewer than three whole months of orders: too few to forecast from.")
            )
            return words, self.tr("Import orders…")
        problem = self._model.problem
        return ("" if problem is None else self._messages.of_error(problem).whole), self.tr("Try again")

    @Slot()
    def _on_tick(self) -> None:
        self._so_far.setText(self.tr("%n second(s) so far; you can work on other pages.", "", int(self._seconds)))
        self._seconds += _TICK_MS / 1000

    @Slot()
    def _on_cancel(self) -> None:
        self._tick.stop()
        self._model.stop()

    @Slot()
    def _on_action(self) -> None:
        if self._model.stage is Stage.TOO_FEW:
            self.import_requested.emit()
        else:
            self._model.compute()
