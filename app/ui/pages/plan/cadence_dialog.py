"""How often one shop is visited: by the rules, or as the manager chooses, with her reason."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.domain.planning.views import StopView
from app.ui.look.theme import current_theme
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.pages.plan.visit_plan_words import PlanWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel


class CadenceDialog(QDialog):
    """A choice of one's own needs a reason; the rules need none."""

    def __init__(self, model: PlanViewModel, words: PlanWords, stop: StopView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cadenceDialog")
        self._model = model
        self._stop = stop
        self._choices: dict[QRadioButton, str | None] = {}
        self._group = QButtonGroup(self)
        self._build(words)
        self._group.buttonClicked.connect(self._render)
        self._reason.textChanged.connect(self._render)
        self._keep.clicked.connect(self._on_keep)
        self._close.clicked.connect(self.reject)
        self._render()

    def _build(self, words: PlanWords) -> None:
        theme = current_theme()
        title = self.tr("How often to visit")
        self.setWindowTitle(title)
        whole = QVBoxLayout(self)
        side = theme.size("pad")
        whole.setContentsMargins(side, side, side, side)
        whole.setSpacing(theme.size("gap_small"))
        whole.addWidget(TextLabel(title, "title"))
        now = self.tr("%1 is visited now: %2").replace("%1", self._stop.name)
        whole.addWidget(TextLabel(now.replace("%2", words.cadence(self._stop.cadence)), "muted", wrap=True))
        for code, name in ((None, self.tr("As the rules say")), *words.cadences()):
            button = QRadioButton(name)
            button.setObjectName(f"cadence_{code or 'rules'}")
            button.setChecked(code == self._stop.cadence)
            self._choices[button] = code
            self._group.addButton(button)
            whole.addWidget(button)
        self._reason = QLineEdit()
        self._reason.setObjectName("cadenceReason")
        label = TextLabel(self.tr("Reason"), "strong")
        label.setBuddy(self._reason)
        self._reason.setAccessibleName(label.text())
        self._reason.setMaxLength(200)
        whole.addWidget(label)
        whole.addWidget(self._reason)
        self._keep, self._close = Button(self.tr("Keep"), "primary"), Button(self.tr("Cancel"))
        self._keep.setObjectName("cadenceKeep")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._close)
        foot.addWidget(self._keep)
        whole.addLayout(foot)
        self.setMinimumWidth(theme.em(30))

    @property
    def _chosen(self) -> str | None:
        return next((code for button, code in self._choices.items() if button.isChecked()), None)

    @Slot()
    def _render(self) -> None:
        needs_reason = self._chosen is not None
        self._reason.setEnabled(needs_reason)
        self._keep.setEnabled(not needs_reason or bool(self._reason.text().strip()))

    @Slot()
    def _on_keep(self) -> None:
        self._model.set_cadence(self._stop.customer_id, self._chosen, self._reason.text().strip())
        self.accept()
