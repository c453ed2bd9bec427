"""Chooses the day whose way is drawn over the territory: off at first, then day by day."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.formats import format_short_date, weekday_name
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.territory.territory_view_model import TerritoryViewModel
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_look_event


class WayBar(QWidget):
    """A switch; while it is on, the day between two arrows."""

    def __init__(self, model: TerritoryViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._switch = IconButton("route")
        self._switch.setObjectName("showWay")
        self._switch.setCheckable(True)
        self._earlier, self._later = IconButton("chevron.left"), IconButton("chevron.right")
        self._earlier.setObjectName("wayEarlier")
        self._later.setObjectName("wayLater")
        self._day = TextLabel("", "strong")
        self._day.setObjectName("wayDay")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part in (self._switch, self._earlier, self._day, self._later):
            self._row.addWidget(part)
        self._switch.clicked.connect(self._on_switched)
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)
        self._measure()

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._switch.set_name(self.tr("Draw the way of a day"))
        self._earlier.set_name(self.tr("The day before"))
        self._later.set_name(self.tr("The day after"))
        self.render_day()

    def render_day(self) -> None:
        """Show the day."""
        day, way = self._model.day, self._model.way
        self._switch.setChecked(day is not None)
        for part in (self._earlier, self._day, self._later):
            part.setVisible(day is not None)
        if day is None:
            return
        words = f"{format_short_date(day)} {weekday_name(day, current_language())}"
        shops = "" if way is None else self.tr("%n shop(s)", "", len(way.stops))
        self._day.setText(f"{words} · {shops}" if shops else words)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_row"):
            self._measure()

    @Slot()
    def _on_switched(self) -> None:
        self._model.show_day(self._model.today if self._model.day is None else None)

    @Slot()
    def _on_earlier(self) -> None:
        self._model.step_day(-1)

    @Slot()
    def _on_later(self) -> None:
        self._model.step_day(1)

    def _measure(self) -> None:
        self._row.setSpacing(current_theme().size("gap_tiny"))
