"""What the window shows while the program is being left."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.messages import Messages
from app.ui.look.sentences import joined
from app.ui.look.theme import current_theme
from app.ui.shell.brand_panel import BrandPanel
from app.ui.shell.closing_view_model import Closing, ClosingStage
from app.ui.shell.start_form import FormFrame
from app.ui.widgets.buttons import Button
from app.ui.widgets.painting import is_language_event


class ClosingCover(QWidget):
    """Says what is being done, and asks where something could be lost."""

    def __init__(self, closing: Closing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._closing = closing
        self._messages = Messages(self)
        self._form = FormFrame("closingForm")
        self._stay = Button("", "primary")
        self._stay.setObjectName("closingStay")
        self._go_on = Button()
        self._go_on.setObjectName("closingGoOn")
        self._form.add_button(self._stay)
        self._form.add_button(self._go_on)
        self._form.buttons.addStretch(1)
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
        closing.changed.connect(self._render)
        self._stay.clicked.connect(closing.stay)
        self._go_on.clicked.connect(closing.go_on)
        self._render()

    @Slot()
    def _render(self) -> None:
        stage = self._closing.stage
        asks = stage in {ClosingStage.UNSAVED, ClosingStage.NO_BACKUP}
        self._stay.setVisible(asks)
        self._go_on.setVisible(asks or stage in {ClosingStage.BACKING_UP, ClosingStage.SENDING})
        self._stay.setText(self.tr("Back to work"))
        self._go_on.setText(self._leaving(stage))
        self._form.set_words(*self._words(stage))
        if asks:
            self._stay.setFocus()

    def _leaving(self, stage: ClosingStage) -> str:
        if stage is ClosingStage.UNSAVED:
            return self.tr("Quit, the entry is lost")
        return self.tr("Quit now") if stage is ClosingStage.SENDING else self.tr("Quit without a backup")

    def _words(self, stage: ClosingStage) -> tuple[str, str]:
        if stage is ClosingStage.UNSAVED:
            return (
                self.tr("The last entry could not be saved"),
                self.tr("Everything before it is safe. Go back, free some space on the disk, and quit again."),
            )
        if stage is ClosingStage.NO_BACKUP:
            error = self._closing.error
            reason = self._messages.of_error(error).whole if error is not None else ""
            safe = self.tr("Your data themselves are saved.")
            return self.tr("No backup could be made"), joined((safe, reason))
        if stage is ClosingStage.BACKING_UP:
            return (
                self.tr("Saved. Making a backup…"),
                self.tr("The copy is checked by opening it. The window closes by itself."),
            )
        if stage is ClosingStage.SENDING:
            return (
                self.tr("Saved and backed up. Sending what waits…"),
                self.tr("A few seconds at most; the rest goes up the next time. The window closes by itself."),
            )
        return self.tr("Saving…"), ""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_form"):
            self._render()
