"""Beside the table: what is known of the line one is on, why it was corrected, and what submitting freezes."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.services.forecast_views import DeskView, KnownOpportunity, Record
from app.ui.background.task_runner import Lane
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.forecast.desk_lines import Line, line_of_unexplained
from app.ui.pages.forecast.forecast_view_model import ForecastViewModel
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.pages.forecast.reason_card import ReasonCard
from app.ui.pages.forecast.story_card import StoryCard
from app.ui.pages.forecast.submit_card import SubmitCard

_PICTURE = 14
"""Below this height (em) a picture shows nothing."""
_ANY_HEIGHT = 16_777_215
_STORY_AFTER_MS = 120
"""Holding an arrow key down reads no month of what is only passed."""


class DeskSide(QWidget):
    """Three cards; the reason asks only where something was corrected, submitting only when it was asked for."""

    left = Signal()
    """the keyboard goes back to the table"""
    asked_about = Signal(object)
    """Key: whose reason is asked now, before submitting"""
    kind_requested = Signal(object)
    """Key: the kind of this SKU or of this shop is to be looked at"""

    def __init__(self, model: ForecastViewModel, playbook: Playbook, words: ForecastWords, panel: QWidget) -> None:
        super().__init__(panel)
        self._model = model
        self._playbook = playbook
        self._words = words
        self._line: Line | None = None
        self._asking: list[Line] = []
        """corrections without a reason that are asked about before submitting, the one shown first"""
        self._asked_in_all = 0
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
        self._story.kind_requested.connect(self._on_kind_requested)
        self._reason.said.connect(self._on_reason_said)
        self._reason.answered.connect(self._on_answered)
        self._reason.left.connect(self._on_reason_left)
        self._reason.opportunities_asked.connect(self._on_opportunities_asked)
        self._freeze.reasons_requested.connect(self.ask_to_submit)
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
        return bool(self._asking) or not self._freeze.isHidden()

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

    @Slot()
    def ask_to_submit(self) -> None:
        """Ask for the reasons that are missing, one after the other; then say what submitting freezes, and offer it."""
        view = self._model.view
        self._asking = [] if view is None else [line_of_unexplained(one) for one in view.unexplained]
        self._asked_in_all = len(self._asking)
        self._ask_next()

    def _ask_next(self) -> None:
        self._freeze.setVisible(not self._asking)
        self._story.hide()
        self._reason.show_line(self._asking[0] if self._asking else None, self._reasons())
        self._make_room()
        if not self._asking:
            self._reason.set_hint("")
            self._freeze.focus_confirm()
            return
        place = self._asked_in_all - len(self._asking) + 1
        words = self.tr("%1 of %2").replace("%1", str(place)).replace("%2", str(self._asked_in_all))
        self._reason.set_hint(words if self._asked_in_all > 1 else "")
        self.asked_about.emit(self._asking[0].key)
        self._reason.focus_reasons()

    @Slot()
    def put_off(self) -> None:
        """Submit nothing now."""
        self._asking = []
        self._reason.set_hint("")
        self._freeze.hide()
        self._make_room()
        self.left.emit()

    def show_month(self, view: DeskView) -> None:
        """Say what a month would freeze."""
        self._freeze.show_month(view, self._model.unit, is_member=self._model.is_member())

    def show_line(self, line: Line, asked: Line | None) -> None:
        """Tell of a line or a sum, and ask for the reason of a corrected one."""
        self._line = line
        if not self._asking:
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
        needed = 0 if self._reason.isHidden() else self._reason.height_within(self.width()) + current_theme().em(0.6)
        if needed:
            self._reason.setMaximumHeight(_ANY_HEIGHT if self._asking else needed)
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

    @Slot()
    def _on_kind_requested(self) -> None:
        if self._line is not None:
            product, shop = self._line.key
            self.kind_requested.emit((None, shop) if shop is not None else (product, None))

    @Slot(object)
    def _on_reason_said(self, said: tuple[Line, str, str, str, bool]) -> None:
        line, reason, note, opportunity, typed = said
        self._model.give_reason(line, reason, note, opportunity, typing=typed)
        if self._asking and not typed:
            self._go_on()

    def _go_on(self) -> None:
        """Ask about the next correction once this one says why."""
        if self._asking and self._reason.says_why:
            self._asking.pop(0)
            self._ask_next()

    @Slot()
    def _on_answered(self) -> None:
        if self.is_asking:
            self._go_on()
        else:
            self.left.emit()

    @Slot()
    def _on_reason_left(self) -> None:
        if self.is_asking:
            self.put_off()
        else:
            self.left.emit()

    @Slot(object)
    def _on_opportunities_asked(self, line: Line) -> None:
        month = self._model.month
        if month is not None:
            work = partial(self._model.desk.opportunities, month, line.key[1])
            self._model.tasks.run(work, owner=self, done=self._on_opportunities, lane=Lane.FREE)

    def _on_opportunities(self, known: tuple[KnownOpportunity, ...]) -> None:
        self._reason.show_opportunities([self._words.opportunity(one) for one in known])
        self._make_room()

    @Slot()
    def _on_digit(self) -> None:
        shortcut = self.sender()
        if isinstance(shortcut, QShortcut):
            self._reason.choose_digit(self._digits[shortcut])


def _shortcut(keys: str, panel: QWidget) -> QShortcut:
    shortcut = QShortcut(QKeySequence(keys), panel)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return shortcut
