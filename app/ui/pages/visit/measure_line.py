"""One measure to choose: its name, how it is done, and whether head office or an approval is needed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.diagnosis import Measure
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.tones import Tone


class MeasureLine(QWidget):
    """A tick chooses; the arrow up marks what goes to head office as a support request."""

    chosen = Signal(object)
    """bool"""
    help_asked = Signal(object)
    """bool"""

    def __init__(self, measure: Measure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.measure = measure
        self.tick = QCheckBox()
        self.tick.setObjectName(f"measure{measure.code}")
        self._support = Chip("", Tone.BLUE)
        self._law = Chip("", Tone.AMBER)
        self._help = QCheckBox()
        self._help.setObjectName(f"help{measure.code}")
        self._how = TextLabel("", "hint", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(theme.size("gap_small"))
        head.addWidget(self.tick)
        head.addWidget(self._support)
        head.addWidget(self._law)
        head.addStretch(1)
        under = QVBoxLayout()
        under.setContentsMargins(theme.size("indicator") + theme.size("gap_small"), 0, 0, 0)
        under.setSpacing(0)
        under.addWidget(self._how)
        under.addWidget(self._help, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(under)
        self._support.setVisible(measure.support_request)
        self._law.setVisible(measure.compliance)
        self._help.setVisible(False)
        self.tick.toggled.connect(self._on_toggled)
        self._help.toggled.connect(self._on_help_toggled)
        self.setFocusProxy(self.tick)

    def show_measure(self, *, is_chosen: bool, asks_help: bool) -> None:
        """Show whether it is chosen, in the language shown."""
        language = current_language()
        self.tick.setText(self.measure.name.of(language))
        self._how.setText(self.measure.how.of(language))
        self.tick.setAccessibleDescription(self.measure.how.of(language))
        self._support.setText(self.tr("\u21e7 support request"))
        self._law.setText(self.tr("only after approval"))
        self._help.setText(self.tr("\u21e7 head office has to help"))
        self._help.setVisible(self.measure.may_need_support and is_chosen)
        for box, value in ((self.tick, is_chosen), (self._help, asks_help)):
            box.blockSignals(True)
            box.setChecked(value)
            box.blockSignals(False)

    @Slot(bool)
    def _on_toggled(self, checked: bool) -> None:
        self.chosen.emit(checked)

    @Slot(bool)
    def _on_help_toggled(self, checked: bool) -> None:
        self.help_asked.emit(checked)
