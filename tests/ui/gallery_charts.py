"""Charts and the route of the gallery."""

import random
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QWidget,
)

from app.domain.text import Language
from app.ui.look.formats import format_month
from app.ui.widgets.bar_chart import Bar, BarChart
from app.ui.widgets.card import Card
from app.ui.widgets.line_chart import LineChart, LinePoint
from app.ui.widgets.radar_chart import RadarAxis, RadarChart
from app.ui.widgets.route_sketch import RouteSketch, RouteStop
from app.ui.widgets.sparkline import Sparkline


def charts(zh: bool) -> QWidget:
    page = QWidget()
    page.setObjectName("page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    grid = QGridLayout(page)
    months = [format_month(date(2026, m, 1), Language.ZH if zh else Language.EN) for m in range(1, 13)]
    line = LineChart("购进量" if zh else "Bought")
    line.set_points(
        [
            LinePoint(m, v, p)
            for m, v, p in zip(
                months,
                (35, 55, 46, 66, 80, 76, 60, 53, 72, 90, 99, None),
                (26, 46, 42, 56, 72, 82, 56, 46, 55, 78, 80, 85),
                strict=True,
            )
        ]
    )
    card = Card(
        "购进量 · 条/月" if zh else "Bought · cartons a month",
        hint="— 今年  ┄ 去年同期" if zh else "— this year  ┄ last year",
    )
    card.body.addWidget(line)
    grid.addWidget(card, 0, 0, 1, 2)
    bars = BarChart("雅韵(硬)")
    values = (6.5, 8.7, 7.6, 9.8, 8.7, 10.9, 9.8, 8.7, 7.6, 9.8, 10.9, 9.8)
    items = [
        Bar(v, {0: "9 月", 5: "10 月", 9: "11 月"}.get(i, "") if zh else {0: "Sep", 5: "Oct", 9: "Nov"}.get(i, ""))
        for i, v in enumerate(values)
    ]
    items += [
        Bar(v, ("预测" if zh else "forecast") if i == 1 else "", is_forecast=True, low=v - 2, high=v + 2)
        for i, v in enumerate((9.8, 9.4, 9.6))
    ]
    bars.set_bars(items)
    card = Card("为什么建议订 10 条?" if zh else "Why 10 cartons?")
    card.body.addWidget(bars)
    spark = Sparkline((3, 3.1, 3, 3.4, 2.9, 3, None, 2.9, 3.3, 3, 2.9, 3))
    card.body.addWidget(spark)
    grid.addWidget(card, 1, 0)
    radar = RadarChart("诊断")
    labels = (
        "陈列设施",
        "商品展示",
        "产品组合",
        "商品库存",
        "推荐能力",
        "市场信息",
        "服务态度",
        "重视程度",
        "配合程度",
        "订单管理",
        "进货渠道",
        "明码标价",
        "守法经营",
        "终端建设",
    )
    if not zh:
        labels = (
            "Fixtures",
            "Display",
            "Assortment",
            "Stock",
            "Advice",
            "Market info",
            "Service",
            "Attention",
            "Cooperation",
            "Orders",
            "Channel",
            "Price tags",
            "Law",
            "Outlet",
        )
    radar.set_axes([RadarAxis(n, g, p) for n, g, p in zip(labels, "BACBBCABBCAABB", "BBCBBBBBBCBBBC", strict=True)])
    card = Card("诊断雷达" if zh else "Diagnosis")
    card.body.addWidget(radar, 1)
    grid.addWidget(card, 1, 1)
    route = RouteSketch("路线" if zh else "Route")
    r = random.Random(3)  # noqa: S311
    places = [(30 + r.random() * 0.1, 120 + r.random() * 0.1) for _ in range(12)]
    route.set_route(
        [RouteStop(str(i), i + 1, a, b, f"店 {i}", is_done=i < 2) for i, (a, b) in enumerate(places)],
        [(30 + r.random() * 0.1, 120 + r.random() * 0.1) for _ in range(60)],
    )
    route.set_current("2")
    card = Card("路线" if zh else "Route", hint="48 km", flush=True)
    card.body.addWidget(route)
    grid.addWidget(card, 0, 2, 2, 1)
    grid.setColumnStretch(2, 1)
    return page
