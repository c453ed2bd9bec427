"""The playbook that ships: complete, in both languages, without loose ends; and quick to open a second time."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from app.domain.archive import Archive, FieldType, Owner, PersonalData, Section
from app.domain.diagnosis import Diagnosis, State
from app.domain.diagnosis_facts import METRICS
from app.domain.improvement import CauseKind
from app.domain.playbook import Playbook
from app.domain.text import Text
from app.domain.visit import ENDINGS
from app.models.customer import Customer
from app.playbooks import check_playbook, load_playbook
from app.playbooks.frozen_form import dump, load
from app.reports.never_printed import is_forbidden
from app.runtime import resources

CHINESE = re.compile(r"[㐀-鿿]")


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


@pytest.fixture(scope="module")
def diagnosis(playbook: Playbook) -> Diagnosis:
    return playbook.diagnosis


@pytest.fixture(scope="module")
def archive(playbook: Playbook) -> Archive:
    return playbook.archive


def parts(playbook: Playbook) -> tuple[object, ...]:
    return (playbook.enumerations, playbook.archive, playbook.formulas, playbook.parameters, playbook.diagnosis)


def texts(value: object) -> Iterator[Text]:
    """Every text within a domain object."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for element in value:
            yield from texts(element)
    elif is_dataclass(value):
        for field in fields(value):
            if field.init:
                yield from texts(getattr(value, field.name))


def test_the_whole_playbook_loads() -> None:
    check_playbook(load_playbook())


def test_every_text_is_there_in_both_languages(playbook: Playbook) -> None:
    found = [text for part in parts(playbook) for text in texts(part)]
    assert len(found) > 700
    assert [t for t in found if not t.zh.strip() or not t.en.strip()] == []


def test_english_texts_hold_no_chinese_and_chinese_texts_are_chinese(playbook: Playbook) -> None:
    found = [text for part in parts(playbook) for text in texts(part)]
    assert [t.en for t in found if CHINESE.search(t.en)] == []
    assert [t.zh for t in found if not CHINESE.search(t.zh) and re.search("[A-Za-z]", t.zh)] == []


def test_chinese_sentences_use_chinese_punctuation(playbook: Playbook) -> None:
    found = [text.zh for part in parts(playbook) for text in texts(part)]
    assert [zh for zh in found if re.search(r"[㐀-鿿]\s*[,;?!:]|[,;?!:]\s*[㐀-鿿]|[㐀-鿿]\(", zh)] == []


def test_there_are_14_items_of_three_criteria_and_three_measures_each(diagnosis: Diagnosis) -> None:
    assert [item.code for item in diagnosis.items] == [f"D{n:02}" for n in range(1, 15)]
    criteria = [c.key for item in diagnosis.items for c in item.criteria]
    measures = [m.code for item in diagnosis.items for m in item.measures]
    assert criteria == [f"D{n:02}.k{k}" for n in range(1, 15) for k in (1, 2, 3)]
    assert measures == [f"D{n:02}-{m}" for n in range(1, 15) for m in (1, 2, 3)]
    assert len(measures) == 42


def test_every_item_asks_four_different_questions(diagnosis: Diagnosis) -> None:
    asked = [text for item in diagnosis.items for text in texts(item.questions)]
    assert len(asked) == len(set(asked)) == 14 * 4
    assert [t.zh for t in asked if not t.zh.endswith("？")] == []
    assert [t.en for t in asked if not t.en.endswith("?")] == []


def test_every_metric_has_its_formula_and_somebody_who_computes_it(playbook: Playbook) -> None:
    used = [c.metric for item in playbook.diagnosis.items for c in item.criteria if c.metric]
    assert {m.formula for m in used if m.formula not in playbook.formulas} == set()
    assert {m.key for m in used} == set(METRICS)
    assert len(used) == len(METRICS)


def test_the_formulas_of_stock_and_profit_are_all_there(playbook: Playbook) -> None:
    assert [f"F{n}" for n in range(28, 38) if f"F{n}" not in playbook.formulas] == []


def test_the_criteria_that_the_law_asks_for_stay_visible(diagnosis: Diagnosis) -> None:
    assert [c.key for c in diagnosis.always_visible] == ["D10.k1", "D13.k3", "D14.k3"]


def test_the_hard_fails_are_those_of_the_reference(diagnosis: Diagnosis) -> None:
    fails = {c.key: c.hard_fail.grade_c for item in diagnosis.items for c in item.criteria if c.hard_fail}
    assert fails == {
        "D06.k3": False,
        "D10.k1": True,
        "D10.k3": True,
        "D13.k3": False,
        "D14.k2": False,
        "D14.k3": True,
    }


