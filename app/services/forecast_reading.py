"""Reads what the manager said of forecasts, and what SKUs and shops are called, for one month or for all."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from app.domain.forecast_process import Steadiness
from app.domain.kpi.tallies import Period, Subject
from app.domain.sku_name import sku_name
from app.services.forecast_views import Cause, Correction, FigureLine, SaidKind, Submission
from app.services.kpi_targets import read_targets, target_key

_OF_SKU = "sku:"
_ENTRIES = """
SELECT product_id, customer_id, manager_value, model_value, reason, coalesce(reason_note, ''), coalesce(opportunity, '')
FROM forecast_entry WHERE month = ? AND deleted_at IS NULL ORDER BY changed_at
"""
_SUBMISSIONS = """
SELECT id, version, submitted_at, model_total, final_total, corrected,
       CASE WHEN returned_reason IS NULL THEN '' ELSE returned_reason END
FROM forecast_submission WHERE month = ? AND deleted_at IS NULL ORDER BY version, submitted_at
"""
_LINES = "SELECT product_id, customer_id, model_value, final_value FROM forecast_line WHERE submission_id = ?"
_SUBMITTED = """
SELECT p.sku_code, coalesce(p.price_class, p.category, ''), l.model_value, l.final_value, l.low, l.high, l.reason
FROM forecast_line l JOIN product p ON p.id = l.product_id
WHERE l.submission_id = ? AND l.customer_id IS NULL AND l.deleted_at IS NULL ORDER BY p.sku_code
"""
_CAUSES = """
SELECT product_id, customer_id, cause, coalesce(note, '') FROM forecast_cause
WHERE month = ? AND deleted_at IS NULL ORDER BY changed_at
"""
_KINDS = """
SELECT product_id, customer_id, kind, coalesce(reason, ''), coalesce(note, '')
FROM forecast_kind WHERE deleted_at IS NULL ORDER BY changed_at
"""
_OPPORTUNITIES = """
SELECT opportunity, max(changed_at) AS newest FROM forecast_entry
WHERE deleted_at IS NULL AND trim(coalesce(opportunity, '')) <> '' GROUP BY opportunity
ORDER BY max(customer_id IS ?) DESC, newest DESC LIMIT ?
"""
_NEEDS = """
SELECT need_note FROM visit WHERE customer_id = ? AND deleted_at IS NULL AND trim(coalesce(need_note, '')) <> ''
ORDER BY day DESC LIMIT ?
"""
_PRODUCTS = """
SELECT id, sku_code, name, content_ml, coalesce(price_class, category, ''), is_key, is_new, supply_flag,
       coalesce(wholesale_price, retail_price)
