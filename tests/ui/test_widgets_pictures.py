"""What is drawn and shown: charts, route, photos, PDF pages."""

from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen import canvas

from app.ui.look.theme import Scheme, Theme
from app.ui.widgets.bar_chart import Bar, BarChart
from app.ui.widgets.chart_axes import every_nth_label, round_top, scale_words
from app.ui.widgets.line_chart import LineChart, LinePoint
from app.ui.widgets.pdf_pages import render_pages
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.photo_strip import PhotoStrip
from app.ui.widgets.photo_tile import Photo, PhotoTile
from app.ui.widgets.radar_chart import RadarAxis, RadarChart
from app.ui.widgets.route_sketch import RouteSketch, RouteStop
from app.ui.widgets.sparkline import Sparkline


def colours(widget: QWidget) -> set[int]:
    """Return every colour that a widget shows at 300 × 240."""
    widget.resize(300, 240)
    image = widget.grab().toImage()
    return {image.pixel(x, y) for x in range(0, image.width(), 1) for y in range(0, image.height(), 2)}


@pytest.fixture(params=[Scheme.LIGHT, Scheme.DARK])
def dressed(theme: Theme, request: pytest.FixtureRequest) -> Theme:
    theme.set_scheme(request.param)
    return theme


def test_history_and_forecast_bars_have_their_own_colours(qtbot: QtBot, dressed: Theme) -> None:
    chart = BarChart("近 12 周")
    qtbot.addWidget(chart)
    chart.set_bars([Bar(5, "9 月"), Bar(None), Bar(8, "预测", is_forecast=True, low=6, high=10, mark=7)])
    shown = colours(chart)
    assert dressed.color("primary_tint").rgb() in shown
    assert dressed.color("primary").rgb() in shown
    assert chart.accessibleDescription() == "9 月 5, , 预测 8"


def test_a_chart_of_zeros_or_of_nothing_is_drawn_without_an_error(qtbot: QtBot) -> None:
    for chart in (BarChart(), LineChart(), RadarChart(), Sparkline(), RouteSketch()):
        qtbot.addWidget(chart)
        assert colours(chart)
    bars = BarChart()
    qtbot.addWidget(bars)
    bars.set_bars([Bar(0), Bar(0)])
    assert colours(bars)


def test_this_year_is_a_line_over_last_year(qtbot: QtBot, dressed: Theme) -> None:
    chart = LineChart("购进量")
    qtbot.addWidget(chart)
    chart.set_points([LinePoint(f"{m} 月", m * 3.0, m * 2.0) for m in range(1, 13)])
    shown = colours(chart)
    assert dressed.color("primary").rgb() in shown
    assert dressed.color("faint").rgb() in shown


def test_the_radar_says_every_state_and_the_one_before(qtbot: QtBot, dressed: Theme) -> None:
    chart = RadarChart("诊断")
    qtbot.addWidget(chart)
    chart.set_axes([RadarAxis("商品展示", "A", "B"), RadarAxis("产品组合", "C"), RadarAxis("订单管理", None, None)])
    assert chart.accessibleDescription() == "商品展示 B → A, 产品组合 C, 订单管理"
    shown = colours(chart)
    assert {dressed.color("green").rgb(), dressed.color("red").rgb()} <= shown


def test_scales_end_at_round_numbers() -> None:
    assert [round_top(v) for v in (0, 0.7, 9, 11, 99, 101, 640)] == [1, 0.8, 10, 12, 100, 120, 800]
    assert scale_words(12_000) == "12k"
    assert every_nth_label(12, 120, 30) == 3


STOPS = (
    RouteStop("a", 1, 41.0, -93.0, "Hy-Vee", is_done=True),
    RouteStop("b", 2, 41.1, -93.1, "Fareway"),
    RouteStop("c", 3, 41.2, -93.0, "Casey's"),
)


def test_a_stop_is_chosen_by_click_and_by_arrow_keys(qtbot: QtBot, dressed: Theme) -> None:
    sketch = RouteSketch("路线")
    qtbot.addWidget(sketch)
    sketch.resize(400, 400)
    sketch.set_route(STOPS, [(41.02, -93.09)])
    told: list[object] = []
    sketch.stop_chosen.connect(told.append)
    qtbot.mouseClick(sketch, Qt.MouseButton.LeftButton, pos=sketch.place_of("b").toPoint())
    qtbot.keyClick(sketch, Qt.Key.Key_Right)
    qtbot.keyClick(sketch, Qt.Key.Key_Right)
    qtbot.keyClick(sketch, Qt.Key.Key_Left)
    qtbot.mouseClick(sketch, Qt.MouseButton.LeftButton, pos=QPoint(399, 399))
    assert told == ["b", "c", "c", "b"]
    assert dressed.color("map_shop").rgb() in colours(sketch)


