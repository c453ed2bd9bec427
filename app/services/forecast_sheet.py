"""Makes the rows of the desk from a month's figures: kinds, earlier months, past errors, what changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from app.domain.enumerations import Enumerations
from app.domain.forecast_process import (
    BrandFacts,
    ForecastRules,
    Kinded,
    Steadiness,
    kind_of_brand,
    kind_of_shop,
    said_by_hand,
    substitutes_of,
)
from app.domain.forecasting.arrays import YEAR, Ints, month_number
from app.services.forecast_figures import UNSEEN, MonthFigures
from app.services.forecast_reading import Entries, ReadProduct, ReadShop
from app.services.forecast_run import Run, RunLevel
from app.services.forecast_views import DeskRow, FigureLine, SaidKind, ShopRow, Unexplained

_SCARCE = "scarce"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is shown beside the figures of a month, by product id."""

    before: Mapping[str, int]
    allowed: Mapping[str, int]
    accuracy: Mapping[str, float | None]
    plans: Mapping[str, float]
    """by SKU code; "" is the territory"""


class Sheet:
    """One month of the desk under way."""

    def __init__(
        self, figures: MonthFigures, entries: Entries, products: Mapping[str, ReadProduct],
        by_hand: Mapping[str, SaidKind], rules: ForecastRules,
    ) -> None:  # fmt: skip
        self._figures = figures
        self._run = figures.run
        self._entries = entries
        self.products = products
        self._by_hand = by_hand
        self._rules = rules
        self._shop_kinds: dict[str, Kinded] = {}

    def rows(self, beside: Beside, scarce: frozenset[str]) -> tuple[DeskRow, ...]:
        """Return a row of each SKU that is sold, forecast or corrected, the largest first."""
        stand_ins = self.stand_ins(scarce)
        recent = self._run.sku_demand[:, -YEAR:].any(axis=1)
        figures = self._figures
        shown = recent | (figures.model_totals > 0) | (figures.final_totals > 0)
        rows = [
            self.row(sku, beside, scarce, stand_ins)
            for sku in np.flatnonzero(shown).tolist()
            if self._run.sku_keys[sku] in self.products
        ]
        return tuple(sorted(rows, key=lambda row: (-row.final_value, row.code)))

    def row(self, sku: int, beside: Beside, scarce: frozenset[str], stand_ins: frozenset[str] | None = None) -> DeskRow:
        """Return the row of a SKU."""
        run, figures, key = self._run, self._figures, self._run.sku_keys[sku]
        product = self.products[key]
        if stand_ins is None:
            stand_ins = self.stand_ins(scarce)
        return DeskRow(
            product_id=UUID(key),
            code=product.code,
            name=product.name,
            group=product.group,
            kind=self.kind_of_brand(sku, scarce, stand_ins),
            last_month=int(run.sku_demand[sku, -1]),
            same_month_last_year=a_year_before(run, run.sku_demand[sku], figures.month),
            model_value=int(figures.model_totals[sku]),
            low=known(run.skus.low[sku, figures.ahead]),
            high=known(run.skus.high[sku, figures.ahead]),
            past_error=known(run.skus.error[sku]),
            plain_error=known(run.skus.plain_error[sku]),
            last_accuracy=beside.accuracy.get(key),
            correction=self._entries.of_skus.get(key),
            shops_corrected=len(figures.own_of(sku)),
            final_value=int(figures.final_totals[sku]),
            before=beside.before.get(key),
            allowed=beside.allowed.get(key),
            plan=beside.plans.get(product.code),
        )

    def kind_of_brand(self, sku: int, scarce: frozenset[str], stand_ins: frozenset[str]) -> Kinded:
        """Return the kind of a SKU from its months and what its list says."""
        run, key = self._run, self._run.sku_keys[sku]
        product = self.products[key]
        facts = BrandFacts(
            since_first(run.sku_demand[sku]), known(run.skus.error[sku]), product.is_key, product.is_new,
            key in scarce, key in stand_ins,
        )  # fmt: skip
        return said_by_hand(kind_of_brand(facts, self._rules), self._said(key))

    def shops(self, sku: int, names: Mapping[str, ReadShop]) -> tuple[ShopRow, ...]:
        """Return the shops of a SKU, those with most first, what belongs to no shop yet last."""
        told = self._figures.spread_of(sku)
        own = self._entries.of_shops.get(self._run.sku_keys[sku], {})
        rows = [
            ShopRow(
                customer_id=UUID(shop) if shop else None,
                code=names[shop].code if shop else "",
                name=names[shop].name if shop else "",
                kind=self.kind_of_shop(shop) if shop else None,
                last_month=int(self._run.demand[row, -1]) if row >= 0 else 0 if shop else None,
                same_month_last_year=a_year_before(self._run, self._run.demand[row], self._figures.month)
                if row >= 0
                else None,
                model_value=model,
                low=known(self._run.pairs.low[row, self._figures.ahead]) if row >= 0 else None,
                high=known(self._run.pairs.high[row, self._figures.ahead]) if row >= 0 else None,
                past_error=known(self._run.pairs.error[row]) if row >= 0 else None,
                plain_error=known(self._run.pairs.plain_error[row]) if row >= 0 else None,
                correction=own.get(shop),
                final_value=final,
                model=self._run.models[self._run.pair_models[row]] if row >= 0 else "",
            )
            for shop, row, model, final in zip(told.shops, told.rows, told.model, told.final, strict=True)
            if shop == UNSEEN or (shop in names and self._is_shown(row, model, final, own.get(shop) is not None))
        ]
        return tuple(sorted(rows, key=lambda row: (row.customer_id is None, -row.final_value, row.code)))

    def lines(self, names: Mapping[str, ReadShop]) -> Iterator[FigureLine]:
        """Yield the figure of each SKU at each shop, in the order of codes; what is nothing is left out."""
        keys = sorted((product.code, key) for key, product in self.products.items() if key in self._run.sku_at)
        for code, key in keys:
            for row in sorted(self.shops(self._run.sku_at[key], names), key=lambda row: row.code):
                if row.model_value or row.final_value:
                    reason = None if row.correction is None else row.correction.reason
                    yield FigureLine(
                        self._figures.month, None, row.code, code, self.products[key].group, row.model_value,
                        row.final_value, row.low, row.high, reason,
                    )  # fmt: skip

    def kind_of_shop(self, shop: str) -> Kinded:
        """Return the kind of a shop from all that it asks for."""
        if shop not in self._shop_kinds:
            self._shop_kinds[shop] = self._kind_of_shop(shop)
        return self._shop_kinds[shop]

    def _kind_of_shop(self, shop: str) -> Kinded:
        at = self._run.shop_at[shop]
        error = known(self._run.shops.error[at])
        found = kind_of_shop(since_first(self._run.shop_demand[at]), error, self._rules)
        return said_by_hand(found, self._said(shop))

    def _said(self, key: str) -> Steadiness | None:
        said = self._by_hand.get(key)
        return None if said is None else said.kind

    def _is_shown(self, row: int, model: int, final: int, corrected: bool) -> bool:
        return bool(model or final or corrected or (row >= 0 and self._run.demand[row, -YEAR:].any()))

    def stand_ins(self, scarce: frozenset[str]) -> frozenset[str]:
        """Return the SKUs that stand in for scarce ones."""
        sold = {
            key for key, demand in zip(self._run.sku_keys, self._run.sku_demand, strict=True) if demand[-YEAR:].any()
        }
        products = {key: one for key, one in self.products.items() if key in sold or key in scarce}
        return substitutes_of(
            scarce,
            {key: one.group for key, one in products.items()},
            {key: one.price for key, one in products.items()},
            self._rules.substitutes,
        )


