"""Where the shops of a day lie: those around it, and those nearby that have no stop."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.domain import geo
from app.domain.geo import GeoPoint
from app.services.day_reading import SHOWN_NAME, ShopRow, last_visits, trading_shops, visits_of


@dataclass(frozen=True, slots=True)
class DayShop:
    """A shop on the map around the route."""

    customer_id: UUID
    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class NearShop:
    """A shop that could be visited too: how far it is by road from where the person looks, when it was last served."""

    customer_id: UUID
    code: str
    name: str
    market_type: str | None
    format: str | None
    size_class: str | None
    address: str | None
    km: float | None
    last_visit: date | None
    order_weekday: int | None


def read_surroundings(cursor: Any) -> tuple[DayShop, ...]:
    """Return every shop that has coordinates."""
    rows = cursor.execute(
        f"SELECT id, {SHOWN_NAME}, gis_lat, gis_lng FROM customer "
        "WHERE gis_lat IS NOT NULL AND gis_lng IS NOT NULL AND deleted_at IS NULL ORDER BY cust_code"
    )
    return tuple(DayShop(UUID(shop), name, lat, lon) for shop, name, lat, lon in rows)


def read_nearby(cursor: Any, day: date, near: UUID | None, limit: int) -> tuple[NearShop, ...]:
    """Return the nearest shops that have no stop on the day; without any place to start from, by code."""
    shops = {row.id: row for row in trading_shops(cursor)}
    taken = [visit.customer_id for visit in visits_of(cursor, day)]
    here = _point_of(shops, near)
    if here is None:
        here = next((point for one in taken if (point := _point_of(shops, one)) is not None), None)
    last = last_visits(cursor, day)
    there = frozenset(taken)
    found = [_near(row, here, last.get(row.id)) for row in shops.values() if row.id not in there]
    found.sort(key=lambda shop: (shop.km is None, shop.km or 0.0, shop.code))
    return tuple(found[:limit])


def _point_of(shops: dict[UUID, ShopRow], customer_id: UUID | None) -> GeoPoint | None:
    row = shops.get(customer_id) if customer_id is not None else None
    return None if row is None else row.point


def _near(row: ShopRow, here: GeoPoint | None, last_visit: date | None) -> NearShop:
    point = row.point
    km = None if here is None or point is None else geo.road_km(geo.haversine_km(here, point))
    return NearShop(
        row.id,
        row.code,
        row.name,
        row.market_type,
        row.format,
        row.size_class,
        row.address,
        km,
        last_visit,
        row.order_weekday,
    )
