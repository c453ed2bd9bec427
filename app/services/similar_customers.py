"""Finds customers that may be the same shop: same licence or phone, or a name and address that sound alike."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.customer import Customer
from app.models.search import SearchKey
from app.services.pinyin_spelling import Syllables, from_text, spell
from app.services.search_words import digits_of, fold, tokens

_NAME_ALIKE = 0.75
_ADDRESS_ALIKE = 0.7
_SHORTEST_PHONE = 7


class Likeness(StrEnum):
    """In what two customers are alike."""

    LICENCE = "licence"
    PHONE = "phone"
    NAME = "name"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class ShopIdentity:
    """What a shop is known by while it is typed."""

    name: str = ""
    licence: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class SimilarCustomer:
    """A customer that may be the same shop, and in what they are alike."""

    id: UUID
    code: str
    name: str
    alike: tuple[Likeness, ...]


def similar_customers(session: Session, shop: ShopIdentity, besides: UUID | None = None) -> tuple[SimilarCustomer, ...]:
    """Return customers that may be the same shop, the surest first.

    Licence and phone count alone; a name alone only when it is the same as heard, else with the address.
    """
    rows = session.execute(
        select(
            Customer.id,
            Customer.cust_code,
            Customer.cust_name,
            Customer.shop_name,
            Customer.license_no,
            Customer.phone_main,
            Customer.address,
            SearchKey.spelling,
            SearchKey.second_spelling,
        )
        .outerjoin(SearchKey, SearchKey.row_id == Customer.id)
        .where(Customer.deleted_at.is_(None))
    )
    licence, phone = digits_of(shop.licence), digits_of(shop.phone)
    sound, place = _sound(spell(shop.name)), _pairs(shop.address)
    found: list[SimilarCustomer] = []
    for row in rows:
        if row.id == besides:
            continue
        alike: list[Likeness] = []
        if licence and licence == digits_of(row.license_no):
            alike.append(Likeness.LICENCE)
        if len(phone) >= _SHORTEST_PHONE and phone == digits_of(row.phone_main):
            alike.append(Likeness.PHONE)
        spellings = (row.spelling, row.second_spelling) if sound else ()
        name = max((_overlap(sound, _sound(from_text(one))) for one in spellings if one), default=0.0)
        address = _overlap(place, _pairs(row.address or "")) if place else 0.0
        if name == 1 or (name >= _NAME_ALIKE and address >= _ADDRESS_ALIKE):
            alike.append(Likeness.NAME)
            alike += [Likeness.ADDRESS] if address >= _ADDRESS_ALIKE else []
        if alike:
            found.append(SimilarCustomer(row.id, row.cust_code, row.shop_name or row.cust_name, tuple(alike)))
    order = list(Likeness)
    return tuple(sorted(found, key=lambda one: (order.index(one.alike[0]), -len(one.alike), one.code)))


def _sound(syllables: Syllables) -> frozenset[tuple[str, ...]]:
    """Return neighbouring syllables: 老周 and 老邹 are apart, 张记 and 章记 are the same."""
    return _neighbours([readings[0] for readings in syllables])


def _pairs(text: str) -> frozenset[tuple[str, ...]]:
    return _neighbours(tokens(fold(text)))


def _neighbours(parts: Sequence[str]) -> frozenset[tuple[str, ...]]:
    if len(parts) == 1:
        return frozenset({(parts[0],)})
    return frozenset(itertools.pairwise(parts))


def _overlap(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    if not one or not other:
        return 0.0
    return len(one & other) / len(one | other)