def test_the_measures_that_go_up_are_those_of_the_reference(diagnosis: Diagnosis) -> None:
    measures = [m for item in diagnosis.items for m in item.measures]
    assert [m.code for m in measures if m.support_request] == [
        *("D01-3", "D02-3", "D04-3", "D05-3", "D06-3", "D09-3", "D10-2", "D10-3", "D11-3"),
        *("D13-2", "D13-3", "D14-1", "D14-2", "D14-3"),
    ]
    assert [m.code for m in measures if m.may_need_support] == ["D09-1"]
    assert [m.code for m in measures if m.compliance] == ["D06-3", "D14-1", "D14-2", "D14-3"]


def test_no_measure_that_may_be_printed_says_what_a_customer_must_not_read(diagnosis: Diagnosis) -> None:
    printable = [m.name for item in diagnosis.items for m in item.measures if not m.internal]
    assert [t for t in printable if is_forbidden(t.zh) or is_forbidden(t.en)] == []
    assert {i.code for i in diagnosis.items if is_forbidden(i.name.zh)} <= {
        i.code for i in diagnosis.items if i.internal
    }


def test_every_field_of_the_archive_has_a_column_and_every_column_a_field(archive: Archive) -> None:
    synced = {"id", "version", "changed_at", "changed_by", "deleted_at", "created_at", "revision"}
    columns = {column.key for column in Customer.__table__.columns}
    on = {f.key for f in archive.fields if not f.off and f.owner is not Owner.COMPUTED}
    assert on <= columns
    assert columns - on - synced == set()


def test_what_is_never_carried_on_a_laptop_is_no_field(archive: Archive) -> None:
    words = ("bank", "card", "passw", "ethnic", "spouse", "marital", "tax", "id_no", "suspect")
    assert [f.key for f in archive.fields if any(word in f.key for word in words)] == []


def test_the_relation_module_is_off_and_asks_for_consent(archive: Archive) -> None:
    relation = archive.of_section(Section.RELATION, with_off=True)
    assert [f.key for f in relation] == ["preferred_address", "birthday_md", "contact_time_preference", "care_note"]
    assert all(f.off and f.consent and f.pii is not PersonalData.NONE for f in relation)
    assert archive.of_section(Section.RELATION) == ()


def test_tier_and_credit_are_read_only(archive: Archive) -> None:
    for key in ("tier", "cigar_tier", "credit_level", "credit_score", "law_class", "supply_state", "cust_code"):
        field = archive.field(key)
        assert field is not None
        assert not field.owner.editable, key


def test_expected_forms_fit_what_they_describe(archive: Archive) -> None:
    examples = {"license_no": "330100123456", "biz_license_no": "91330100MA2B3C4D5E", "birthday_md": "03-05",
                    "phone_main": "0571-55500101"}  # fmt: skip
    described = {f.key: f.expect for f in archive.fields if f.expect}
    assert described.keys() == examples.keys()
    assert [key for key, pattern in described.items() if not re.fullmatch(pattern, examples[key])] == []


def test_fields_that_need_a_code_list_have_one(archive: Archive, playbook: Playbook) -> None:
    for field in archive.fields:
        listed = field.type in {FieldType.ENUM, FieldType.MULTI_ENUM}
        assert listed == (field.enum is not None and field.enum in playbook.enumerations), field.key


def test_the_composite_code_is_made_of_the_listed_letters(playbook: Playbook) -> None:
    lists = playbook.enumerations
    assert set(lists["business_format"].codes) == set("ZBSNYFQ")
    assert set(lists["market_type"].codes) == set("CX")
    assert lists["size_class"].codes == ("1", "2", "3")


def test_every_ending_of_a_visit_has_its_reasons(playbook: Playbook) -> None:
    outcome = playbook.enumerations["visit_outcome"]
    assert set(outcome.codes) == {ending.value for ending in ENDINGS}
    assert [c.code for c in outcome.choices if not c.details] == []
    assert playbook.enumerations["cause_kind"].codes == tuple(CauseKind)


def test_an_unknown_code_is_shown_as_it_is(playbook: Playbook) -> None:
    formats = playbook.enumerations["business_format"]
    assert formats.label("Z") == Text("食杂店", "Grocery")
    assert formats.label("IC") == Text("IC", "IC")
    assert "IC" not in formats
    assert playbook.enumerations.label("no such list", "x") == Text("x", "x")
    outcome = playbook.enumerations["visit_outcome"].choice("closed")
    assert outcome is not None
    assert outcome.detail("flood") == Text("flood", "flood")