def test_the_route_keeps_north_up_and_all_stops_inside(qtbot: QtBot) -> None:
    sketch = RouteSketch("路线")
    qtbot.addWidget(sketch)
    sketch.resize(500, 300)
    sketch.set_route(STOPS)
    places = {stop.key: sketch.place_of(stop.key) for stop in STOPS}
    assert places["c"].y() < places["b"].y() < places["a"].y()
    assert places["b"].x() < places["a"].x()
    assert all(sketch.rect().contains(place.toPoint()) for place in places.values())


def test_a_single_stop_stands_in_the_middle(qtbot: QtBot) -> None:
    sketch = RouteSketch("路线")
    qtbot.addWidget(sketch)
    sketch.resize(200, 100)
    sketch.set_route(STOPS[:1])
    assert sketch.place_of("a") == QPointF(100, 50)


@pytest.fixture
def picture() -> QImage:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    return image


def test_dropped_picture_files_are_offered_and_other_files_are_not(qtbot: QtBot, tmp_path: Path) -> None:
    strip = PhotoStrip("拖入")
    qtbot.addWidget(strip)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("柜台.JPG", "notes.txt")])
    with qtbot.waitSignal(strip.files_offered) as told:
        assert strip.take(mime)
    assert told.args == [(tmp_path / "柜台.JPG",)]
    other = QMimeData()
    other.setText("words")
    assert not strip.take(other)


def test_a_pasted_picture_is_offered(qtbot: QtBot, picture: QImage) -> None:
    strip = PhotoStrip("粘贴")
    qtbot.addWidget(strip)
    QGuiApplication.clipboard().setImage(picture)
    with qtbot.waitSignal(strip.image_offered) as told:
        qtbot.keyClick(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert told.args is not None
    assert told.args[0].size() == picture.size()


def test_photos_come_and_go_while_those_that_stay_keep_their_tile(qtbot: QtBot, picture: QImage) -> None:
    strip = PhotoStrip("拖入")
    qtbot.addWidget(strip)
    strip.set_photos((Photo("a", picture, "柜台"), Photo("b", None)))
    first = strip.findChildren(PhotoTile)[0]
    strip.set_photos((Photo("a", picture, "柜台正面"),))
    assert first.photo.caption == "柜台正面"
    assert first.accessibleName() == "柜台正面"
    opened: list[object] = []
    removed: list[object] = []
    strip.photo_opened.connect(opened.append)
    strip.removal_requested.connect(removed.append)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    qtbot.keyClick(first, Qt.Key.Key_Delete)
    assert (opened, removed) == (["a"], ["a"])


def test_a_tile_shows_its_picture(qtbot: QtBot, picture: QImage) -> None:
    tile = PhotoTile(Photo("a", picture))
    qtbot.addWidget(tile)
    tile.resize(tile.sizeHint())
    middle = tile.grab().toImage().pixelColor(tile.width() // 2, tile.height() // 3)
    assert middle == picture.pixelColor(5, 5)


@pytest.fixture
def document() -> bytes:
    out = BytesIO()
    sheet = canvas.Canvas(out, pagesize=(200, 300))
    for _ in range(2):
        sheet.setFillColorRGB(1, 0, 0)
        sheet.rect(0, 0, 200, 150, stroke=0, fill=1)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def test_pages_of_a_pdf_become_pictures_in_their_true_colours(document: bytes) -> None:
    pages = render_pages(document, 2.0)
    assert [(page.width(), page.height()) for page in pages] == [(400, 600)] * 2
    assert pages[0].pixelColor(200, 500).getRgb()[:3] == (255, 0, 0)  # type: ignore[index]
    assert pages[0].pixelColor(200, 100).getRgb()[:3] == (255, 255, 255)  # type: ignore[index]


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        render_pages(b"no pdf")


def test_the_preview_fits_its_width_and_zooms_by_keys(qtbot: QtBot, document: bytes) -> None:
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    view.set_pages(render_pages(document))
    assert view.page_count == 2
    fitted = view.zoom
    assert 1.8 < fitted < 2.6
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > fitted
    view.resize(300, 400)
    assert view.zoom > fitted
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.zoom < fitted
