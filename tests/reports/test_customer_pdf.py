"""The customer's sheet: what it says, what it never says, and that it is the same file for the same data."""

import errno
import hashlib
import os
import pickle
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.domain.customer_summary import (
    AgreedStep,
    ClassLine,
    CustomerSummary,
    KeyFigures,
    MonthLine,
    SkuRemark,
    SuggestionLine,
    TopSku,
    Unit,
)
from app.domain.text import Language
from app.reports.customer_pdf import customer_pdf_bytes, write_customer_pdf
from app.reports.never_printed import is_forbidden, withheld
from app.reports.preview import page_images

ROOT = Path(__file__).resolve().parents[2]
SIDE_MARGIN = 38


def pages_of(summary: CustomerSummary) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(customer_pdf_bytes(summary))).pages]


def words_of(summary: CustomerSummary) -> str:
    """Return all that is printed, without spaces, as the reader sees it."""
    return re.sub(r"\s", "", "".join(pages_of(summary)))


def a_bare_summary(**fields: Any) -> CustomerSummary:
    bare = CustomerSummary(Language.ZH, "老周食杂店", "", date(2026, 11, 21), Unit("条", "条"), "¥")
    return replace(bare, **fields)


def test_the_chinese_sheet_says_everything_that_is_known(chinese_summary: CustomerSummary) -> None:
    printed = words_of(chinese_summary)
    for expected in (
        "老周食杂店·经营小结", "2026年11月21日拜访", "上次11月5日", "仅供持证零售客户", "订货日周六",
        "许可证有效期至2027-03-31",
        "近四周购进86条去年同期98条", "单条值118元比去年同期+4元", "估算毛利1,020元毛利率10.1%（按标价）",
        "8/8次近8个周期",
        "每月购进（条）", "主要是三类烟", "三类12849.6%12,544元", "大河（硬）三类44−3", "老城（硬红）四类现存18条",
        "青山（细支）二类11月14日起", "雅韵（硬）三类98.610一周内可能断货", "合计31",
        "补齐6张价签，全部品规明码标价客户经理11-21已完成",
        "陈喆0571-55500101", "订货服务0571", "下次拜访11月28日",
        "旧签请在月底前撤下", "店主签字", "请勿向未成年人售烟", "一货一签",
    ):  # fmt: skip
        assert expected in printed, expected


def test_who_is_not_known_is_left_out(chinese_summary: CustomerSummary) -> None:
    assert "专卖管理员" not in words_of(chinese_summary)
    assert "客户经理签字" in words_of(a_bare_summary())
    assert "客户经理—" not in words_of(a_bare_summary())


def test_the_english_sheet_says_everything_that_is_known(english_summary: CustomerSummary) -> None:
    printed = words_of(english_summary)
    for expected in (
        "Hy-VeeFoodStore#2/Marion–Businesssummary", "Visitof30April2022", "Boughtin4weeks437bottleslastyear452bottles",
        "Valueperbottle$14.37−$0.21onlastyear", "$3,141marginrate33.3%(atshelfprice)", "7/8last8cycles",
        "Canadianwhiskies31124.3%$4,631", "Creamliqueurs20——", "TitosHandmadeVodkaAmericanvodkas78+22",
        "BlackVelvetCanadianwhiskies—11.412Sellseveryweek", "Shopkeeper7MayNew", "Nosaletominors",
    ):  # fmt: skip
        assert expected in printed, expected


def test_an_english_sheet_has_no_chinese_words_and_a_chinese_one_no_english(
    english_summary: CustomerSummary, chinese_summary: CustomerSummary
) -> None:
    assert not re.search(r"[\u4e00-\u9fff]", words_of(english_summary))
    assert not re.search(r"[A-Za-z]", words_of(chinese_summary).replace("F33b", "").replace("F33", ""))


def test_the_same_data_give_the_same_bytes_in_every_process(chinese_summary: CustomerSummary, tmp_path: Path) -> None:
    here = hashlib.sha256(customer_pdf_bytes(chinese_summary)).hexdigest()
    assert hashlib.sha256(customer_pdf_bytes(chinese_summary)).hexdigest() == here
    data = tmp_path / "summary.pickle"
    data.write_bytes(pickle.dumps(chinese_summary))
    program = (
        "import hashlib, pathlib, pickle, sys; from app.reports.customer_pdf import customer_pdf_bytes;"
        "print(hashlib.sha256(customer_pdf_bytes(pickle.loads(pathlib.Path(sys.argv[1]).read_bytes()))).hexdigest())"
    )
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", program, str(data)],
            capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        assert run.stdout.strip() == here


