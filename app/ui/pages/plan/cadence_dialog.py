"""How often one shop is visited: by the rules, or as the manager chooses, with her reason."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.domain.planning.views import StopView
from app.services.plan_values import PlanWhy
from app.ui.look.theme import current_theme
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.pages.plan.visit_plan_words import PlanWords
from app.ui.pages.plan.why_words import WhyWords
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
        self._why = WhyWords(words, self)
        self._build(words)
        self._group.buttonClicked.connect(self._render)
        self._reason.textChanged.connect(self._render)
        self._keep.clicked.connect(self._on_keep)
        self._close.clicked.connect(self.reject)
        self._render()
        work = partial(model.plans.explain, stop.customer_id, model.month)
        model.tasks.run(work, owner=self, done=self._on_told)

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
        self._decided = TextLabel("", "hint", wrap=True)
        self._decided.setObjectName("cadenceDecided")
        whole.addWidget(self._decided)
        for code, name in ((None, self.tr("As the rules say")), *words.cadences()):
            button = QRadioButton(name)
            button.setObjectName(f"cadence_{code or 'rules'}")
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

    def _on_told(self, told: tuple[PlanWhy, ...]) -> None:
        """Say who decided so far, and begin with that choice; what was chosen meanwhile stays."""
        decided = next((dict(why.facts) for why in told if why.code == "decided"), {})
        if not decided:
            return
        self._decided.setText(self._why.decided(decided))
        if self._group.checkedButton() is not None:
            return
        now = self._stop.cadence if "reason" in decided else None
        next(button for button, code in self._choices.items() if code == now).setChecked(True)
        if not self._reason.text():
            self._reason.setText(decided.get("reason", ""))
        self._render()

    @property
    def _chosen(self) -> str | None:
        return next((code for button, code in self._choices.items() if button.isChecked()), None)

    @Slot()
    def _render(self) -> None:
        needs_reason = self._chosen is not None
        self._reason.setEnabled(needs_reason)
        is_chosen = self._group.checkedButton() is not None
        self._keep.setEnabled(is_chosen and (not needs_reason or bool(self._reason.text().strip())))

    @Slot()
    def _on_keep(self) -> None:
        self._model.set_cadence(self._stop.customer_id, self._chosen, self._reason.text().strip())
        self.accept()
