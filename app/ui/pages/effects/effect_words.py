"""The words of the marketing-effect page: names and groups of figures, values in their measure, why there is none."""

from PySide6.QtCore import QObject

from app.domain.kpi.effect import Giver, KpiLine
from app.domain.kpi.registry import KPIS, Measure
from app.domain.kpi.tallies import NoValue, Period, Subject
from app.domain.playbook import Playbook
from app.services.forecast_views import Source
from app.services.kpis import KpiMonth
from app.ui.look.formats import (
    NO_VALUE,
    format_amount,
    format_count,
    format_number,
    format_percent,
)
from app.ui.look.kpi_tips import KpiTips
from app.ui.look.sentences import joined
from app.ui.look.translations import current_language
from app.ui.look.unit_words import UnitWords, currency_sign

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("plan", ("F05", "F09", "F06")),
    ("forecast", ("F01", "F02", "F03", "F04", "F14")),
    ("growth", ("F07",)),
    ("brand", ("F08", "F10", "F10b", "F10c", "F10d", "F11")),
    ("customers", ("F15", "F16", "F16b", "F16c", "F23", "F24", "F26")),
    ("supply", ("F12", "F25", "F18", "F21", "F22", "F19", "F19b", "F20")),
    ("stock", ("F17", "F31", "F31b", "F32", "F35", "F37", "F37b")),
    ("money", ("F33", "F33b", "F33c", "F27", "F38")),
    ("other", ("F13", "F13b", "F28", "F29", "F30", "F34", "F36")),
)
"""The order in which a manager reads a month; every figure is in one group."""


