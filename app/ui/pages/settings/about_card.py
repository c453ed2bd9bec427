"""Version, licences, and whose data and fonts come with the program."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app import __version__
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event

IOWA = (
    "Contains data of the State of Iowa, Alcoholic Beverages Division, CC BY 4.0, changed as described in this README. "
    "Not endorsed by the State of Iowa."
)
"""The attribution that the licence of the demo data asks for, word for word; a test holds it against the README."""


class AboutCard(Card):
    """Words only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._version = TextLabel("", "strong")
        self._version.setObjectName("aboutVersion")
        self._promise = TextLabel("", "", wrap=True)
        self._licences = TextLabel("", "muted", wrap=True)
        self._licences.setObjectName("aboutLicences")
        self._data = TextLabel("", "muted", wrap=True)
        self._data.setObjectName("aboutData")
        for label in (self._version, self._promise, self._licences, self._data):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(label)
        self._retranslate()

    def _retranslate(self) -> None:
        self.set_title(self.tr("About"))
        self._version.setText(self.tr("Zoufang %1").replace("%1", __version__))
        self._promise.setText(
            self.tr("It only suggests orders and places none. Tier and credit are set by head office.")
        )
        self._licences.setText(
            self.tr(
                "Apache License 2.0. Built on Qt for Python (LGPL 3), SQLCipher (BSD), SQLAlchemy (MIT), "
                "reportlab (BSD) and others: see the file THIRD-PARTY.md. "
                "Font: Noto Sans SC (SIL Open Font License 1.1)."
            )
        )
        readme = self.tr("Demo territory (resources/sample_data/README.md):")
        self._data.setText(f"{readme} {IOWA}")

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_data"):
            self._retranslate()
