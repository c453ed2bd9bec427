"""The line above the table: the months, a text, and chips for kind, class and what wants a look."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.forecast_process import Steadiness
from app.ui.look.formats import format_month
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.forecast.forecast_view_model import ForecastViewModel
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.widgets.chip import FilterChip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone

SIX = "six"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a chip restricts the lines to."""

    field: str
    value: Any


class DeskFilterBar(QWidget):
    """Tells the view-model what to show; `head` goes into the top line of the page, the chips stand below it."""

    left_downwards = Signal()
    """Enter was pressed in the text: the table takes over"""

    def __init__(self, model: ForecastViewModel, words: ForecastWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words = words
        self._chips: dict[FilterChip, _Wish] = {}
        self._made_for: object = None
        self._build()
        self._wire()

    def _build(self) -> None:
        theme = current_theme()
        self._months = SegmentedChoice((Choice(SIX, " ", Tone.PRIMARY),))
        self._months.setObjectName("deskMonths")
        self._text = SearchField("", "Ctrl F")
        self._text.setObjectName("deskFilter")
        self._text.setMaximumWidth(theme.em(18))
        self._text.setMinimumWidth(theme.em(9))
        self.head = QWidget()
        line = QHBoxLayout(self.head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.size("gap"))
        line.addWidget(self._months)
        line.addWidget(self._text, 1)
        self._flow_box = QWidget()
        self._flow = FlowLayout(self._flow_box)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._flow_box)
        self._find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        self._find.setContext(Qt.ShortcutContext.WindowShortcut)

    def _wire(self) -> None:
        self._months.chosen.connect(self._on_month_chosen)
        self._text.textEdited.connect(self._on_text_edited)
        self._text.returnPressed.connect(self.left_downwards)
        self._find.activated.connect(self._on_find)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._text.set_placeholder(self.tr("Find a name or code"))
        self._months.set_name(self.tr("Month"))
        self._made_for = None
        self.render_wishes()

    @Slot()
    def render_wishes(self) -> None:
        """Show what is chosen."""
        view, model = self._model.view, self._model
        if view is None:
            return
        language = current_language()
        choices = tuple(Choice(f"{m:%Y-%m}", format_month(m, language), Tone.PRIMARY) for m in view.months)
        if model.product is None:
            choices += (Choice(SIX, self.tr("All"), Tone.PRIMARY),)
        self._months.set_choices(choices)
        self._months.set_value(SIX if model.six_months and model.product is None else f"{view.month:%Y-%m}")
        groups = tuple(dict.fromkeys(sorted(row.group for row in view.rows))) if model.product is None else ()
        wanted = (groups, model.product is None)
        if self._made_for != wanted:
            self._made_for = wanted
            self._make_chips(groups)
        for chip, wish in self._chips.items():
            chip.setChecked(getattr(model.filter, wish.field) == wish.value)
        if not self._text.hasFocus() and self._text.text() != model.filter.text:
            self._text.setText(model.filter.text)

    def _make_chips(self, groups: tuple[str, ...]) -> None:
        self._chips.clear()
        self._flow.clear()
        is_skus = self._model.product is None
        difficult = self.tr("Difficult") if is_skus else self.tr("Volatile")
        self._add(_Wish("kind", Steadiness.DIFFICULT), difficult, Tone.GREY)
        self._add(_Wish("kind", Steadiness.STABLE), self.tr("Stable"), Tone.GREY)
        self._add(_Wish("only_corrected", True), self.tr("By hand"), Tone.GREY)
        if is_skus:
            self._add(_Wish("only_changed", True), self.tr("Moved"), Tone.GREY)
        self._add(_Wish("only_missed", True), self.tr("Large error"), Tone.GREY)
        for group in groups:
            self._add(_Wish("group", group), self._words.group(group), Tone.GREY)

    def _add(self, wish: _Wish, words: str, tone: Tone) -> None:
        chip = FilterChip(words, tone)
        chip.setObjectName(f"desk_{wish.field}_{wish.value}")
        chip.clicked.connect(self._on_chip_clicked)
        self._chips[chip] = wish
        self._flow.addWidget(chip)

    @Slot()
    def _on_chip_clicked(self) -> None:
        chip = self.sender()
        wish = self._chips.get(chip) if isinstance(chip, FilterChip) else None
        if wish is not None:
            is_on = getattr(self._model.filter, wish.field) == wish.value
            empty = False if wish.value is True else None
            self._model.restrict(**{wish.field: empty if is_on else wish.value})

    @Slot(object)
    def _on_month_chosen(self, key: str | None) -> None:
        if key is None:
            self.render_wishes()
        elif key == SIX:
            self._model.show_six_months(on=True)
        else:
            self._model.show_six_months(on=False)
            self._model.show_month(date.fromisoformat(f"{key}-01"))

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        if text.strip() != self._model.filter.text:
            self._model.restrict(text=text.strip())

    @Slot()
    def _on_find(self) -> None:
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()
