"""Turns a row of the index into a line of the results: the name, the number, where the hit was, and what to mark."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias
from uuid import UUID

from app.domain.masking import mask_number, mask_person
from app.domain.sku_name import sku_name
from app.services.pinyin_spelling import from_text, spell
from app.services.search_marks import Marked, Range, mark_end, mark_spoken, mark_start, mark_written, merge

Words: TypeAlias = tuple[str, ...]


class Where(StrEnum):
    """Which text of a record holds the hit."""

    NAME = "name"
    REGISTERED_NAME = "registered_name"
    CODE = "code"
    LICENCE = "licence"
    PHONE = "phone"
    OPERATOR = "operator"
    LEGAL_PERSON = "legal_person"
    MNEMONIC = "mnemonic"
    ADDRESS = "address"
    BARCODE = "barcode"
    BRAND = "brand"
    MAKER = "maker"
    CATEGORY = "category"
    SPECIFICATION = "specification"


class CustomerRecord(NamedTuple):
    """What the index row of a customer is made from; the names are columns."""

    no: int
    spelling: str
    second_spelling: str | None
    id: str
    cust_code: str
    cust_name: str
    shop_name: str | None
    mnemonic: str | None
    license_no: str | None
    phone_main: str | None
    address: str | None
    operator_name: str | None
    legal_person: str | None
    market_type: str | None
    format: str | None
    size_class: str | None


class ProductRecord(NamedTuple):
    """What the index row of a product is made from; the names are columns."""

    no: int
    spelling: str
    second_spelling: str | None
    id: str
    sku_code: str
    name: str
    barcode: str | None
    brand: str | None
    sub_brand: str | None
    maker: str | None
    category: str | None
    specification: str | None
    price_class: str | None
    content_ml: int | None = None


@dataclass(frozen=True, slots=True)
class CustomerHit:
    """One customer found; `detail` is the text with the hit, or the address when name or code have it."""

    id: UUID
    name: Marked
    code: Marked
    class_code: str
    where: Where
    detail: Marked


@dataclass(frozen=True, slots=True)
class ProductHit:
    """One product found; `detail` is the text with the hit, or the brand when name or code have it."""

    id: UUID
    name: Marked
    code: Marked
    price_class: str | None
    where: Where
    detail: Marked


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of a record, how it is shown, and the ways in which it can be hit."""

    where: Where
    text: str
    shown: str
    ways: tuple[Callable[[Words], Range | None], ...]


def class_code(market: str | None, format_: str | None, size: str | None) -> str:
    """Return the composite code (CZ1), empty while a part of it is not known."""
    return f"{market}{format_}{size}" if market and format_ and size else ""


def customer_hit(row: CustomerRecord, parts: Sequence[Words]) -> CustomerHit:
    """Make the line of a customer, under the name on its sign."""
    name = row.shop_name or row.cust_name
    texts = [
        _spoken(Where.NAME, name, row.second_spelling or row.spelling),
        _numbered(Where.CODE, row.cust_code),
        _spoken(Where.REGISTERED_NAME, row.cust_name, row.spelling),
        _masked_number(Where.LICENCE, row.license_no),
        _masked_number(Where.PHONE, row.phone_main),
        _person(Where.OPERATOR, row.operator_name),
        _person(Where.LEGAL_PERSON, row.legal_person),
        _written(Where.MNEMONIC, row.mnemonic),
        _written(Where.ADDRESS, row.address),
    ]
    marks, where = _marks([one for one in texts if one is not None], parts)
    detail = marks.get(where) or Marked(row.address or "")
    if where in {Where.NAME, Where.CODE}:
        detail = marks.get(Where.ADDRESS) or Marked(row.address or "")
    return CustomerHit(
        UUID(row.id),
        marks.get(Where.NAME) or Marked(name),
        marks.get(Where.CODE) or Marked(row.cust_code),
        class_code(row.market_type, row.format, row.size_class),
        where,
        detail,
    )


def product_hit(row: ProductRecord, parts: Sequence[Words]) -> ProductHit:
    """Make the line of a product."""
    texts = [
        _spoken(Where.NAME, row.name, row.spelling),
        _numbered(Where.CODE, row.sku_code),
        _numbered(Where.BARCODE, row.barcode),
        _person_like(Where.BRAND, row.brand),
        _written(Where.BRAND, row.sub_brand),
        _written(Where.MAKER, row.maker),
        _written(Where.CATEGORY, row.category),
        _written(Where.SPECIFICATION, row.specification),
    ]
    marks, where = _marks([one for one in texts if one is not None], parts)
    plain = Marked(row.brand or row.maker or row.category or "")
    return ProductHit(
        UUID(row.id),
        _with_size(marks.get(Where.NAME) or Marked(row.name), row.content_ml),
        marks.get(Where.CODE) or Marked(row.sku_code),
        row.price_class,
        where,
        plain if where in {Where.NAME, Where.CODE} else marks.get(where) or plain,
    )


def _with_size(name: Marked, content_ml: int | None) -> Marked:
    """Return the name with the size behind it, which no hit marks."""
    return Marked(sku_name(name.text, content_ml), name.ranges)


def _marks(texts: Sequence[_Text], parts: Sequence[Words]) -> tuple[dict[Where, Marked], Where]:
    """Return the marked texts, and where the hit lies that the line has to explain."""
    ranges: dict[Where, list[Range]] = {}
    shown: dict[Where, str] = {}
    for words in parts:
        found = next(((one, hit) for one in texts for way in one.ways if (hit := way(words))), None)
        if found is not None:
            ranges.setdefault(found[0].where, []).append(found[1])
            shown[found[0].where] = found[0].shown
    marks = {where: Marked(shown[where], merge(hits)) for where, hits in ranges.items()}
    hidden = [where for where in marks if where not in {Where.NAME, Where.CODE}]
    return marks, hidden[0] if hidden else next(iter(marks), Where.NAME)


def _written(where: Where, text: str | None) -> _Text | None:
    return _Text(where, text, text, (lambda words: mark_written(text, words),)) if text else None


def _spoken(where: Where, text: str | None, spelling: str) -> _Text | None:
    if not text:
        return None
    syllables = from_text(spelling)
    ways = (lambda words: mark_written(text, words), lambda words: mark_spoken(text, syllables, words))
    return _Text(where, text, text, ways)


def _person_like(where: Where, text: str | None) -> _Text | None:
    if not text:
        return None
    ways = (lambda words: mark_written(text, words), lambda words: mark_spoken(text, spell(text), words))
    return _Text(where, text, text, ways)


def _person(where: Where, text: str | None) -> _Text | None:
    found = _person_like(where, text)
    return None if found is None else _Text(where, found.text, mask_person(found.text), found.ways)


def _numbered(where: Where, text: str | None) -> _Text | None:
    if not text:
        return None
    ways = (lambda words: mark_start(text, words), lambda words: mark_end(text, words))
    return _Text(where, text, text, ways)


def _masked_number(where: Where, text: str | None) -> _Text | None:
    found = _numbered(where, text)
    return None if found is None else _Text(where, found.text, mask_number(found.text), found.ways)
