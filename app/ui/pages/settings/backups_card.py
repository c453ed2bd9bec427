"""The backups that are there, each verified when it was made, and the button for another."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.services.opening import BackupInfo
from app.ui.look.formats import format_count, format_size
from app.ui.look.messages import Messages
from app.ui.shell.backup_keeper import BackupKeeper
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.tones import Tone


class BackupsCard(Card):
    """Newest first."""

    def __init__(self, keeper: BackupKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._keeper = keeper
        self._messages = Messages(self)
        self._words = TextLabel("", "hint", wrap=True)
        self._bar = MessageBar()
        self._bar.setObjectName("backupsMessage")
        self._list = FactList()
        self._list.setObjectName("settingsBackups")
        self._back_up = Button("", icon="save")
        self._back_up.setObjectName("settingsBackUp")
        for widget in (self._words, self._bar, self._list):
            self.body.addWidget(widget)
        self.add_footer_widget(self._back_up)
        self.add_footer_stretch()
        keeper.changed.connect(self._render)
        self._back_up.clicked.connect(keeper.back_up)
        self._retranslate()

    @Slot()
    def _render(self) -> None:
        keeper = self._keeper
        self._back_up.setEnabled(not keeper.is_running)
        self._back_up.setText(self.tr("Making a backup…") if keeper.is_running else self.tr("Back up now"))
        if keeper.backups is not None:
            self._list.set_facts(tuple(self._fact_of(backup) for backup in keeper.backups))
        self.set_hint(self.tr("none yet") if keeper.backups == () else "")
        if keeper.error is not None:
            words = self._messages.of_error(keeper.error).whole
            text = self.tr("No backup could be made. Your data themselves are saved. %1").replace("%1", words)
            self._bar.show_message(text, Tone.AMBER)
        else:
            self._bar.clear()

    def _fact_of(self, backup: BackupInfo) -> Fact:
        words = self.tr("%1 customers · %2 visits · %3 photos · %4")
        counts = [format_count(backup.rows.get(kind)) for kind in ("customer", "visit", "photo")]
        for place, text in enumerate((*counts, format_size(backup.size)), 1):
            words = words.replace(f"%{place}", text)
        return Fact(f"{backup.made_at:%Y-%m-%d %H:%M:%S}", words)

    def _retranslate(self) -> None:
        self.set_title(self.tr("Backups"))
        self._words.setText(
            self.tr(
                "Made after each visit and at close, checked by opening them; encrypted like the data. Ten are kept."
            )
        )
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_back_up"):
            self._retranslate()
