"""What the wrap-up says once a visit has ended: what was saved, what waits to be sent, where to go next."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.visit_rows import RowKind
from app.services.wrap_ups import AfterEnd
from app.ui.look.theme import current_theme
from app.ui.pages.visit.advice_words import fill
from app.ui.pages.visit.sections import Section
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.pages.visit.wrap_up_words import WrapUpWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel


class EndedPanel(QWidget):
    """Says that all is safe; nothing here calls anything delivered."""

    today_requested = Signal()
    visit_requested = Signal(object)
    """UUID: the next visit"""

    def __init__(self, draft: VisitDraft, words: WrapUpWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._words = words
        self._after: AfterEnd | None = None
        theme = current_theme()
        self._heading = TextLabel("", "title", wrap=True)
        self._heading.setObjectName("endedHeading")
        self._kept = Section()
        self._kept.setObjectName("keptRecords")
        self._waiting = TextLabel("", "muted", wrap=True)
        self._waiting.setObjectName("waitingToSend")
        self._next = Button("", "primary", icon="next", trailing_icon=True)
        self._next.setObjectName("nextShop")
        self._today = Button("", icon="today")
        self._today.setObjectName("backToToday")
        line = QHBoxLayout()
        line.setSpacing(theme.size("gap_small"))
        line.addWidget(self._next)
        line.addWidget(self._today)
        line.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.size("pad"), theme.size("gap"), theme.size("pad"), theme.size("gap"))
        whole.setSpacing(theme.size("gap"))
        for widget in (self._heading, self._kept, self._waiting):
            whole.addWidget(widget)
        whole.addLayout(line)
        whole.addStretch(1)
        self._today.clicked.connect(self.today_requested)
        self._next.clicked.connect(self._on_next)

    @property
    def visit_id(self) -> UUID | None:
        """The visit that is told of."""
        return None if self._after is None else self._after.visit_id

    def show_end(self, after: AfterEnd | None) -> None:
        """Tell of another visit, or of none."""
        self._after = after
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._today.setText(self.tr("Back to Today"))
        self._kept.set_heading(self.tr("On this computer"))
        after = self._after
        if after is None or not self._draft.is_open:
            return
        self._heading.setText(self._words.ended(after))
        self._kept.set_lines([("", text, None) for text in self._counts()], self.tr("Only how it ended."))
        practice = self.tr("A practice visit: it stays on this computer and is never sent.")
        waiting = self._words.waiting(after.waiting, after.photos_waiting)
        self._waiting.setText(practice if after.is_practice else waiting)
        self._next.setVisible(after.next_shop is not None)
        if after.next_shop is not None:
            self._next.setText(fill(self.tr("Next: %1"), after.next_shop.name))

    def _counts(self) -> list[str]:
        counts = {kind: len(self._draft.rows(kind)) for kind in RowKind}
        stock, rating, plan = counts[RowKind.STOCK], counts[RowKind.RATING], counts[RowKind.PLAN]
        advice, promise, photo = counts[RowKind.ADVICE], counts[RowKind.PROMISE], counts[RowKind.PHOTO]
        texts = (
            (stock, self.tr("%n SKU(s) counted", "", stock)),
            (rating, self.tr("%n diagnosis item(s)", "", rating)),
            (advice, self.tr("%n line(s) of order guidance", "", advice)),
            (plan, self.tr("%n improvement plan(s)", "", plan)),
            (promise, self.tr("%n agreed step(s)", "", promise)),
            (photo, self.tr("%n photo(s)", "", photo)),
        )
        return [text for count, text in texts if count]

    @Slot()
    def _on_next(self) -> None:
        if self._after is not None and self._after.next_shop is not None:
            self.visit_requested.emit(self._after.next_shop.visit_id)
