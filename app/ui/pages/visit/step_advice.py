"""Step 6, order guidance: what could be ordered next, why, and the number both agree on. Nothing is ordered here."""

from functools import partial
from typing import Any, ClassVar, cast

from PySide6.QtCore import QEvent, QModelIndex, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.order_advice import AdviceTotals, Wish
from app.domain.playbook import Playbook
from app.domain.visit import Step, StepProgress
from app.services.guidance import Guidance, ShopAdvice, totals_of
from app.services.visit_reading import Place, VisitHead
from app.services.visit_rows import WISH_ROW, RowKind
from app.ui.assortment.assortment_panel import AssortmentPanel
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.look.formats import NO_VALUE, format_amount_round, format_count, format_date, format_number
from app.ui.look.kpi_tips import KpiTips
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.look.unit_words import currency_sign
from app.ui.pages.visit.advice_agreement import AdviceAgreement, uncounted_of
from app.ui.pages.visit.advice_learning import Learning
from app.ui.pages.visit.advice_notice import AdviceNotice
from app.ui.pages.visit.advice_table import AdviceTable
from app.ui.pages.visit.advice_table_model import AdviceColumn, AdviceGroup, AdviceTableModel
from app.ui.pages.visit.advice_what_if import AdviceWhatIf
from app.ui.pages.visit.advice_why import AdviceWhy
from app.ui.pages.visit.advice_words import AdviceWords, fill
from app.ui.pages.visit.step import VisitStep
from app.ui.pages.visit.visit_draft import RowEvent, VisitDraft
from app.ui.widgets.buttons import Button
from app.ui.widgets.chip import FilterChip
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.help_tip import HelpTip
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.painting import is_look_event
from app.ui.widgets.tones import Tone

_USED = "use"
_SUMS = ("F33c", "F31")
"""Figures of the line of sums."""
_WISH = ("wish_service", "wish_total", "wish_budget")
_NARROW = 50
_CHIP_TONES = {AdviceGroup.RISK: Tone.RED, AdviceGroup.SLOW: Tone.AMBER, AdviceGroup.CAPPED: Tone.BLUE}