@pytest.mark.parametrize(
    ("enumeration", "written", "code"),
    [
        ("business_format", "食杂店", "Z"),
        ("business_format", " ｚ ", "Z"),
        ("business_format", "烟酒店", "Y"),
        ("market_type", "农网", "X"),
        ("trading_area", "商务区", "office"),
        ("market_type_sub", "111", "main_urban"),
        ("weekday", "星期六", "6"),
        ("credit_level", "aaa", "AAA"),
        ("site_rating", "GOOD", "good"),
        ("site_rating", "excellent", None),
    ],
)
def test_what_a_file_writes_is_recognised(playbook: Playbook, enumeration: str, written: str, code: str | None) -> None:
    assert playbook.enumerations[enumeration].find(written) == code


def test_a_spelling_means_one_code_only(playbook: Playbook) -> None:
    for enumeration in playbook.enumerations.lists:
        meant = [s for c in enumeration.choices for s in {c.code, c.name.zh, c.name.en, *c.aliases}]
        lower = [s.casefold() for s in meant]
        own_code = {c.code.casefold() for c in enumeration.choices}
        doubled = {s for s in lower if lower.count(s) > 1} - own_code
        assert doubled == set(), enumeration.id


@pytest.mark.parametrize(
    ("price", "code"), [(10_000, "1"), (9_999, "2"), (7_000, "2"), (3_000, "3"), (1_650, "4"), (1_649, "5"), (-1, None)]
)
def test_a_transfer_price_falls_into_one_price_class(playbook: Playbook, price: int, code: str | None) -> None:
    assert playbook.enumerations["price_class"].code_for(price) == code


def test_bands_leave_no_gap_and_do_not_overlap(playbook: Playbook) -> None:
    for name, numbers in (
        ("price_class", range(0, 20_000, 7)),
        ("daily_buyers_band", range(500)),
        ("law_class", range(101)),
    ):
        choices = playbook.enumerations[name].choices
        assert {sum(c.holds(n) for c in choices) for n in numbers} == {1}, name


def test_codes_that_answer_a_criterion_have_a_grade(playbook: Playbook) -> None:
    lists = playbook.enumerations
    assert [lists["influence"].grade(c) for c in ("strong", "ordinary", "weak")] == list(State)
    assert [lists["credit_level"].grade(c) for c in ("AAA", "B", "D", "?", None)] == [*State, None, None]


def test_the_bounds_of_cover_are_the_same_for_advice_and_diagnosis(playbook: Playbook) -> None:
    criterion = playbook.diagnosis.criterion("D04.k2")
    assert criterion is not None
    assert criterion.metric is not None
    ordering = playbook.parameters.ordering
    assert (criterion.metric.thresholds.b_min, criterion.metric.thresholds.b_max) == (
        ordering.cover_low,
        ordering.cover_high,
    )


def test_the_channel_criterion_calls_ordinary_what_gives_no_hint(playbook: Playbook) -> None:
    criterion = playbook.diagnosis.criterion("D10.k2")
    assert criterion is not None
    assert criterion.metric is not None
    channel = playbook.parameters.channel
    assert (criterion.metric.thresholds.a_min, criterion.metric.thresholds.a_max) == (
        channel.hint_low,
        channel.hint_high,
    )


def test_cadence_names_terminal_levels_that_exist_and_ends_with_all_others(playbook: Playbook) -> None:
    classes = playbook.parameters.cadence.classes
    levels = {level for c in classes for level in c.terminal_levels}
    assert levels <= set(playbook.enumerations["terminal_level"].codes)
    assert (classes[-1].tier_from, classes[-1].terminal_levels) == (None, ())


def test_a_part_is_read_once(tmp_path: Path) -> None:
    playbook = load_playbook(cache=tmp_path)
    assert playbook.diagnosis is playbook.diagnosis


def test_what_is_kept_ready_equals_what_was_validated(playbook: Playbook, tmp_path: Path) -> None:
    check_playbook(load_playbook(cache=tmp_path))
    again = load_playbook(cache=tmp_path)
    assert parts(again) == parts(playbook)
    assert all(load(dump(part)) == part for part in parts(playbook))


def test_a_second_start_neither_reads_yaml_nor_validates(tmp_path: Path) -> None:
    check_playbook(load_playbook(cache=tmp_path))
    code = (
        "import sys; from pathlib import Path; from app.playbooks import check_playbook, load_playbook;"
        "check_playbook(load_playbook(cache=Path(sys.argv[1])));"
        "print('pydantic' in sys.modules, 'yaml' in sys.modules)"
    )
    root = resources.path("").parent
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["False", "False"]
