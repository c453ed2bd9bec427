"""The password is asked: to open the store, or to go on after the window was locked."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.problems import Problem
from app.ui.look.messages import Messages
from app.ui.look.sentences import joined
from app.ui.shell.password_gate_view_model import PasswordGate
from app.ui.shell.start_form import FormFrame
from app.ui.widgets.buttons import Button
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.password_field import PasswordField
from app.ui.widgets.tones import Tone


class UnlockForm(FormFrame):
    """One field; a wrong password is said, after several the wait is counted down, and what is given then is tried."""

    def __init__(self, gate: PasswordGate, name: str = "unlock", parent: QWidget | None = None) -> None:
        super().__init__(f"{name}Form", parent)
        self._gate = gate
        self._was_wrong = False
        self._was_edited = False
        """Since the last try: what was said about that one is not said about what stands in the field now."""
        self._is_queued = False
        """Given while the wait was running: it is tried when that is over."""
        self._messages = Messages(self)
        self._password = PasswordField()
        self._password.set_field_name(f"{name}Password")
        self._open = Button("", "primary", icon="unlock")
        self._open.setObjectName(f"{name}Open")
        self.body.addWidget(self._password)
        self.add_button(self._open)
        self.buttons.addStretch(1)
        self.setFocusProxy(self._password)
        gate.changed.connect(self._render)
        gate.passed.connect(self._on_passed)
        self._password.edited.connect(self._on_edited)
        self._password.submitted.connect(self._on_open)
        self._open.clicked.connect(self._on_open)
        self._retranslate()

    def forget(self) -> None:
        """Forget what was typed."""
        self._password.clear()
        self._was_edited = self._is_queued = False
        self._render()

    @Slot()
    def _render(self) -> None:
        gate = self._gate
        if self._is_queued and gate.is_open_for_tries:
            self._on_open()
            return
        self._open.setEnabled(gate.is_open_for_tries and bool(self._password.text))
        if gate.is_busy:
            self._open.setText(self.tr("Checking…"))
        elif gate.seconds_left:
            self._open.setText(self.tr("Wait %1 s").replace("%1", str(gate.seconds_left)))
        else:
            self._open.setText(self.tr("Unlock"))
        wrong_now = gate.is_wrong and not gate.is_busy and not self._was_edited
        if wrong_now and not self._was_wrong:
            self._password.set_problem(True)
            self._password.select_all()
        self._was_wrong = wrong_now
        self._say(wrong_now)

    def _say(self, wrong: bool) -> None:
        seconds = str(self._gate.seconds_left)
        if self._gate.seconds_left and self._is_queued:
            words = self.tr("This password is tried by itself in %1 s. Your data are safe.")
            self.show_trouble(words.replace("%1", seconds), Tone.AMBER)
        elif self._gate.seconds_left:
            words = self._messages.of(Problem.WRONG_PASSWORD if wrong else Problem.WAIT_BEFORE_RETRY)
            happened = words.happened
            wait = self.tr("The next try is possible in %1 s. Your data are safe.")
            self.show_trouble(joined((happened, wait.replace("%1", seconds))), Tone.AMBER)
        else:
            self.show_trouble(self._messages.of(Problem.WRONG_PASSWORD).whole if wrong else "")

    def _retranslate(self) -> None:
        self._password.set_label(self.tr("Password"))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()

    @Slot()
    def _on_edited(self) -> None:
        self._was_edited = True
        self._is_queued = False
        self._render()

    @Slot()
    def _on_open(self) -> None:
        self._is_queued = bool(self._gate.seconds_left and self._password.text)
        if self._is_queued:
            self._render()
        elif self._gate.is_open_for_tries:
            self._was_edited = False
            self._gate.try_password(self._password.text)

    @Slot(object)
    def _on_passed(self, _value: object) -> None:
        self.forget()
