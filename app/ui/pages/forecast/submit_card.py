"""What submitting a month freezes, what still lacks a reason, and the button; nothing modal."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.forecast_views import DeskView
from app.ui.look.formats import format_count
from app.ui.look.sentences import joined
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.labels import TextLabel


class SubmitCard(Card):
    """Says what will be frozen before it is."""

    confirmed = Signal()
    put_off = Signal()
    reasons_requested = Signal()

    def __init__(self, words: ForecastWords, parent: QWidget | None = None) -> None:
        super().__init__(" ", scroll=True, parent=parent)
        self.setObjectName("submitCard")
        self._words = words
        self._facts = FactList()
        self._facts.setObjectName("submitFacts")
        self._then = TextLabel("", "muted", wrap=True)
        self._confirm = Button("", "primary", small=True)
        self._confirm.setObjectName("submitNow")
        self._later = Button("", small=True)
        self._later.setObjectName("submitLater")
        buttons = QHBoxLayout()
        self._explain = Button("", "primary", small=True)
        self._explain.setObjectName("submitReasons")
        self._wants_focus = False
        buttons.addWidget(self._explain)
        buttons.addWidget(self._confirm)
        buttons.addWidget(self._later)
        buttons.addStretch(1)
        self.body.addWidget(self._facts)
        self.body.addWidget(self._then)
        self.body.addLayout(buttons)
        self.body.addStretch(1)
        self._confirm.clicked.connect(self.confirmed)
        self._later.clicked.connect(self.put_off)
        self._explain.clicked.connect(self.reasons_requested)
        self.hide()

    def show_month(self, view: DeskView, unit: str | None, *, is_member: bool) -> None:
        """Say what a month would freeze."""
        self.set_title(self.tr("Submit %1").replace("%1", self._words.month(view.month)))
        by_hand = [row.correction for row in view.rows if row.correction is not None]
        lacking = len(view.unexplained)
        shops = sum(row.shops_corrected for row in view.rows)
        whole = self._words.units.with_count(format_count(view.total.final_value), unit)
        self._facts.set_facts(
            (
                Fact(self.tr("SKUs"), format_count(len(view.rows))),
                Fact(self.tr("In all"), whole, strong=True),
                Fact(self.tr("The system says"), format_count(view.total.model_value)),
                Fact(self.tr("SKUs corrected"), format_count(len(by_hand))),
                Fact(self.tr("Shops corrected"), format_count(shops)),
                Fact(self.tr("Without a reason"), format_count(lacking), strong=lacking > 0),
            )
        )
        self._then.setText(self._after(view, is_member=is_member))
        version = 1 if view.submission is None else view.submission.version + 1
        self._confirm.setText(self.tr("Submit version %1").replace("%1", str(version)))
        self._later.setText(self.tr("Not yet"))
        self._explain.setText(self.tr("Say why (%n)", "", lacking))
        self._explain.setVisible(lacking > 0)
        self._confirm.setEnabled(not lacking and (view.submission is None or view.changed_rows > 0))
        if self._wants_focus and self._confirm.isEnabled():
            self.focus_confirm()

    def focus_confirm(self) -> None:
        """Give the keyboard to the button, at once or as soon as it can be pressed."""
        self._wants_focus = self.isVisible() and not self._confirm.isEnabled()
        self._confirm.setFocus()

    def _after(self, view: DeskView, *, is_member: bool) -> str:
        where = (
            self.tr("It goes to head office with the next sync.")
            if is_member
            else self.tr("It stays on this laptop until there is a head office.")
        )
        if view.unexplained:
            return self.tr("Every correction needs a reason before the month is submitted.")
        if view.submission is not None and not view.changed_rows:
            return self.tr("Nothing changed since version %1.").replace("%1", str(view.submission.version))
        kept = self.tr("These figures are frozen as they stand; what you change later makes a new version.")
        return joined((kept, where))
