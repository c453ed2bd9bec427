"""The card of one SKU: its data, what the territory buys of it, which shops buy it most and which stopped."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.domain.product_sales import ProductMonth, SalesYear
from app.services.product_cards import ProductCard
from app.ui.look.formats import format_change, format_count, format_month, format_short_date
from app.ui.look.kpi_tips import KpiTips
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.products.product_view_model import ProductViewModel
from app.ui.pages.products.product_words import ProductWords
from app.ui.pages.products.shops_card import ShopsCard
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.fact_list import FactList
from app.ui.widgets.key_figure import KeyFigure
from app.ui.widgets.line_chart import LineChart, LinePoint
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.scroll_area import VerticalScrollArea
from app.ui.widgets.tones import Tone

_WIDE = 84
"""Below this width (em) the two lists of shops lie one below the other."""


class ProductPage(QWidget):
    """Opened from the search box; Esc goes back to where one came from, Enter opens the shop."""

    title_changed = Signal(object)
    """PageTitle"""
    open_customer_requested = Signal(object)
    """UUID"""
    back_requested = Signal()

    def __init__(self, model: ProductViewModel, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = model
        self._words = ProductWords(playbook, self)
        self._definitions = KpiTips(playbook.formulas, self)
        self._messages = Messages(self)
        self._is_waiting = False
        self._is_wide: bool | None = None
        self._build()
        self._wire()
        self._retranslate()

    def open_product(self, product_id: UUID) -> None:
        """Show a SKU and put the keyboard on the shop that buys it most."""
        self._is_waiting = True
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._model.open(product_id)

    def shown(self) -> None:
        """Say what is shown, now that the page is in view."""
        self._tell_title()
        self._focus_shops()

    def _build(self) -> None:
        self._back = Button("", "quiet", icon="previous", small=True)
        self._back.setObjectName("productBack")
        self._message = MessageBar()
        self._message.setObjectName("productMessage")
        self._facts_card = Card(" ", scroll=True)
        self._facts = FactList()
        self._facts.setObjectName("productFacts")
        self._facts_card.body.addWidget(self._facts)
        self._facts_card.body.addStretch(1)
        self._sales = Card(" ")
        self._year, self._shops_now = KeyFigure(), KeyFigure()
        self._year.setObjectName("productYear")
        self._shops_now.setObjectName("productShops")
        figures = QHBoxLayout()
        figures.addWidget(self._year, 3)
        figures.addWidget(self._shops_now, 2)
        self._chart = LineChart()
        self._chart.setObjectName("productChart")
        self._sales.body.addLayout(figures)
        self._sales.body.addWidget(self._chart, 1)
        self._buyers, self._stopped = ShopsCard("productBuyers"), ShopsCard("productStopped")
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.addWidget(self._buyers, 1)
        self._pair.addWidget(self._stopped, 1)
        body = QWidget()
        self._right = QVBoxLayout(body)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.addWidget(self._sales, 4)
        self._right.addLayout(self._pair, 5)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self._facts_card, 30)
        self._columns.addWidget(VerticalScrollArea(body), 70)
        top = QHBoxLayout()
        top.addWidget(self._back)
        top.addStretch(1)
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(top)
        self._whole.addWidget(self._message)
        self._whole.addLayout(self._columns, 1)
        self._keys = [QShortcut(QKeySequence(key), self) for key in ("Esc", "Alt+Left")]
        for key in self._keys:
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _wire(self) -> None:
        self._back.clicked.connect(self.back_requested)
        for key in self._keys:
            key.activated.connect(self.back_requested)
        self._message.dismissed.connect(self._message.clear)
        self._buyers.shop_chosen.connect(self.open_customer_requested)
        self._stopped.shop_chosen.connect(self.open_customer_requested)
        self._model.changed.connect(self._render)

    def _retranslate(self) -> None:
        self._back.setText(self.tr("Back"))
        self._back.setToolTip(self.tr("Back to the page before (Esc)"))
        self._facts_card.set_title(self.tr("SKU"))
        self._buyers.set_words(self.tr("Buy it most · 13 weeks"), self.tr("No shop bought it in the last 13 weeks."))
        self._stopped.set_words(self.tr("Stopped buying · none in 13 weeks"), self.tr("No shop stopped buying it."))
        self._render()

    @Slot()
    def _render(self) -> None:
        card = self._model.card
        if self._model.problem is not None:
            self._message.show_message(self._messages.of_error(self._model.problem).whole, Tone.RED)
        else:
            self._message.clear()
        self._columns_visible(card is not None)
        if card is not None:
            self._facts.set_facts(self._words.facts(card))
            self._render_sales(card)
            self._buyers.set_rows([self._words.buyer(shop, card) for shop in card.buyers])
            self._stopped.set_rows([self._words.stopped(shop, card) for shop in card.stopped])
            self._focus_shops()
        self._tell_title()

    def _columns_visible(self, shown: bool) -> None:
        for part in (self._facts_card, self._sales, self._buyers, self._stopped):
            part.setVisible(shown)

    def _render_sales(self, card: ProductCard) -> None:
        sales, unit = card.sales, self._words.units.of(card.unit)
        self._sales.set_title(self.tr("Bought in the territory · %1 a month").replace("%1", unit))
        self._sales.set_hint(self._legend(sales.months))
        self._year.set_label(self.tr("This year so far"))
        self._year.set_figure(format_count(sales.this_year.quantity), unit, *self._against(card))
        self._definitions.explain(self._year, "F07")
        self._shops_now.set_label(self.tr("Shops that bought it this year"))
        before = self.tr("last year %1").replace("%1", format_count(sales.last_year.shops))
        self._shops_now.set_figure(format_count(sales.this_year.shops), "", before)
        language = current_language()
        points = [
            LinePoint(
                format_month(month.month, language),
                month.quantity,
                month.last_year,
                self.tr("%1: %2, last year %3")
                .replace("%1", f"{month.month:%Y-%m}")
                .replace("%2", format_count(month.quantity))
                .replace("%3", format_count(month.last_year)),
                is_open=month.until is not None,
            )
            for month in sales.months
        ]
        self._chart.set_points(points, self.tr("Purchases of twelve months and of the same months last year"))

    def _against(self, card: ProductCard) -> tuple[str, Tone | None]:
        """Return this year beside the same days of last year, and its colour."""
        now, before = card.sales.this_year, card.sales.last_year
        if not before.quantity:
            return self.tr("nothing in the same days of last year"), None
        change = _growth(now, before)
        text = self.tr("%1 on %2 in the same days of last year").replace("%1", format_change(change))
        tone = Tone.GREEN if change > 0 else Tone.RED if change < 0 else None
        return text.replace("%2", format_count(before.quantity)), tone

    def _legend(self, months: Sequence[ProductMonth]) -> str:
        lines = self.tr("— this year  ┄ last year")
        until = months[-1].until
        if until is None:
            return lines
        day = format_short_date(months[-1].month.replace(day=until))
        until = self.tr("both to %1").replace("%1", day)
        return f"{lines}  ◦ {until}"

    @Slot()
    def _tell_title(self) -> None:
        card = self._model.card
        title = PageTitle("") if card is None else PageTitle(card.name, self._words.class_line(card))
        self.title_changed.emit(title)

    def _focus_shops(self) -> None:
        """Put the keyboard on the shops once, when they are here; afterwards it stays where the person put it."""
        if self._is_waiting and self._model.card is not None and self.isVisible():
            self._is_waiting = False
            for card in (self._buyers, self._stopped):
                if card.has_rows:
                    card.focus_list()
                    return

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "_keys"):
            return
        if is_language_event(event):
            self._retranslate()
        elif is_look_event(event):
            self._is_wide = None
            self._arrange()

    def _arrange(self) -> None:
        theme = current_theme()
        gap, edge = theme.size("gap"), theme.em(1.23)
        self._whole.setContentsMargins(edge, edge, edge, edge)
        self._whole.setSpacing(theme.size("gap_small"))
        for layout in (self._columns, self._right, self._pair):
            layout.setSpacing(gap)
        self._sales.setMinimumHeight(theme.em(19))
        for card in (self._buyers, self._stopped):
            card.setMinimumHeight(theme.em(16))
        is_wide = self.width() >= theme.em(_WIDE)
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
            self._pair.setDirection(across if is_wide else down)


def _growth(now: SalesYear, before: SalesYear) -> float:
    return now.quantity / before.quantity - 1
