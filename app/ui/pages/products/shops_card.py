"""A list of the shops that buy a SKU, or stopped; Enter opens one."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.look.theme import current_theme
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.list_rows import KEY_ROLE, ListRow, ListRowModel, make_list_view


class ShopsCard(Card):
    """Rows of shops, or one sentence where there is none."""

    shop_chosen = Signal(object)
    """UUID"""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(" ", flush=True, parent=parent)
        self._rows = ListRowModel(self)
        self._list = make_list_view()
        self._list.setObjectName(name)
        self._list.setModel(self._rows)
        self._none = TextLabel("", "muted", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pad = current_theme().size("pad")
        self._none.setContentsMargins(pad, pad, pad, pad)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._none)
        self.body.addWidget(self._stack, 1)
        self._list.activated.connect(self._on_activated)

    @property
    def has_rows(self) -> bool:
        """Whether there is a shop to open."""
        return self._rows.rowCount() > 0

    def set_words(self, title: str, none: str) -> None:
        """Word the title and what is said while there is no shop."""
        self.set_title(title)
        self._list.setAccessibleName(title)
        self._none.setText(none)

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Show these shops; the key of a row is the shop's id."""
        self._rows.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)

    def focus_list(self) -> None:
        """Give the keyboard to the list, its first shop being the current one."""
        if not self._list.currentIndex().isValid() and self.has_rows:
            self._list.setCurrentIndex(self._rows.index(0))
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE)
        if isinstance(key, str):
            self.shop_chosen.emit(UUID(key))
