"""What if: another service level, a limit in all, a budget of the shop; the guidance follows at once and comes back."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.order_advice import AdviceTotals, Wish
from app.domain.units import half_width, parse_count, parse_money
from app.ui.look.formats import format_amount_round, format_count
from app.ui.look.theme import current_theme
from app.ui.pages.visit.advice_words import fill
from app.ui.pages.visit.typed_field import TypedField
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone

_SERVICES = tuple(Choice(str(percent), f"{percent}%", Tone.PRIMARY) for percent in (90, 95, 98))
_FIELD_WIDTH, _NARROW_WIDTH = 5.2, 7.6
_MINOR = 100


class AdviceWhatIf(QWidget):
    """Asks for a wish; nothing asked for is the usual guidance."""

    wish_changed = Signal(object)
    """Wish: what is asked for now"""
    problem_said = Signal(object)
    """str: what is wrong with what was typed; empty when nothing is"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_narrow = False
        self._unit = self._sign = ""
        self._build()
        self._wire()

    @property
    def wish(self) -> Wish:
        """What is asked for."""
        chosen = self._service.value
        return Wish(None if chosen is None else int(chosen) / 100, self._total.value, self._budget.value)

    def clear(self) -> None:
        """Ask for nothing; tells nobody."""
        for field in (self._total, self._budget):
            field.forget_typed()
        self.show_wish(Wish())

    def show_wish(self, wish: Wish) -> None:
        """Show what is asked for; tells nobody."""
        self._service.set_value(None if wish.service is None else f"{wish.service:.0%}".rstrip("%"))
        self._total.show_value(wish.total)
        self._budget.show_value(wish.budget)
        self._show()

    def show_sums(self, sums: AdviceTotals) -> None:
        """Say by how much the numbers that stand pass what was asked for; typed numbers are never cut."""
        wish, said = self.wish, list[str]()
        if wish.total is not None and sums.quantity > wish.total:
            over = f"{format_count(sums.quantity - wish.total)} {self._unit}".rstrip()
            said.append(fill(self.tr("%1 above the limit"), over))
        if wish.budget is not None and (sums.amount or 0) > wish.budget:
            over = format_amount_round((sums.amount or 0) - wish.budget, self._sign)
            said.append(fill(self.tr("%1 above the budget"), over))
        self._over.setText(" \u00b7 ".join(said))
        self._over.setToolTip(self.tr("Numbers typed by hand stay as they are: lower some of them."))
        self._over.setVisible(bool(said))

    def retranslate(self, unit: str, sign: str) -> None:
        """Word everything in the language shown."""
        self._unit, self._sign = unit, sign
        self._service_label.setText(self.tr("Not out of stock"))
        self._service.set_name(self.tr("Chance that nothing runs out before the delivery after next"))
        self._service.setToolTip(self.tr("Chance that nothing runs out before the delivery after next"))
        self._total_label.setText(fill(self.tr("In all, %1"), unit))
        self._budget_label.setText(fill(self.tr("Budget, %1"), sign or self.tr("money")))
        words = (self.tr("At most so many in all"), self.tr("What the shop wants to spend at most"))
        for field, name in zip((self._total, self._budget), words, strict=True):
            field.setAccessibleName(name)
            field.setToolTip(name)
        self._name_fields()
        self._usual.setToolTip(self.tr("Take back the limits and the service level"))

    def set_narrow(self, is_narrow: bool) -> None:
        """Let the fields say themselves what they are for where there is no room for labels."""
        self._is_narrow = is_narrow
        for label in self._labels:
            label.setVisible(not is_narrow)
        for field in (self._total, self._budget):
            field.setFixedWidth(current_theme().em(_NARROW_WIDTH if is_narrow else _FIELD_WIDTH))
        self._name_fields()

    def _name_fields(self) -> None:
        for field, label in zip((self._total, self._budget), self._labels[1:], strict=True):
            field.setPlaceholderText(label.text() if self._is_narrow else self.tr("none", "no limit"))
        words = self.tr("As usual")
        self._usual.setAccessibleName(words)
        self._usual.setText("" if self._is_narrow else words)

    @property
    def _labels(self) -> tuple[TextLabel, ...]:
        return self._service_label, self._total_label, self._budget_label

    def _build(self) -> None:
        theme = current_theme()
        self._service_label, self._total_label, self._budget_label = (TextLabel("", "muted") for _ in range(3))
        self._service = SegmentedChoice(_SERVICES)
        self._service.setObjectName("wishService")
        self._total, self._budget = _WholeField(), _MoneyField()
        self._total.setObjectName("wishTotal")
        self._budget.setObjectName("wishBudget")
        self._usual = Button("", icon="undo")
        self._usual.setObjectName("wishUsual")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.size("gap_small"))
        for label, field in (
            (self._service_label, self._service),
            (self._total_label, self._total),
            (self._budget_label, self._budget),
        ):
            line.addWidget(label)
            line.addWidget(field)
        for field in (self._total, self._budget):
            field.setFixedWidth(theme.em(_FIELD_WIDTH))
        self._over = ElidedLabel("", "error")
        self._over.setObjectName("wishPassed")
        self._over.hide()
        line.addWidget(self._over, 2)
        line.addStretch(1)
        line.addWidget(self._usual)
        self._show()

    def _wire(self) -> None:
        self._service.chosen.connect(self._on_changed)
        for field in (self._total, self._budget):
            field.edited.connect(self._on_changed)
            field.problem_said.connect(self.problem_said)
        self._usual.clicked.connect(self._on_usual)

    def _show(self) -> None:
        self._usual.setEnabled(self.wish != Wish())

    @Slot(object)
    def _on_changed(self, _value: object) -> None:
        self._show()
        self.wish_changed.emit(self.wish)

    @Slot()
    def _on_usual(self) -> None:
        self.clear()
        self.problem_said.emit("")
        self.wish_changed.emit(self.wish)


class _WholeField(TypedField[int]):
    """A whole number."""

    @override
    def read_text(self, text: str) -> int | None:
        try:
            return parse_count(half_width(text))
        except ValueError:
            return None

    @override
    def write_value(self, value: int) -> str:
        return str(value)

    @override
    def problem_of(self, text: str, value: int | None) -> str:
        return "" if value is not None else fill(self.tr("'%1' is no whole number of zero or more."), text)


class _MoneyField(TypedField[int]):
    """An amount of money, in minor units."""

    @override
    def read_text(self, text: str) -> int | None:
        try:
            return parse_money(half_width(text))
        except ValueError:
            return None

    @override
    def write_value(self, value: int) -> str:
        return f"{value / _MINOR:.2f}".rstrip("0").rstrip(".")

    @override
    def problem_of(self, text: str, value: int | None) -> str:
        return "" if value is not None else fill(self.tr("'%1' is no amount of zero or more."), text)
