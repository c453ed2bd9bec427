"""How often each shop is visited, read and chosen: the archive, open plans, launches, and the manager's choices."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.domain.diagnosis import State
from app.domain.planning.cadence import Choice, ShopCadence, ShopStanding, cadence_for, choice_on
from app.domain.playbook import CadenceRules

_STANDING = (
    "SELECT id, visit_cycle_type, tier, terminal_level, is_sample, join_date, order_cycle_type FROM customer "
    "WHERE deleted_at IS NULL AND exit_date IS NULL"
)
_LAUNCHED = "SELECT id, no FROM product WHERE is_key AND deleted_at IS NULL AND listed_on BETWEEN ? AND ?"


def read_choices(cursor: Any) -> dict[UUID, tuple[Choice, ...]]:
    """Return what was chosen for each shop, in the order in which it began."""
    found: dict[UUID, list[Choice]] = defaultdict(list)
    rows = cursor.execute(
        "SELECT customer_id, cadence, reason, since, until FROM cadence_choice WHERE deleted_at IS NULL "
        "ORDER BY since, changed_at, id"
    )
    for shop, cadence, reason, since, until in rows:
        ends = None if until is None else date.fromisoformat(until)
        found[UUID(shop)].append(Choice(cadence, reason, date.fromisoformat(since), ends))
    return {shop: tuple(choices) for shop, choices in found.items()}


def read_standings(
    cursor: Any, rules: CadenceRules, day: date, customer_id: UUID | None = None
) -> dict[UUID, ShopStanding]:
    """Return what decides how often each trading shop is visited, or one of them."""
    choices = read_choices(cursor)
    from_c, launched = _with_plan_from_c(cursor), _with_launch(cursor, day, rules.launch_days)
    one, values = ("", ()) if customer_id is None else (" AND id = ?", (customer_id.hex,))
    standings: dict[UUID, ShopStanding] = {}
    for key, cycle, tier, level, sample, joined, orders in cursor.execute(_STANDING + one, values).fetchall():
        shop = UUID(key)
        choice = choice_on(choices.get(shop, ()), day)
        standings[shop] = ShopStanding(
            visit_cycle=cycle, tier=tier, terminal_level=level, is_sample=None if sample is None else bool(sample),
            joined=None if joined is None else date.fromisoformat(joined), has_plan_from_c=key in from_c,
            has_launch=key in launched, chosen=None if choice is None else choice.cadence, order_cycle=orders,
        )  # fmt: skip
    return standings


def read_cadences(cursor: Any, rules: CadenceRules, day: date) -> dict[UUID, ShopCadence]:
    """Return how often each trading shop is visited, and what decided."""
    return {shop: cadence_for(rules, one, day) for shop, one in read_standings(cursor, rules, day).items()}


def _with_plan_from_c(cursor: Any) -> frozenset[str]:
    rows = cursor.execute(
        "SELECT DISTINCT customer_id FROM improvement_plan WHERE self_reached IS NULL AND current_state = ? "
        "AND target_state IS NOT NULL AND deleted_at IS NULL",
        (State.C.value,),
    )
    return frozenset(shop for (shop,) in rows)


def _with_launch(cursor: Any, day: date, days: int) -> frozenset[str]:
    """Return the shops that have bought, or may order, a SKU to be cultivated that was listed so lately."""
    since = (day - timedelta(days=days)).isoformat()
    skus = cursor.execute(_LAUNCHED, (since, day.isoformat())).fetchall()
    found: set[str] = set()
    for product, number in skus:
        found.update(
            shop
            for (shop,) in cursor.execute(
                "SELECT DISTINCT o.customer_id FROM purchase_order o JOIN order_line l ON l.order_id = o.id "
                "WHERE o.order_date >= ? AND l.product_no = ? AND l.qty > 0 "
                "UNION SELECT customer_id FROM allocation WHERE product_id = ? AND allowed > 0 AND deleted_at IS NULL "
                "AND valid_from <= ? AND valid_to >= ?",
                (since, number, product, day.isoformat(), day.isoformat()),
            )
        )
    return frozenset(found)
