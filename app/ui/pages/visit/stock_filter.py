"""Which SKUs the stock step lists: groups as chips with their numbers, a name to find, only what is not entered."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.services.stock_sheets import StockGroup, StockLine
from app.ui.look.theme import current_theme
from app.ui.pages.visit.stock_table_model import GROUP_TONES
from app.ui.pages.visit.stock_words import StockWords
from app.ui.widgets.chip import FilterChip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.tones import Tone

_SEARCH = 11


class StockFilter(QWidget):
    """No chip pressed means every group but the rest of the catalogue."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._words = StockWords(self)
        self._counts = dict.fromkeys(StockGroup, 0)
        self._chips = {group: FilterChip("", GROUP_TONES.get(group, Tone.GREY)) for group in StockGroup}
        self._search = SearchField()
        self._search.setObjectName("findSku")
        self._search.setFixedWidth(theme.em(_SEARCH))
        self._open_only = QCheckBox()
        self._open_only.setObjectName("openOnly")
        inside = QWidget()
        row = FlowLayout(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.size("pad"), theme.size("gap_small"), theme.size("pad"), theme.size("gap_small"))
        whole.addWidget(inside)
        for group, chip in self._chips.items():
            chip.setObjectName(f"group_{group.value}")
            chip.toggled.connect(self._on_changed)
            row.addWidget(_at_middle(chip))
        row.addWidget(self._search)
        row.addWidget(_at_middle(self._open_only))
        self._search.textEdited.connect(self._on_changed)
        self._open_only.toggled.connect(self._on_changed)

    @property
    def search(self) -> SearchField:
        """The field for a name."""
        return self._search

    def set_lines(self, lines: Sequence[StockLine]) -> None:
        """Count the groups of another shop."""
        self._counts = {group: sum(line.group is group for line in lines) for group in StockGroup}
        self.retranslate()

    def chosen(self, lines: Sequence[StockLine], is_entered: Callable[[StockLine], bool]) -> list[StockLine]:
        """Return the lines that are to be shown."""
        pressed = {group for group, chip in self._chips.items() if chip.isChecked()}
        wanted = self._search.text().strip().casefold()
        groups = pressed or set(StockGroup) - (set() if wanted else {StockGroup.CATALOGUE})
        open_only = self._open_only.isChecked()
        return [
            line
            for line in lines
            if (line.group in groups or (is_entered(line) and not pressed))
            and (not wanted or wanted in line.name.casefold() or wanted in line.code.casefold())
            and not (open_only and is_entered(line))
        ]

    def reset(self) -> None:
        """Show everything again."""
        for chip in self._chips.values():
            chip.setChecked(False)
        self._search.clear()
        self._open_only.setChecked(False)
        self.changed.emit()

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        for group, chip in self._chips.items():
            chip.setText(self._words.group_count(group, self._counts[group]))
            holder = chip.parentWidget()
            if holder is not None:
                holder.setVisible(self._counts[group] > 0)
            chip.updateGeometry()
        self._search.set_placeholder(self.tr("Find a SKU"))
        self._open_only.setText(self.tr("Only what is not entered"))

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()


def _at_middle(widget: QWidget) -> QWidget:
    """Return the widget in the middle of a line as high as a field."""
    holder = QWidget()
    line = QVBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    holder.setFixedHeight(current_theme().size("control") + 2)
    return holder
