"""The legend of the territory map: what each mark stands for, with the number of shops, and what is told below."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.territory.legend_row import LegendRow
from app.ui.territory.territory_words import MapGroup
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.layouts import clear_layout


class LegendCard(Card):
    """Selects the shops of a group."""

    group_wished = Signal(object, object)
    """str, bool: the key of the group, and whether its shops are added to the selection"""

    def __init__(self, choice: QWidget, below: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("mapLegend")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._rows: list[LegendRow] = []
        self._note = TextLabel("", "hint", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addWidget(choice)
        self.body.addLayout(self._list)
        self.body.addWidget(self._note)
        self.body.addWidget(below)

    def show_groups(self, title: str, groups: Sequence[MapGroup], counts: Counter[str], note: str) -> None:
        """Show groups with their numbers, and a note below where there is one; groups without a shop stay, faint."""
        self.setAccessibleName(title)
        if [row.key for row in self._rows] != [group.key for group in groups]:
            self._rebuild(groups)
        for row, group in zip(self._rows, groups, strict=True):
            row.show_group(group, counts[group.key])
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def show_selected(self, counts: Counter[str]) -> None:
        """Show how many shops of each group are selected."""
        for row in self._rows:
            row.show_selected(counts[row.key])

    def _rebuild(self, groups: Sequence[MapGroup]) -> None:
        clear_layout(self._list)
        self._rows = [LegendRow(group) for group in groups]
        for row in self._rows:
            row.setObjectName(f"legend_{row.key}")
            row.wished.connect(self.group_wished)
            self._list.addWidget(row)
