"""A tick that makes what the shopkeeper said a complaint: a promise of ours to answer it in time, among the others."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.complaint import answer_of
from app.services.visit_rows import DELETED, VISIT_ROW, RowKey, RowKind, Values
from app.ui.pages.visit.visit_draft import VisitDraft

_LONGEST = 60


class ComplaintBox(QCheckBox):
    """Ticked while the visit has a promise to answer a complaint."""

    due_wanted = Signal()
    """The box was ticked: by when the complaint has to be answered is to be said by `answer_by`."""

    def __init__(self, draft: VisitDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("complaintBox")
        self._draft = draft
        self.clicked.connect(self._on_clicked)

    def retranslate(self) -> None:
        """Word it in the language shown."""
        self.setText(self.tr("A complaint: we answer it in time"))
        self.setToolTip(
            self.tr("Adds an agreed step of ours that is due in two working days; a visit is planned for it.")
        )

    def show_state(self) -> None:
        """Show what the draft holds."""
        self.setChecked(self._key in self._draft.rows(RowKind.PROMISE))

    def answer_by(self, due: date) -> None:
        """Promise to answer by a day, unless the tick was taken back meanwhile."""
        if not self.isChecked() or self._key in self._draft.rows(RowKind.PROMISE):
            return
        said = " ".join(str(self._draft.value(VISIT_ROW, "need_note") or "").split())
        words = self.tr("Answer the complaint: %1").replace("%1", said[:_LONGEST])
        text = words if said else self.tr("Answer the complaint")
        promise: Values = {"text": text, "by_shop": False, "due_on": due, "done_on": None, DELETED: False}
        self._draft.set(self._key, **promise)

    @property
    def _key(self) -> RowKey:
        return RowKey(RowKind.PROMISE, answer_of(self._draft.head.visit_id))

    @Slot(bool)
    def _on_clicked(self, is_complaint: bool) -> None:
        if is_complaint:
            self.due_wanted.emit()
        else:
            self._draft.remove(self._key)