FROM product WHERE deleted_at IS NULL
"""
_SHOPS = "SELECT id, cust_code, coalesce(shop_name, cust_name) FROM customer WHERE deleted_at IS NULL"
_ALLOWED = """
SELECT product_id, sum(allowed) FROM allocation
WHERE valid_from >= ? AND valid_from < ? AND deleted_at IS NULL GROUP BY product_id
"""


@dataclass(frozen=True, slots=True)
class ReadProduct:
    """What a SKU is called, and what its kind depends on."""

    code: str
    name: str
    group: str
    is_key: bool
    is_new: bool
    supply: str
    price: int | None


@dataclass(frozen=True, slots=True)
class ReadShop:
    """What a shop is called."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Entries:
    """The corrections of a month, by product id and by product id and customer id (32 hex digits)."""

    of_skus: dict[str, Correction]
    of_shops: dict[str, dict[str, Correction]]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A submission with its figures: (model, final) of each SKU, and what single shops were given by hand."""

    submission: Submission
    skus: dict[str, tuple[int, int]]
    shops: dict[tuple[str, str], int]


def read_entries(cursor: Any, month: date) -> Entries:
    """Return the corrections of a month; of two for the same figure, made on two laptops, the newer."""
    found = Entries({}, {})
    for product, customer, value, model, reason, note, opportunity in cursor.execute(_ENTRIES, (month.isoformat(),)):
        correction = Correction(value, model, reason, note, opportunity)
        if customer is None:
            found.of_skus[product] = correction
        else:
            found.of_shops.setdefault(product, {})[customer] = correction
    return found


def read_submissions(cursor: Any, month: date) -> list[tuple[str, Submission]]:
    """Return the submissions of a month by their keys, oldest version first."""
    rows = cursor.execute(_SUBMISSIONS, (month.isoformat(),)).fetchall()
    return [
        (key, Submission(version, _moment(at), model, final, corrected, returned))
        for key, version, at, model, final, corrected, returned in rows
    ]


def read_frozen(cursor: Any, key: str, submission: Submission) -> Frozen:
    """Return a submission with its figures."""
    found = Frozen(submission, {}, {})
    for product, customer, model, final in cursor.execute(_LINES, (key,)):
        if customer is None:
            found.skus[product] = (model, final)
        else:
            found.shops[product, customer] = final
    return found


def read_submitted(cursor: Any, month: date) -> list[FigureLine]:
    """Return the SKUs of the newest submission of a month; none where nothing was submitted."""
    submissions = read_submissions(cursor, month)
    if not submissions:
        return []
    key, newest = submissions[-1]
    return [FigureLine(month, newest.version, "", *row) for row in cursor.execute(_SUBMITTED, (key,))]


def read_causes(cursor: Any, month: date) -> dict[tuple[str | None, str | None], Cause]:
    """Return the causes of a month by product id and customer id."""
    rows = cursor.execute(_CAUSES, (month.isoformat(),))
    return {(product, customer): Cause(code, note) for product, customer, code, note in rows}


def read_kinds(cursor: Any) -> dict[str, SaidKind]:
    """Return the kinds that the manager gave, by product id or customer id."""
    return {
        product or customer: SaidKind(Steadiness(kind), reason, note)
        for product, customer, kind, reason, note in cursor.execute(_KINDS)
    }


def read_opportunities(cursor: Any, customer_id: UUID | None, most: int) -> list[str]:
    """Return the market opportunities that corrections named, those of this shop first, then the newest."""
    return [row[0].strip() for row in cursor.execute(_OPPORTUNITIES, (key_of(customer_id), most))]


def read_needs(cursor: Any, customer_id: UUID, most: int) -> list[str]:
    """Return what a shop asked for at its last visits, each as one line."""
    return [" ".join(row[0].split()) for row in cursor.execute(_NEEDS, (customer_id.hex, most))]


def read_products(cursor: Any) -> dict[str, ReadProduct]:
    """Return all SKUs by their ids."""
    return {
        key: ReadProduct(code, sku_name(name, content), group, bool(is_key), bool(is_new), supply or "", price)
        for key, code, name, content, group, is_key, is_new, supply, price in cursor.execute(_PRODUCTS)
    }


def read_shops(cursor: Any) -> dict[str, ReadShop]:
    """Return all shops by their ids."""
    return {key: ReadShop(code, name) for key, code, name in cursor.execute(_SHOPS)}


def read_allowed(cursor: Any, month: date) -> dict[str, int]:
    """Return what all shops together may order of each SKU in the periods that begin in a month."""
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return dict(cursor.execute(_ALLOWED, (month.isoformat(), after.isoformat())).fetchall())


def read_plans(cursor: Any, month: date) -> dict[str, float]:
    """Return the volume targets of a month by SKU code (F09); "" is the territory (F05)."""
    territory = target_key("F05", Subject.VOLUME, Period.MONTH, "")
    of_sku = target_key("F09", Subject.NONE, Period.MONTH, "")
    plans: dict[str, float] = {}
    for key, target in read_targets(cursor, month).items():
        if key == territory:
            plans[""] = target.value
        elif key[:2] == of_sku[:2] and key.scope.startswith(_OF_SKU):
            plans[key.scope.removeprefix(_OF_SKU)] = target.value
    return plans


def key_of(one: UUID | None) -> str | None:
    """Return an id as the store holds it."""
    return None if one is None else one.hex


def _moment(held: str) -> datetime:
    return datetime.fromisoformat(held).replace(tzinfo=UTC)
