"""The small widgets: choosing by keys, steps, counts, words that are never cut, names for screen readers."""

import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.look.icons import icon_files
from app.ui.look.theme import Scheme, Theme
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip, FilterChip
from app.ui.widgets.counter_stepper import CounterStepper
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.help_tip import HelpTip
from app.ui.widgets.key_figure import KeyFigure
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.navigation_rail import Destination, NavigationRail
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.photo_strip import PhotoStrip
from app.ui.widgets.progress_line import ProgressLine
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segmented_choice import SegmentedChoice, yes_no
from app.ui.widgets.sparkline import Sparkline
from app.ui.widgets.status_pill import PillState, StatusPill
from app.ui.widgets.step_rail import Step, StepRail, StepState
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tones import Tone


def a_step_rail() -> StepRail:
    rail = StepRail()
    rail.set_steps(steps())
    return rail


def a_navigation_rail() -> NavigationRail:
    rail = NavigationRail("走访")
    rail.add(Destination("today", "today", "今日"))
    rail.set_badge("today", "3")
    return rail


def a_fact_list() -> FactList:
    facts = FactList()
    facts.set_facts((Fact("现存", "9"),))
    return facts


def steps() -> tuple[Step, ...]:
    titles = ("访前简报", "到店签到", "库存与价格")
    return tuple(Step(str(i), title, StepState.OPEN, "未做") for i, title in enumerate(titles))


BUILDERS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: Button("开始拜访", "primary", icon="next"),
    "icon button": lambda: IconButton("edit", "编辑"),
    "card": lambda: Card("档案", hint="3 / 12", scroll=True),
    "chip": lambda: Chip("订货日"),
    "filter chip": lambda: FilterChip("断货风险 2", Tone.RED),
    "counter": lambda: CounterStepper("出样品规", "规"),
    "empty state": lambda: EmptyState("today", "今天没有要拜访的客户。", "挑选"),
    "key figure": lambda: KeyFigure("近四周购进", "86", "条", "同比 −12%", Tone.RED),
    "message bar": MessageBar,
    "rail": a_navigation_rail,
    "progress": lambda: ProgressLine("上传记录"),
    "search": lambda: SearchField("搜索", "Ctrl K"),
    "choice": SegmentedChoice,
    "pill": lambda: StatusPill("离线", PillState.OFFLINE),
    "steps": a_step_rail,
    "help": lambda: HelpTip("F12", "出样率"),
    "facts": a_fact_list,
    "sparkline": lambda: Sparkline((1, None, 2)),
    "photos": lambda: PhotoStrip("拖入照片"),
    "pdf": PdfView,
    "table": lambda: TableView("订货建议"),
}


def type_text(widget: QWidget, text: str) -> None:
    """Send characters that have no key, which keyClicks cannot."""
    for character in text:
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character))


@pytest.mark.parametrize("name", BUILDERS)
def test_a_widget_is_freed_by_its_references_alone(qtbot: QtBot, name: str) -> None:
    widget = BUILDERS[name]()
    widget.resize(widget.sizeHint())
    widget.grab()
    alive = weakref.ref(widget)
    with qtbot.waitSignal(widget.destroyed):
        widget.deleteLater()
    del widget
    assert alive() is None


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("name", BUILDERS)
def test_a_widget_paints_in_both_schemes_and_bigger_with_bigger_text(name: str, scheme: Scheme, theme: Theme) -> None:
    widget = BUILDERS[name]()
    before = widget.sizeHint()
    theme.set_scheme(scheme)
    theme.set_text_scale(1.4)
    widget.ensurePolished()
    after = widget.sizeHint()
    assert not widget.grab().isNull()
    assert after.height() >= before.height()
    assert after.width() >= before.width()


def test_a_grade_is_chosen_by_letter_or_number_and_taken_back_by_delete(qtbot: QtBot) -> None:
    choice = SegmentedChoice(name="商品展示")
    qtbot.addWidget(choice)
    told: list[object] = []
    choice.chosen.connect(told.append)
    segment = choice.findChildren(QRadioButton)[0]
    for key in (Qt.Key.Key_B, Qt.Key.Key_3, Qt.Key.Key_A, Qt.Key.Key_Delete):
        qtbot.keyClick(segment, key)
    assert told == ["B", "C", "A", None]
    assert choice.value is None


def test_a_full_width_digit_chooses_too(qtbot: QtBot) -> None:
    choice = SegmentedChoice()
    qtbot.addWidget(choice)
    type_text(choice.findChildren(QRadioButton)[0], "２")
    assert choice.value == "B"