class StepAdvice(VisitStep):
    """A suggestion to talk about; what is agreed is kept with the visit and printed on the customer's sheet."""

    step: ClassVar[Step] = Step.ADVICE

    def __init__(
        self,
        draft: VisitDraft,
        guidance: Guidance,
        tasks: TaskRunner,
        playbook: Playbook,
        assortment: AssortmentPanel | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(draft, flush=True, scroll=False, parent=parent)
        self._assortment = assortment
        self._guidance = guidance
        self._tasks = tasks
        self._messages = Messages(self)
        self._words = AdviceWords(playbook.enumerations, self)
        self._model = AdviceTableModel(draft, self._words, self)
        self._why = AdviceWhy(self._words, playbook, guidance, tasks)
        self._definitions = KpiTips(playbook.formulas, self)
        self._wanted = ""
        self._is_narrow = False
        self._learning = Learning(guidance, tasks, self)
        self._build()
        self._agreement = AdviceAgreement(self._model, self._bar, self._learning, self._words, self)
        self._wire()

    @override
    def load(self, head: VisitHead) -> None:
        advice = self._model.advice
        if advice is not None and advice.visit_id != head.visit_id:
            self._agreement.forget()
            self._what_if.clear()
        self._render()

    @override
    def shown(self) -> None:
        if self.draft.is_open:
            self.draft.when_saved(self._learning.begin)

    @override
    def focus_field(self, key: str) -> None:
        self._wanted = key
        self._table.setFocus()
        row = max(self._model.row_of(key), 0)
        if row < self._model.rowCount():
            self._table.setCurrentIndex(self._model.index(row, AdviceColumn.SUGGESTION))

    @override
    def row_changed(self, event: RowEvent) -> None:
        if event.key.kind is RowKind.ADVICE:
            self._model.on_rows_changed()
        elif event.key == WISH_ROW:
            row = self.draft.row(WISH_ROW)
            self._what_if.show_wish(Wish(*(cast("Any", row.get(name)) for name in _WISH)))
            if self._model.advice is not None and self._model.advice.wish != self._what_if.wish:
                self._what_if_of(self._model.advice)

    @override
    def progress(self) -> StepProgress:
        is_used = self.draft.is_open and bool(self.draft.rows(RowKind.ADVICE))
        advice = self._model.advice
        if advice is not None and not advice.skus:
            return StepProgress(self.step, 0, 0, ())
        return StepProgress(self.step, int(is_used), 1, () if is_used else (_USED,))

    @override
    def retranslate(self) -> None:
        self.next_button.setText(self.tr("Use and continue"))
        self._name_restore()
        self._restore.setToolTip(self.tr("Let every suggestion stand as it was"))
        self._only.setText(self.tr("Only with a suggestion"))
        self._table.setAccessibleName(self.title())
        self._model.retranslate()
        self._table.measure()
        self._why.retranslate()
        self._definitions.explain(self._sums_help, *_SUMS)
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_table"):
            self._table.measure()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.card.width() < current_theme().em(_NARROW)
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self._what_if.set_narrow(is_narrow)
            self._name_restore()
            self._render()

    def _name_restore(self) -> None:
        """Leave only the icon where the sums would have no room."""
        words = self.tr("Restore")
        self._restore.setAccessibleName(words)
        self._restore.setText("" if self._is_narrow else words)

    def _build(self) -> None:
        pad, small = current_theme().size("pad"), current_theme().size("gap_small")
        self._bar = AdviceNotice()
        self._bar.setObjectName("adviceMessage")
        self._chips = {group: FilterChip("", tone) for group, tone in _CHIP_TONES.items()}
        self._only = QCheckBox()
        self._only.setObjectName("onlySuggested")
        top = QWidget()
        above = QVBoxLayout(top)
        above.setContentsMargins(pad, small, pad, small)
        above.setSpacing(small)
        line = QHBoxLayout()
        line.setSpacing(small)
        above.addWidget(self._bar)
        above.addLayout(line)
        for group, chip in self._chips.items():
            chip.setObjectName(f"chip_{group}")
            line.addWidget(chip)
        line.addStretch(1)
        line.addWidget(self._only)
        self._what_if = AdviceWhatIf()
        above.addWidget(self._what_if)
        self._table = AdviceTable()
        self._table.setModel(self._model)
        self._table.measure()
        self._empty = EmptyState("order")
        self._empty.setObjectName("noAdvice")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self.card.body.addWidget(top)
        self._said = TextLabel("", "error", wrap=True)
        self._said.setObjectName("adviceProblem")
        self._said.setContentsMargins(pad, small, pad, small)
        self._said.hide()
        self.card.body.addWidget(self._stack, 1)
        self.card.body.addWidget(self._said)
        if self._assortment is not None:
            self.side.body.addWidget(self._assortment)
        self.side.body.addWidget(self._why)
        self.side.body.addStretch(1)
        self._build_footer()

    def _build_footer(self) -> None:
        self._total = ElidedLabel("", "strong")
        self._total.setObjectName("adviceTotal")
        self._further = ElidedLabel("", "hint")
        self._further.setObjectName("adviceFurther")
        self._restore = Button("", icon="undo")
        self._restore.setObjectName("restoreSuggestions")
        sums = QVBoxLayout()
        sums.setSpacing(0)
        sums.addWidget(self._total)
        self._sums_help = HelpTip()
        further = QHBoxLayout()
        further.setSpacing(current_theme().size("gap_tiny"))
        further.addWidget(self._further)
        further.addWidget(self._sums_help)
        further.addStretch(1)
        sums.addLayout(further)
        footer = self.card.footer
        for place in reversed(range(footer.count())):
            footer.setStretch(place, 0)  # all free room belongs to the sums
        footer.insertLayout(1, sums, 1)
        self.card.add_footer_widget(self._restore, before=self.next_button)
        if (hint := self.card.findChild(ElidedLabel, "footerHint")) is not None:
            hint.hide()

    def _wire(self) -> None:
        # The way on puts the guidance on record first.
        self.next_button.clicked.disconnect(self.next_requested)
        self.next_button.clicked.connect(self._on_use)
        self._restore.clicked.connect(self._model.restore_all)
        self._only.toggled.connect(self._on_filter)
        for chip in self._chips.values():
            chip.toggled.connect(self._on_filter)
        self._agreement.count_wanted.connect(self._on_count_stock)
        self._agreement.changed.connect(self._on_agreed_anew)
        self._learning.ready.connect(self._ask)
        self._what_if.wish_changed.connect(self._on_wish)
        self._what_if.problem_said.connect(self._on_problem_said)
        self._model.problem_said.connect(self._on_problem_said)
        self._model.chosen_changed.connect(self._render_sums)
        self._table.selectionModel().currentChanged.connect(self._on_current_changed)

    @Slot()
    def _ask(self) -> None:
        if not self.draft.is_open:
            return
        head = self.draft.head
        work = partial(self._guidance.advise, head.customer_id, head.day, head.visit_id)
        self._tasks.run(work, owner=self, done=self._on_advice, failed=self._on_failed)
        if self._assortment is not None:
            self._assortment.show_shop(head.customer_id, head.visit_id)

    @Slot(object)
    def _on_wish(self, wish: Wish) -> None:
        had, now = self.draft.row(WISH_ROW), zip(_WISH, (wish.service, wish.total, wish.budget), strict=True)
        self.draft.set(WISH_ROW, **{name: value for name, value in now if value != had.get(name)})

    def _what_if_of(self, advice: ShopAdvice, *, reopened: bool = False) -> None:
        work = partial(self._guidance.what_if, advice, self._what_if.wish)
        done = self._on_advice if reopened else self._on_wished
        self._tasks.run(work, owner=self, done=done, failed=self._on_failed, lane=Lane.FREE)

    def _on_advice(self, advice: ShopAdvice) -> None:
        """Show guidance computed because the step was opened."""
        if advice.wish != self._what_if.wish:  # read anew, or overtaken by another wish
            self._what_if_of(advice, reopened=True)
        else:
            self._show(advice, wished=False)

    def _on_wished(self, advice: ShopAdvice) -> None:
        """Show guidance that the person asked for."""
        if advice.wish != self._what_if.wish:
            self._what_if_of(advice)
        else:
            self._show(advice, wished=advice.wish != Wish())

    def _show(self, advice: ShopAdvice, *, wished: bool) -> None:
        if not self.draft.is_open or advice.visit_id != self.draft.head.visit_id:
            return
        current = self._model.sku_at(self._table.currentIndex())
        self._agreement.receive(advice, wished=wished)
        self._render()
        self._select(current.code if current is not None else self._wanted)
        self.progress_changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._bar.show_problem(self._messages.of_error(error).whole)

    def _select(self, code: str) -> None:
        row = max(self._model.row_of(code), 0)
        if row < self._model.rowCount():
            self._table.setCurrentIndex(self._model.index(row, AdviceColumn.SUGGESTION))
        self._render_why()

    def _render(self) -> None:
        advice = self._model.advice
        self._restore.setEnabled(not self.draft.is_read_only)
        self._what_if.setVisible(advice is not None and bool(advice.skus) and not self.draft.is_read_only)
        self._stack.setCurrentWidget(self._empty if advice is not None and not advice.skus else self._table)
        for group, chip in self._chips.items():
            count = 0 if advice is None else sum(group.holds(sku) for sku in advice.skus)
            chip.setText(self._chip_text(group, count))
            chip.setVisible(count > 0 or chip.isChecked())
        if advice is not None:
            self._render_words(advice)
        self._render_sums()
        self._render_why()

    def _render_words(self, advice: ShopAdvice) -> None:
        self._what_if.retranslate(self._words.unit(advice.unit), currency_sign(advice.currency))
        words, day = self.tr("Order day %1 \u00b7 in %2 \u00b7 a suggestion, nothing is ordered here"), advice.order_day
        if self._is_narrow:
            words = self.tr("A suggestion, nothing is ordered here")
        self.card.set_hint(fill(words, format_date(day, current_language()), self._words.unit(advice.unit)))
        if advice.stopped:
            self._empty.set_words(
                self.tr("This shop is not supplied or does not trade at present: there is no guidance."), ""
            )
        else:
            self._empty.set_words(
                self.tr("Nothing was bought in half a year and nothing was counted: there is nothing to suggest."), ""
            )
        unknown = uncounted_of(advice)
        text = self.tr("%n SKU(s) not counted: their stock is presumed.", "", unknown) if unknown else ""
        if unknown and unknown == len(advice.skus):
            text = self.tr("Nothing was counted: the stock is presumed from the last purchases.")
        self._agreement.render(text, self.tr("Count now"), is_read_only=self.draft.is_read_only)

    def _chip_text(self, group: AdviceGroup, count: int) -> str:
        return {
            AdviceGroup.RISK: self.tr("Stock-out risk %n", "", count),
            AdviceGroup.SLOW: self.tr("Slow %n", "", count),
            AdviceGroup.CAPPED: self.tr("Limited %n", "", count),
        }[group]

    @Slot()
    def _render_sums(self) -> None:
        advice = self._model.advice
        if advice is None or not self.draft.is_open:
            self._total.setText("")
            self._further.setText("")
            return
        sums = totals_of(advice.skus, self._model.chosen_numbers())
        self._what_if.show_sums(sums)
        sign = currency_sign(advice.currency)
        quantity = self._words.with_unit(format_count(sums.quantity), advice.unit)
        amount = format_amount_round(sums.amount, sign) if sums.lines else NO_VALUE
        further = self._further_sums(sums, sign)
        room = self._further.fontMetrics().horizontalAdvance(amount) + 2 if self._is_narrow else 0
        self._further.setMinimumWidth(room)
        if self._is_narrow:
            self._total.setText(fill(self.tr("Total %1"), quantity))
            self._further.setText(amount)
            self._further.setToolTip(further)
        else:
            self._total.setText(fill(self.tr("Total %1 \u00b7 %2"), quantity, amount))
            self._further.setText(further)

    def _further_sums(self, sums: AdviceTotals, sign: str) -> str:
        ratio = format_number(sums.stock_to_sales)
        margin = format_amount_round(sums.margin, sign)
        return fill(self.tr("Est. margin %1 \u00b7 stock to sales %2"), margin, ratio)

    def _render_why(self) -> None:
        sku = self._model.sku_at(self._table.currentIndex())
        self._why.show_sku(self._model.advice, sku)
        self.side.set_title(self._why.title())

    @Slot()
    def _on_use(self) -> None:
        self._agreement.use()
        self.next_requested.emit()

    @Slot()
    def _on_agreed_anew(self) -> None:
        self._render()
        self.progress_changed.emit()

    @Slot()
    def _on_filter(self) -> None:
        sender = self.sender()
        if isinstance(sender, FilterChip) and sender.isChecked():
            for chip in self._chips.values():
                chip.setChecked(chip is sender)
        group = next((group for group, chip in self._chips.items() if chip.isChecked()), None)
        self._model.set_filter(group, only_suggested=self._only.isChecked())
        self._select("")

    @Slot()
    def _on_count_stock(self) -> None:
        self.draft.place_requested.emit(Place(Step.STOCK, self.draft.field_of(Step.STOCK)))

    @Slot(object)
    def _on_problem_said(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if (sku := self._model.sku_at(current)) is not None:
            self._wanted = sku.code
            self.field_focused.emit(sku.code)
        self._render_why()
