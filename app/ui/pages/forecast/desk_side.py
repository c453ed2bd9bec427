"""Beside the table: what is known of the line one is on, why it was corrected, and what submitting freezes."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.forecast_process import Steadiness
from app.domain.playbook import Playbook
from app.services.forecast_views import DeskView, Record
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.forecast.deeds import Failed
from app.ui.pages.forecast.desk_lines import Line
from app.ui.pages.forecast.forecast_view_model import ForecastViewModel
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.pages.forecast.reason_card import ReasonCard
from app.ui.pages.forecast.story_card import StoryCard
from app.ui.pages.forecast.submit_card import SubmitCard

_PICTURE = 14
"""Below this height (em) a picture shows nothing."""
_STORY_AFTER_MS = 120
"""Holding an arrow key down reads no month of what is only passed."""


class DeskSide(QWidget):
    """Three cards; the reason asks only where something was corrected, submitting only when it was asked for."""

    left = Signal()
    """the keyboard goes back to the table"""

    def __init__(self, model: ForecastViewModel, playbook: Playbook, words: ForecastWords, panel: QWidget) -> None:
        super().__init__(panel)
        self._model = model
        self._playbook = playbook
        self._line: Line | None = None
        self._story = StoryCard(words)
        self._reason = ReasonCard()
        self._freeze = SubmitCard(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().size("gap"))
        column.addWidget(self._freeze, 1)
        column.addWidget(self._story, 1)
        column.addWidget(self._reason, 100)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_STORY_AFTER_MS)
        self._focus_key = _shortcut("F4", panel)
        self._digits = {_shortcut(f"Alt+{digit}", panel): digit for digit in "1234567890"}
        self._wire()

    def _wire(self) -> None:
        self._soon.timeout.connect(self._tell_story)
        self._story.kind_said.connect(self._on_kind_said)
        self._reason.said.connect(self._on_reason_said)
        self._reason.left.connect(self.left)
        self._freeze.confirmed.connect(self._model.submit)
        self._freeze.put_off.connect(self.put_off)
        self._model.story_changed.connect(self._on_story)
        self._model.submitted.connect(self.put_off)
        self._focus_key.activated.connect(self._reason.focus_reasons)
        for shortcut in self._digits:
            shortcut.activated.connect(self._on_digit)

    @property
    def is_asking(self) -> bool:
        """Whether it is being asked what to submit."""
        return not self._freeze.isHidden()

    @property
    def is_pending(self) -> bool:
        """Whether something typed is not handed over yet."""
        return self._reason.is_pending

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._story.retranslate()
        self._reason.retranslate()
        self._on_story()

    def flush(self) -> None:
        """Hand over what is typed."""
        self._reason.flush()

    def ask_to_submit(self) -> None:
        """Say what submitting freezes, and offer it."""
        self._freeze.show()
        self._story.hide()
        self._reason.hide()
        self._freeze.focus_confirm()

    @Slot()
    def put_off(self) -> None:
        """Submit nothing now."""
        self._freeze.hide()
        self._make_room()
        self.left.emit()

    def show_month(self, view: DeskView) -> None:
        """Say what a month would freeze."""
        self._freeze.show_month(view, self._model.unit, is_member=self._model.is_member())

    def show_line(self, line: Line, asked: Line | None) -> None:
        """Tell of a line or a sum, and ask for the reason of a corrected one."""
        self._line = line
        self._reason.show_line(None if self.is_asking else asked, self._reasons())
        self._make_room()
        self._story.show_line(line, line.name, self._model.unit)
        self._soon.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def narrowest(self) -> int:
        """Return the width below which the reasons would be cut."""
        return self._reason.narrowest()

    def _make_room(self) -> None:
        """Leave the picture out where the reason needs the height."""
        needed = 0 if self._reason.isHidden() else self._reason.height_within(self.width())
        if needed:
            self._reason.setMaximumHeight(needed)
        self._story.setVisible(not self.is_asking and self.height() - needed >= current_theme().em(_PICTURE))

    def _reasons(self) -> Sequence[tuple[str, str]]:
        choices, language = self._playbook.enumerations["forecast_reason"].choices, current_language()
        return [(one.code, one.name.of(language)) for one in choices]

    @Slot()
    def _tell_story(self) -> None:
        if self._line is not None:
            product, shop = self._line.key
            self._model.tell_story((self._model.product or product, shop))

    @Slot()
    def _on_story(self) -> None:
        story, view = self._model.story, self._model.view
        if view is not None:
            points, record = ((), Record()) if story is None else (story.points, story.record)
            self._story.show_points(points, record, view.month, self._model.unit)

    @Slot(object)
    def _on_kind_said(self, kind: Steadiness | None) -> None:
        """Keep what the manager says a brand or a shop is; the page reads the month anew."""
        if self._line is None:
            return
        product, shop = self._line.key
        work = partial(self._model.desk.set_kind, kind, None if shop is not None else product, shop)
        self._model.tasks.run(work, owner=self, done=self._model.bus.changed.emit, failed=self._on_kind_refused)

    def _on_kind_refused(self, error: BaseException) -> None:
        if self._line is not None:
            self._model.refused.emit(Failed(self._line.key, error))

    @Slot(object)
    def _on_reason_said(self, said: tuple[Line, str, str, str, bool]) -> None:
        line, reason, note, opportunity, typed = said
        self._model.give_reason(line, reason, note, opportunity, typing=typed)

    @Slot()
    def _on_digit(self) -> None:
        shortcut = self.sender()
        if isinstance(shortcut, QShortcut):
            self._reason.choose_digit(self._digits[shortcut])


def _shortcut(keys: str, panel: QWidget) -> QShortcut:
    shortcut = QShortcut(QKeySequence(keys), panel)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return shortcut
