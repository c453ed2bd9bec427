"""Choosing a password: typed twice, with a hint how well it withstands guessing."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.shell.password_strength import Strength, strength_of
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.password_field import PasswordField
from app.ui.widgets.tones import Tone

_TONES = {
    Strength.TOO_SHORT: Tone.RED,
    Strength.WEAK: Tone.AMBER,
    Strength.FAIR: Tone.BLUE,
    Strength.STRONG: Tone.GREEN,
}


class NewPasswordFields(QWidget):
    """Two fields and the hint; `is_ready` once both hold the same and it is long enough."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = PasswordField()
        self._first.set_field_name(f"{name}First")
        self._second = PasswordField()
        self._second.set_field_name(f"{name}Second")
        self._chip = Chip()
        self._chip.setObjectName(f"{name}Strength")
        self._hint = TextLabel("", "hint", wrap=True)
        self._hint.setObjectName(f"{name}Hint")
        theme = current_theme()
        line = QHBoxLayout()
        line.setSpacing(theme.size("gap_small"))
        line.addWidget(self._chip)
        line.addWidget(self._hint, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_small"))
        whole.addWidget(self._first)
        whole.addLayout(line)
        whole.addWidget(self._second)
        self.setFocusProxy(self._first)
        for field in (self._first, self._second):
            field.edited.connect(self._on_edited)
        self._first.submitted.connect(self._on_first_submitted)
        self._second.submitted.connect(self._on_second_submitted)
        self._retranslate()

    @property
    def password(self) -> str:
        """The password, once it is ready; empty before."""
        return self._first.text if self.is_ready else ""

    @property
    def is_ready(self) -> bool:
        """Whether the password is long enough and was typed the same twice."""
        too_short = strength_of(self._first.text) in {Strength.EMPTY, Strength.TOO_SHORT}
        return not too_short and self._first.text == self._second.text

    def clear(self) -> None:
        """Forget what was typed."""
        self._first.clear()
        self._second.clear()
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()

    def _retranslate(self) -> None:
        self._first.set_label(self.tr("New password"))
        self._second.set_label(self.tr("The same once more"))
        self._render()

    def _render(self) -> None:
        strength = strength_of(self._first.text)
        self._chip.setVisible(strength is not Strength.EMPTY)
        if strength is not Strength.EMPTY:
            self._chip.set_chip(self._name_of(strength), _TONES[strength])
        differs = bool(self._second.text) and not self._first.text.startswith(self._second.text)
        self._second.set_problem(differs)
        self._hint.setText(
            self.tr("The two are not the same.")
            if differs
            else self.tr("At least 8 characters. A few words in a row are better than one odd word.")
        )

    def _name_of(self, strength: Strength) -> str:
        names = {
            Strength.TOO_SHORT: self.tr("too short"),
            Strength.WEAK: self.tr("easy to guess"),
            Strength.FAIR: self.tr("good"),
            Strength.STRONG: self.tr("strong"),
        }
        return names[strength]

    @Slot()
    def _on_edited(self) -> None:
        self._render()
        self.changed.emit()

    @Slot()
    def _on_first_submitted(self) -> None:
        self._second.setFocus()

    @Slot()
    def _on_second_submitted(self) -> None:
        if self.is_ready:
            self.submitted.emit()
