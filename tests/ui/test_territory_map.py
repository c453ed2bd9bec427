"""The territory map as a person uses it: pushing, zooming, lasso and frame, clicks and keys."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.look.theme import Scheme, Theme
from app.ui.widgets.map_marks import MarkStyle, Shape
from app.ui.widgets.map_overlay import round_km
from app.ui.widgets.map_scene import MapPoint
from app.ui.widgets.route_sketch import RouteStop
from app.ui.widgets.territory_map import TerritoryMap

STYLES = (MarkStyle(Shape.TRIANGLE, "red"), MarkStyle(Shape.CIRCLE, "blue", "2"))
NONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CORNERS = {"west": (30.0, 110.0), "east": (30.0, 110.4), "north": (30.2, 110.2), "south": (29.8, 110.2)}


def shown(qtbot: QtBot, places: dict[str, tuple[float, float]]) -> TerritoryMap:
    """Show shops on a map of 800 × 600."""
    map_ = TerritoryMap("Territory")
    qtbot.addWidget(map_)
    map_.resize(800, 600)
    points = [MapPoint(key, lat, lon, f"Shop {key}", f"tip of {key}") for key, (lat, lon) in places.items()]
    map_.set_shops(points, STYLES, [number % 2 for number in range(len(points))])
    map_.show()
    return map_


@pytest.fixture
def four(qtbot: QtBot) -> TerritoryMap:
    """Give a map of four shops, one at each end."""
    return shown(qtbot, CORNERS)


def many(count: int = 400) -> dict[str, tuple[float, float]]:
    """Return shops around a town, the same ones each time."""
    chance = random.Random(7)  # noqa: S311
    return {f"s{n}": (30 + chance.gauss(0, 0.1), 110 + chance.gauss(0, 0.1)) for n in range(count)}


@pytest.fixture(scope="module")
def town(_dressed: QApplication) -> TerritoryMap:
    """Give one map of many shops to all examples of a property."""
    map_ = TerritoryMap("Territory")
    map_.resize(800, 600)
    map_.set_shops([MapPoint(key, *place, key) for key, place in many().items()], STYLES, [0] * len(many()))
    map_.show()
    return map_


def drag(map_: TerritoryMap, path: Sequence[QPoint], modifier: Qt.KeyboardModifier = NONE) -> None:
    """Drag along a path with the left button."""
    QTest.mousePress(map_, LEFT, modifier, path[0])
    for at in path[1:]:
        _move(map_, at, modifier)
    QTest.mouseRelease(map_, LEFT, modifier, path[-1])


def _move(map_: TerritoryMap, at: QPoint, modifier: Qt.KeyboardModifier) -> None:
    where = QPointF(at)
    event = QMouseEvent(QEvent.Type.MouseMove, where, map_.mapToGlobal(where), Qt.MouseButton.NoButton, LEFT, modifier)
    QApplication.sendEvent(map_, event)


def turn_wheel(map_: TerritoryMap, at: QPointF, notches: int) -> None:
    """Turn the wheel over a place."""
    event = QWheelEvent(
        at, map_.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(map_, event)


def around(map_: TerritoryMap, key: str, reach: int = 30) -> list[QPoint]:
    """Return a path around a shop."""
    at = map_.place_of(key).toPoint()
    return [at + QPoint(x, y) for x, y in ((-reach, -reach), (reach, -reach), (reach, reach), (-reach, reach))]


def winding(outline: Sequence[QPoint], at: QPointF) -> int:
    """Return how often a closed outline goes around a place (the crossing rule, counted by direction)."""
    turns = 0
    for a, b in zip(outline, [*outline[1:], outline[0]], strict=True):
        side = (b.x() - a.x()) * (at.y() - a.y()) - (at.x() - a.x()) * (b.y() - a.y())
        if a.y() <= at.y() < b.y() and side > 0:
            turns += 1
        elif b.y() <= at.y() < a.y() and side < 0:
            turns -= 1
    return turns


def is_on_edge(outline: Sequence[QPoint], at: QPointF) -> bool:
    """Whether a place is as good as on the outline."""
    for a, b in zip(outline, [*outline[1:], outline[0]], strict=True):
        span = (b.x() - a.x()) ** 2 + (b.y() - a.y()) ** 2
        t = 0.0 if not span else ((at.x() - a.x()) * (b.x() - a.x()) + (at.y() - a.y()) * (b.y() - a.y())) / span
        t = min(1.0, max(0.0, t))
        if (a.x() + t * (b.x() - a.x()) - at.x()) ** 2 + (a.y() + t * (b.y() - a.y()) - at.y()) ** 2 < 1e-6:
            return True
    return False


points_of_hand = st.lists(st.builds(QPoint, st.integers(1, 799), st.integers(1, 599)), min_size=3, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(points_of_hand, st.integers(0, 6))
def test_the_lasso_selects_exactly_what_is_drawn_inside(town: TerritoryMap, path: list[QPoint], closer: int) -> None:
    town.show_all()
    town.zoom(closer * 2)
    town.set_selected([])
    if (path[1] - path[0]).manhattanLength() < 10:
        path[1] = path[0] + QPoint(10, 0)
    drag(town, path, CONTROL)
    drawn = {key: town.place_of(key) for key in many()}
    told = town.selected
    assert told == {key for key, at in drawn.items() if winding(path, at)} | {
        key for key in told if is_on_edge(path, drawn[key])
    }


def test_the_whole_territory_is_in_view_at_first_with_north_up(four: TerritoryMap) -> None:
    at = {key: four.place_of(key) for key in CORNERS}
    assert all(four.rect().contains(place.toPoint()) for place in at.values())
    assert at["north"].y() < at["west"].y() < at["south"].y()
    assert at["west"].x() < at["north"].x() < at["east"].x()


@pytest.mark.parametrize("notches", [1, 5, -2])
def test_the_wheel_keeps_what_is_under_the_cursor(four: TerritoryMap, notches: int) -> None:
    before, other = four.place_of("east"), four.place_of("west")
    turn_wheel(four, before, notches)
    assert (four.place_of("east") - before).manhattanLength() < 0.01
    assert (four.place_of("west") - other).manhattanLength() > 5


def test_dragging_pushes_the_map(four: TerritoryMap) -> None:
    before = four.place_of("north")
    drag(four, [QPoint(400, 300), QPoint(380, 300), QPoint(330, 345)])
    assert four.place_of("north") - before == QPointF(-70, 45)
    assert not four.selected


def test_what_was_pushed_looks_as_if_it_had_been_drawn_there(qtbot: QtBot) -> None:
    pushed, fresh = shown(qtbot, many(60)), shown(qtbot, many(60))
    drag(pushed, [QPoint(400, 300), QPoint(390, 300), QPoint(350, 320)])
    drag(fresh, [QPoint(400, 300), QPoint(350, 320)])
    fresh.set_selected([])  # draws all anew
    assert pushed.grab().toImage() == fresh.grab().toImage()


def test_the_lasso_and_the_frame_select_and_control_adds(four: TerritoryMap, qtbot: QtBot) -> None:
    with qtbot.waitSignal(four.selection_changed):
        drag(four, around(four, "north"), CONTROL)
    assert four.selected == {"north"}
    west = around(four, "west")
    drag(four, [west[0], west[2]], SHIFT)
    assert four.selected == {"west"}
    drag(four, around(four, "north"), CONTROL)
    assert four.selected == {"west", "north"}
    QTest.keyClick(four, Qt.Key.Key_L)
    assert four.is_lasso
    drag(four, around(four, "south"))
    assert four.selected == {"south"}


def test_clicks_select_one_add_one_and_let_go(four: TerritoryMap) -> None:
    QTest.mouseClick(four, LEFT, NONE, four.place_of("north").toPoint())
    assert four.selected == {"north"}
    QTest.mouseClick(four, LEFT, CONTROL, four.place_of("east").toPoint())
    assert four.selected == {"north", "east"}
    QTest.mouseClick(four, LEFT, CONTROL, four.place_of("north").toPoint())
    assert four.selected == {"east"}
    QTest.mouseClick(four, LEFT, NONE, QPoint(400, 300))
    assert not four.selected


def test_a_double_click_and_enter_open_a_shop(four: TerritoryMap) -> None:
    told: list[object] = []
    four.opened.connect(told.append)
    QTest.mouseDClick(four, LEFT, NONE, four.place_of("north").toPoint())
    four.set_current("west")
    QTest.keyClick(four, Qt.Key.Key_Return)
    assert told == ["north", "west"]


def test_the_arrows_go_from_shop_to_shop_and_bring_them_into_view(four: TerritoryMap) -> None:
    QTest.keyClick(four, Qt.Key.Key_Right)
    four.set_current("west")
    QTest.keyClick(four, Qt.Key.Key_Up)
    assert four.current == "north"
    QTest.keyClick(four, Qt.Key.Key_Right)
    assert four.current == "east"
    QTest.keyClick(four, Qt.Key.Key_Right)
    assert four.current == "east"
    for _ in range(8):
        QTest.keyClick(four, Qt.Key.Key_Plus)
    QTest.keyClick(four, Qt.Key.Key_Left)
    QTest.keyClick(four, Qt.Key.Key_Left)
    assert four.current == "west"
    assert four.rect().contains(four.place_of("west").toPoint())
    QTest.keyClick(four, Qt.Key.Key_Space)
    assert four.selected == {"west"}
    assert four.accessibleDescription() == "tip of west"


def test_keys_zoom_show_all_select_all_and_let_go(four: TerritoryMap) -> None:
    whole = {key: four.place_of(key) for key in CORNERS}
    QTest.keyClick(four, Qt.Key.Key_Plus)
    assert four.place_of("east").x() > whole["east"].x()
    QTest.keyClick(four, Qt.Key.Key_Minus)
    QTest.keyClick(four, Qt.Key.Key_Minus)
    assert four.place_of("east").x() < whole["east"].x()
    QTest.keyClick(four, Qt.Key.Key_0)
    assert {key: four.place_of(key) for key in CORNERS} == whole
    QTest.keyClick(four, Qt.Key.Key_A, CONTROL)
    assert four.selected == set(CORNERS)
    QTest.keyClick(four, Qt.Key.Key_L)
    QTest.keyClick(four, Qt.Key.Key_Escape)
    assert not four.selected
    assert four.is_lasso
    QTest.keyClick(four, Qt.Key.Key_Escape)
    assert not four.is_lasso


def test_escape_lets_go_of_a_line_that_is_being_drawn(four: TerritoryMap) -> None:
    path = around(four, "north")
    QTest.mousePress(four, LEFT, CONTROL, path[0])
    for at in path[1:]:
        _move(four, at, CONTROL)
    QTest.keyClick(four, Qt.Key.Key_Escape)
    QTest.mouseRelease(four, LEFT, CONTROL, path[-1])
    assert not four.selected


def test_a_ring_is_selected_as_a_whole_and_a_double_click_looks_into_it(qtbot: QtBot) -> None:
    town = shown(qtbot, many())
    key = next(key for key in many() if len(town.drawn_with(key)) > 1)
    before = town.drawn_with(key)
    QTest.mouseClick(town, LEFT, NONE, town.place_of(key).toPoint())
    assert town.selected == before
    opened: list[object] = []
    town.opened.connect(opened.append)
    QTest.mouseDClick(town, LEFT, NONE, town.place_of(key).toPoint())
    assert len(town.drawn_with(key)) < len(before)
    assert all(town.rect().contains(town.place_of(one).toPoint()) for one in before)
    assert not opened


def test_shops_at_one_spot_can_be_told_apart_when_looked_at_closely(qtbot: QtBot) -> None:
    village = shown(qtbot, {f"v{n}": (30.0, 110.0) for n in range(20)} | CORNERS)
    for _ in range(12):
        if len(village.drawn_with("v0")) > 1:
            QTest.mouseDClick(village, LEFT, NONE, village.place_of("v0").toPoint())
    assert all(village.drawn_with(f"v{n}") == {f"v{n}"} for n in range(20))
    places = [village.place_of(f"v{n}") for n in range(20)]
    assert all((a - b).manhattanLength() > 5 for i, a in enumerate(places) for b in places[:i])


def test_the_selection_and_the_view_stay_when_the_same_shops_are_read_again(four: TerritoryMap) -> None:
    four.set_selected(["north", "gone"])
    turn_wheel(four, four.place_of("east"), 4)
    before = four.place_of("east")
    four.set_shops([MapPoint(key, *place) for key, place in CORNERS.items()], STYLES, [0] * 4)
    assert four.place_of("east") == before
    assert four.selected == {"north"}
    four.set_shops([MapPoint("east", *CORNERS["east"])], STYLES, [0])
    assert not four.selected


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_marks_rings_and_the_way_are_drawn_in_the_colours_of_the_scheme(
    qtbot: QtBot, theme: Theme, scheme: Scheme
) -> None:
    theme.set_scheme(scheme)
    town = shown(qtbot, many())
    town.set_route([RouteStop("s1", 1, 30.0, 110.0), RouteStop("s2", 2, 30.05, 110.05, is_done=True)])
    image = town.grab().toImage()
    colours = {image.pixel(x, y) for x in range(image.width()) for y in range(0, image.height(), 2)}
    for token in ("map_ground", "red", "blue", "primary"):
        assert theme.color(token).rgb() in colours


def test_a_map_of_nothing_takes_every_key_and_click(qtbot: QtBot) -> None:
    empty = shown(qtbot, {})
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Plus, Qt.Key.Key_0, Qt.Key.Key_Escape):
        QTest.keyClick(empty, key)
    drag(empty, [QPoint(10, 10), QPoint(60, 10), QPoint(60, 60)], CONTROL)
    QTest.mouseDClick(empty, LEFT, NONE, QPoint(40, 40))
    assert not empty.selected
    assert empty.current is None
    assert not empty.grab().isNull()


@given(st.floats(1e-4, 1e6))
def test_the_bar_of_the_scale_has_a_round_length_that_fits(most: float) -> None:
    length = round_km(most)
    assert length <= most < length * 2.6
    assert f"{length:.0e}"[0] in "125"
