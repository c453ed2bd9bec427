"""A question mark that explains a figure: what it means and by which formula it is computed."""

from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from app.ui.widgets.buttons import IconButton


class HelpTip(IconButton):
    """Shows its explanation on hover, on a click, and on Enter or Space."""

    def __init__(self, formula: str = "", definition: str = "", parent: QWidget | None = None) -> None:
        super().__init__("help", parent=parent)
        self.setProperty("tiny", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._on_clicked)
        self.set_help(formula, definition)

    def set_help(self, formula: str, definition: str) -> None:
        """Explain another figure; `formula` is its number (F28), `definition` one or two sentences."""
        text = f"{formula}  {definition}".strip()
        self.setToolTip(text)
        self.setAccessibleName(self.tr("How this is computed"))
        self.setAccessibleDescription(text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("How this is computed"))
        super().changeEvent(event)

    @Slot()
    def _on_clicked(self) -> None:
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.toolTip(), self)
