"""What became of the order advice of a shop's last visits, and what it could add, drop or take instead."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.assortment.adoption_words import AdoptionWords
from app.ui.assortment.assortment_panel import AssortmentPanel
from app.ui.pages.customers.profile_view_model import ProfileViewModel
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event


class AssortmentCard(Card):
    """The adoption rate with its period, visit by visit, over the assortment of the shop."""

    def __init__(self, model: ProfileViewModel, panel: AssortmentPanel, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.setObjectName("assortmentCard")
        self._model = model
        self._panel = panel
        self._words = AdoptionWords(self)
        self._profile: object = None
        """the profile shown last: it is worded anew only when another one was read"""
        self._rate = TextLabel("", "strong", wrap=True)
        self._rate.setObjectName("adoptionRate")
        self._visits = TextLabel("", "hint", wrap=True)
        self._visits.setObjectName("adoptionVisits")
        for widget in (self._rate, self._visits, panel):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        model.changed.connect(self._render)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self.set_title(self.tr("Order advice and assortment"))
        self._profile = None
        self._render()

    @Slot()
    def _render(self) -> None:
        profile = self._model.profile
        if profile is None or profile is self._profile:
            return
        self._profile = profile
        self._panel.show_shop(profile.id)
        adoption = profile.adoption
        self._rate.setText(self._words.rate(adoption) or self.tr("No advice that an order could answer yet."))
        lines: list[str] = []
        for visit in adoption.visits:
            lines.append(self._words.visit(visit))
            lines += [f"\u2003{line}" for line in self._words.lines(visit, profile.product_names)]
        self._visits.setText("\n".join(lines))
        self._visits.setVisible(bool(lines))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_visits"):
            self.retranslate()
