"""Buttons, fields, cards, choices, rails and bars of the gallery."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip, FilterChip
from app.ui.widgets.counter_stepper import CounterStepper
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.help_tip import HelpTip
from app.ui.widgets.key_figure import KeyFigure
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.navigation_rail import Destination, NavigationRail
from app.ui.widgets.progress_line import ProgressLine
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segmented_choice import SegmentedChoice, yes_no
from app.ui.widgets.status_pill import PillState, StatusPill
from app.ui.widgets.step_rail import Step, StepRail, StepState
from app.ui.widgets.tones import Tone


def rail(zh: bool) -> NavigationRail:
    bar = NavigationRail("走访" if zh else "Zoufang")
    names = (
        ("today", "今日", "Today"),
        ("plan", "计划", "Plan"),
        ("customers", "客户", "Customers"),
        ("visit", "拜访", "Visit"),
        ("analysis", "分析", "Analysis"),
        ("brands", "品牌", "Brands"),
        ("tasks", "任务", "Tasks"),
    )
    for key, chinese, english in names:
        bar.add(Destination(key, key, chinese if zh else english))
    bar.add(Destination("sync", "sync", "同步" if zh else "Sync"), at_bottom=True)
    bar.add(Destination("settings", "settings", "设置" if zh else "Settings"), at_bottom=True)
    bar.set_current("visit")
    bar.set_badge("tasks", "3")
    return bar


def top_bar(zh: bool) -> QWidget:
    bar = QWidget()
    bar.setObjectName("topBar")
    bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(bar)
    row.setContentsMargins(20, 10, 20, 10)
    row.addWidget(TextLabel("拜访" if zh else "Visit", "title"))
    row.addWidget(TextLabel("老周食杂店 · 第 5 步 / 8" if zh else "Old Zhou · step 5 of 8", "hint"))
    row.addWidget(
        SearchField(
            "搜索客户、品规、许可证号、拼音首字母…" if zh else "Search customers, products, licences…", "Ctrl K"
        ),
        1,
    )
    row.addStretch(1)
    row.addWidget(StatusPill("离线 · 待上传 23 条" if zh else "Offline · 23 waiting", PillState.WAITING))
    row.addWidget(StatusPill("河东三线" if zh else "Line 3"))
    return bar


def steps_card(zh: bool) -> Card:
    card = Card("老周食杂店" if zh else "Old Zhou's Shop", flush=True)
    steps = StepRail()
    names = (
        ("访前简报", "到店签到", "库存与价格", "陈列与价签", "经营诊断", "订货建议", "提升计划", "小结与签字")
        if zh
        else (
            "Brief",
            "Arrival",
            "Stock and prices",
            "Shelf and tags",
            "Diagnosis",
            "Order guidance",
            "Improvement",
            "Wrap-up",
        )
    )
    states = (StepState.DONE,) * 3 + (StepState.STARTED,) + (StepState.OPEN,) * 4
    steps.set_steps(tuple(Step(str(i), n, s) for i, (n, s) in enumerate(zip(names, states, strict=True))))
    steps.set_current("4")
    steps.set_footer("到店 10:21 · 已用 18 分\n已自动保存 10:39:07" if zh else "Arrived 10:21 · 18 min\nSaved 10:39:07")
    card.body.addWidget(steps)
    return card


def middle_card(zh: bool) -> Card:
    card = Card(
        "经营诊断 · 14 项" if zh else "Diagnosis · 14 items",
        hint="已判 12 · 键盘 A / B / C" if zh else "12 judged · keys A / B / C",
        scroll=True,
    )
    bar = MessageBar()
    bar.show_message(
        "已恢复到第 5 步第 6 项,10:39:07 之前输入的内容都在。"
        if zh
        else "Back at step 5, item 6; everything typed until 10:39:07 is here.",
        Tone.BLUE,
        "查看" if zh else "Show",
    )
    card.body.addWidget(bar)
    bar2 = MessageBar()
    bar2.show_message(
        "磁盘已满:最后一次输入没有存上。之前保存的都安全。请清理一些空间。" if zh else "The disk is full.",
        Tone.RED,
        "重试" if zh else "Try again",
    )
    card.body.addWidget(bar2)
    figures = QHBoxLayout()
    figures.addWidget(
        KeyFigure(
            "近四周购进" if zh else "Bought in 4 weeks",
            "86",
            "条" if zh else "cartons",
            "同比 −12%" if zh else "−12% on last year",
            Tone.RED,
        )
    )
    figures.addWidget(KeyFigure("单条值" if zh else "Value per carton", "118", "元", "+4 元", Tone.GREEN))
    figures.addWidget(KeyFigure("经营品规" if zh else "Products", "21", "", "同类中位 27" if zh else "Peers: 27"))
    card.body.addLayout(figures)
    for value in ("B", "A", "C", None):
        row = QHBoxLayout()
        row.addWidget(TextLabel("商品展示" if zh else "Display", "strong"))
        choice = SegmentedChoice()
        choice.set_value(value)
        row.addWidget(choice)
        yes = SegmentedChoice(yes_no("是" if zh else "Yes", "否" if zh else "No"))
        yes.set_value({"A": "yes", "C": "no"}.get(value or ""))
        row.addWidget(yes)
        row.addWidget(
            ElidedLabel(
                "按价位摆放,出样 19 / 21 规,按价位从低到高摆放,很长很长的一句话"
                if zh
                else "Sorted by price, 19 of 21 shown, a very long sentence that must be cut"
            ),
            1,
        )
        row.addWidget(HelpTip("F12", "出样率 = 出样品规 / 在售品规"))
        card.body.addLayout(row)
    flow = FlowLayout()
    for tone in Tone:
        flow.addWidget(Chip("订货日 2" if zh else f"{tone.value} tag", tone))
    for letter in "ABC":
        flow.addWidget(Chip.grade(letter))
    chip = FilterChip("断货风险 2" if zh else "At risk 2", Tone.RED)
    flow.addWidget(chip)
    chip = FilterChip("滞销 1" if zh else "Slow 1", Tone.AMBER)
    chip.setChecked(True)
    flow.addWidget(chip)
    card.body.addLayout(flow)
    counters = QHBoxLayout()
    for value, last in ((21, 21), (None, 17), (24, 24)):
        c = CounterStepper("出样品规" if zh else "Products shown", "规" if zh else "")
        c.set_last(last, f"上次 {last}" if zh else f"last {last}")
        c.set_value(value)
        counters.addWidget(c)
    card.body.addLayout(counters)
    card.body.addStretch(1)
    card.add_footer_widget(Button("库存与价格" if zh else "Stock", icon="previous"))
    card.add_footer_stretch()
    card.add_footer_widget(TextLabel("还有 2 项未判" if zh else "2 items open", "hint"))
    card.add_footer_widget(Button("订货建议" if zh else "Order guidance", "primary", icon="next", trailing_icon=True))
    return card


def right_card(zh: bool) -> Card:
    card = Card("第 6 项" if zh else "Item 6", scroll=True)
    facts = FactList()
    facts.set_facts(
        (
            Fact("下一周期预测" if zh else "Forecast", "8.6"),
            Fact("在途与提前期" if zh else "On the way", "+5.4"),
            Fact("建议" if zh else "Suggested", "10", strong=True),
        )
    )
    card.body.addWidget(facts)
    line = ProgressLine("上传记录" if zh else "Sent")
    line.set_progress(1.0, "318 / 318")
    card.body.addWidget(line)
    line = ProgressLine("接收更新" if zh else "Received")
    line.set_progress(0.73, "1,204 / 1,640")
    card.body.addWidget(line)
    card.body.addWidget(QLineEdit("附近工地开工"))
    edit = QLineEdit()
    edit.setPlaceholderText("占位" if zh else "Placeholder")
    card.body.addWidget(edit)
    combo = QComboBox()
    combo.addItems(["食杂店", "便利店"])
    card.body.addWidget(combo)
    text = QPlainTextEdit("附近工地开工,周五下午工友多")
    text.setMaximumHeight(70)
    card.body.addWidget(text)
    check = QCheckBox("只看没记的" if zh else "Only open")
    check.setChecked(True)
    card.body.addWidget(check)
    card.body.addWidget(QCheckBox("只看没记的" if zh else "Only open"))
    radio = QRadioButton("市场变化" if zh else "Market")
    radio.setChecked(True)
    card.body.addWidget(radio)
    buttons = FlowLayout()
    for kind in ("plain", "primary", "quiet", "danger"):
        buttons.addWidget(Button("电话" if zh else "Call", kind, icon="phone"))
    off = Button("不可用" if zh else "Disabled", "primary")
    off.setEnabled(False)
    buttons.addWidget(off)
    buttons.addWidget(Button("小" if zh else "Small", small=True))
    buttons.addWidget(IconButton("edit", "Edit"))
    buttons.addWidget(IconButton("more", "More", framed=True))
    card.body.addLayout(buttons)
    card.body.addWidget(
        EmptyState(
            "today",
            "今天没有要拜访的客户。" if zh else "No shop to visit today.",
            "从客户里挑选" if zh else "Choose from customers",
        )
    )
    return card


def basics(zh: bool) -> QWidget:
    page = QWidget()
    page.setObjectName("page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    grid.addWidget(rail(zh), 0, 0, 2, 1)
    grid.addWidget(top_bar(zh), 0, 1)
    row = QHBoxLayout()
    row.setContentsMargins(16, 16, 16, 16)
    row.setSpacing(14)
    row.addWidget(steps_card(zh))
    row.addWidget(middle_card(zh), 1)
    row.addWidget(right_card(zh))
    holder = QWidget()
    holder.setLayout(row)
    grid.addWidget(holder, 1, 1)
    grid.setRowStretch(1, 1)
    return page
