"""The definition of a numbered figure, one hover away: number, name, formula, unit, and when it has no value."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.playbook import Formulas
from app.ui.look.translations import current_language


class KpiTips(QObject):
    """Explains figures by their number; the same form everywhere."""

    def __init__(self, formulas: Formulas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formulas = formulas

    def of(self, *codes: str) -> str:
        """Return the definitions of some figures, one below the other; a number that nobody knows is left out."""
        return "\n\n".join(self._one(code) for code in codes if code in self._formulas)

    def explain(self, widget: QWidget, *codes: str) -> None:
        """Put the definitions where hovering, Shift+F1 and a screen reader find them."""
        text, before = self.of(*codes), widget.toolTip()
        widget.setToolTip(text)
        widget.setWhatsThis(text)
        if widget.accessibleDescription() in {"", before}:  # else it tells what is shown; the rest is its help text
            widget.setAccessibleDescription(text)

    def _one(self, code: str) -> str:
        language, found = current_language(), self._formulas[code]
        lines = [
            f"{code}  {found.name.of(language)}",
            found.text.of(language),
            self.tr("Unit: %1").replace("%1", found.unit.of(language)),
            found.no_value.of(language),
        ]
        namesakes = self._formulas.namesakes(code)
        if found.called is not None and namesakes:
            told = self.tr("“%1” can also mean %2")
            lines.append(told.replace("%1", found.called.of(language)).replace("%2", ", ".join(namesakes)))
        return "\n".join(lines)
