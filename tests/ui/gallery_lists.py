"""Lists, tables, photos and PDF pages of the gallery."""

from io import BytesIO

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QGridLayout,
    QWidget,
)
from reportlab.pdfgen import canvas
from typing_extensions import override

from app.ui.widgets.card import Card
from app.ui.widgets.list_rows import ListRow, ListRowModel, make_list_view
from app.ui.widgets.pdf_pages import render_pages
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.photo_strip import PhotoStrip
from app.ui.widgets.photo_tile import Photo
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tones import Tone


class _Cells(QAbstractTableModel):
    def __init__(self, zh: bool, parent: QWidget) -> None:
        super().__init__(parent)
        names = (
            (
                ("雅韵(硬)", "三类 · 12 元/包"),
                ("金穗(软)", "三类 · 14 元/包"),
                ("云岭(细支)", "二类 · 23 元/包"),
                ("老城(硬红)", "四类 · 7 元/包"),
            )
            if zh
            else (
                ("Jim Beam", "Whiskey · 750 ml"),
                ("Black Velvet", "Canadian · 1 l"),
                ("Titos", "Vodka · 750 ml"),
                ("Hawkeye", "Vodka · 375 ml"),
            )
        )
        self.head = (
            ("品规", "近 12 周", "现存", "预测周销", "有价签", "建议订", "提示")
            if zh
            else ("Product", "12 weeks", "On hand", "Forecast", "Tag", "Suggested", "Hint")
        )
        risk, slow = ("断货风险", "滞销 3 月") if zh else ("At risk", "Slow 3 mo")
        self.rows = [
            (
                Cell(n, s, is_strong=True, chips=(("主销" if zh else "Core", Tone.GREEN),) if i == 2 else ()),
                Cell(sparkline=(3, 4, 2, 5, 3, 4, 6, 2)),
                Cell(str(9 - i), is_number=True),
                Cell("8.6", is_number=True),
                Cell(is_checked=i % 2 == 0),
                Cell("" if i == 1 else "10", is_boxed=True, is_number=True, placeholder="4"),
                Cell(chips=((risk, Tone.RED),) if i < 2 else ((slow, Tone.AMBER),)),
            )
            for i, (n, s) in enumerate(names)
        ]

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self.rows)

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 7

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        return self.rows[index.row()][index.column()] if role == CELL_ROLE else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (2, 3, 5):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return (
            self.head[section]
            if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal
            else None
        )


def lists(zh: bool) -> QWidget:
    page = QWidget()
    page.setObjectName("page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    grid = QGridLayout(page)
    view = make_list_view("今日")
    model = ListRowModel(view)
    due, fell = ("订货日", "断货 2 规") if zh else ("Order day", "2 at risk")
    shops = (
        ("万家便利店", "红星烟酒商行", "老周食杂店", "惠民超市", "桥头小卖部", "鑫源副食")
        if zh
        else (
            "Hy-Vee Food Store",
            "Central City 2",
            "Casey's General Store",
            "Fareway Stores",
            "Kum & Go",
            "Wal-Mart 1546",
        )
    )
    model.set_rows(
        [
            ListRow(
                str(i),
                n,
                "CB2 · 城镇 · 便利店 · 中" if zh else "CB2 · town · convenience",
                f"{9 + i}:20",
                ((due, Tone.PRIMARY), (fell, Tone.AMBER)),
                str(i + 1),
                is_done=i < 2,
                marks=((1, 2),) if i == 3 else (),
            )
            for i, n in enumerate(shops)
        ]
    )
    view.setModel(model)
    view.setCurrentIndex(model.index(2))
    card = Card("今日 12 户 · 已访 2" if zh else "12 today · 2 done", hint="48 km", flush=True)
    card.body.addWidget(view)
    grid.addWidget(card, 0, 0, 2, 1)
    table = TableView("订货建议")
    cells = _Cells(zh, table)
    table.setModel(cells)
    table.set_two_lines(two_lines=True)
    table.set_stretch(0, 1, 2, 3, 4, 5, 6)
    table.setCurrentIndex(cells.index(1, 5))
    card = Card("订货建议" if zh else "Order guidance", flush=True)
    card.body.addWidget(table)
    grid.addWidget(card, 0, 1)
    strip = PhotoStrip("拖入、粘贴或从相机卡导入" if zh else "Drop, paste or choose pictures")
    picture = QImage(600, 800, QImage.Format.Format_RGB32)
    picture.fill(0x7FB5A8)
    strip.set_photos(
        (
            Photo(
                "a", picture, "柜台正面" if zh else "Counter", "11-21 10:33 · 待上传" if zh else "11-21 10:33 · waiting"
            ),
            Photo("b", None, "价签特写" if zh else "Tags"),
        )
    )
    card = Card("照片" if zh else "Photos")
    card.body.addWidget(strip)
    card.body.addStretch(1)
    grid.addWidget(card, 1, 1)
    pdf = PdfView()
    pdf.set_pages(render_pages(_pdf()))
    card = Card("PDF", flush=True)
    card.body.addWidget(pdf)
    grid.addWidget(card, 0, 2, 2, 1)
    grid.setColumnStretch(1, 3)
    grid.setColumnStretch(2, 1)
    return page


def _pdf() -> bytes:
    out = BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 842))
    for number in (1, 2):
        sheet.setFont("Helvetica", 24)
        sheet.drawString(60, 760, f"Page {number}")
        sheet.rect(60, 400, 475, 300)
        sheet.showPage()
    sheet.save()
    return out.getvalue()
