"""What is worth knowing before the visit: a new customer's steps, the licence that ends, hints to ask for causes."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.classification import LicenceReminder
from app.domain.shop_hints import HintCode, ShopHint
from app.ui.look.formats import format_iso, format_number, format_percent
from app.ui.look.onboarding_words import OnboardingWords
from app.ui.look.sentences import joined
from app.ui.look.theme import current_theme
from app.ui.pages.customers.profile_view_model import ProfileViewModel
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.tones import Tone

_SHARES = frozenset({HintCode.ABOVE_PEERS, HintCode.BELOW_CLASS})


class HintsBox(QWidget):
    """Chips with a sentence below each; hidden when there is nothing to say."""

    def __init__(self, model: ProfileViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("profileHints")
        self._model = model
        theme = current_theme()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(
            theme.size("pad"), theme.size("gap_small"), theme.size("pad"), theme.size("gap_small")
        )
        self._layout.setSpacing(theme.size("gap_tiny"))
        self._steps = OnboardingWords(self)
        self._shown: tuple[object, ...] | None = None
        model.changed.connect(self._render)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._shown = None
        self._render()

    @Slot()
    def _render(self) -> None:
        profile = self._model.profile
        reminder = profile.licence if profile is not None else None
        hints = profile.hints if profile is not None else ()
        checklist = profile.onboarding if profile is not None else None
        if self._shown == (reminder, hints, checklist):
            return
        self._shown = (reminder, hints, checklist)
        clear_layout(self._layout)
        if checklist is not None:
            self._add(self._steps.title(), self._steps.summary(checklist), Tone.BLUE)
        if reminder is not None and reminder.step is not None:
            self._add(*self._licence(reminder))
        for hint in hints:
            title, words = self._hint(hint)
            self._add(title, words, Tone.AMBER)
        self.setVisible(self._layout.count() > 0)

    def _add(self, title: str, words: str, tone: Tone) -> None:
        self._layout.addWidget(Chip(title, tone))
        self._layout.addWidget(TextLabel(words, "hint", wrap=True))

    def _licence(self, reminder: LicenceReminder) -> tuple[str, str, Tone]:
        day = format_iso(reminder.expires)
        if reminder.expired:
            words = self.tr("The licence ended on %1. Ask whether the renewal is under way.").replace("%1", day)
            return self.tr("Licence has ended"), words, Tone.RED
        left = self.tr("%n day(s) left, until %1.", "", reminder.days_left).replace("%1", day)
        if reminder.renewal_late:
            now = self.tr("Renew it now.")
            return self.tr("Licence ends"), joined((left, now)), Tone.RED
        soon = self.tr("Remind the shop to renew it in time.")
        return self.tr("Licence ends"), joined((left, soon)), Tone.AMBER

    def _hint(self, hint: ShopHint) -> tuple[str, str]:
        """Return a title and a sentence: what differs, and that the cause is to be asked for; never a judgement."""
        misfit, buyers = self.tr("Format and size do not fit"), self.tr("Purchases and buyers differ")
        title, words = {
            HintCode.GROCERY_LARGE: (misfit, self.tr("A grocery of large size: please ask for the cause.")),
            HintCode.BIG_FORMAT_SMALL: (
                misfit,
                self.tr(
                    "A large format with small purchases: too few SKUs, or little trade? Please ask for the cause."
                ),
            ),
            HintCode.ABOVE_PEERS: (
                self.tr("Above its peers"),
                self.tr("Buys more than %1 of the shops of its format: please ask for the cause."),
            ),
            HintCode.BUYS_MORE_THAN_BUYERS: (
                buyers,
                self.tr("Purchases are %1 times what its buyers a day explain: please ask for the cause."),
            ),
            HintCode.BUYS_LESS_THAN_BUYERS: (
                buyers,
                self.tr("Purchases are only %1 times what its buyers a day explain: please ask for the cause."),
            ),
            HintCode.MONTH_JUMP: (
                self.tr("A sharp rise"),
                self.tr("The last full month was %1 times the month before: please ask for the cause."),
            ),
            HintCode.ORDER_JUMP: (
                self.tr("Order unlike the last ones"),
                self.tr("The newest order was %1 times the mean of the last 3 cycles: please ask for the cause."),
            ),
            HintCode.MEAN_PRICE_JUMP: (
                self.tr("Price of the order unlike the last ones"),
                self.tr(
                    "The newest order cost %1 times as much per unit as the last 3 cycles: please ask for the cause."
                ),
            ),
            HintCode.BELOW_CLASS: (
                self.tr("Slower than its class"),
                self.tr(
                    "Against last year it stands at %1 of its class, over the last 3 months: please ask for the cause."
                ),
            ),
            HintCode.LARGE_CUSTOMER: (
                self.tr("Large purchases"),
                self.tr("The last full month was %1 times the mean of its market type: please ask for the cause."),
            ),
        }[hint.code]
        value = format_percent(hint.value) if hint.code in _SHARES else format_number(hint.value)
        return title, words.replace("%1", value)
