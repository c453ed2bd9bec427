"""Keeps the search index of customers and products: FTS5 over single characters, words, pinyin and numbers.

The tables have no copy of the text (contentless): a row is its number in `search_key` and the words it is found by.
`starts` holds whole names as one word, `names` and `others` the tokens of names and of other texts, `sounds` and
`other_sounds` their pinyin and initials from every syllable on, `codes` numbers from their start, `tails` numbers from
their end, reversed.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Row, Select, delete, insert, select, text
from sqlalchemy.orm import Session

from app.models.customer import Customer
from app.models.search import SearchKey
from app.models.trade import Product
from app.services.pinyin_spelling import Syllables, as_text, spell, typed_forms, typed_from_start
from app.services.search_query import CUSTOMERS, PRODUCTS
from app.services.search_words import SHORTEST_TAIL, digits_of, fold, has_signs, joined, tokens

_Row: TypeAlias = Row[*tuple[Any, ...]]
_Select: TypeAlias = Select[*tuple[Any, ...]]

CUSTOMER_FIELDS = frozenset(
    {
        "cust_code", "cust_name", "shop_name", "mnemonic", "license_no", "phone_main", "address",
        "operator_name", "legal_person",
    }
)  # fmt: skip
"""A change of one of these asks for `reindex_customers`."""

_COLUMNS = ("starts", "names", "others", "sounds", "other_sounds", "codes", "tails")
_BETWEEN = " ǁ "
"""Stands between two texts of a column, so that no phrase reaches from one into the other."""
_BATCH = 1000


def reindex_customers(session: Session, ids: Collection[UUID] | None = None) -> None:
    """Bring the index of these customers up to date, of all of them without `ids`."""
    _reindex(session, CUSTOMERS, _customer_rows(), ids, _customer_words)


def reindex_products(session: Session, ids: Collection[UUID] | None = None) -> None:
    """Bring the index of these products up to date, of all of them without `ids`."""
    _reindex(session, PRODUCTS, _product_rows(), ids, _product_words)


@dataclass(frozen=True, slots=True)
class _Words:
    """What one record is found by."""

    starts: str
    names: str
    others: str
    sounds: str
    other_sounds: str
    codes: str
    tails: str
    spelling: str
    second_spelling: str | None


_WordsOf: TypeAlias = Callable[[_Row], _Words]


def _reindex(session: Session, kind: str, rows: _Select, ids: Collection[UUID] | None, words_of: _WordsOf) -> None:
    session.flush()
    if ids is None:
        session.execute(text(f"INSERT INTO {kind}_search ({kind}_search) VALUES ('delete-all')"))  # noqa: S608
        session.execute(delete(SearchKey).where(SearchKey.kind == kind))
        first = (session.scalar(select(SearchKey.no).order_by(SearchKey.no.desc()).limit(1)) or 0) + 1
        # Read whole: rows are written while the rest would still be read. Short names first, they rank first.
        found = sorted(session.execute(rows).all(), key=_name_length)
        for start in range(0, len(found), _BATCH):
            part = found[start : start + _BATCH]
            _insert(session, kind, part, words_of, range(first + start, first + start + len(part)))
        return
    for part_ids in _parts(tuple(ids)):
        _reindex_some(session, kind, rows, part_ids, words_of)


def _reindex_some(session: Session, kind: str, rows: _Select, ids: Sequence[UUID], words_of: _WordsOf) -> None:
    keys = session.execute(select(SearchKey.row_id, SearchKey.no).where(SearchKey.row_id.in_(ids)))
    known: dict[UUID, int] = {key.row_id: key.no for key in keys}
    # Asked before the keys go: the highest number may be one that its record takes again.
    free = (session.scalar(select(SearchKey.no).order_by(SearchKey.no.desc()).limit(1)) or 0) + 1
    if known:
        numbers = [{"no": no} for no in known.values()]
        session.execute(text(f"DELETE FROM {kind}_search WHERE rowid = :no"), numbers)  # noqa: S608  our own name
        session.execute(delete(SearchKey).where(SearchKey.no.in_(known.values())))
    table = Customer if kind == CUSTOMERS else Product
    found = session.execute(rows.where(table.id.in_(ids))).all()
    new = iter(range(free, free + len(found)))
    # A record keeps its number: lists that are open go on showing it.
    _insert(session, kind, found, words_of, [known.get(row.id) or next(new) for row in found])


def _insert(session: Session, kind: str, rows: Sequence[_Row], words_of: _WordsOf, numbers: Sequence[int]) -> None:
    if not rows:
        return
    keys: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    for no, row in zip(numbers, rows, strict=True):
        words = words_of(row)
        keys.append(
            {
                "no": no,
                "row_id": row.id,
                "kind": kind,
                "spelling": words.spelling,
                "second_spelling": words.second_spelling,
            }
        )
        entries.append({"no": no} | {column: getattr(words, column) for column in _COLUMNS})
    session.execute(insert(SearchKey), keys)
    names, values = ", ".join(_COLUMNS), ", ".join(f":{column}" for column in _COLUMNS)
    session.execute(text(f"INSERT INTO {kind}_search (rowid, {names}) VALUES (:no, {values})"), entries)  # noqa: S608


def _customer_rows() -> _Select:
    columns = (getattr(Customer, field) for field in sorted(CUSTOMER_FIELDS))
    return select(Customer.id, Customer.cust_name.label("sort_name"), *columns).where(Customer.deleted_at.is_(None))


def _product_rows() -> _Select:
    return select(
        Product.id,
        Product.name.label("sort_name"),
        Product.name,
        Product.sku_code,
        Product.barcode,
        Product.brand,
        Product.sub_brand,
        Product.maker,
        Product.category,
        Product.specification,
    ).where(Product.deleted_at.is_(None))


def _customer_words(row: _Row) -> _Words:
    sign = row.shop_name if row.shop_name and row.shop_name != row.cust_name else None
    person = row.operator_name or row.legal_person
    return _words(
        names=(row.cust_name, sign),
        others=(row.address, row.operator_name, row.legal_person, row.mnemonic),
        spoken=(person,),
        codes=(row.cust_code, row.license_no, row.mnemonic),
        tails=(row.phone_main, row.license_no),
    )


def _product_words(row: _Row) -> _Words:
    return _words(
        names=(row.name, None),
        others=(row.brand, row.sub_brand, row.maker, row.category, row.specification),
        spoken=(row.brand,),
        codes=(row.sku_code, row.barcode),
        tails=(row.barcode,),
        may_be_person=False,
    )


def _words(
    names: tuple[str, str | None],
    others: Sequence[str | None],
    spoken: Sequence[str | None],
    codes: Sequence[str | None],
    tails: Sequence[str | None],
    *,
    may_be_person: bool = True,
) -> _Words:
    first = spell(names[0], may_be_person=may_be_person)
    second = spell(names[1], may_be_person=may_be_person) if names[1] else None
    starts: set[str] = set()
    sounds: set[str] = set()
    other_sounds: set[str] = set()
    for name, syllables in zip(names, (first, second), strict=True):
        if name and syllables is not None:
            starts |= _starts(name, syllables)
            sounds |= typed_forms(syllables) if has_signs(name) else set()
    for other in spoken:
        if other and has_signs(other):
            other_sounds |= typed_forms(spell(other, may_be_person=may_be_person))
    numbers = {joined(code) for code in codes if code}
    return _Words(
        starts=" ".join(starts | numbers),
        names=_token_text(names),
        others=_token_text(others),
        sounds=" ".join(sounds),
        other_sounds=" ".join(other_sounds),
        codes=" ".join(numbers),
        tails=" ".join(_reversed(tails)),
        spelling=as_text(first),
        second_spelling=as_text(second) if second else None,
    )


def _starts(name: str, syllables: Syllables) -> set[str]:
    return {joined(name), *(typed_from_start(syllables) if has_signs(name) else ())}


def _token_text(texts: Sequence[str | None]) -> str:
    """Return the tokens of some texts; words written with a dash inside can also be typed without it."""
    parts: list[str] = []
    for one in texts:
        if one:
            folded = fold(one)
            parts.append(" ".join(tokens(folded)))
            parts += [joined(word) for word in folded.split() if len(tokens(word)) > 1 and not has_signs(word)]
    return _BETWEEN.join(parts)


def _reversed(numbers: Sequence[str | None]) -> set[str]:
    digits = (digits_of(number) for number in numbers)
    return {one[::-1] for one in digits if len(one) >= SHORTEST_TAIL}


def _name_length(row: _Row) -> tuple[int, str]:
    return len(row.sort_name), row.sort_name


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
