"""The year to date: visits by month and how they ended, punctuality, minutes, kilometres, cadence, who is overdue."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.planning.views import Overdue
from app.services.plan_values import VisitCounts, YearStatistics
from app.ui.look.formats import (
    NO_VALUE,
    format_count,
    format_iso,
    format_month,
    format_number,
    format_percent,
    format_short_date,
)
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.pages.plan.visit_plan_words import PlanWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.list_rows import KEY_ROLE, ListRow, ListRowModel, make_list_view
from app.ui.widgets.tones import Tone

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_TONES = {Overdue.RED: Tone.RED, Overdue.ORANGE: Tone.AMBER, Overdue.YELLOW: Tone.GREY, Overdue.BLUE: Tone.BLUE}


class StatisticsDialog(QDialog):
    """Reads the year once; Enter on an overdue shop opens the customer."""

    customer_requested = Signal(object)
    """UUID"""

    def __init__(self, model: PlanViewModel, words: PlanWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("statisticsDialog")
        self._words = words
        self._year = model.spot.day.year
        self._build()
        self._list.activated.connect(self._on_chosen)
        self._close.clicked.connect(self.reject)
        work = partial(model.plans.statistics, self._year)
        model.tasks.run(work, owner=self, done=self._on_read, failed=self._on_failed)

    def _build(self) -> None:
        theme = current_theme()
        title = self.tr("Visits of the year %1").replace("%1", str(self._year))
        self.setWindowTitle(title)
        self._hint = TextLabel(self.tr("Reading the year…"), "muted", wrap=True)
        self._hint.setObjectName("statisticsHint")
        self._months = QGridLayout()
        self._months.setHorizontalSpacing(theme.size("gap"))
        self._months.setVerticalSpacing(theme.size("gap_tiny"))
        self._facts, self._cadence = FactList(), FactList()
        self._rows = ListRowModel(self)
        self._list = make_list_view()
        self._list.setModel(self._rows)
        self._list.setObjectName("overdueList")
        self._list.setAccessibleName(self.tr("Shops to visit soon, most urgent first"))
        self._close = Button(self.tr("Close"), "primary")
        left, right, halves, foot = QVBoxLayout(), QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        left.addLayout(self._months)
        left.addWidget(self._facts)
        left.addStretch(1)
        right.addWidget(TextLabel(self.tr("Shops visited as often as due"), "strong"))
        right.addWidget(self._cadence)
        self._overdue_title = TextLabel("", "strong", wrap=True)
        right.addWidget(self._overdue_title)
        right.addWidget(self._list, 1)
        halves.setSpacing(theme.size("pad"))
        halves.addLayout(left, 3)
        halves.addLayout(right, 2)
        foot.addStretch(1)
        foot.addWidget(self._close)
        whole = QVBoxLayout(self)
        side = theme.size("pad")
        whole.setContentsMargins(side, side, side, side)
        whole.setSpacing(theme.size("gap_small"))
        whole.addWidget(TextLabel(title, "title"))
        whole.addWidget(self._hint)
        whole.addLayout(halves, 1)
        whole.addLayout(foot)
        self.resize(theme.em(68), theme.em(36))

    def _on_read(self, year: YearStatistics) -> None:
        self._hint.setText(self.tr("Until %1").replace("%1", format_iso(year.until)))
        self._show_months(year)
        per_stop = format_number(year.minutes_per_stop, 0)
        timed = self.tr("%1 of %2 timed").replace("%1", format_percent(year.punctual)).replace("%2", str(year.timed))
        minutes = NO_VALUE if year.minutes_per_stop is None else self.tr("%1 min").replace("%1", per_stop)
        way = self.tr("%1 km").replace("%1", format_number(year.km, 0))
        self._facts.set_facts(
            (
                Fact(self.tr("Begun within 15 minutes of the plan"), timed if year.timed else NO_VALUE),
                Fact(self.tr("Minutes in a shop, median"), minutes),
                Fact(self.tr("Way between the shops"), way),
                Fact(self.tr("Without having been planned"), format_count(year.total.unplanned)),
            )
        )
        self._cadence.set_facts(self._words.cadence_facts(year.cadence))
        names = self._names()
        counts = " · ".join(f"{names[kind]} {format_count(count)}" for kind, count in year.overdue)
        self._overdue_title.setText(counts)
        self._rows.set_rows(
            [
                ListRow(
                    str(shop.customer_id),
                    shop.name,
                    self.tr("last visit %1").replace("%1", format_short_date(shop.last_visit)),
                    self.tr("by %1").replace("%1", format_short_date(shop.due_by)),
                    ((names[shop.overdue], _TONES[shop.overdue]),),
                )
                for shop in year.shops
            ]
        )

    def _show_months(self, year: YearStatistics) -> None:
        clear_layout(self._months)
        heads = (
            self.tr("Month"), self.tr("Planned"), self.tr("Done"), self.tr("Moved"), self.tr("Closed"),
            self.tr("Refused"), self.tr("Missed"), self.tr("Way"), self.tr("Hours"),
        )  # fmt: skip
        for column, head in enumerate(heads):
            self._months.addWidget(TextLabel(head, "hint"), 0, column, _RIGHT if column else _LEFT)
        self._months.addWidget(make_divider(self), 1, 0, 1, len(heads))
        for row, month in enumerate(year.months, start=2):
            hours = format_number(month.minutes / 60, 0)
            name = format_month(month.month, current_language())
            self._line(row, name, month.counts, (format_number(month.km, 0), hours), is_total=False)
        hours = format_number(sum(month.minutes for month in year.months) / 60, 0)
        last = len(year.months) + 2
        self._line(last, self.tr("Year"), year.total, (format_number(year.km, 0), hours), is_total=True)

    def _line(self, row: int, name: str, counts: VisitCounts, more: tuple[str, ...], *, is_total: bool) -> None:
        values = (counts.planned, counts.done, counts.moved, counts.closed, counts.refused, counts.missed)
        for column, text in enumerate((name, *(format_count(value) for value in values), *more)):
            label = TextLabel(text, "strong" if is_total or not column else "")
            self._months.addWidget(label, row, column, _RIGHT if column else _LEFT)

    def _names(self) -> dict[Overdue, str]:
        return {
            Overdue.RED: self.tr("Within a week"),
            Overdue.ORANGE: self.tr("Within two weeks"),
            Overdue.YELLOW: self.tr("Within a month"),
            Overdue.BLUE: self.tr("Visited"),
        }

    def _on_failed(self, _error: BaseException) -> None:
        self._hint.setText(self.tr("The year could not be read. Close this and try again."))

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        self.customer_requested.emit(UUID(index.data(KEY_ROLE)))
        self.accept()
