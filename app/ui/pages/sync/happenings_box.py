"""What sync did by itself: as a notice until it was read, then in a log that can be opened."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.services.sync_happenings import Happening
from app.ui.look.formats import format_count
from app.ui.look.theme import current_theme
from app.ui.pages.sync.happening_words import HappeningWords
from app.ui.pages.sync.sync_words import moment_words
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.painting import is_language_event


class NoticeBox(QWidget):
    """What is new; gone as soon as the person says that it was read."""

    read = Signal(int)
    """The number of the newest line shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._news: tuple[Happening, ...] = ()
        self._words = HappeningWords(self)
        self._text = TextLabel("", wrap=True)
        self._text.setObjectName("syncNotice")
        self._button = Button("", "quiet", small=True)
        self._button.setObjectName("syncNoticeRead")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().size("gap_tiny"))
        column.addWidget(self._text)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(make_divider())
        self._button.clicked.connect(self._on_read)
        self._retranslate()

    def show_news(self, happenings: tuple[Happening, ...]) -> None:
        """Show those that nobody has read; without any, nothing is shown."""
        self._news = tuple(one for one in happenings if one.is_news)
        self.setVisible(bool(self._news))
        self._retranslate()

    def _retranslate(self) -> None:
        self._text.setText("\n".join(self._words.of(one) for one in self._news))
        self._button.setText(self.tr("Got it"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_button"):
            self._retranslate()

    @Slot()
    def _on_read(self) -> None:
        if self._news:
            self.read.emit(self._news[0].no)


class HappeningsLog(QWidget):
    """Every line of the last 90 days, shut until it is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Happening, ...] = ()
        self._is_open = False
        self._words = HappeningWords(self)
        self._button = Button("", "quiet", small=True)
        self._button.setObjectName("happeningsShow")
        self._list = QWidget()
        self._list.setObjectName("happeningsList")
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(current_theme().size("gap_tiny"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._list)
        self._button.clicked.connect(self._on_toggled)
        self._render()

    def show_lines(self, happenings: tuple[Happening, ...]) -> None:
        """Take the lines in; without any there is nothing to open."""
        if happenings != self._lines:
            self._lines = happenings
            self._render()

    def _render(self) -> None:
        self.setVisible(bool(self._lines))
        shut = self.tr("What happened by itself · %1").replace("%1", format_count(len(self._lines)))
        self._button.setText(self.tr("Hide what happened by itself") if self._is_open else shut)
        self._list.setVisible(self._is_open)
        clear_layout(self._rows)
        for one in self._lines if self._is_open else ():
            self._rows.addWidget(TextLabel(moment_words(one.at), "hint"))
            self._rows.addWidget(TextLabel(self._words.of(one), wrap=True))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_rows"):
            self._render()

    @Slot()
    def _on_toggled(self) -> None:
        self._is_open = not self._is_open
        self._render()
