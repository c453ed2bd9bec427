"""Twelve months of purchases against last year, and the chart as a picture to keep."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget
from typing_extensions import override

from app.services.customer_profile import MonthPair
from app.ui.look.formats import format_count, format_month, format_short_date
from app.ui.look.translations import current_language
from app.ui.look.unit_words import UnitWords
from app.ui.pages.customers.profile_view_model import ChartFile, ProfileViewModel
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.line_chart import LineChart, LinePoint
from app.ui.widgets.painting import is_language_event


class PurchasesCard(Card):
    """The line of this year over the dashed one of last year."""

    def __init__(self, model: ProfileViewModel, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._model = model
        self._units = UnitWords()
        self._build()
        self._wire()
        self.retranslate()

    def _build(self) -> None:
        self._save = IconButton("save")
        self._save.setObjectName("saveChart")
        self.add_header_widget(self._save)
        self._chart = LineChart()
        self._chart.setObjectName("purchasesChart")
        self._empty = EmptyState("order")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._chart)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self._save.clicked.connect(self._on_save_clicked)
        self._model.changed.connect(self._render)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._save.set_name(self.tr("Save chart…"))
        self._empty.set_words(self.tr("No orders yet. They come with the order file of head office."))
        self._render()

    def save_as(self, path: Path) -> None:
        """Save the chart; the ending says how, .png without one."""
        profile = self._model.profile
        if profile is None:
            return
        target = path if path.suffix.lower() in {".png", ".svg"} else path.with_name(path.name + ".png")
        language = current_language()
        labels = tuple(format_month(pair.month, language) for pair in profile.months)
        self._model.save_chart(ChartFile(target, labels, self._unit(), language))

    @Slot()
    def _render(self) -> None:
        profile = self._model.profile
        self.set_title(self.tr("Purchases · %1 a month").replace("%1", self._unit()))
        months = profile.months if profile is not None else ()
        is_empty = profile is not None and all(pair.quantity is None for pair in months)
        self._stack.setCurrentIndex(1 if is_empty else 0)
        self._save.setEnabled(profile is not None and not is_empty)
        self.set_hint("" if is_empty else self._legend(months))
        language = current_language()
        points = [
            LinePoint(
                format_month(pair.month, language),
                pair.quantity,
                pair.last_year,
                self.tr("%1: %2, last year %3")
                .replace("%1", f"{pair.month:%Y-%m}")
                .replace("%2", format_count(pair.quantity))
                .replace("%3", format_count(pair.last_year)),
                is_open=pair.until is not None,
            )
            for pair in months
        ]
        self._chart.set_points(points, self.tr("Purchases of twelve months and of the same months last year"))

    def _legend(self, months: Sequence[MonthPair]) -> str:
        """Return what the lines are, and that the newest month is not over where it is not."""
        lines = self.tr("— this year  ┄ last year")
        if not months or months[-1].until is None:
            return lines
        day = format_short_date(months[-1].month.replace(day=months[-1].until))
        until = self.tr("both to %1").replace("%1", day)
        return f"{lines}  ◦ {until}"

    def _unit(self) -> str:
        profile = self._model.profile
        return self._units.of(profile.unit if profile is not None else None)

    @Slot()
    def _on_save_clicked(self) -> None:
        profile = self._model.profile
        if profile is None:
            return
        kinds = self.tr("Picture (*.png);;Drawing (*.svg)")
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save chart"), f"{profile.name}.png", kinds)
        if path:
            self.save_as(Path(path))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_stack"):
            self.retranslate()
