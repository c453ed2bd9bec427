"""Lines break where a Chinese typesetter would break them."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.reports import fonts
from app.reports.line_breaking import NEVER_FIRST, NEVER_LAST, Line, Run, break_lines
from app.reports.paper import Style

fonts.register()
STYLE = Style(fonts.REGULAR, 10.0, "#000000")
BOLD = Style(fonts.BOLD, 10.0, "#000000")


def lines_of(text: str, width: float) -> list[str]:
    return [written(line) for line in break_lines([Run(text, STYLE)], width)]


def written(line: Line) -> str:
    return "".join(run.text for run in line)


def test_chinese_breaks_anywhere_but_before_a_closing_sign() -> None:
    assert lines_of("一二三四五，六七", 50) == ["一二三四", "五，六七"]
    assert lines_of("一二三（四五），六", 60) == ["一二三（四", "五），六"]


def test_a_line_does_not_end_with_an_opening_sign() -> None:
    assert lines_of("一二三四（五）", 50) == ["一二三四", "（五）"]


def test_latin_words_and_numbers_stay_whole() -> None:
    assert lines_of("共 12,345 bottles 到店", 50) == ["共 12,345", "bottles 到", "店"]


def test_a_word_wider_than_the_line_is_cut_and_nothing_is_lost() -> None:
    lines = lines_of("Incomprehensibilities。", 40)
    assert "".join(lines) == "Incomprehensibilities。"
    assert not lines[-1].startswith("。")


def test_two_dashes_stay_together() -> None:
    assert lines_of("一二三四——五", 50) == ["一二三", "四——五"]


def test_a_text_that_fits_exactly_is_one_line() -> None:
    assert lines_of("一二三四五", 50) == ["一二三四五"]
    assert lines_of("一二三四五", 49.9) == ["一二三四", "五"]


def test_line_ends_and_tabs_become_spaces_and_shapeless_characters_vanish() -> None:
    assert lines_of("一\n二\t三\u200b四", 500) == ["一 二 三四"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert lines_of("", 50) == [""]


def test_styles_are_kept_across_a_break() -> None:
    lines = break_lines([Run("雅韵（硬）", BOLD), Run(" 三类", STYLE)], 60)
    assert [[(run.text, run.style) for run in line] for line in lines] == [
        [("雅韵（硬）", BOLD)],
        [("三类", STYLE)],
    ]


@given(
    st.lists(
        st.sampled_from(["一", "二字", "word", "12.5", "（甲）", "，", "。", " ", "「乙", "」", "—", "8 条"]),
        max_size=60,
    ),
    st.floats(min_value=45, max_value=200),
)
def test_nothing_is_lost_no_line_is_too_long_and_no_sign_stands_wrong(pieces: list[str], width: float) -> None:
    text = "".join(pieces)
    lines = lines_of(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in break_lines([Run(text, STYLE)], width):
        assert sum(run.width for run in line) <= width + 0.01
    if re.search(r"[，。）」—]{3}", text):
        return  # more signs in a row than a line may hold: something has to give
    for before, after in pairwise(lines):
        assert after[0] not in NEVER_FIRST
        assert before[-1] not in NEVER_LAST
