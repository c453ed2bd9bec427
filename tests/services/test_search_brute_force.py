"""The search index against plain comparison: every stretch of 1 to 3 characters, numbers and pinyin of 5,000 names."""

import csv
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.customer import Customer
from app.models.search import SearchKey
from app.runtime.paths import DataFolder
from app.services.pinyin_spelling import spell
from app.services.search import find_numbers
from app.services.search_index import reindex_customers
from app.services.search_query import CUSTOMERS, parse
from app.services.search_words import fold, is_sign, tokens
from app.storage.database import Database, cursor_of
from app.storage.store import open_store
from app.storage.vault import Vault
from tests.conftest import CHEAP, SHARED_DATA
from tests.shop_names import Shop, shops

COUNT = 5000


@pytest.fixture(scope="module")
def some_shops() -> list[Shop]:
    return list(shops(COUNT))


@pytest.fixture(scope="module")
def full_store(tmp_path_factory: pytest.TempPathFactory, some_shops: list[Shop]) -> Generator[Database]:
    folder = DataFolder(tmp_path_factory.mktemp("search") / "data")
    folder.root.mkdir()
    key = Vault(folder.vault, use_keyring=False, cost=CHEAP).create("correct horse battery")
    database = open_store(folder, key, create=True).database
    with database.deliver("import") as session:
        session.add_all(
            Customer(
                cust_code=shop.code,
                cust_name=shop.name,
                license_no=shop.licence,
                phone_main=shop.phone,
                operator_name=shop.operator,
                address=shop.address,
            )
            for shop in some_shops
        )
        reindex_customers(session)
    yield database
    database.close()


@pytest.fixture(scope="module")
def session(full_store: Database) -> Generator[Session]:
    with full_store.read() as session:
        yield session


@pytest.fixture(scope="module")
def codes(session: Session) -> dict[int, str]:
    rows = session.execute(select(SearchKey.no, Customer.cust_code).join(Customer, Customer.id == SearchKey.row_id))
    return {row.no: row.cust_code for row in rows}


def found(session: Session, codes: dict[int, str], typed: str) -> set[str]:
    query = parse(typed)
    assert query is not None
    return {codes[no] for no in find_numbers(cursor_of(session), CUSTOMERS, query.every)}


def _stretches(text: str) -> set[tuple[str, ...]]:
    """Return every run of one to three tokens, a Chinese character being a token."""
    parts = tokens(fold(text))
    return {tuple(parts[i : i + n]) for n in (1, 2, 3) for i in range(len(parts) - n + 1)}


def test_every_stretch_of_one_to_three_characters_of_a_name_or_address_finds_exactly_its_shops(
    session: Session, codes: dict[int, str], some_shops: list[Shop]
) -> None:
    wanted: dict[str, set[str]] = defaultdict(set)
    for shop in some_shops:
        for text in (shop.name, shop.address, shop.operator):
            for stretch in _stretches(text):
                if all(is_sign(token) for token in stretch):
                    wanted["".join(stretch)].add(shop.code)
    assert len(wanted) > 5000
    wrong = [typed for typed, shops_with in wanted.items() if found(session, codes, typed) != shops_with]
    assert wrong == []


def test_a_stretch_with_letters_or_digits_in_it_finds_its_shops(
    session: Session, codes: dict[int, str], some_shops: list[Shop]
) -> None:
    mixed = [(shop, stretch) for shop in some_shops[:400] for stretch in _stretches(shop.name) if len(stretch) > 1]
    mixed = [(shop, stretch) for shop, stretch in mixed if not all(is_sign(token) for token in stretch)]
    assert len(mixed) > 50
    for shop, stretch in mixed:
        spaced = " " if all(not is_sign(token) for token in stretch) else ""
        assert shop.code in found(session, codes, spaced.join(stretch)), (shop.name, stretch)


def test_pinyin_in_full_and_initials_from_every_syllable_on_find_the_shop(
    session: Session, codes: dict[int, str], some_shops: list[Shop]
) -> None:
    for shop in some_shops[::25]:
        syllables = spell(shop.name)
        for start in range(len(syllables)):
            full = "".join(readings[0] for readings in syllables[start:])
            initials = "".join(readings[0][0] for readings in syllables[start:])
            for typed in (full, full[: len(full) // 2 + 1], initials, initials[:2]):
                assert shop.code in found(session, codes, typed), (shop.name, typed)


def test_pinyin_finds_nothing_but_shops_whose_syllables_begin_so(
    session: Session, codes: dict[int, str], some_shops: list[Shop]
) -> None:
    texts = {shop.code: (spell(shop.name), spell(shop.operator)) for shop in some_shops}
    for typed in ("laozhou", "zhoushi", "xinshiji", "bianlid", "zhang", "lz"):
        hits = found(session, codes, typed)
        expected = {
            code for code, both in texts.items() if any(_heard(typed, s[i:]) for s in both for i in range(len(s)))
        }
        assert hits == expected, typed


def _heard(typed: str, syllables: tuple[tuple[str, ...], ...]) -> bool:
    """Compare without the index: all readings in full, or all initials."""
    fulls, initials, doubles = {""}, {""}, {""}
    for readings in syllables:
        fulls = {before + reading for before in fulls for reading in readings}
        initials = {before + reading[0] for before in initials for reading in readings}
        doubles = {before + _initial(reading) for before in doubles for reading in readings}
    return any(one.startswith(typed) for one in fulls | initials | doubles)


def _initial(syllable: str) -> str:
    return syllable[:2] if syllable[:2] in ("zh", "ch", "sh") else syllable[:1]


def test_numbers_are_found_by_their_start_and_by_four_digits_of_their_end(
    session: Session, codes: dict[int, str], some_shops: list[Shop]
) -> None:
    for shop in some_shops[::50]:
        tail = shop.phone[-4:]
        by_tail = {s.code for s in some_shops if s.phone.endswith(tail) or s.licence.endswith(tail)}
        by_start = {s.code for s in some_shops if s.code.startswith(tail) or s.licence.startswith(tail)}
        assert found(session, codes, tail) == by_tail | by_start
        start = shop.licence[:9]
        assert found(session, codes, start) == {s.code for s in some_shops if s.licence.startswith(start)}
        assert found(session, codes, shop.code) == {shop.code}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=12))
def test_nothing_that_can_be_typed_breaks_the_query(full_store: Database, typed: str) -> None:
    query = parse(typed)
    if query is not None:
        with full_store.read() as session:
            for expression in (query.beginning, query.named, query.anywhere, query.every):
                find_numbers(cursor_of(session), CUSTOMERS, expression, 5)


@pytest.mark.shared_data
def test_real_brand_names_are_found_by_every_stretch_of_two_characters(database: Database) -> None:
    names = _brands(SHARED_DATA / "china" / "retail_brands.csv")
    with database.deliver("import") as session:
        session.add_all(Customer(cust_code=f"B{no}", cust_name=name) for no, name in enumerate(names))
        reindex_customers(session)
        rows = session.execute(select(SearchKey.no, Customer.cust_code).join(Customer, Customer.id == SearchKey.row_id))
        own = {row.no: row.cust_code for row in rows}
        for no, name in enumerate(names):
            for stretch in _stretches(name):
                if len(stretch) == 2 and all(is_sign(token) for token in stretch):
                    assert f"B{no}" in found(session, own, "".join(stretch)), (name, stretch)


def _brands(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as rows:
        return sorted({row["name_zh"] for row in csv.DictReader(rows) if row["name_zh"]})[:800]
