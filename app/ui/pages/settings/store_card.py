"""Where the data lie, what they hold, and whether they are whole."""

from PySide6.QtCore import QEvent, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.services.maintenance import StoreInfo
from app.ui.look.formats import NO_VALUE, format_count, format_iso, format_size
from app.ui.look.messages import Messages
from app.ui.look.sentences import joined
from app.ui.pages.settings.settings_view_model import SettingsViewModel
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.tones import Tone


class StoreCard(Card):
    """Facts of the store; the check reads every page of it."""

    def __init__(self, view_model: SettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._view_model = view_model
        self._messages = Messages(self)
        self._folder = TextLabel("", "hint", wrap=True)
        self._folder.setObjectName("settingsFolder")
        self._folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = FactList()
        self._facts.setObjectName("settingsFacts")
        self._bar = MessageBar()
        self._bar.setObjectName("storeMessage")
        self._check = Button("", icon="check")
        self._check.setObjectName("settingsCheck")
        self._open = Button("", "quiet")
        self._open.setObjectName("settingsOpenFolder")
        for widget in (self._facts, self._folder, self._bar):
            self.body.addWidget(widget)
        self.add_footer_widget(self._check)
        self.add_footer_widget(self._open)
        self.add_footer_stretch()
        view_model.changed.connect(self._render)
        self._check.clicked.connect(view_model.check)
        self._open.clicked.connect(self._on_open)
        self._retranslate()

    @Slot()
    def _render(self) -> None:
        model = self._view_model
        if model.info is not None:
            self._facts.set_facts(self._facts_of(model.info))
            self._folder.setText(str(model.info.folder))
        self._open.setEnabled(model.info is not None)
        self._check.setEnabled(not model.is_checking)
        self._check.setText(self.tr("Checking…") if model.is_checking else self.tr("Check the store now"))
        if model.check_error is not None:
            words = self._messages.of_error(model.check_error).whole
            text = self.tr("Close the program: at the next start it offers the repair.")
            self._bar.show_message(joined((words, text)), Tone.RED)
        elif model.was_checked:
            self._bar.show_message(
                self.tr("Checked: every page of the data file can be read and is whole."), Tone.GREEN
            )
        else:
            self._bar.clear()

    def _facts_of(self, info: StoreInfo) -> tuple[Fact, ...]:
        return (
            Fact(self.tr("Territory"), info.territory or NO_VALUE),
            Fact(self.tr("Manager"), info.manager or NO_VALUE),
            Fact(self.tr("Customers"), format_count(info.customers)),
            Fact(self.tr("Products"), format_count(info.products)),
            Fact(
                self.tr("Orders, the last on %1").replace("%1", format_iso(info.last_order)), format_count(info.orders)
            ),
            Fact(self.tr("Visits and photos"), f"{format_count(info.visits)} · {format_count(info.photos)}"),
            Fact(self.tr("Size, and free on the disk"), f"{format_size(info.size)} · {_gigabytes(info.free)}"),
        )

    def _retranslate(self) -> None:
        self.set_title(self.tr("Data on this laptop"))
        self._open.setText(self.tr("Open the folder"))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_open"):
            self._retranslate()

    @Slot()
    def _on_open(self) -> None:
        if self._view_model.info is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._view_model.info.folder)))


def _gigabytes(size: int) -> str:
    return f"{size / 2**30:,.1f} GB"
