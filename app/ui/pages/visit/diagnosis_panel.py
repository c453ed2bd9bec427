"""The side panel of the diagnosis: the criteria of one item, what to ask the owner, a note, photos as evidence."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.diagnosis import Questions, State
from app.domain.playbook import Playbook
from app.services.diagnoses import DiagnosisSheet
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.criterion_box import CriterionBox
from app.ui.pages.visit.diagnosis_item import ItemView
from app.ui.pages.visit.diagnosis_words import DiagnosisWords
from app.ui.pages.visit.evidence_photos import EvidencePhotos
from app.ui.pages.visit.photo_desk import PhotoDesk
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.note_field import NoteField

_CRITERIA = 3


class DiagnosisPanel(QWidget):
    """Details of the item that is selected; `item` is its code."""

    rated = Signal(object)
    """tuple[Criterion, State | None]"""
    fail_marked = Signal(object)
    """bool"""
    note_edited = Signal(object)
    """str | None"""

    def __init__(
        self,
        draft: VisitDraft,
        desk: PhotoDesk,
        playbook: Playbook,
        words: DiagnosisWords,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.item = ""
        self._build(draft, desk, playbook, words)
        self._wire()

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._ask_heading.setText(self.tr("What to ask"))
        self._note_heading.setText(self.tr("Note"))
        self.note.set_name(self.tr("Note on this item"), self.tr("What you saw or heard"))
        self._photo_heading.setText(self.tr("Photos as evidence"))
        self.photos.retranslate()

    def show_item(self, view: ItemView, sheet: DiagnosisSheet | None) -> None:
        """Show an item; where only the law asks, its one criterion."""
        self.item = view.item.code
        for box, criterion in zip(self.boxes, view.criteria, strict=False):
            box.setVisible(view.law is None or criterion.criterion is view.law)
            box.show_criterion(criterion, sheet, marked=view.marked)
        self._show_questions(view.item.questions)
        self.note.show_text(view.note)
        self.photos.show_item(view.item.code)

    def first_box(self) -> CriterionBox:
        """Return the first criterion shown."""
        return next((box for box in self.boxes if not box.isHidden()), self.boxes[0])

    def _build(self, draft: VisitDraft, desk: PhotoDesk, playbook: Playbook, words: DiagnosisWords) -> None:
        theme = current_theme()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_tiny"))
        self.boxes = tuple(CriterionBox(words, self) for _ in range(_CRITERIA))
        for number, box in enumerate(self.boxes, start=1):
            box.setObjectName(f"criterion{number}")
            whole.addWidget(box)
        self._ask_heading = TextLabel("", "strong")
        self._questions = tuple(TextLabel("", wrap=True) for _ in range(4))
        self._note_heading = TextLabel("", "strong")
        self.note = NoteField(3)
        self.note.setObjectName("itemNote")
        self._photo_heading = TextLabel("", "strong")
        self.photos = EvidencePhotos(draft, desk, playbook.enumerations["photo_place"], self)
        whole.addWidget(make_divider())
        whole.addSpacing(theme.size("gap_tiny"))
        whole.addWidget(self._ask_heading)
        for question in self._questions:
            whole.addWidget(question)
        for heading, field in ((self._note_heading, self.note), (self._photo_heading, self.photos)):
            whole.addSpacing(theme.size("gap_small"))
            whole.addWidget(heading)
            whole.addWidget(field)

    def _wire(self) -> None:
        for box in self.boxes:
            box.rated.connect(self._on_rated)
            box.fail_marked.connect(self.fail_marked)
        self.note.edited.connect(self.note_edited)

    def _show_questions(self, questions: Questions) -> None:
        language = current_language()
        asked = (
            (self.tr("situation"), questions.situation),
            (self.tr("problem"), questions.problem),
            (self.tr("implication"), questions.implication),
            (self.tr("need"), questions.need_payoff),
        )
        for number, (label, (kind, text)) in enumerate(zip(self._questions, asked, strict=True), start=1):
            words = self.tr("%1. %2 (%3)").replace("%1", str(number)).replace("%3", kind)
            label.setText(words.replace("%2", text.of(language)))

    @Slot(object)
    def _on_rated(self, rating: State | None) -> None:
        box = self.sender()
        if isinstance(box, CriterionBox) and box.criterion is not None:
            self.rated.emit((box.criterion, rating))