def test_sheets_made_at_the_same_time_do_not_disturb_each_other(
    chinese_summary: CustomerSummary, english_summary: CustomerSummary
) -> None:
    alone = [customer_pdf_bytes(chinese_summary), customer_pdf_bytes(english_summary)]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(customer_pdf_bytes, [chinese_summary, english_summary] * 4))
    assert together == alone * 4


def test_a_changed_figure_gives_another_file(chinese_summary: CustomerSummary) -> None:
    changed = replace(chinese_summary, figures=replace(chinese_summary.figures, quantity=87))
    assert customer_pdf_bytes(changed) != customer_pdf_bytes(chinese_summary)


def test_a_missing_value_is_a_dash_and_never_a_zero() -> None:
    summary = a_bare_summary(
        months=(MonthLine("10月", None, 5), MonthLine("11月", 7, None)),
        classes=(ClassLine("一类", None),),
        top_skus=(TopSku("雅韵（硬）", "三类", None),),
    )
    printed = words_of(summary)
    assert "近四周购进—去年同期—" in printed
    assert "单条值—比去年同期—" in printed
    assert "估算毛利—毛利率—" in printed
    assert "按期订货—" in printed
    assert "一类———" in printed
    assert "雅韵（硬）三类——" in printed
    assert "—10月" in printed
    assert not re.search(r"(?<![\d-])0(?!\d)", printed)


def test_a_zero_is_printed_as_zero() -> None:
    summary = a_bare_summary(
        figures=KeyFigures(0, 0, 0, 0, 0, 0.0, "", 0, 8),
        months=(MonthLine("11月", 0, 0),),
        suggestions=(SuggestionLine("雅韵（硬）", "三类", 0, 0.0, 0),),
        top_skus=(TopSku("雅韵（硬）", "三类", 0, 0),),
    )
    printed = words_of(summary)
    for expected in (
        "近四周购进0条去年同期0条",
        "0.00元",
        "毛利率0.0%",
        "0/8次",
        "雅韵（硬）三类00.00",
        "三类00",
        "011月",
    ):
        assert expected in printed, expected


def test_sections_without_data_are_left_out() -> None:
    printed = words_of(a_bare_summary())
    for title in (
        "每月购进",
        "各类购进",
        "购进最多",
        "走得慢",
        "断货",
        "下次订货",
        "我们约定",
        "提醒",
        "许可证",
        "编号",
        "建议订",
    ):
        assert title not in printed, title
    assert "店主签字" in printed


def test_months_of_which_nothing_is_known_give_no_chart() -> None:
    assert "每月购进" not in words_of(a_bare_summary(months=(MonthLine("10月", None), MonthLine("11月", None))))


def test_sixty_suggestions_go_on_over_pages_with_the_head_repeated(chinese_summary: CustomerSummary) -> None:
    lines = tuple(SuggestionLine(f"规格{number:02d}号", "三类", number, 1.5, 2, "按走势") for number in range(60))
    pages = [re.sub(r"\s", "", page) for page in pages_of(replace(chinese_summary, suggestions=lines))]
    assert len(pages) >= 3
    with_rows = [page for page in pages if re.search(r"规格\d\d号", page)]
    assert len(with_rows) >= 2
    for page in with_rows:
        assert "品规现存每周约卖建议订说明" in page
    for page in with_rows[1:]:
        assert "下次订货建议（续）" in page
    found = re.findall(r"规格(\d\d)号", "".join(pages))
    assert found == [f"{number:02d}" for number in range(60)]
    for number, page in enumerate(pages, start=1):
        assert f"{number}/{len(pages)}" in page
        assert "请勿向未成年人售烟" in page


def test_a_full_sheet_is_two_pages_and_the_short_one_of_a_small_shop_one(chinese_summary: CustomerSummary) -> None:
    assert len(pages_of(chinese_summary)) == 2
    short = replace(chinese_summary, classes=(), top_skus=(), slow=(), out_of_stock=(), reminders=())
    assert len(pages_of(short)) == 1


