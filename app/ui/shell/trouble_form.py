"""The store cannot be opened now: a newer version wrote it, the disk is full, another program holds it."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.look.messages import Messages
from app.ui.shell.start_form import FormFrame
from app.ui.shell.startup_view_model import Stage, StartUp
from app.ui.widgets.buttons import Button
from app.ui.widgets.painting import is_language_event


class TroubleForm(FormFrame):
    """Says what happened and what is safe; another try where that can help."""

    quit_requested = Signal()

    def __init__(self, view_model: StartUp, parent: QWidget | None = None) -> None:
        super().__init__("troubleForm", parent)
        self._view_model = view_model
        self._messages = Messages(self)
        self._again = Button("", "primary", icon="refresh")
        self._again.setObjectName("troubleAgain")
        self._quit = Button()
        self._quit.setObjectName("troubleQuit")
        self.add_button(self._again)
        self.add_button(self._quit)
        self.buttons.addStretch(1)
        view_model.changed.connect(self._render)
        self._again.clicked.connect(view_model.try_again)
        self._quit.clicked.connect(self.quit_requested)
        self._retranslate()

    @Slot()
    def _render(self) -> None:
        error = self._view_model.error
        if error is None:
            return
        words = self._messages.of_error(error)
        self.set_words(words.happened, words.advice)
        self._again.setVisible(self._view_model.stage is Stage.TROUBLE)

    def _retranslate(self) -> None:
        self._again.setText(self.tr("Try again"))
        self._quit.setText(self.tr("Quit"))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()
