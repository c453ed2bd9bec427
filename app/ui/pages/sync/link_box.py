"""Saving data over a phone hotspot: small pictures always go up, originals only up to so much a day."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.formats import format_count
from app.ui.look.theme import current_theme
from app.ui.shell.link_watch import LinkWatch
from app.ui.shell.preferences import Preferences
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone

_MEGABYTES = (0, 10, 20, 50)


class LinkBox(QWidget):
    """A tick, and how much a day; a link that the system knows to be paid by volume is ticked by itself."""

    def __init__(self, link: LinkWatch, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._preferences = preferences
        self._saves = QCheckBox()
        self._saves.setObjectName("savesData")
        self._most = SegmentedChoice(self._choices())
        self._most.setObjectName("photoMegabytes")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, current_theme().size("gap_small"), 0, 0)
        whole.setSpacing(current_theme().size("gap_small"))
        whole.addWidget(self._saves)
        whole.addWidget(self._most)
        link.changed.connect(self._render)
        self._saves.clicked.connect(self._on_saves)
        self._most.chosen.connect(self._on_most)
        self._retranslate()

    @Slot()
    def _render(self) -> None:
        self._saves.setChecked(self._link.saves_data)
        self._saves.setEnabled(not self._link.is_metered)
        self._most.setVisible(self._link.saves_data)
        megabytes = self._preferences.settings.photo_megabytes
        self._most.set_value(str(min(_MEGABYTES, key=lambda most: abs(most - megabytes))))

    def _retranslate(self) -> None:
        self._saves.setText(self.tr("Phone hotspot: save data on photos"))
        self._most.set_name(self.tr("Originals a day over a hotspot"))
        self._most.set_choices(self._choices())
        self._render()

    def _choices(self) -> tuple[Choice, ...]:
        none, most = self.tr("Small pictures only"), self.tr("%1 MB a day")
        names = (none, *(most.replace("%1", format_count(size)) for size in _MEGABYTES[1:]))
        pairs = zip(_MEGABYTES, names, strict=True)
        return tuple(Choice(str(size), name, Tone.PRIMARY) for size, name in pairs)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_most"):
            self._retranslate()

    @Slot(bool)
    def _on_saves(self, saves: bool) -> None:
        self._preferences.set_saves_data(saves)

    @Slot(object)
    def _on_most(self, key: str | None) -> None:
        if key is not None:
            self._preferences.set_photo_megabytes(int(key))
        self._render()
