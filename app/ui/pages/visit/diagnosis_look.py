"""How a row of the diagnosis is worded: its chips say what is suggested, unchecked, improved or open."""

from PySide6.QtCore import QObject

from app.services.diagnoses import DiagnosisSheet
from app.ui.look.translations import current_language
from app.ui.pages.visit.diagnosis_item import ItemView
from app.ui.pages.visit.diagnosis_row import RowLook
from app.ui.pages.visit.diagnosis_words import DiagnosisWords
from app.ui.widgets.tones import Tone

_MOST_CHIPS = 2


class DiagnosisLook(QObject):
    """Puts an item view into the words of a row."""

    def __init__(self, words: DiagnosisWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def of(
        self, view: ItemView, sheet: DiagnosisSheet | None, photos: int, *, number: int, is_current: bool
    ) -> RowLook:
        """Return what a row shows; a reason that was given stands in its field only while the row is current."""
        language = current_language()
        name = view.item.name if view.law is None else view.law.name
        last = view.last_value
        return RowLook(
            number=str(number),
            name=name.of(language),
            last_words=self.tr("last"),
            last=last,
            last_day=view.last.day if view.last is not None else None,
            value=view.value if view.law is None or view.criterion(view.law.key).is_given else None,
            chips=self._chips(view)[:_MOST_CHIPS],
            text=self._words.item_line(view, sheet),
            is_note=bool(view.note or view.reason),
            photos=str(photos) if photos else "",
            photos_name=self.tr("%n photo(s); add one as evidence", "", photos),
            reason=view.reason,
            reason_words=self._words.ask_for_reason(view) if view.missing or (view.overrides and is_current) else "",
            reason_missing=bool(view.missing),
        )

    def _chips(self, view: ItemView) -> tuple[tuple[str, Tone], ...]:
        chips: list[tuple[str, Tone]] = []
        value = view.value if view.is_answered or view.law is None else None
        offered = view.suggested if view.law is None else view.criterion(view.law.key).known
        if view.missing:
            chips.append((self.tr("reason?"), Tone.AMBER))
        if view.hard_fails and (value is not None or view.is_barred):
            chips.append((self.tr("\u2716 hard fail"), Tone.RED))
        if view.is_barred:
            chips.append((self.tr("must be C"), Tone.RED))
        if view.taken_over:
            chips.append((self.tr("not checked today"), Tone.GREY))
        if value is None and offered is not None:
            chips.append((self.tr("suggested %1").replace("%1", offered.value), Tone.BLUE))
        if view.law is not None:
            chips.append((self.tr("required by law"), Tone.BLUE))
        last = view.last_value
        if value is not None and last is not None and value is not last:
            change = f"{last.value}\u2192{value.value}"
            if value.better_than(last):
                chips.append((self.tr("%1 better").replace("%1", change), Tone.GREEN))
            else:
                chips.append((self.tr("%1 worse").replace("%1", change), Tone.RED))
        return tuple(chips)
