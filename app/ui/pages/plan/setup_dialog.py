"""How the days run: where they begin and end, hours, lunch, how much fits, which calendar counts."""

from dataclasses import dataclass, replace
from datetime import time
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.planning.problem import Span
from app.domain.planning.setup import PlanSetup
from app.domain.planning.views import MapShop
from app.domain.units import half_width
from app.services.plans import Plans
from app.ui.look.theme import current_theme
from app.ui.pages.plan.places import Place, find_place, find_time, write_place
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.tones import Tone

_MOST_STOPS, _MOST_MINUTES, _LONGEST_VISIT = 60, 720, 120
_CALENDARS = ("", "china", "none")


class SetupDialog(QDialog):
    """Is kept at once, can be undone on the page, and counts at the next planning."""

    def __init__(self, model: PlanViewModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("setupDialog")
        self._model = model
        self._setup: PlanSetup | None = None
        self._shops: tuple[MapShop, ...] = ()
        self._limits: dict[QLineEdit, int] = {}
        self._build()
        self._keep.clicked.connect(self._on_keep)
        self._close.clicked.connect(self.reject)
        self._lunch.toggled.connect(self._render_lunch)
        model.tasks.run(partial(_read, model.plans), owner=self, done=self._on_read, failed=self._on_failed)

    def _build(self) -> None:
        theme = current_theme()
        title = self.tr("Set up the days")
        self.setWindowTitle(title)
        self._start, self._end = QLineEdit(), QLineEdit()
        self._start.setObjectName("setupStart")
        self._end.setObjectName("setupEnd")
        for field in (self._start, self._end):
            field.setPlaceholderText(self.tr("A shop, or 30.1234, 110.5678"))
        self._begins, self._ends = self._time("setupBegins"), self._time("setupEnds")
        self._lunch = QCheckBox(self.tr("Lunch"))
        self._lunch.setObjectName("setupLunch")
        self._lunch_from, self._lunch_to = self._time("setupLunchFrom"), self._time("setupLunchTo")
        self._stops = self._number("setupStops", _MOST_STOPS)
        self._minutes = self._number("setupMinutes", _MOST_MINUTES)
        self._town = self._number("setupTown", _LONGEST_VISIT)
        self._country = self._number("setupCountry", _LONGEST_VISIT)
        self._calendar = QComboBox()
        self._calendar.setObjectName("setupCalendar")
        self._calendar.addItems([self.tr("As the territory keeps"), self.tr("China"), self.tr("Monday to Friday")])
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.size("gap"))
        self._grid.setVerticalSpacing(theme.size("gap_small"))
        self._row(self.tr("The day starts at"), self._start)
        self._row(self.tr("The day ends at"), self._end)
        self._row(self.tr("First visit from"), self._begins, self.tr("Last visit until"), self._ends)
        self._row(self.tr("Lunch from"), self._lunch_from, self.tr("Lunch until"), self._lunch_to)
        self._grid.addWidget(self._lunch, self._grid.rowCount(), 1, 1, 3)
        self._row(self.tr("Shops a day at most"), self._stops, self.tr("Minutes a day at most"), self._minutes)
        self._row(self.tr("Minutes a visit, town"), self._town, self.tr("Minutes a visit, country"), self._country)
        self._row(self.tr("Calendar"), self._calendar)
        self._hint = TextLabel(
            self.tr("Days off, half days and leave: right click on a day of the calendar."), "hint", wrap=True
        )
        self._bar = MessageBar()
        self._bar.setObjectName("setupSaid")
        self._keep, self._close = Button(self.tr("Keep"), "primary"), Button(self.tr("Cancel"))
        self._keep.setObjectName("setupKeep")
        self._keep.setEnabled(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._close)
        foot.addWidget(self._keep)
        whole = QVBoxLayout(self)
        side = theme.size("pad")
        whole.setContentsMargins(side, side, side, side)
        whole.setSpacing(theme.size("gap"))
        whole.addWidget(TextLabel(title, "title"))
        whole.addWidget(self._bar)
        whole.addLayout(self._grid)
        whole.addWidget(self._hint)
        whole.addLayout(foot)
        self.setMinimumWidth(theme.em(46))

    def _time(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setPlaceholderText("--:--")
        return field

    def _number(self, name: str, most: int) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        self._limits[field] = most
        return field

    def _row(self, name: str, field: QWidget, second: str = "", other: QWidget | None = None) -> None:
        row = self._grid.rowCount()
        for column, (words, widget) in enumerate(((name, field), (second, other))):
            if widget is not None:
                widget.setAccessibleName(words)
                label = TextLabel(words, "muted")
                label.setBuddy(widget)
                self._grid.addWidget(label, row, 2 * column)
                self._grid.addWidget(widget, row, 2 * column + 1, 1, 3 if other is None else 1)

    def _on_read(self, read: "_Read") -> None:
        setup, self._shops = read.setup, read.shops
        self._setup = setup
        names = [shop.name for shop in self._shops]
        for field, point, name in (
            (self._start, setup.start, setup.start_name),
            (self._end, setup.end, setup.end_name),
        ):
            completer = QCompleter(names, field)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            field.setCompleter(completer)
            field.setText(write_place(Place(point, name)))
        self._begins.setText(f"{setup.begins:%H:%M}")
        self._ends.setText(f"{setup.ends:%H:%M}")
        self._lunch.setChecked(setup.lunch is not None)
        if setup.lunch is not None:
            self._lunch_from.setText(f"{setup.lunch.begins:%H:%M}")
            self._lunch_to.setText(f"{setup.lunch.ends:%H:%M}")
        self._stops.setText(str(setup.stops))
        self._minutes.setText(str(setup.minutes))
        self._town.setText(str(setup.minutes_town))
        self._country.setText(str(setup.minutes_country))
        self._calendar.setCurrentIndex(_CALENDARS.index(setup.calendar) if setup.calendar in _CALENDARS else 0)
        self._keep.setEnabled(True)
        self._render_lunch()

    @Slot()
    def _render_lunch(self) -> None:
        for field in (self._lunch_from, self._lunch_to):
            field.setEnabled(self._lunch.isChecked())

    @Slot()
    def _on_keep(self) -> None:
        before = self._setup
        start, end = (find_place(field.text(), self._shops) for field in (self._start, self._end))
        if before is None:
            return
        if start is None or end is None:
            field = self._start if start is None else self._end
            words = self.tr("'%1' is no shop with a place and no pair of degrees such as 30.1234, 110.5678.")
            self._bar.show_message(words.replace("%1", field.text().strip()), Tone.RED)
            field.setFocus()
            return
        times = self._times()
        numbers = {field: self._number_of(field) for field in self._limits}
        if times is None or None in numbers.values():
            return
        (begins, ends), lunch = times
        after = replace(
            before,
            start=start.point,
            start_name=start.name,
            end=end.point,
            end_name=end.name,
            begins=begins,
            ends=ends,
            lunch=lunch,
            stops=numbers[self._stops] or before.stops,
            minutes=numbers[self._minutes] or before.minutes,
            minutes_town=numbers[self._town] or before.minutes_town,
            minutes_country=numbers[self._country] or before.minutes_country,
            calendar=_CALENDARS[self._calendar.currentIndex()],
        )
        self._model.save_setup(after, before)
        self.accept()

    def _times(self) -> tuple[tuple[time, time], Span | None] | None:
        """Return begin and end of the day, and lunch; None, and say it, where one is no time or ends too early."""
        pairs = [(self._begins, self._ends)]
        if self._lunch.isChecked():
            pairs.append((self._lunch_from, self._lunch_to))
        read: list[tuple[time, time]] = []
        for first, last in pairs:
            begins, ends = find_time(first.text()), find_time(last.text())
            if begins is None or ends is None:
                field = first if begins is None else last
                words = self.tr("'%1' is no time of day: write it as 08:30.")
                return self._refuse(field, words.replace("%1", field.text().strip()))
            if ends <= begins:
                return self._refuse(last, self.tr("The end lies before the beginning."))
            read.append((begins, ends))
        return read[0], Span(*read[1]) if len(read) > 1 else None

    def _number_of(self, field: QLineEdit) -> int | None:
        """Return the number typed; None, and say it, where it is none that is possible."""
        most = self._limits[field]
        typed = half_width(field.text()).strip()
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= most:
            return int(typed)
        words = self.tr("%1: a number from 1 to %2.").replace("%1", field.accessibleName())
        return self._refuse(field, words.replace("%2", str(most)))

    def _refuse(self, field: QLineEdit, words: str) -> None:
        self._bar.show_message(words, Tone.RED)
        field.setFocus()

    def _on_failed(self, _error: BaseException) -> None:
        self._bar.show_message(self.tr("The set-up could not be read."), Tone.RED)


@dataclass(frozen=True, slots=True)
class _Read:
    setup: PlanSetup
    shops: tuple[MapShop, ...]


def _read(plans: Plans) -> _Read:
    return _Read(plans.setup(), plans.territory())
