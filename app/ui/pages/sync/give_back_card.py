"""Giving this laptop back: what it does in plain words, and the way there; shown only where head office knows it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.pages.sync.give_back_dialog import GiveBackDialog
from app.ui.shell.sync_controller import SyncController
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event


class GiveBackCard(Card):
    """A practice store, and one that is not enrolled, never show it."""

    def __init__(self, sync: SyncController, flush: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._sync = sync
        self._write_all = flush
        self._words = TextLabel("", "hint", wrap=True)
        self._open = Button("", icon="export")
        self._open.setObjectName("giveBackOpen")
        self.body.addWidget(self._words)
        self.add_footer_widget(self._open)
        self.add_footer_stretch()
        sync.changed.connect(self._render)
        self._open.clicked.connect(self._on_open)
        self._retranslate()

    @Slot()
    def _render(self) -> None:
        self.setVisible(self._sync.is_member)

    def _retranslate(self) -> None:
        self.set_title(self.tr("Give this laptop back"))
        self._words.setText(
            self.tr(
                "For whoever leaves or gets another laptop: everything goes to head office first, and only when it has "
                "all of it are the data on this laptop erased."
            )
        )
        self._open.setText(self.tr("Give back…"))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_open"):
            self._retranslate()

    @Slot()
    def _on_open(self) -> None:
        dialog = GiveBackDialog(self._sync, self._write_all, self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
