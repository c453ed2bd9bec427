"""The settings: every choice holds at once, there is no button to save them."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.pages.settings.about_card import AboutCard
from app.ui.pages.settings.backups_card import BackupsCard
from app.ui.pages.settings.look_card import LookCard
from app.ui.pages.settings.safety_card import SafetyCard
from app.ui.pages.settings.settings_view_model import SettingsViewModel
from app.ui.pages.settings.store_card import StoreCard
from app.ui.shell.backup_keeper import BackupKeeper
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event


class SettingsPage(QWidget):
    """Cards in two columns; the last of them is made elsewhere and shows itself where it has something to offer."""

    title_changed = Signal(object)

    def __init__(
        self,
        view_model: SettingsViewModel,
        keeper: BackupKeeper,
        last_card: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view_model = view_model
        self._keeper = keeper
        self._last_card = last_card
        self._build()
        self._tell_title()

    def shown(self) -> None:
        """Read what the store holds and which backups there are."""
        self._tell_title()
        self._view_model.learn()
        self._keeper.look()

    def _build(self) -> None:
        theme = current_theme()
        side, gap = theme.size("pad"), theme.size("gap")
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (LookCard(self._view_model.preferences), SafetyCard(self._view_model), AboutCard())),
            (right, (StoreCard(self._view_model), BackupsCard(self._keeper))),
        ):
            column.setSpacing(gap)
            for card in cards:
                column.addWidget(card)
        if self._last_card is not None:
            right.addWidget(self._last_card)
        for column in (left, right):
            column.addStretch(1)
        inside = QWidget()
        inside.setObjectName("scrollBody")
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(side, side, side, side)
        columns.setSpacing(gap)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _tell_title(self) -> None:
        self.title_changed.emit(PageTitle(self.tr("Settings"), self.tr("Every choice holds at once")))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._tell_title()