def scarce_of(products: Mapping[str, ReadProduct], enumerations: Enumerations) -> frozenset[str]:
    """Return the SKUs that head office calls scarce, in whichever words its lists use."""
    flags = enumerations["supply_flag"]
    return frozenset(key for key, one in products.items() if one.supply and flags.find(one.supply) == _SCARCE)


def unexplained_of(
    entries: Entries, products: Mapping[str, ReadProduct], shops: Mapping[str, ReadShop]
) -> tuple[Unexplained, ...]:
    """Return the corrections of a month that do not say why, by the names of SKU and shop."""
    found = [
        Unexplained(UUID(product), None, products[product].name, "", said)
        for product, said in entries.of_skus.items()
        if product in products and not said.says_why
    ]
    found += [
        Unexplained(UUID(product), UUID(shop), products[product].name, shops[shop].name, said)
        for product, of_shops in entries.of_shops.items()
        for shop, said in of_shops.items()
        if product in products and shop in shops and not said.says_why
    ]
    return tuple(sorted(found, key=lambda one: (one.product, one.customer)))


def a_year_before(run: Run, months: Ints, month: date) -> int | None:
    """Return the demand of the same month last year; None where it is not known."""
    at = month_number(month) - YEAR - run.first_month + len(months)
    return int(months[at]) if 0 <= at < len(months) else None


def since_first(months: Ints) -> list[float]:
    """Return the months from the first with demand on."""
    bought = np.flatnonzero(months)
    return months[bought[0] :].astype(float).tolist() if len(bought) else []


def known(value: float | np.floating) -> float | None:
    """Return a figure to three places, more than it can tell; None where it is not known."""
    return round(float(value), 3) if np.isfinite(value) else None


def range_of(level: RunLevel, row: int, ahead: int) -> tuple[float | None, float | None]:
    """Return low and high of a row."""
    return known(level.low[row, ahead]), known(level.high[row, ahead])
