"""Reading cells: what people and Excel write is understood, anything else is refused with its reason."""

from datetime import date
from decimal import Decimal

import pytest

from app.domain.enumerations import Enumeration
from app.lists.converting import EXCEL_SERIAL, Value, converter
from app.lists.reasons import WORDS, Cause, ConversionError, Reason
from app.lists.targets import FieldKind, FieldSpec
from app.playbooks.loader import Playbook

DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", EXCEL_SERIAL)


def read(
    kind: FieldKind, text: str, *, choices: Enumeration | None = None, decimals: int = 2, low: int | None = None
) -> Value:
    spec = FieldSpec("field", kind, decimals=decimals, low=low, high=None if low is None else -low)
    scale = Decimal(100) if kind is FieldKind.MONEY else Decimal(1)
    return converter(spec, dates=DATES, choices=choices, scale=scale)(text)


def reason(kind: FieldKind, text: str, *, choices: Enumeration | None = None, low: int | None = None) -> Reason:
    with pytest.raises(ConversionError) as caught:
        read(kind, text, choices=choices, low=low)
    return caught.value.cause.reason


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0), ("12", 12), ("12.0", 12), ("1,200", 1200), ("１２", 12), (" 7 ", 7), ("1e3", 1000)]
)
def test_counts_are_read(text: str, value: int) -> None:
    assert read(FieldKind.COUNT, text) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("十", Reason.NOT_A_NUMBER), ("1 2", Reason.NOT_A_NUMBER), ("12条", Reason.NOT_A_NUMBER),
        ("1.5", Reason.NOT_WHOLE), ("-1", Reason.NEGATIVE), ("nan", Reason.NOT_A_NUMBER),
        ("Infinity", Reason.NOT_A_NUMBER), ("1e400000", Reason.OUT_OF_RANGE),
        ("99999999999999999", Reason.OUT_OF_RANGE),
    ],
)  # fmt: skip
def test_what_is_no_count_is_refused(text: str, why: Reason) -> None:
    assert reason(FieldKind.COUNT, text) is why


@pytest.mark.parametrize(
    ("text", "value"),
    [("104.4", 10440), ("¥1,044.00", 104400), ("１２．５", 1250), ("0", 0), ("23.3600", 2336), ("12元", 1200)],
)
def test_money_becomes_minor_units(text: str, value: int) -> None:
    assert read(FieldKind.MONEY, text) == value


def test_money_with_a_third_decimal_is_refused_and_not_rounded() -> None:
    assert reason(FieldKind.MONEY, "12.345") is Reason.TOO_MANY_DECIMALS
    assert reason(FieldKind.MONEY, "-0.01") is Reason.NEGATIVE


@pytest.mark.parametrize(
    "text",
    [
        "2022-04-30", "2022/4/30", "2022年4月30日", "20220430", "44681", "44681.5", "２０２２－０４－３０",
        "2022-04-30 00:00:00", "2022/4/30 16:05", "2022-04-30T16:05:09.123",
    ],
)  # fmt: skip
def test_days_are_read_in_every_form_of_the_profile(text: str) -> None:
    assert read(FieldKind.DATE, text) == date(2022, 4, 30)


@pytest.mark.parametrize(
    "text", ["2022-02-29", "30.04.2022", "2022-13-01", "0", "昨天", "1022-04-30", "446811", "2022", "202204"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert reason(FieldKind.DATE, text) is Reason.NOT_A_DATE


def test_a_serial_number_is_no_day_unless_the_profile_says_so() -> None:
    with pytest.raises(ConversionError):
        converter(FieldSpec("day", FieldKind.DATE), dates=("%Y-%m-%d",))("44681")


@pytest.mark.parametrize("text", ["6", "周六", "星期六", "礼拜六", "六", "Saturday", "sat", "６"])
def test_weekdays_are_read(text: str) -> None:
    assert read(FieldKind.WEEKDAY, text) == 6


def test_sunday_has_two_chinese_names_and_there_is_no_eighth_day() -> None:
    assert read(FieldKind.WEEKDAY, "周日") == read(FieldKind.WEEKDAY, "星期天") == 7
    for text in ("0", "8", "周八"):
        assert reason(FieldKind.WEEKDAY, text) is Reason.NOT_A_WEEKDAY


def test_codes_keep_their_zeros_and_lose_their_full_width() -> None:
    assert read(FieldKind.CODE, "００4301") == "004301"
    for text in ("6.90103E+12", "6.9E+12", "4.30123199001011E+16"):
        assert reason(FieldKind.CODE, text) is Reason.DIGITS_LOST


def test_text_with_lost_characters_is_refused_unless_the_publisher_lost_them() -> None:
    assert reason(FieldKind.TEXT, "春晖\ufffd烟酒") is Reason.BROKEN_CHARACTERS
    assert converter(FieldSpec("name", FieldKind.TEXT), keep_broken=True)("TF CR\ufffdME") == "TF CR\ufffdME"


def test_yes_and_no_are_read() -> None:
    assert [read(FieldKind.FLAG, text) for text in ("是", "TRUE", "1", "Y")] == [True] * 4
    assert [read(FieldKind.FLAG, text) for text in ("否", "false", "0", "n")] == [False] * 4
    assert reason(FieldKind.FLAG, "也许") is Reason.NOT_YES_OR_NO


def test_choices_are_found_by_code_name_or_other_spelling(playbook: Playbook) -> None:
    formats = playbook.enumerations["business_format"]
    found = [read(FieldKind.TEXT, text, choices=formats) for text in ("Z", "z", "食杂店", "Grocery", "烟酒店")]
    assert found == ["Z", "Z", "Z", "Z", "Y"]
    with pytest.raises(ConversionError) as caught:
        read(FieldKind.TEXT, "小卖部", choices=formats)
    assert "食杂店" in caught.value.cause.text.zh


def test_several_choices_stand_in_one_cell(playbook: Playbook) -> None:
    tags = playbook.enumerations["traffic_tag"]
    assert read(FieldKind.TAGS, "道路施工；早市拥挤;道路施工", choices=tags) == ["road_works", "market_morning"]
    assert reason(FieldKind.TAGS, "道路施工；堵", choices=tags) is Reason.UNKNOWN_CHOICE


def test_decimals_are_rounded_to_the_field_and_held_to_its_range() -> None:
    assert read(FieldKind.DECIMAL, "41.60570649", decimals=6, low=-90) == Decimal("41.605706")
    assert reason(FieldKind.DECIMAL, "90.1", low=-90) is Reason.OUT_OF_RANGE
    assert reason(FieldKind.DECIMAL, "-1") is Reason.NEGATIVE


def test_every_reason_has_words_in_both_languages() -> None:
    assert set(WORDS) == set(Reason)
    for each in Reason:
        text = Cause(each, "42").text
        assert text.zh
        assert text.en
        assert "{" not in text.zh + text.en
