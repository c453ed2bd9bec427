"""Why a figure was corrected and why a brand or shop is of its kind: asked on the forecast page in the real program."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.forecast_process import Kinded, Steadiness
from app.services.forecast_views import KindRow, SaidKind
from app.ui.pages.forecast.desk_lines import Line
from app.ui.pages.forecast.kinds_panel import KindsTable
from tests.real_program import Program
from tests.ui.forecast_page_driver import Desk
from tests.ui.forecast_room import desk, program

__all__ = ["desk", "program"]


def test_the_reason_is_asked_beside_the_table_and_given_by_a_number(desk: Desk) -> None:
    line = desk.stand_on(0)
    desk.type("80")
    assert desk.stands_on().key != line.key
    assert line.name in desk.program.find(QWidget, "reasonCard").accessibleName()
    assert desk.same(line).lacks_reason
    desk.program.key(Qt.Key.Key_1, alt=True)
    desk.program.rest()
    said = desk.same(line).correction
    assert said is not None
    assert said.reason == "festival"
    assert desk.stands_on().key != line.key


def test_no_reason_is_presumed_and_the_missing_ones_are_asked_in_a_row_before_submitting(desk: Desk) -> None:
    lines = [desk.stand_on(row) for row in range(3)]
    desk.stand_on(0)
    for value in ("80", "81", "82"):
        desk.type(value)
    assert _reasons(desk, lines) == ["", "", ""]
    asked = {one.product for one in desk.view.unexplained}
    assert asked == {line.name for line in lines}
    desk.program.click("deskSubmit")
    assert not desk.program.is_shown("submitNow")
    card = desk.program.find(QWidget, "reasonCard")
    for left, key in ((3, Qt.Key.Key_1), (2, Qt.Key.Key_2)):
        assert len([name for name in asked if name in card.accessibleName()]) == 1, left
        assert desk.stands_on().name in card.accessibleName()
        desk.program.key(key)
    desk.program.click("reason_other")
    assert card.isVisible(), "other says nothing by itself"
    desk.program.type("roadworks", "reasonNote")
    desk.program.key(Qt.Key.Key_Return)
    assert not card.isVisible()
    desk.program.rest()
    assert desk.view.unexplained == ()
    assert sorted(_reasons(desk, lines)) == ["event", "festival", "other"]
    assert desk.program.focused.objectName() == "submitNow"
    desk.program.click("submitLater")


def _reasons(desk: Desk, lines: list[Line]) -> list[str]:
    said = (desk.same(line).correction for line in lines)
    return [one.reason for one in said if one is not None]


def test_asking_for_reasons_can_be_left_and_nothing_is_submitted(desk: Desk) -> None:
    desk.stand_on(0)
    desk.type("80")
    before = desk.view.submission
    desk.program.click("deskSubmit")
    desk.program.key(Qt.Key.Key_Escape)
    assert desk.program.focused is desk.table
    desk.program.rest()
    assert desk.view.submission == before


def test_an_opportunity_that_was_named_before_can_be_picked(desk: Desk) -> None:
    desk.stand_on(0)
    desk.type("80")
    desk.stand_on(0)
    desk.program.type("temple fair", "reasonOpportunity")
    desk.program.rest()
    other = desk.stand_on(1)
    desk.type("70")
    desk.stand_on(1)
    desk.program.wait(lambda: desk.program.is_shown("known_temple fair"), "the known opportunities")
    desk.program.click("known_temple fair")
    desk.program.rest()
    said = desk.same(other).correction
    assert said is not None
    assert said.opportunity == "temple fair"


def test_f4_leads_to_the_reasons_and_a_digit_chooses_and_comes_back(desk: Desk) -> None:
    line = desk.stand_on(0)
    desk.type("80")
    desk.stand_on(0)
    desk.program.key(Qt.Key.Key_F4)
    assert desk.program.find(QWidget, "reasonCard").isAncestorOf(desk.program.focused)
    desk.program.key(Qt.Key.Key_2)
    desk.program.rest()
    said = desk.same(line).correction
    assert said is not None
    assert said.reason == "event"
    assert desk.program.focused is desk.table


def test_a_note_and_the_opportunity_are_kept_and_taken_back_in_one_step(desk: Desk) -> None:
    line = desk.stand_on(0)
    desk.type("80")
    desk.stand_on(0)
    desk.program.type("roadworks", "reasonNote")
    desk.program.type("fair", "reasonOpportunity")
    desk.program.rest()
    said = desk.same(line).correction
    assert said is not None
    assert (said.note, said.opportunity) == ("roadworks", "fair")
    desk.stand_on(0)
    desk.program.key(Qt.Key.Key_Z, ctrl=True)
    desk.program.rest()
    said = desk.same(line).correction
    assert said is not None
    assert (said.value, said.note) == (80, "")


def test_the_kind_of_a_brand_is_said_with_a_reason_taken_back_and_left_to_the_rule(
    program: Program, desk: Desk
) -> None:
    line = desk.stand_on(1)
    assert line.kind is not None
    ruled = line.kind.kind
    program.rest()
    program.click("forecastKind")
    program.rest()
    kinds = desk.page.of_kinds
    table = program.find(KindsTable, "kindsTable")
    assert program.find(QWidget, "kindCard").accessibleName() == line.name

    def shown() -> KindRow:
        row = kinds.rows.row_at(table.currentIndex().row())
        assert row is not None
        assert row.product_id == line.key[0]
        return row

    kinds.focus_table()
    program.key(Qt.Key.Key_Space)
    assert shown().said is None, "it waits for its reason"
    program.key(Qt.Key.Key_8)
    program.wait(lambda: shown().said is not None, "the kind said by hand")
    assert program.focused is table
    assert shown().said == SaidKind(shown().kinded.kind, "told")
    assert shown().kinded.kind is not ruled
    program.key(Qt.Key.Key_Z, ctrl=True)
    program.wait(lambda: shown().said is None, "taken back")
    program.key(Qt.Key.Key_Y, ctrl=True)
    program.wait(lambda: shown().said is not None, "said again")
    desk.page.show_desk()
    program.wait(lambda: _kind(desk, line).by_hand, "the desk")
    desk.page.show_kinds()
    program.rest()
    kinds.focus_table()
    program.key(Qt.Key.Key_Delete)
    program.wait(lambda: shown().said is None, "the rule again")
    assert shown().kinded.kind is ruled


def test_volatile_shops_are_listed_and_a_kind_without_a_reason_is_forgotten(program: Program, desk: Desk) -> None:
    desk.page.show_kinds()
    program.choose("kindsWhose", 2)
    program.rest()
    kinds = desk.page.of_kinds
    every = desk.page.kinds.all_rows
    program.click("kinds_difficult")
    assert {row.code for row in kinds.rows.rows} == {
        row.code for row in every if row.kinded.kind is Steadiness.DIFFICULT
    }
    assert all(row.kinded.signs for row in kinds.rows.rows)
    program.click("kinds_difficult")
    kinds.focus_table()
    program.key(Qt.Key.Key_Space)
    assert kinds.kind.is_asking
    program.key(Qt.Key.Key_Escape)
    assert not kinds.kind.is_asking
    program.rest()
    assert all(row.said is None for row in desk.page.kinds.all_rows)
    program.choose("kindsWhose", 1)


def _kind(desk: Desk, line: Line) -> Kinded:
    kinded = desk.same(line).kind
    assert kinded is not None
    return kinded
