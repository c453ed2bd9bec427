"""A field for a password: hidden or shown, with a word when Caps Lock seems to be on."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event


class PasswordField(QWidget):
    """Label above, the field with its eye, a hint below; Enter submits."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = TextLabel(label, "strong")
        self._edit = _CapsAwareEdit()
        self._eye = IconButton("show", framed=True)
        self._eye.setCheckable(True)
        self._hint = TextLabel("", "hint", wrap=True)
        self._label.setBuddy(self._edit)
        theme = current_theme()
        row = QHBoxLayout()
        row.setSpacing(theme.size("gap_tiny"))
        row.addWidget(self._edit, 1)
        row.addWidget(self._eye)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_tiny"))
        whole.addWidget(self._label)
        whole.addLayout(row)
        whole.addWidget(self._hint)
        self._hint.hide()
        self.setFocusProxy(self._edit)
        self._edit.textEdited.connect(self._on_edited)
        self._edit.returnPressed.connect(self.submitted)
        self._edit.caps_seen.connect(self._on_caps_seen)
        self._eye.toggled.connect(self._on_eye_toggled)
        self.set_label(label)
        self._retranslate()

    def set_field_name(self, name: str) -> None:
        """Give the line edit inside its object name; the eye beside it is called `<name>Eye`."""
        self._edit.setObjectName(name)
        self._eye.setObjectName(f"{name}Eye")

    @property
    def text(self) -> str:
        """What was typed."""
        return self._edit.text()

    @property
    def hint(self) -> str:
        """The words below the field; empty while there are none."""
        return "" if self._hint.isHidden() else self._hint.text()

    def set_label(self, label: str) -> None:
        """Change the words above."""
        self._label.setText(label)
        self._label.setVisible(bool(label))
        self._edit.setAccessibleName(label)

    def set_problem(self, is_wrong: bool) -> None:
        """Mark the field as the one to mend."""
        problem = "error" if is_wrong else ""
        if self._edit.property("problem") != problem:
            self._edit.setProperty("problem", problem)
            self._edit.style().unpolish(self._edit)
            self._edit.style().polish(self._edit)

    def clear(self) -> None:
        """Forget what was typed and hide it again."""
        self._edit.clear()
        self._eye.setChecked(False)

    def select_all(self) -> None:
        """Select what was typed, so that the next key replaces it."""
        self._edit.selectAll()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()

    def _retranslate(self) -> None:
        self._eye.set_name(self.tr("Hide the password") if self._eye.isChecked() else self.tr("Show the password"))
        self._hint.setText(self.tr("Caps Lock seems to be on."))

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self.set_problem(False)
        self.edited.emit()

    @Slot(object)
    def _on_caps_seen(self, is_on: bool) -> None:
        self._hint.setVisible(is_on)

    @Slot(bool)
    def _on_eye_toggled(self, is_shown: bool) -> None:
        self._edit.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        self._eye.set_icon_name("hide" if is_shown else "show")
        self._retranslate()


class _CapsAwareEdit(QLineEdit):
    """Qt cannot ask for Caps Lock: a letter that is big without Shift, or small with it, gives it away."""

    caps_seen = Signal(object)
    """bool"""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        # A shown password is still no text for the memory of an input method.
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoAutoUppercase)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_seen.emit(False)
        elif len(text) == 1 and text.isascii() and text.isalpha():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(text.isupper() != has_shift)
        super().keyPressEvent(event)