def test_a_click_chooses_and_the_same_choice_again_is_not_told_twice(qtbot: QtBot) -> None:
    choice = SegmentedChoice(yes_no("是", "否"))
    qtbot.addWidget(choice)
    told: list[object] = []
    choice.chosen.connect(told.append)
    no = choice.findChildren(QRadioButton)[1]
    qtbot.mouseClick(no, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(no, Qt.MouseButton.LeftButton)
    assert told == ["no"]
    assert no.isChecked()


def test_a_choice_that_is_shown_is_not_told(qtbot: QtBot) -> None:
    choice = SegmentedChoice()
    qtbot.addWidget(choice)
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_value("C")
    assert [s.isChecked() for s in choice.findChildren(QRadioButton)] == [False, False, True]


def test_arrows_move_between_answers_and_up_and_down_are_left_to_the_list(qtbot: QtBot) -> None:
    choice = SegmentedChoice()
    qtbot.addWidget(choice)
    choice.set_value("A")
    segment = choice.findChildren(QRadioButton)[0]
    qtbot.keyClick(segment, Qt.Key.Key_Right)
    assert choice.value == "B"
    qtbot.keyClick(segment, Qt.Key.Key_Down)
    assert choice.value == "B"


def test_a_segment_is_read_aloud_as_a_radio_button_with_its_topic(qtbot: QtBot) -> None:
    choice = SegmentedChoice(name="商品展示")
    qtbot.addWidget(choice)
    choice.set_value("B")
    interface = QAccessible.queryAccessibleInterface(choice.findChildren(QRadioButton)[1])
    assert interface.role() == QAccessible.Role.RadioButton
    assert interface.text(QAccessible.Text.Name) == "B"
    assert interface.text(QAccessible.Text.Description) == "商品展示"
    assert interface.state().checked  # type: ignore[attr-defined]


def test_a_step_is_jumped_to_by_click_or_by_keys(qtbot: QtBot) -> None:
    rail = StepRail()
    qtbot.addWidget(rail)
    rail.set_steps(steps())
    told: list[object] = []
    rail.jumped.connect(told.append)
    rows = rail.findChildren(QToolButton)
    qtbot.mouseClick(rows[2], Qt.MouseButton.LeftButton)
    rail.show()
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: rail.focusWidget() is rows[1])
    qtbot.keyClick(rows[1], Qt.Key.Key_Return)
    assert told == ["2", "1"]
    assert rows[1].accessibleName() == "2 到店签到"
    assert rows[1].accessibleDescription() == "未做"


def test_steps_that_change_keep_their_rows(qtbot: QtBot) -> None:
    rail = StepRail()
    qtbot.addWidget(rail)
    rail.set_steps(steps())
    rows = rail.findChildren(QToolButton)
    rail.set_steps((*steps()[:2], Step("2", "库存", StepState.DONE)))
    assert rail.findChildren(QToolButton) == rows
    assert rows[2].text() == "库存"


def test_the_rail_leads_to_a_page_and_marks_it(qtbot: QtBot) -> None:
    rail = NavigationRail("走访")
    qtbot.addWidget(rail)
    for key, label in (("today", "今日"), ("sync", "同步")):
        rail.add(Destination(key, key, label), at_bottom=key == "sync")
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.mouseClick(rail.findChildren(QToolButton)[1], Qt.MouseButton.LeftButton)
    assert told.args == ["sync"]
    assert [button.isChecked() for button in rail.findChildren(QToolButton)] == [False, True]


def test_nine_destinations_fit_a_low_window_with_their_words_whole(qtbot: QtBot, theme: Theme) -> None:
    rail = NavigationRail("走访")
    qtbot.addWidget(rail)
    for key in sorted(icon_files())[:9]:
        rail.add(Destination(key, key, "Customers"))
    assert rail.minimumSizeHint().height() <= 512  # 768 at 150 %
    assert QFontMetrics(theme.font("small")).horizontalAdvance("Customers") <= rail.width() - 2 * theme.size(
        "gap_small"
    )


def test_a_count_is_stepped_typed_and_taken_over(qtbot: QtBot) -> None:
    counter = CounterStepper("出样品规", "规")
    qtbot.addWidget(counter)
    counter.set_last(17, "上次 17")
    told: list[object] = []
    counter.changed.connect(told.append)
    less, more = counter.findChildren(IconButton)
    field = counter.findChildren(QLineEdit)[0]
    assert counter.value is None
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(less, Qt.MouseButton.LeftButton)
    assert told == [17, 18, 17]
    field.selectAll()
    type_text(field, "２１")
    assert counter.value == 21
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert counter.value is None
    qtbot.keyClicks(field, "=")
    assert counter.value == 17


def test_the_figure_of_a_count_stands_in_the_middle(qtbot: QtBot) -> None:
    counter = CounterStepper("出样品规", "规")
    qtbot.addWidget(counter)
    counter.set_value(21)
    counter.resize(200, counter.sizeHint().height())
    counter.show()
    less, more = counter.findChildren(IconButton)
    field = counter.findChildren(QLineEdit)[0]
    left, right = field.x() - less.geometry().right(), more.x() - field.geometry().right()
    assert abs(left - right) < field.width()


