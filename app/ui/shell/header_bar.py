"""The bar above the pages: title, search, the one status element, the territory."""

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.look.formats import format_iso
from app.ui.look.theme import current_theme
from app.ui.shell.status_view_model import StatusViewModel
from app.ui.shell.sync_controller import SyncController
from app.ui.shell.waiting_words import WaitingWords
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.status_pill import PillState, StatusPill


class HeaderBar(QWidget):
    """Shows the title that the page told, and how much waits for head office."""

    status_requested = Signal()

    def __init__(
        self,
        search: QWidget,
        status: StatusViewModel,
        sync: SyncController | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sync = sync
        self._was_reached = False
        self._words = WaitingWords(self)
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._status = status
        self._search = search
        self._title = TextLabel("", "title")
        self._title.setObjectName("pageTitle")
        self._subtitle = ElidedLabel("", "hint")
        self._subtitle.setObjectName("pageSubtitle")
        self._pill = StatusPill()
        self._pill.setObjectName("statusPill")
        self._territory = StatusPill()
        self._territory.setObjectName("territoryPill")
        self._territory.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._layout = QHBoxLayout(self)
        search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for widget in (self._title, self._subtitle):
            self._layout.addWidget(widget)
        self._layout.addWidget(search, 4)
        self._layout.addStretch(1)
        for pill in (self._pill, self._territory):
            self._layout.addWidget(pill)
            pill.clicked.connect(self.status_requested)
        status.changed.connect(self._render)
        if sync is not None:
            sync.changed.connect(self._render)
            sync.progressed.connect(self._on_progressed)
        self._measure()
        self._render()

    def set_title(self, title: PageTitle) -> None:
        """Show the title of the page."""
        self._title.setText(title.title)
        self._subtitle.setText(title.subtitle)
        self._subtitle.setVisible(bool(title.subtitle))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_layout"):
            self._render()
        elif is_look_event(event) and hasattr(self, "_layout"):
            self._measure()
            self._render()

    def _measure(self) -> None:
        theme = current_theme()
        self.setFixedHeight(theme.size("top_bar"))
        side = theme.em(1.54)
        self._layout.setContentsMargins(side, 0, side, 0)
        self._layout.setSpacing(theme.size("gap"))
        self._search.setMaximumWidth(theme.em(30))
        self._search.setMinimumWidth(theme.em(16))

    def _render(self) -> None:
        waiting, info = self._status.waiting, self._status.info
        if self._sync is not None and self._sync.is_member:
            self._pill.set_status(*self._of_member(self._sync))
        elif self._status.is_practice:
            self._pill.set_status(PillState.OFFLINE, self.tr("Practice · stays on this laptop"))
        elif waiting is None or (self._sync is not None and self._sync.standing is None):
            self._pill.set_status(PillState.OFFLINE, self.tr("Looking…"))
        elif self._sync is not None:
            count = self._words.of(self._sync.standing)
            words = self.tr("Not enrolled · %1 waiting") if count else self.tr("Not enrolled")
            self._pill.set_status(PillState.WAITING if count else PillState.OFFLINE, words.replace("%1", count))
        elif waiting.total == 0:
            self._pill.set_status(PillState.OFFLINE, self.tr("Offline · nothing waits"))
        else:
            words = self.tr("Offline · %1 waiting").replace("%1", self._words.counted(waiting.total, 0))
            self._pill.set_status(PillState.WAITING, words)
        self._pill.setMinimumWidth(self._pill.sizeHint().width())
        self._show_place((info.territory if info is not None else None) or "", self._status.practice_day)

    @Slot()
    def _on_progressed(self) -> None:
        if self._sync is not None and self._sync.is_reached != self._was_reached:
            self._was_reached = self._sync.is_reached
            self._render()

    def _of_member(self, sync: SyncController) -> tuple[PillState, str]:
        """Return the one status of a laptop that head office knows; being offline is calm."""
        count = self._words.of(sync.standing)
        if sync.is_running:
            return PillState.SENDING, self.tr("Online · syncing") if sync.is_reached else self.tr("Connecting…")
        if sync.needs_person:
            words = self.tr("Needs you · %1 waiting") if count else self.tr("Needs you")
            return PillState.ATTENTION, words.replace("%1", count)
        if sync.is_paused:
            words = self.tr("Sync paused · %1 waiting") if count else self.tr("Sync paused")
            return PillState.OFFLINE, words.replace("%1", count)
        if sync.is_offline:
            words = self.tr("Offline · %1 waiting") if count else self.tr("Offline · nothing waits")
            return PillState.OFFLINE, words.replace("%1", count)
        if count:
            return PillState.WAITING, self.tr("%1 waiting").replace("%1", count)
        return PillState.UP_TO_DATE, self.tr("Up to date")

    def _show_place(self, territory: str, day: date | None) -> None:
        """Name the territory, or the day if it is not that of the calendar: else an old day would look like now."""
        pill = self._territory
        words = territory if day is None else self.tr("Practice day %1").replace("%1", format_iso(day))
        pill.set_status(PillState.PLAIN, words)
        # A long name ends in an ellipsis where there is little room; the day is always whole.
        width = pill.sizeHint().width()
        pill.setMinimumWidth(min(width, current_theme().em(10)) if day is None else width)
        pill.setToolTip(" · ".join(text for text in (territory, words if day else "") if text))
        pill.setVisible(bool(words))
