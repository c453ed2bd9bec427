"""What the diagnosis step shows beside the judgement of a person: computed facts, what was seen, the last states."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.adoption import NO_ADVICE, Adoption
from app.domain.diagnosis import State
from app.domain.diagnosis_facts import ComputedFact, ShopFacts, computed_facts
from app.domain.formulas import ChannelHint, channel_hint
from app.domain.playbook import Playbook
from app.models.customer import Customer
from app.models.visit import DiagnosisRating, Visit
from app.services.advice_followed import read_adoption
from app.services.peer_width import WidthTarget, target_width
from app.services.recording import load
from app.services.shelf_facts import Seen, archive_facts, read_shelf
from app.services.shop_facts import ShopReading, assortment_numbers, order_numbers, read_shop, stock_numbers
from app.storage.database import Database

_NO_LIMIT = Decimal(0)


@dataclass(frozen=True, slots=True)
class LastRating:
    """How an item was judged at the latest earlier visit that judged it; `criteria` are k1 to k3."""

    day: date
    state: State
    criteria: tuple[State | None, ...]


@dataclass(frozen=True, slots=True)
class DiagnosisSheet:
    """Everything known about a shop before a person judges it; facts, answers and names by criterion."""

    visit_id: UUID
    facts: Mapping[str, ComputedFact]
    seen: Mapping[str, Seen]
    names: Mapping[str, tuple[str, ...]]
    """SKUs behind a fact: those that are out, missing, lying still, too dear"""
    last: Mapping[str, LastRating]
    """by item; together they are the previous radar"""
    sku_count: int | None = None
    target: WidthTarget | None = None
    channel: ChannelHint | None = None
    main_skus: int = 0
    main_counted: int = 0
    adoption: Adoption = NO_ADVICE
    """what became of the advice of the last visits, and over which period"""


class Diagnoses:
    """Reads the diagnosis step of a visit."""

    def __init__(self, database: Database, playbook: Playbook) -> None:
        self._database = database
        self._playbook = playbook

    def read(self, visit_id: UUID) -> DiagnosisSheet:
        """Return what is known for the diagnosis, with what this visit has counted so far."""
        with self._database.read() as session:
            visit = load(session, Visit, visit_id)
            customer = load(session, Customer, visit.customer_id)
            return self._sheet(session, visit, customer)

    def _sheet(self, session: Session, visit: Visit, customer: Customer) -> DiagnosisSheet:
        parameters = self._playbook.parameters
        shop = read_shop(session, visit, customer, parameters)
        shelf = read_shelf(session, visit, customer, parameters)
        target = target_width(session, customer, *shop.quarter, parameters)
        adoption = read_adoption(
            session, customer.id, visit.day, parameters.windows.advice_visits, parameters.assortment, visit.id
        )
        numbers = {
            **assortment_numbers(shop, parameters),
            **stock_numbers(shop, parameters),
            **order_numbers(shop, adoption, self._adopted_within(), parameters),
            **shelf.numbers,
            **archive_facts(session, customer, visit.day, self._playbook.enumerations),
        }
        if target is not None:
            numbers["sku_target"] = target.width
        facts = self._facts(replace(ShopFacts(), **numbers), shop)
        channel = next((fact.value for fact in facts.values() if fact.metric == "channel_ratio"), None)
        rules = parameters.channel
        return DiagnosisSheet(
            visit_id=visit.id,
            facts=facts,
            seen=shelf.seen,
            names=_names(facts, shop, shelf.over_cap),
            last=read_last_ratings(session, visit),
            sku_count=len(shop.bought) if shop.lines else None,
            target=target,
            channel=channel_hint(
                None if channel is None else float(channel), float(rules.hint_low), float(rules.hint_high)
            ),
            main_skus=len(shop.main),
            main_counted=sum(number in shop.counted for number in shop.main),
            adoption=adoption,
        )

    def _facts(self, shop_facts: ShopFacts, shop: ShopReading) -> dict[str, ComputedFact]:
        checklist, parameters = self._playbook.diagnosis, self._playbook.parameters
        found = {fact.criterion: fact for fact in computed_facts(shop_facts, checklist, parameters)}
        # What lies still is carried too, but is not part of the width, which is what other shops are measured by.
        with_slow = replace(shop_facts, sku_count=shop.carried)
        slow = (f for f in computed_facts(with_slow, checklist, parameters) if f.metric == "slow_sku_rate")
        return found | {fact.criterion: fact for fact in slow if fact.criterion in found}

    def _adopted_within(self) -> Decimal:
        """Return how far an order may lie from the advice: as far as the playbook still calls it a B."""
        metrics = (c.metric for item in self._playbook.diagnosis.items for c in item.criteria)
        gap = next((metric for metric in metrics if metric is not None and metric.key == "suggestion_gap"), None)
        return _NO_LIMIT if gap is None else gap.thresholds.b_max or _NO_LIMIT


def read_last_ratings(session: Session, visit: Visit) -> dict[str, LastRating]:
    """Return the newest judgement of each item before this visit."""
    rows = session.execute(
        select(DiagnosisRating, Visit.day)
        .join(Visit, Visit.id == DiagnosisRating.visit_id)
        .where(
            Visit.customer_id == visit.customer_id,
            Visit.id != visit.id,
            Visit.day <= visit.day,
            Visit.deleted_at.is_(None),
            DiagnosisRating.deleted_at.is_(None),
            DiagnosisRating.state.is_not(None),
        )
        .order_by(Visit.day.desc(), Visit.started_at.desc(), Visit.id.desc())
    )
    found: dict[str, LastRating] = {}
    for row, day in rows:
        if row.item not in found and row.state is not None:
            criteria = tuple(None if value is None else State(value) for value in (row.k1, row.k2, row.k3))
            found[row.item] = LastRating(day, State(row.state), criteria)
    return found


def _names(
    facts: Mapping[str, ComputedFact], shop: ShopReading, over_cap: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    by_metric = {
        "main_out_of_stock": shop.names(shop.main_missing),
        "key_sku_rate": shop.names(shop.keys_missing),
        "slow_sku_rate": shop.names(shop.slow),
        "price_match": over_cap,
    }
    return {fact.criterion: names for fact in facts.values() if (names := by_metric.get(fact.metric))}
