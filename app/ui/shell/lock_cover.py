"""Covers the window while it is locked: nothing of the work shows, and only the password leads back."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.shell.brand_panel import BrandPanel
from app.ui.shell.password_gate_view_model import PasswordGate
from app.ui.shell.unlock_form import UnlockForm
from app.ui.widgets.painting import is_language_event


class LockCover(QWidget):
    """The brand at the left, the password at the right."""

    def __init__(self, gate: PasswordGate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._gate = gate
        self._form = UnlockForm(gate, "lock")
        theme = current_theme()
        right = QWidget()
        column = QVBoxLayout(right)
        side = theme.em(2.6)
        column.setContentsMargins(side, side, side, side)
        column.addStretch(1)
        column.addWidget(self._form)
        column.addStretch(2)
        self._form.setMaximumWidth(theme.em(42))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(BrandPanel())
        whole.addWidget(right, 1)
        self.setFocusProxy(self._form)
        self._retranslate()

    def begin(self) -> None:
        """Ask anew."""
        self._form.forget()
        self._gate.start()
        self._form.setFocus()

    def _retranslate(self) -> None:
        self._form.set_words(
            self.tr("Locked"),
            self.tr("Everything is saved. Your password brings you back to where you were."),
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_form"):
            self._retranslate()