class EffectWords(QObject):
    """Puts figures into the language shown."""

    def __init__(self, playbook: Playbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playbook = playbook
        self.tips = KpiTips(playbook.formulas, self)
        self.units = UnitWords(self)

    def group(self, key: str) -> str:
        """Return the heading of a group."""
        return {
            "plan": self.tr("Plans and targets"),
            "forecast": self.tr("Forecast"),
            "growth": self.tr("Growth"),
            "brand": self.tr("Brands"),
            "customers": self.tr("Customers"),
            "supply": self.tr("Supply"),
            "stock": self.tr("Stock and shelf"),
            "money": self.tr("Values and prices"),
            "other": self.tr("Not told for the territory"),
        }[key]

    def name(self, line: KpiLine, view: KpiMonth) -> str:
        """Return the name of a figure, and of what it is."""
        base = self._subject(line) or self._playbook.formulas[line.kpi].name.of(current_language())
        scope = self._scope(line.scope, view)
        year = self.tr("year so far") if line.period is Period.YEAR else ""
        return " · ".join(part for part in (base, scope, year) if part)

    def value(self, value: float | None, line: KpiLine, view: KpiMonth) -> str:
        """Write a value in the measure of the figure, with its unit."""
        text = self.number(value, line.measure, view)
        unit = "" if value is None else self.unit(line.measure, view)
        return f"{text} {unit}".strip()

    def number(self, value: float | None, measure: Measure, view: KpiMonth) -> str:
        """Write a value without its unit; shares are per cent, money has its sign."""
        if value is None:
            return NO_VALUE
        match measure:
            case Measure.SHARE:
                return format_percent(value, 1)
            case Measure.MONEY:
                return format_amount(round(value), currency_sign(view.currency))
            case Measure.CARTONS | Measure.SHOPS:
                return format_count(round(value))
            case Measure.DAYS | Measure.INDEX:
                return format_number(value)
            case _:
                return format_number(value, 2)

    def unit(self, measure: Measure, view: KpiMonth) -> str:
        """Return the unit that stands behind a number."""
        match measure:
            case Measure.CARTONS:
                return self.units.of(view.unit)
            case Measure.MONEY:
                return f"/{self.units.of(view.unit)}"
            case Measure.DAYS:
                return self.tr("days")
            case Measure.SHOPS:
                return self.tr("shops")
            case Measure.TURNS:
                return self.tr("turns")
            case _:
                return ""

    def why_empty(self, line: KpiLine) -> str:
        """Return why there is no value; empty where there is one."""
        return "" if line.empty is None else self._reasons()[line.empty]

    def office(self) -> str:
        """Return the short mark of a target that head office gave."""
        return self.tr("head office")

    def from_office(self) -> str:
        """Return the mark of a target that head office gave."""
        return self.tr("from head office")

    def target(self, line: KpiLine, view: KpiMonth) -> str:
        """Say who set the target, and what the manager's own was where head office's stands; empty without one."""
        if line.target is None:
            return ""
        value = self.value(line.target.value, line, view)
        if line.target.giver is Giver.MANAGER:
            return self.tr("Your own target: %1.").replace("%1", value)
        said = self.tr("Target from head office: %1. It cannot be changed here.").replace("%1", value)
        if line.target.own is None:
            return said
        own = self.tr("Your own was %1; it counts again if head office takes its target back.")
        return joined((said, own.replace("%1", self.value(line.target.own, line, view))))

    def formula(self, line: KpiLine) -> str:
        """Return the formula alone."""
        return self._playbook.formulas[line.kpi].text.of(current_language())

    def tip(self, line: KpiLine, view: KpiMonth | None) -> str:
        """Return the definition of a figure, of how many shops it is known, and whose forecast it is."""
        parts = [self.tips.of(line.kpi)]
        if view is not None and group_of(line.kpi) == "forecast" and view.setting.forecast is not None:
            parts.append(self._forecast(view.setting.forecast))
        if line.known_shops is not None and line.value is not None:
            parts.append(self.tr("Known of %n shop(s).", "", line.known_shops))
        if line.kpi in {"F31", "F31b", "F32"}:
            parts.append(self.tr("Purchases of the month stand for sales."))
        return "\n\n".join(parts)

    def _forecast(self, source: Source) -> str:
        return {
            Source.SUBMITTED: self.tr("Held against the forecast that was submitted."),
            Source.KEPT: self.tr("Held against what the system said before the month; nothing was submitted."),
            Source.REPLAYED: self.tr("Nothing was kept of this month: made now from the orders before it."),
        }[source]

    def parts(self, line: KpiLine) -> tuple[str, str]:
        """Return what the two columns of the shops are called."""
        if (line.kpi == "F05" and line.subject is not Subject.VALUE) or line.kpi in {"F09", "F14", "F20"}:
            return self.tr("Volume") if line.kpi == "F09" else self._subject(line) or self.tr("Value"), ""
        if line.kpi in {"F01", "F02"}:
            return self.tr("Forecast"), self.tr("Demand")
        if line.kpi == "F07":
            return self.tr("This period"), self.tr("Last year")
        return self.tr("Upper part"), self.tr("Lower part")

    def _subject(self, line: KpiLine) -> str:
        return {
            ("F05", Subject.VOLUME): self.tr("Volume"),
            ("F05", Subject.KEY): self.tr("Key SKUs"),
            ("F05", Subject.VALUE): self.tr("Value per unit"),
            ("F05", Subject.CUSTOMERS): self.tr("Shops with an order"),
            ("F09", Subject.NONE): self.tr("Key SKU"),
            ("F07", Subject.VOLUME): self.tr("Growth of volume"),
            ("F07", Subject.KEY): self.tr("Growth of key SKUs"),
            ("F07", Subject.CUSTOMERS): self.tr("Growth of shops with an order"),
        }.get((line.kpi, line.subject), "")

    def _scope(self, scope: str, view: KpiMonth) -> str:
        kind, _, code = scope.partition(":")
        if kind == "class":
            name = self._playbook.enumerations.label("price_class", code).of(current_language())
            return name or self.tr("no class")
        return view.names.get(scope, code)

    def _reasons(self) -> dict[NoValue, str]:
        return {
            NoValue.NO_TARGET: self.tr("no target yet"),
            NoValue.NO_ORDERS: self.tr("no orders"),
            NoValue.NO_LAST_YEAR: self.tr("nothing in the same period of last year"),
            NoValue.NO_KEY_SKUS: self.tr("no SKU is marked as key"),
            NoValue.NO_FORECAST: self.tr("no forecast of this month"),
            NoValue.NO_COUNTS: self.tr("no stock counted this month"),
            NoValue.NO_SECOND_COUNT: self.tr("no SKU counted on two days of the month"),
            NoValue.NO_SAMPLE_COUNT: self.tr("no sample customer counted this month"),
            NoValue.NO_SHELF: self.tr("no shelf checked this month"),
            NoValue.NO_PLANS: self.tr("no improvement plan was due"),
            NoValue.NO_DEMAND: self.tr("orders without demanded quantities"),
            NoValue.NO_ALLOWED: self.tr("orders without allowed quantities"),
            NoValue.NO_OFFERS: self.tr("head office gave no allowed quantities"),
            NoValue.NO_SAMPLE: self.tr("no sample customers"),
            NoValue.NO_PRICES: self.tr("no prices"),
            NoValue.NO_SOURCE: self.tr("nothing on this laptop tells it"),
            NoValue.PER_SHOP: self.tr("told shop by shop, in the visit"),
        }


def group_of(kpi: str) -> str:
    """Return the group of a figure."""
    return next(key for key, codes in GROUPS if kpi in codes)


def ordered(view: KpiMonth) -> list[KpiLine]:
    """Return the figures in the order of the groups; within a group those of one number stay together."""
    place = {code: (at, within) for at, (_, codes) in enumerate(GROUPS) for within, code in enumerate(codes)}
    return sorted(view.lines, key=lambda line: place[line.kpi])


def is_up_good(kpi: str) -> bool | None:
    """Return whether more is better; None where neither is."""
    better = KPIS[kpi].better.value
    return None if better == "neither" else better == "up"
