"""The sums of a receipt and the pace of the photo lane, without any store."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.sync.blob_pace import Pace
from app.sync.core.day_summary import CHILDREN, CountedRow, compare, gaps, plain, summary_of
from app.sync.core.registry import build_registry
from app.sync.delivery import VISIT_CHILDREN
from app.sync.protocol import CHUNK, LARGEST_CHUNK, SMALLEST_CHUNK, VisitSummary

ROWS = st.lists(
    st.builds(
        CountedRow,
        st.sampled_from(["visit", "photo", "promise"]),
        st.uuids().map(str),
        st.integers(0, 9),
        st.dictionaries(st.sampled_from("abc"), st.none() | st.integers() | st.text(max_size=5)),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row.key,
)


def test_every_table_that_hangs_off_a_visit_is_counted() -> None:
    rules = build_registry({})
    hanging = {rule.name for rule in rules.values() if any(parent.table == "visit" for parent in rule.parents)}
    assert set(CHILDREN) == hanging
    assert {model.__tablename__ for model in VISIT_CHILDREN} == hanging


@given(rows=ROWS, shuffled=st.randoms())
def test_the_order_of_rows_and_empty_values_do_not_matter(rows: list[CountedRow], shuffled: object) -> None:
    again = [CountedRow(row.table, row.key, row.version, {**row.values, "empty": None}) for row in rows]
    shuffled.shuffle(again)  # pyright: ignore[reportAttributeAccessIssue]
    assert summary_of("v", 1, rows, []) == summary_of("v", 1, again, [])


@given(rows=ROWS, at=st.integers(0, 7))
def test_any_changed_missing_or_newer_row_changes_the_digest(rows: list[CountedRow], at: int) -> None:
    row = rows[at % len(rows)]
    whole = summary_of("v", 1, rows, []).digest
    others = [one for one in rows if one is not row]
    assert summary_of("v", 1, others, []).digest != whole
    newer = CountedRow(row.table, row.key, row.version + 1, row.values)
    assert summary_of("v", 1, [*others, newer], []).digest != whole
    changed = CountedRow(row.table, row.key, row.version, {**row.values, "a": "something else"})
    assert summary_of("v", 1, [*others, changed], []).digest != whole


def a_summary(key: str, digest: str = "1", photos: tuple[str, ...] = (), serial: int | None = 1) -> VisitSummary:
    return VisitSummary(id=key, serial=serial, rows=1, digest=digest, photos=photos)


def test_a_comparison_names_what_each_side_lacks() -> None:
    photo = "a" * 64
    here = [a_summary("both", photos=(photo,)), a_summary("here"), a_summary("differs")]
    there = [a_summary("both"), a_summary("there"), a_summary("differs", "2")]
    found = compare(here, there)
    assert (found.missing_visits, found.differing_visits, found.missing_photos) == (
        ("here", "there"),
        ("differs",),
        (photo,),
    )
    assert not found.agreed
    assert compare(here, here).agreed
    assert not compare([a_summary("x", serial=1)], [a_summary("x", serial=2)]).agreed


def test_gaps_are_found_and_bounded() -> None:
    assert gaps([3, 5, 5, 8], 2, 8) == (4, 6, 7)
    assert gaps([], 0, 0) == ()
    assert len(gaps([], 0, 10**9)) == 1000


def test_values_are_the_same_text_on_both_sides() -> None:
    moment = datetime(2022, 4, 29, 18, 0, tzinfo=timezone(timedelta(hours=8)))
    assert plain(moment) == plain(moment.astimezone(UTC)) == "2022-04-29T10:00:00+00:00"
    assert (plain(date(2022, 4, 29)), plain(time(9, 30)), plain(Decimal("1.50"))) == ("2022-04-29", "09:30:00", "1.50")


@given(
    st.lists(st.tuples(st.floats(0.001, 60), st.booleans()), max_size=30), st.sampled_from([None, 1, 300_000, 1 << 30])
)
def test_a_chunk_is_never_larger_than_head_office_allows(steps: list[tuple[float, bool]], most: int | None) -> None:
    pace = Pace(most)
    highest = CHUNK if most is None else max(SMALLEST_CHUNK, min(most, LARGEST_CHUNK))
    for seconds, is_cut in steps:
        pace.cut() if is_cut else pace.took(pace.chunk, seconds)
        assert SMALLEST_CHUNK <= pace.chunk <= highest


def test_a_fast_link_gets_large_chunks_and_a_slow_one_small() -> None:
    fast, slow = Pace(LARGEST_CHUNK), Pace()
    for _ in range(5):
        fast.took(fast.chunk, 0.05)
        slow.took(slow.chunk, 30)
    assert (fast.chunk, slow.chunk) == (LARGEST_CHUNK, SMALLEST_CHUNK)
