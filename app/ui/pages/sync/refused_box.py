"""One record that head office did not take: which, why, and what can be done."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.sync_facts import RefusedRecord
from app.ui.look.theme import current_theme
from app.ui.pages.sync.field_words import FieldWords, ValueWords
from app.ui.pages.sync.refusal_words import RefusalWords
from app.ui.pages.sync.sync_words import SyncWords, moment_words
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.painting import is_language_event

_MOST_FIELDS = 6


class RefusedBox(QWidget):
    """All of it is kept on this laptop until a person has dealt with it."""

    open_requested = Signal(object)
    """Place"""
    aside_requested = Signal(object)
    """str: the id"""

    def __init__(self, record: RefusedRecord, value_words: ValueWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record = record
        self._words = SyncWords(self)
        self._reasons = RefusalWords(self)
        self._fields = FieldWords(value_words, self)
        self._which = TextLabel("", "hint", wrap=True)
        self._which.setObjectName("refusedFields")
        self._title = TextLabel("", "strong", wrap=True)
        self._why = TextLabel("", wrap=True)
        self._why.setObjectName("refusedWhy")
        self._open = Button("", small=True)
        self._open.setObjectName("refusedOpen")
        self._aside = Button("", "quiet", small=True)
        self._aside.setObjectName("refusedAside")
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(self._aside)
        line.addWidget(self._open)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().size("gap_tiny"))
        for widget in (self._title, self._why, self._which, buttons, make_divider()):
            whole.addWidget(widget)
        self._open.setVisible(record.place.customer_id is not None)
        self._open.clicked.connect(self._on_open)
        self._aside.clicked.connect(self._on_aside)
        self._retranslate()

    def _retranslate(self) -> None:
        record = self._record
        parts = (record.place.shop, self._words.table(record.table), moment_words(record.made_at))
        self._title.setText(" · ".join(part for part in parts if part))
        self._why.setText(self._reasons.of(record.status, record.reason))
        named = self._reasons.fields_in(record.reason) or record.fields
        names = [self._fields.name(record.table, field) for field in named if "command" not in record.fields]
        more = " …" if len(names) > _MOST_FIELDS else ""
        self._which.setText(self.tr("Fields: %1").replace("%1", "、".join(names[:_MOST_FIELDS]) + more))
        self._which.setVisible(bool(names))
        self._open.setText(self.tr("Open and mend"))
        self._aside.setText(self.tr("Set aside"))
        self._aside.setToolTip(self.tr("Takes it off this list; what you wrote stays on this laptop"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_aside"):
            self._retranslate()

    @Slot()
    def _on_open(self) -> None:
        self.open_requested.emit(self._record.place)

    @Slot()
    def _on_aside(self) -> None:
        self.aside_requested.emit(self._record.id)