def test_long_names_and_notes_stay_inside_the_margins() -> None:
    long = "一家名字特别长的食杂店" * 8
    word = "Incomprehensibilities" * 12
    summary = a_bare_summary(
        shop_name=long,
        code=word,
        order_rhythm=long,
        next_order=word,
        explanation=long * 3,
        figures=KeyFigures(98_765_432_100, 1, 99_999_999_999, 1, 99_999_999_999_00, 0.5, long, 8, 8),
        classes=(ClassLine(long, 1_000_000_000, 0.1, 99_999_999_999_00),),
        top_skus=(TopSku(word, long, 1_000_000_000, -1_000_000_000),),
        suggestions=(SuggestionLine(long, word, 5, 1.5, 2, (long + word) * 30),),
        slow=(SkuRemark(word, long, word),),
        steps=(AgreedStep(long * 4, word, date(2027, 1, 1), long),),
        reminders=(word, long),
    )
    width_seen = 0
    for width, height, pixels in page_images(customer_pdf_bytes(summary), 1.0):
        width_seen = max(width_seen, width)
        rows = [pixels[start : start + width * 4] for start in range(0, len(pixels), width * 4)]
        assert len(rows) == height
        for row in rows:
            assert set(row[: SIDE_MARGIN * 4]) == {255}
            assert set(row[-SIDE_MARGIN * 4 :]) == {255}
        assert all(set(row) == {255} for row in rows[:30] + rows[-24:])
    assert width_seen == 596
    assert words_of(summary).count("Incomprehensibilities") > 12 * 30


def test_what_the_sheet_may_not_say_is_left_out_and_reported(chinese_summary: CustomerSummary) -> None:
    summary = replace(
        chinese_summary,
        explanation="周边店卖得更好。",
        suggestions=(SuggestionLine("雅韵（硬）", "三类", 1, 1.0, 2, "同类店 71% 在售"),),
        slow=(SkuRemark("旧雨（硬）", "五类", "疑似串货"),),
        out_of_stock=(SkuRemark("青山（细支）", "二类", "Other shops have it"),),
        steps=(
            AgreedStep("配合度为C，下次再谈", "店主", None, "新约定"),
            AgreedStep("补齐价签", "店主", None, "新约定"),
        ),
        reminders=("了解进货渠道", "旧签请撤下"),
    )
    printed = words_of(summary)
    for never in ("周边店", "同类店", "串货", "Othershops", "配合度", "渠道"):
        assert never not in printed, never
    for kept in ("雅韵（硬）", "旧雨（硬）五类—", "补齐价签", "旧签请撤下"):
        assert kept in printed, kept
    assert len(withheld(summary)) == 6
    assert withheld(chinese_summary) == ()


def test_the_words_of_the_sheet_itself_are_allowed(
    chinese_summary: CustomerSummary, english_summary: CustomerSummary
) -> None:
    for summary in (chinese_summary, english_summary):
        for page in pages_of(summary):
            assert not is_forbidden(page)
        assert not any(page.images for page in PdfReader(BytesIO(customer_pdf_bytes(summary))).pages)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(91, None), (90, "还有90天"), (0, "还有0天"), (-1, "许可证已于2026年11月20日到期")],
)
def test_a_licence_that_ends_within_ninety_days_is_a_reminder(days: int, expected: str | None) -> None:
    printed = words_of(a_bare_summary(licence_expiry=date(2026, 11, 21) + timedelta(days=days)))
    assert "许可证有效期至" in printed
    assert ("提醒" in printed) == (expected is not None)
    if expected:
        assert expected in printed


def test_the_file_is_small(chinese_summary: CustomerSummary) -> None:
    assert len(customer_pdf_bytes(chinese_summary)) < 300_000


def test_the_file_is_written_whole_and_replaces_the_old_one(chinese_summary: CustomerSummary, tmp_path: Path) -> None:
    path = tmp_path / "经营小结.pdf"
    path.write_bytes(b"old")
    write_customer_pdf(chinese_summary, path)
    assert path.read_bytes() == customer_pdf_bytes(chinese_summary)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_full_disk_leaves_the_old_file_and_no_rest(
    chinese_summary: CustomerSummary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "summary.pdf"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_customer_pdf(chinese_summary, path)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["summary.pdf"]