def test_a_count_never_goes_below_zero_and_words_are_refused(qtbot: QtBot) -> None:
    counter = CounterStepper("陈列位")
    qtbot.addWidget(counter)
    counter.set_value(0)
    counter.step(-1)
    assert counter.value == 0
    field = counter.findChildren(QLineEdit)[0]
    qtbot.keyClicks(field, "x")
    assert counter.value == 0
    assert field.property("problem") == "error"


def test_a_message_says_its_words_offers_its_action_and_goes_away(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    assert bar.text == ""
    bar.show_message("磁盘已满", Tone.RED, "重试")
    assert bar.text == "磁盘已满"
    with qtbot.waitSignal(bar.action_requested):
        qtbot.mouseClick(bar.findChildren(Button)[0], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.dismissed):
        qtbot.mouseClick(bar.findChildren(IconButton)[0], Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_a_long_message_breaks_into_lines_and_is_never_cut(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show_message("之前保存的都安全。请腾出一些空间;您输入的内容仍在屏幕上。" * 4, Tone.AMBER, "重试")
    assert bar.heightForWidth(360) > bar.heightForWidth(900)


def test_a_cut_label_ends_in_an_ellipsis_and_says_the_whole_in_its_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("按价位摆放,出样十九规,从低到高")
    qtbot.addWidget(label)
    label.resize(60, label.sizeHint().height())
    label.show()
    assert label.toolTip() == label.text()
    label.resize(label.sizeHint() + QSize(10, 0))
    assert label.toolTip() == ""


def test_a_flow_goes_to_the_next_line_where_the_room_ends(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    for _ in range(6):
        flow.addWidget(Chip("订货前日"))
    one_line = flow.heightForWidth(2000)
    assert flow.heightForWidth(150) > one_line
    flow.clear()
    assert flow.count() == 0


def test_a_composed_word_reaches_the_search_field_once_and_whole(qtbot: QtBot) -> None:
    field = SearchField("搜索", "Ctrl K")
    qtbot.addWidget(field)
    edited: list[str] = []
    field.textEdited.connect(edited.append)
    QApplication.sendEvent(field, QInputMethodEvent("wang", []))
    assert edited == []
    commit = QInputMethodEvent()
    commit.setCommitString("望京")
    QApplication.sendEvent(field, commit)
    assert edited == ["望京"]


def test_facts_are_replaced_as_a_whole(qtbot: QtBot) -> None:
    facts = FactList()
    qtbot.addWidget(facts)
    facts.set_facts((Fact("现存", "9"), Fact("建议", "10", strong=True)))
    facts.set_facts((Fact("现存", "8"),))
    assert facts.value_of("现存") == "8"
    with pytest.raises(KeyError):
        facts.value_of("建议")


def test_a_scrolling_card_is_never_narrower_than_its_words(qtbot: QtBot) -> None:
    card = Card("第 6 项", scroll=True)
    qtbot.addWidget(card)
    button = Button("一个很长的按钮,不能被裁掉")
    card.body.addWidget(button)
    card.ensurePolished()
    assert card.minimumSizeHint().width() > button.minimumSizeHint().width()


def test_an_icon_button_has_a_name_that_can_change_with_the_language(qtbot: QtBot) -> None:
    button = IconButton("edit", "Edit")
    qtbot.addWidget(button)
    button.set_name("编辑")
    interface = QAccessible.queryAccessibleInterface(button)
    assert interface.text(QAccessible.Text.Name) == "编辑"
    assert button.toolTip() == "编辑"


def test_a_key_figure_reads_its_name_value_and_unit(qtbot: QtBot) -> None:
    figure = KeyFigure("近四周购进", "86", "条", "同比 −12%", Tone.RED)
    qtbot.addWidget(figure)
    assert figure.accessibleName() == "近四周购进 86 条"
    figure.set_figure("")
    assert figure.accessibleName() == "近四周购进 — 条"[:-2]
    assert figure.sizeHint().width() >= figure.fontMetrics().horizontalAdvance("近四周购进") * 0.9


def test_progress_is_shown_between_nothing_and_all(qtbot: QtBot) -> None:
    line = ProgressLine("上传记录")
    qtbot.addWidget(line)
    line.set_progress(1.7, "318 / 318")
    assert line.value() == line.maximum()
    line.set_progress(-1)
    assert line.value() == 0


def test_a_language_change_renames_the_buttons_of_a_counter(qtbot: QtBot) -> None:
    counter = CounterStepper("出样品规")
    qtbot.addWidget(counter)
    QApplication.sendEvent(counter, QEvent(QEvent.Type.LanguageChange))
    assert counter.findChildren(IconButton)[0].accessibleName() == "One less"
