"""The PDF of a large customer, two pages, warm, from the open store to the file; beside it an empty one."""

import re
from pathlib import Path
from uuid import UUID

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.bootstrap.application import Application, close_application
from app.domain.text import Language
from app.reports.customer_pdf import write_customer_pdf
from app.reports.fitting import fitted
from app.runtime import resources
from benchmarks.measuring import Figure, in_turns, ms, seconds
from benchmarks.territory import BENCH, open_t1

_TURNS = 15
_MOST_KB = 300
_BY_SIZE = "SELECT customer_id FROM purchase_order GROUP BY 1 ORDER BY sum(line_count)"


def measure() -> list[Figure]:
    """Return the time with and without reading the figures, and the size."""
    application = open_t1()
    with application.database.look() as cursor:
        shops = cursor.execute(_BY_SIZE).fetchall()
    customer = UUID(shops[round(0.9 * (len(shops) - 1))][0])
    file, empty = BENCH / "customer.pdf", BENCH / "empty.pdf"
    pdfmetrics.registerFont(TTFont("bench", str(resources.path("fonts/NotoSansSC-Regular.ttf"))))

    def ours() -> float:
        return seconds(lambda: _write(application, customer, file))

    ours()
    _write_empty(empty)
    mine, bare = in_turns(ours, lambda: seconds(lambda: _write_empty(empty)), _TURNS)
    summary = fitted(application.summaries.summary(customer, language=Language.ZH))
    drawn, _ = in_turns(lambda: seconds(lambda: write_customer_pdf(summary, file)), lambda: 0.0, _TURNS)
    pages = len(re.findall(rb"/Type */Page\b", file.read_bytes()))
    close_application(application)
    size, least = file.stat().st_size / 1000, empty.stat().st_size / 1000
    return [
        Figure(f"customer PDF, {pages} pages, warm", ms(drawn),
               f"{ms(bare)}, reportlab, two pages with one line of the same font", f"{drawn / bare:.2f}", "≤ 150 ms",
               drawn <= 0.150),
        Figure("… with its figures read from the store and the order guidance worked out anew", ms(mine), ms(bare),
               f"{mine / bare:.2f}", "—", met=True),
        Figure("… its size", f"{size:.0f} kB", f"{least:.0f} kB", f"{size / least:.2f}", f"≤ {_MOST_KB} kB",
               size <= _MOST_KB),
    ]  # fmt: skip


def _write(application: Application, customer: UUID, file: Path) -> None:
    write_customer_pdf(fitted(application.summaries.summary(customer, language=Language.ZH)), file)


def _write_empty(file: Path) -> None:
    canvas = Canvas(str(file), invariant=1)
    for _page in range(2):
        canvas.setFont("bench", 10)
        canvas.drawString(50, 800, "客户经营小结")
        canvas.showPage()
    canvas.save()
