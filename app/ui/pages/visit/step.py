"""What the eight steps of a visit have in common: card, side panel, the way on and back, the open points."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import ClassVar, cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from app.domain.visit import STEPS, Step, StepProgress
from app.services.visit_reading import VisitHead
from app.ui.look.theme import current_theme
from app.ui.pages.visit.step_titles import StepTitles
from app.ui.pages.visit.visit_draft import RowEvent, VisitDraft
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.counter_stepper import CounterStepper
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.photo_strip import PhotoStrip
from app.ui.widgets.segmented_choice import SegmentedChoice

_SIDE_SHARE = 0.286
_SIDE_MOST = 23.0
_LEAST_WIDTH, _LEAST_HEIGHT = 50, 22
_NARROW = 66


class VisitStep(QWidget):
    """One step: `card` in the middle (with `body`), `side` to the right; the footer leads on and back.

    A step shows what `draft` holds and writes by `draft.set`; it never saves by itself. The page calls `load` when a
    visit was opened, `shown` and `left` when the person comes and goes, `focus_field` to go to a field.
    """

    step: ClassVar[Step]
    side_least: ClassVar[float] = 17.0
    """How narrow the side panel may become, in em."""

    field_focused = Signal(object)
    """str: the key of the field that has the focus now"""
    next_requested = Signal()
    previous_requested = Signal()
    progress_changed = Signal()
    today_requested = Signal()
    visit_requested = Signal(object)
    """UUID: the visit to open instead"""

    def __init__(
        self, draft: VisitDraft, *, flush: bool = False, scroll: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.draft = draft
        self._titles = StepTitles(self)
        self.card = Card(flush=flush, scroll=scroll)
        self.side = Card(scroll=True)
        self.previous_button = Button("", icon="previous")
        self.previous_button.setObjectName("previousStep")
        self.next_button = Button("", kind="primary", icon="next", trailing_icon=True)
        self.next_button.setObjectName("nextStep")
        self._footer_hint = ElidedLabel("", "hint")
        self._footer_hint.setObjectName("footerHint")
        self._fields: dict[str, QWidget] = {}
        self._lay_out()
        self.previous_button.clicked.connect(self.previous_requested)
        self.next_button.clicked.connect(self.next_requested)
        draft.opened.connect(self._on_opened)
        draft.row_changed.connect(self._on_row_changed)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus_changed)

    def load(self, head: VisitHead) -> None:
        """Show another visit, or the same read anew; overridden where a step shows more than the draft."""

    def shown(self) -> None:
        """Come into view: read now what only this step needs."""

    def left(self) -> None:
        """Go out of view: hand over what is still in an editor."""

    def add_field(self, key: str, widget: QWidget) -> None:
        """Register the widget of a field, in the order in which it is asked: focus is told and restored by its key."""
        self._fields[key] = widget

    def focus_field(self, key: str) -> None:
        """Put the keyboard into a field; an unknown or empty key means the first open one."""
        open_fields = [name for name in self.progress().open_fields if name in self._fields]
        first = next(iter(self._fields), "")
        found = key if key in self._fields else (open_fields[0] if open_fields else first)
        if found:
            self._fields[found].setFocus(Qt.FocusReason.OtherFocusReason)

    def row_changed(self, event: RowEvent) -> None:
        """Show a row that changed; never write into the field that the person is typing in."""

    def retranslate(self) -> None:
        """Say everything in the language shown."""

    def progress(self) -> StepProgress:
        """Return what this step asks and what is still open; nothing is asked by default."""
        return StepProgress(self.step, 0, 0, ())

    @property
    def is_narrow(self) -> bool:
        """Whether there is little room, so that hints have to be short."""
        return self.width() < current_theme().em(_NARROW)

    def show_progress(self, steps: Sequence[StepProgress]) -> None:
        """Hear what is open in the whole visit; the wrap-up lists it."""

    def set_footer_hint(self, words: str) -> None:
        """Show a few words before the button that leads on."""
        self._footer_hint.setText(words)

    def title(self) -> str:
        """Return the name of the step."""
        return self._titles.of(self.step)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self.retranslate_all()
        elif is_look_event(event) and hasattr(self, "_row"):
            self._measure()

    @override
    def minimumSizeHint(self) -> QSize:
        # A step arranges itself anew when it gets narrow; the way it stands now must not keep the window wide.
        return QSize(current_theme().em(_LEAST_WIDTH), current_theme().em(_LEAST_HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def retranslate_all(self) -> None:
        """Word the frame and then the step itself; called once by the page, and when the language changes."""
        at = STEPS.index(self.step)
        self.card.set_title(self.title())
        self.previous_button.setText(self._titles.of(STEPS[at - 1]) if at else "")
        self.previous_button.setVisible(at > 0)
        self.next_button.setText(self._titles.of(STEPS[at + 1]) if at + 1 < len(STEPS) else "")
        self.next_button.setVisible(at + 1 < len(STEPS))
        self.retranslate()
        self._put_footer_last()

    def _put_footer_last(self) -> None:
        """Let Tab go through the fields and the panel at the side before it leaves by the footer."""
        buttons = [widget for widget in self.card.footer_widgets if isinstance(widget, QAbstractButton)]
        fields = [w for w in self._in_tab_order() if w not in buttons and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        order = [*fields[-1:], *buttons]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _in_tab_order(self) -> Iterator[QWidget]:
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self and self.isAncestorOf(widget):
            yield widget
            widget = widget.nextInFocusChain()

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.card, 1)
        self._row.addWidget(self.side)
        self.card.add_footer_widget(self.previous_button)
        self.card.add_footer_stretch()
        self.card.add_footer_widget(self._footer_hint)
        self.card.add_footer_widget(self.next_button)

    def _measure(self) -> None:
        theme = current_theme()
        self._row.setSpacing(theme.size("gap"))
        share = round(self.width() * _SIDE_SHARE)
        self.side.setFixedWidth(min(max(share, theme.em(self.side_least)), theme.em(_SIDE_MOST)))

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        keys = {widget: key for key, widget in self._fields.items()}
        while now is not None and now is not self:
            if now in keys:
                self.field_focused.emit(keys[now])
                return
            now = now.parentWidget()

    def _set_read_only(self) -> None:
        read_only = self.draft.is_read_only
        for field in (*self.findChildren(QLineEdit), *self.findChildren(QPlainTextEdit)):
            field.setReadOnly(read_only)
        for kind in (SegmentedChoice, CounterStepper, QCheckBox, PhotoStrip):
            for widget in self.findChildren(kind):
                widget.setEnabled(not read_only)

    @Slot()
    def _on_opened(self) -> None:
        self.load(self.draft.head)
        self._set_read_only()
        self.progress_changed.emit()

    @Slot(object)
    def _on_row_changed(self, event: RowEvent) -> None:
        self.row_changed(event)
        self.progress_changed.emit()
