"""Two sheets to print: an invented Chinese shop, and a shop as the Iowa data describe one (bottles, dollars)."""

from datetime import date

import pytest

from app.domain.customer_summary import (
    AgreedStep,
    ClassLine,
    Contact,
    ContactRole,
    CustomerSummary,
    KeyFigures,
    MonthLine,
    SkuRemark,
    SuggestionLine,
    TopSku,
    Unit,
)
from app.domain.text import Language


@pytest.fixture
def chinese_summary() -> CustomerSummary:
    """The shop of the mockup with every section filled."""
    this_year = (62, 70, 66, 74, 80, 78, 72, 69, 76, 84, 88, 86)
    last_year = (58, 66, 66, 70, 78, 82, 70, 67, 70, 80, 80, 83)
    labels = ("12月", *(f"{month}月" for month in range(1, 12)))
    return CustomerSummary(
        language=Language.ZH,
        shop_name="老周食杂店",
        code="3101 0422",
        visit_date=date(2026, 11, 21),
        previous_visit=date(2026, 11, 5),
        unit=Unit("条", "条"),
        currency="¥",
        order_rhythm="订货日 周六 · 周期 7 天",
        next_order="11 月 21 日 16:00 前下单",
        licence_expiry=date(2027, 3, 31),
        next_visit=date(2026, 11, 28),
        figures=KeyFigures(
            quantity=86,
            quantity_last_year=98,
            value_per_unit=118_40,
            value_change=4_20,
            margin=1_020_00,
            margin_rate=0.101,
            margin_basis="按标价",
            orders_on_time=8,
            orders_due=8,
        ),
        months=tuple(MonthLine(*month) for month in zip(labels, this_year, last_year, strict=True)),
        explanation="10 月比去年多 8 条，主要是三类烟；二类烟少 3 条，两个规格断货共 9 天。",
        classes=(
            ClassLine("一类", 31, 0.120, 9_455_00),
            ClassLine("二类", 52, 0.202, 9_880_00),
            ClassLine("三类", 128, 0.496, 12_544_00),
            ClassLine("四类", 40, 0.155, 2_120_00),
            ClassLine("五类", 7, 0.027, 196_00),
        ),
        top_skus=(
            TopSku("雅韵（硬）", "三类", 61, 7),
            TopSku("大河（硬）", "三类", 44, -3),
            TopSku("金穗（软）", "三类", 23, 0),
            TopSku("老城（硬红）", "四类", 22, -9),
            TopSku("云岭（细支）", "二类", 19, 2),
            TopSku("晨光（爆珠）", "二类", 17, None),
        ),
        suggestions=(
            SuggestionLine("雅韵（硬）", "三类", 9, 8.6, 10, "一周内可能断货"),
            SuggestionLine("金穗（软）", "三类", 2, 6.1, 9, "已不足两天"),
            SuggestionLine("云岭（细支）", "二类", 4, 3.0, 2),
            SuggestionLine("青山（细支）", "二类", 0, 2.4, 4, "货架上已无，按上月走势"),
            SuggestionLine("晨光（爆珠）", "二类", 1, 2.2, 3),
            SuggestionLine("大河（硬）", "三类", None, 4.8, 3, "现存未盘点，按近三个月"),
            SuggestionLine("老城（硬红）", "四类", 18, 5.4, 0, "三个月走得慢，先消化"),
        ),
        slow=(
            SkuRemark("老城（硬红）", "四类", "现存 18 条，够卖 24 天"),
            SkuRemark("旧雨（硬）", "五类", "六周没有卖出"),
        ),
        out_of_stock=(
            SkuRemark("青山（细支）", "二类", "11 月 14 日起，7 天"),
            SkuRemark("金穗（软）", "三类", "11 月 19 日起，2 天"),
        ),
        steps=(
            AgreedStep("补齐 6 张价签，全部品规明码标价", "客户经理", date(2026, 11, 21), "已完成"),
            AgreedStep("柜台一层留给新品，按价位从低到高摆放", "店主", date(2026, 11, 28), "进行中"),
            AgreedStep("「青山（细支）」先订 4 条，下次看走势", "店主", date(2026, 11, 28), "新约定"),
        ),
        contacts=(
            Contact(ContactRole.MANAGER, "陈喆", "0571-5550 0101"),
            Contact(ContactRole.ORDER_DESK, None, "0571-5550 0100"),
        ),
        reminders=("12 月 1 日起换新版价签，旧签请在月底前撤下。",),
    )


@pytest.fixture
def english_summary() -> CustomerSummary:
    """A store of the Iowa data: nothing is known of stock, licence and contacts."""
    names = ("May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr")
    this_year = (412, 455, 501, 478, 433, 466, 502, 690, 388, 402, 441, 437)
    last_year = (398, 470, 489, 455, 451, 430, None, 641, 402, 377, 420, 452)
    return CustomerSummary(
        language=Language.EN,
        shop_name="Hy-Vee Food Store #2 / Marion",
        code="2552",
        visit_date=date(2022, 4, 30),
        previous_visit=None,
        unit=Unit("bottle", "bottles"),
        currency="$",
        order_rhythm="Order day Thursday | every 7 days",
        figures=KeyFigures(437, 452, 14_37, -21, 3_140_55, 0.333, "at shelf price", 7, 8),
        months=tuple(MonthLine(*month) for month in zip(names, this_year, last_year, strict=True)),
        explanation="April fell 15 bottles short of last year, most of it Canadian whiskies; vodka grew by 22.",
        classes=(
            ClassLine("American vodkas", 402, 0.314, 3_922_10),
            ClassLine("Canadian whiskies", 311, 0.243, 4_630_75),
            ClassLine("Spiced rum", 187, 0.146, 3_366_00),
            ClassLine("Straight bourbon whiskies", 160, 0.125, 3_984_40),
            ClassLine("Whiskey liqueur", 98, 0.077, 1_470_02),
            ClassLine("Cream liqueurs", 20, None, None),
        ),
        top_skus=(
            TopSku("Black Velvet", "Canadian whiskies", 144, -18),
            TopSku("Hawkeye Vodka", "American vodkas", 132, 12),
            TopSku("Captain Morgan Original Spiced Barrel", "Spiced rum", 96, 0),
            TopSku("Fireball Cinnamon Whiskey", "Whiskey liqueur", 84, 9),
            TopSku("Titos Handmade Vodka", "American vodkas", 78, 22),
        ),
        suggestions=(
            SuggestionLine("Black Velvet", "Canadian whiskies", None, 11.4, 12, "Sells every week"),
            SuggestionLine("Hawkeye Vodka", "American vodkas", None, 10.2, 12),
            SuggestionLine("Captain Morgan Original Spiced Barrel", "Spiced rum", 0, 7.5, 9, "Counted 0 on the shelf"),
            SuggestionLine("Rumchata Gochatas", "Cream liqueurs", 14, 0.6, 0, "Enough for five months"),
        ),
        slow=(SkuRemark("Rumchata Gochatas", "Cream liqueurs", "No order for 14 weeks"),),
        steps=(
            AgreedStep(
                "Try six bottles of the new bourbon and look at it again", "Shopkeeper", date(2022, 5, 7), "New"
            ),
        ),
    )
