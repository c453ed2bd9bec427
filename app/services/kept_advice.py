"""What a visit agreed on, put over guidance computed anew: a promise on a customer's paper never changes by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.order_advice import AdviceChart, AdviceLine, ReasonCode, SalesSource, StockSource
from app.models.visit import AdviceLine as AdviceRow
from app.services.guidance import ShopAdvice, SkuAdvice, totals_of
from app.services.shop_papers import Sku

_OF_THE_SUM = frozenset({ReasonCode.CAPPED, ReasonCode.CUT})


class Kept(NamedTuple):
    """One SKU of the guidance as the visit keeps it; `agreed` is None where the suggestion was taken as it stood."""

    on_hand: int | None
    weekly: float | None
    safety: float | None
    allowed: int | None
    suggested: int | None
    agreed: int | None

    @property
    def quantity(self) -> int | None:
        """What both agreed on."""
        return self.suggested if self.agreed is None else self.agreed


class Settled(NamedTuple):
    """What a step shows, and the other guidance that it offers beside it; None where there is none."""

    shown: ShopAdvice
    offered: ShopAdvice | None


def read_kept(session: Session, visit_id: UUID | None) -> dict[UUID, Kept]:
    """Return what a visit keeps, by SKU; empty where nothing was agreed yet."""
    row = AdviceRow
    found = session.execute(
        select(row.product_id, row.on_hand, row.cycle_sale, row.safety, row.allowed, row.suggested, row.agreed).where(
            row.visit_id == visit_id, row.deleted_at.is_(None)
        )
    )
    return {one[0]: Kept(*one[1:]) for one in found}


def differs(advice: ShopAdvice, kept: Mapping[UUID, Kept]) -> bool:
    """Whether guidance suggests other quantities than those that a visit keeps."""
    suggested = {sku.product_id: sku.line.suggestion or 0 for sku in advice.skus}
    return any(
        (kept[product].suggested or 0 if product in kept else 0) != suggested.get(product, 0)
        for product in suggested.keys() | kept.keys()
    )


def settle(new: ShopAdvice, before: ShopAdvice | None, kept: Mapping[UUID, Kept], *, wished: bool = False) -> Settled:
    """Return what to show of guidance that was computed just now, given what the visit keeps and what stood there.

    What was agreed stays with its reasons. Other figures are shown only to a person who `wished` for them, and are
    offered in either case.
    """
    if not kept or not differs(new, kept):
        return Settled(new, None)
    if wished:
        return Settled(new, new)
    stood = before is not None and before.visit_id == new.visit_id and not differs(before, kept)
    return Settled(before if before is not None and stood else as_kept(new, kept), new)


def as_kept(advice: ShopAdvice, kept: Mapping[UUID, Kept]) -> ShopAdvice:
    """Return guidance with the figures that a visit keeps; the same guidance where it keeps none.

    A SKU that came later has no suggestion; one that is no longer known of is shown as far as it was kept.
    """
    if not kept:
        return advice
    skus = [*(_as_kept(sku, kept.get(sku.product_id)) for sku in advice.skus), *_gone(advice, kept)]
    return replace(advice, skus=tuple(skus), totals=totals_of(skus))


def _as_kept(sku: SkuAdvice, kept: Kept | None) -> SkuAdvice:
    line = sku.line
    if kept is None:
        return sku if not line.suggestion else replace(sku, line=_told(line, suggestion=None), instead=line.suggestion)
    if (kept.suggested or 0) == (line.suggestion or 0):
        return sku
    source = StockSource.UNKNOWN if kept.on_hand is None else line.stock_source
    if kept.on_hand is not None and source is StockSource.UNKNOWN:
        source = StockSource.COUNTED
    told = _told(line, suggestion=kept.suggested)
    line = replace(
        told,
        stock=kept.on_hand,
        stock_source=source,
        weekly=kept.weekly,
        safety=None if kept.safety is None else Decimal(str(round(kept.safety, 2))),
        allowed=kept.allowed,
    )
    return replace(sku, line=line, instead=sku.line.suggestion or 0)


def _told(line: AdviceLine, *, suggestion: int | None) -> AdviceLine:
    """Return a line without the sum, the limits and the chances of other figures; what is known of the SKU stays."""
    reasons = tuple(reason for reason in line.reasons if reason.code not in _OF_THE_SUM)
    return replace(line, suggestion=suggestion, unrounded=None, why=(), reasons=reasons, plan=None)


def _gone(advice: ShopAdvice, kept: Mapping[UUID, Kept]) -> Iterable[SkuAdvice]:
    shown = {sku.product_id for sku in advice.skus}
    papers = {sku.id: sku for sku in advice.papers.skus.values()}
    for product, one in kept.items():
        if product not in shown and product in papers and one.quantity:
            yield _as_kept(_bare(advice, papers[product]), one)


def _bare(advice: ShopAdvice, sku: Sku) -> SkuAdvice:
    line = AdviceLine(
        product=sku.no,
        is_main=False,
        stock=None,
        stock_source=StockSource.UNKNOWN,
        stock_age=None,
        on_order=0,
        weekly=None,
        sales_source=SalesSource.UNKNOWN,
        safety=None,
        allowed=None,
        unrounded=None,
        suggestion=None,
        reasons=(),
        why=(),
        chart=AdviceChart((0,) * len(advice.week_ends), (), None),
        prices=advice.papers.history(advice.read).prices[sku.no],
    )
    return SkuAdvice(sku.id, sku.code, sku.name, sku.price_class, sku.retail_price, line, sku.content_ml)
