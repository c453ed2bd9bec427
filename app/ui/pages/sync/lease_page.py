"""What is shown instead of the work when the laptop has not spoken with head office for too long."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.lease import LEASE
from app.services.sync_facts import Ended
from app.ui.look.formats import format_count
from app.ui.look.theme import current_theme
from app.ui.pages.sync.enrol_card import EnrolCard
from app.ui.pages.sync.sync_words import SyncWords
from app.ui.shell.brand_panel import BrandPanel
from app.ui.shell.start_form import FormFrame
from app.ui.shell.sync_controller import SyncController
from app.ui.widgets.buttons import Button
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.tones import Tone

_AGAIN = frozenset({Ended.ENROL_AGAIN, Ended.KEYS_MISSING})


class LeasePage(QWidget):
    """Says what happened, what is safe, and what to do: connect. Nothing of the customers is shown."""

    def __init__(self, sync: SyncController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sync = sync
        self._words = SyncWords(self)
        self._form = FormFrame("leaseForm")
        self._connect = Button("", "primary", icon="sync")
        self._connect.setObjectName("leaseConnect")
        self._stop = Button()
        self._stop.setObjectName("leaseStop")
        self._quit = Button()
        self._quit.setObjectName("leaseQuit")
        for button in (self._connect, self._stop, self._quit):
            self._form.add_button(button)
        self._form.buttons.addStretch(1)
        self._enrol = EnrolCard(sync)
        self._build()
        self._connect.clicked.connect(sync.start)
        self._stop.clicked.connect(sync.stop)
        self._quit.clicked.connect(self._on_quit)
        sync.changed.connect(self._render)
        self.setFocusProxy(self._connect)
        self._retranslate()

    def _build(self) -> None:
        theme = current_theme()
        right = QWidget()
        column = QVBoxLayout(right)
        side = theme.em(2.6)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.size("gap"))
        column.addStretch(1)
        column.addWidget(self._form)
        column.addWidget(self._enrol, 8)
        column.addStretch(2)
        self._form.setMaximumWidth(theme.em(42))
        self._enrol.setMaximumWidth(theme.em(42))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(BrandPanel())
        whole.addWidget(right, 1)

    @Slot()
    def _render(self) -> None:
        sync = self._sync
        self._form.set_words(self.tr("Connect to head office once"), self._explanation())
        self._connect.setVisible(not sync.is_running)
        self._connect.setEnabled(sync.is_member)
        self._stop.setVisible(sync.is_running)
        self._stop.setEnabled(not sync.is_stopping)
        self._stop.setText(self.tr("Stopping…") if sync.is_stopping else self.tr("Stop"))
        self._enrol.setVisible(sync.last is not None and sync.last.ended in _AGAIN and not sync.is_running)
        self._form.show_trouble(*self._news())

    def _explanation(self) -> str:
        days = format_count(LEASE.days)
        parts = [
            self.tr(
                "For %1 days this laptop has not spoken with head office. To protect the customers' data they stay "
                "closed until it does."
            ).replace("%1", days)
        ]
        standing = self._sync.standing
        if standing is not None and (standing.waiting or standing.photos_waiting):
            safe = self.tr(
                "Nothing is lost: %1 changes and %2 photo(s) that are not at head office yet lie encrypted on this "
                "laptop and go up first."
            )
            count, photos = format_count(standing.waiting), format_count(standing.photos_waiting)
            parts.append(safe.replace("%1", count).replace("%2", photos))
        else:
            parts.append(self.tr("Nothing is lost: everything lies encrypted on this laptop."))
        parts.append(self.tr("Connect this laptop to a network and press the button; then the work goes on by itself."))
        return "\n\n".join(parts)

    def _news(self) -> tuple[str, Tone]:
        """Return how the connecting goes, or how it ended."""
        sync = self._sync
        if sync.is_running:
            return self.tr("Connecting to head office…"), Tone.BLUE
        if sync.last is None or sync.last.ended in {Ended.DONE, Ended.STOPPED}:
            return "", Tone.BLUE
        return self._words.ended(sync.last.ended), Tone.AMBER

    def _retranslate(self) -> None:
        self._connect.setText(self.tr("Connect now"))
        self._quit.setText(self.tr("Quit"))
        self._render()

    @Slot()
    def _on_quit(self) -> None:
        self.window().close()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_enrol"):
            self._retranslate()
