"""Facts line by line: a name at the left, its value at the right, a hairline below."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look.theme import current_theme
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.layouts import clear_layout


@dataclass(frozen=True, slots=True)
class Fact:
    """One line; `strong` for the result of a sum."""

    name: str
    value: str
    strong: bool = False


class FactList(QWidget):
    """Lines of facts; widgets for a value (a button, a chip) can be put beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._values: dict[str, TextLabel] = {}

    def set_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these lines instead of those before."""
        clear_layout(self._layout)
        self._values.clear()
        for fact in facts:
            self.add_fact(fact)

    def add_fact(self, fact: Fact, trailing: QWidget | None = None) -> None:
        """Add a line, with a widget after its value if there is one."""
        theme = current_theme()
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, theme.em(0.42), 0, theme.em(0.42))
        row.setSpacing(theme.size("gap_small"))
        name = TextLabel(fact.name, "strong" if fact.strong else "muted")
        value = TextLabel(fact.value, "strong" if fact.strong else "", wrap=True)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{fact.name}: {fact.value}")
        row.addWidget(name)
        row.addWidget(value, 1)
        if trailing is not None:
            row.addWidget(trailing)
        self._values[fact.name] = value
        self._layout.addWidget(line)
        self._layout.addWidget(make_divider(self))

    def value_of(self, name: str) -> str:
        """Return the value shown for a name."""
        return self._values[name].text()
