"""The forms for the pen: one page a shop whatever is known of it, fields in the order of the visit, nothing made up."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.planning.papers import FormSku
from app.domain.text import Language
from app.reports.visit_forms_pdf import visit_forms_pdf
from tests.reports.plan_story import a_form, a_full_row, a_row


def pages_of(pdf: bytes) -> list[str]:
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def test_a_form_asks_in_the_order_of_the_guided_visit() -> None:
    (page,) = pages_of(visit_forms_pdf((a_form(),), Language.ZH))
    asked = ("到店时间", "离店时间", "库存与价格", "现存（条）", "陈列与价签", "「禁止向未成年人售烟」标识", "14项诊断",
             "D14促销宣传", "订货指导与客户需求", "约定事项", "备注", "下次拜访日期")  # fmt: skip
    places = [page.index(words) for words in asked]
    assert places == sorted(places)
    assert "计划2026-05-11周一09:05·订货日周二上次拜访2026-04-27" in page
    assert "雅韵（硬）312.00" not in page
    assert "雅韵（硬）313.503" in page, "guide price and last count stand beside the boxes"


def test_an_internal_item_has_no_name_on_a_paper_that_the_shopkeeper_may_read() -> None:
    (page,) = pages_of(visit_forms_pdf((a_form(),), Language.EN))
    assert "D09(internal)" in page
    assert "配合程度" not in page


def test_a_shop_of_which_nothing_is_known_still_has_its_form() -> None:
    form = replace(a_form(a_row(1), skus=0), unit="", promises=())
    (page,) = pages_of(visit_forms_pdf((form,), Language.EN))
    assert "orderday—" in page
    assert "None" not in page
    assert "lastvisit" not in page
    assert "Stillopen" not in page


@pytest.mark.parametrize("language", list(Language))
def test_each_shop_has_one_page_however_long_its_names_are(language: Language) -> None:
    long = "长名品规（细支双爆珠礼盒纪念版）" * 3
    skus = (FormSku(long, 123_456_00, 12_345, None),) * 12
    form = replace(a_form(replace(a_full_row(1), name=long, problem=long * 3)), skus=skus, promises=(long,) * 9)
    pages = pages_of(visit_forms_pdf((form, a_form(), form), language))
    assert len(pages) == 3
    assert visit_forms_pdf((form,), language) == visit_forms_pdf((form,), language)


def test_a_day_without_visits_gives_a_page_that_says_so() -> None:
    assert "Novisitsareplanned" in pages_of(visit_forms_pdf((), Language.EN))[0]
