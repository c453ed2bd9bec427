"""What shop and manager agree on (约定): added, worded, given a day and ticked off; carried from visit to visit."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.visit_rows import RowKey, RowKind, new_row
from app.ui.look.theme import current_theme
from app.ui.pages.visit.day_field import DayField
from app.ui.pages.visit.typed_field import ProblemLabel
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone

_SHOP, _MANAGER = "shop", "manager"


class PromiseList(QWidget):
    """The open steps of earlier visits and those agreed now; each key typed is kept at once."""

    def __init__(self, draft: VisitDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._lines: dict[RowKey, PromiseLine] = {}
        self._default_due: date | None = None
        theme = current_theme()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.size("gap_small"))
        self._none = TextLabel("", "muted", wrap=True)
        self._add = Button("", "quiet", icon="plus", small=True)
        self._add.setObjectName("addPromise")
        below = QHBoxLayout()
        below.addWidget(self._add)
        below.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_small"))
        whole.addWidget(self._none)
        whole.addLayout(self._rows)
        whole.addLayout(below)
        self._add.clicked.connect(self.add)
        self.setFocusProxy(self._add)

    def set_default_due(self, day: date | None) -> None:
        """Let new steps be due on this day until another is written."""
        self._default_due = day

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._none.setText(self.tr("Nothing is agreed yet."))
        self._add.setText(self.tr("Add a step"))
        for line in self._lines.values():
            line.retranslate()

    def show_rows(self, *, by_typing: bool = False) -> None:
        """Show the promises of the draft; lines that stay keep their widgets and the focus."""
        rows = self._draft.rows(RowKind.PROMISE) if self._draft.is_open else {}
        for key in [key for key in self._lines if key not in rows]:
            line = self._lines.pop(key)
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        for key in rows:
            if key not in self._lines:
                self._lines[key] = PromiseLine(self._draft, key)
                self._lines[key].removal_requested.connect(self._on_removal_requested)
                self._lines[key].retranslate()
                self._rows.addWidget(self._lines[key])
            self._lines[key].show_row(by_typing=by_typing)
        self._none.setVisible(not rows)
        self._add.setVisible(not self._draft.is_read_only)

    @Slot()
    def add(self) -> None:
        """Begin a new step and put the keyboard into it."""
        key = new_row(RowKind.PROMISE)
        self._draft.set(key, text="", by_shop=True, due_on=self._default_due)
        self.show_rows()
        self._lines[key].text.setFocus()

    def drop_empty(self) -> None:
        """Take out steps that were begun and never worded."""
        for key, row in dict(self._draft.rows(RowKind.PROMISE)).items():
            if not str(row.get("text") or "").strip():
                self._draft.remove(key)

    @Slot(object)
    def _on_removal_requested(self, key: RowKey) -> None:
        self._draft.remove(key)
        self.show_rows()


class PromiseLine(QWidget):
    """One step: done or not, the words, whose it is, until when."""

    removal_requested = Signal(object)
    """RowKey"""

    def __init__(self, draft: VisitDraft, key: RowKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._key = key
        self._done = QCheckBox()
        self._done.setObjectName("promiseDone")
        self.text = QLineEdit()
        self.text.setObjectName("promiseText")
        self._who = SegmentedChoice((Choice(_SHOP, "", Tone.BLUE), Choice(_MANAGER, "", Tone.PRIMARY)))
        self._who.setObjectName("promiseWho")
        self._due = DayField()
        self._due.setObjectName("promiseDue")
        self._remove = IconButton("delete")
        self._remove.setObjectName("removePromise")
        policy = self._remove.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._remove.setSizePolicy(policy)
        self._problem = ProblemLabel(self._due)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().size("gap_tiny"))
        row = QHBoxLayout()
        row.setSpacing(current_theme().size("gap_small"))
        row.addWidget(self._done)
        row.addWidget(self.text, 1)
        row.addWidget(self._who)
        row.addWidget(self._due)
        row.addWidget(self._remove)
        whole.addLayout(row)
        whole.addWidget(self._problem)
        self._done.clicked.connect(self._on_done)
        self.text.textEdited.connect(self._on_text)
        self._who.chosen.connect(self._on_who)
        self._due.edited.connect(self._on_due)
        self._remove.clicked.connect(self._on_remove)

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._done.setToolTip(self.tr("Done"))
        self._done.setAccessibleName(self.tr("Done"))
        self.text.setPlaceholderText(self.tr("What is to be done"))
        self.text.setAccessibleName(self.tr("What is to be done"))
        self._who.set_choices(
            (Choice(_SHOP, self.tr("Shop"), Tone.BLUE), Choice(_MANAGER, self.tr("Us"), Tone.PRIMARY))
        )
        self._who.set_name(self.tr("Who does it"))
        self._due.setAccessibleName(self.tr("Due"))
        self._remove.set_name(self.tr("Remove"))

    def show_row(self, *, by_typing: bool = False) -> None:
        """Show the step as the draft holds it; the field that the person is typing in is not written to."""
        row = self._draft.row(self._key)
        done, due = row.get("done_on"), row.get("due_on")
        self._done.setChecked(done is not None)
        words = str(row.get("text") or "")
        if words != self.text.text() and not (by_typing and self.text.hasFocus()):
            self.text.setText(words)
        self._who.set_value(_SHOP if row.get("by_shop") else _MANAGER)
        self._due.set_after(self._draft.head.day)
        self._due.show_day(due if isinstance(due, date) else None)
        visit = row.get("visit_id")
        is_own = not isinstance(visit, UUID) or visit == self._draft.head.visit_id
        self._remove.setVisible(is_own and not self._draft.is_read_only)
        for widget in (self.text, self._due):
            widget.setReadOnly(self._draft.is_read_only)
        for widget in (self._done, self._who):
            widget.setEnabled(not self._draft.is_read_only)

    @Slot(bool)
    def _on_done(self, is_done: bool) -> None:
        self._draft.set(self._key, done_on=self._draft.head.day if is_done else None)

    @Slot(str)
    def _on_text(self, words: str) -> None:
        self._draft.set(self._key, text=words)

    @Slot(object)
    def _on_who(self, who: str | None) -> None:
        self._draft.set(self._key, by_shop=who != _MANAGER)
        self.show_row(by_typing=True)

    @Slot(object)
    def _on_due(self, day: date | None) -> None:
        self._draft.set(self._key, due_on=day)

    @Slot()
    def _on_remove(self) -> None:
        self.removal_requested.emit(self._key)
