"""The forecasts that managers have submitted for a month, as pages and as a file; giving one back with a reason."""

import csv
import io
from datetime import date

from fastapi import Request, Response

from app.headoffice.console import carrying_out
from app.headoffice.console.desk import Decision, Looks, Visitor, asked, go, language_of, page_number
from app.headoffice.console.readings import forecasts as readings
from app.headoffice.console.readings.lists import today_of
from app.headoffice.console.routing import console_router
from app.headoffice.console.telling import Teller
from app.headoffice.console.words import say

router = console_router()
_LIST = "/console/forecasts"
_COLUMNS = ("territory", "code", "name", "version", "submitted", "sku", "product", "class", "system", "final", "low",
            "high", "reason")  # fmt: skip


@router.get("/forecasts")
def forecasts(request: Request, visitor: Looks) -> Response:
    """Show who has submitted a month and what it adds up to; without a month, the newest that was submitted."""
    show, text = asked(request, "show"), asked(request, "q")
    show = show if show in readings.SHOWN else "all"
    with visitor.office.database.read() as session:
        known = readings.months(session, visitor.reach)
        month = _month(asked(request, "month")) or (known[0] if known else _next_month(visitor))
        page = readings.month_page(session, visitor.reach, month)
        return visitor.page(
            "forecasts.html",
            month=month,
            months=sorted({*known, month, _next_month(visitor)}, reverse=True),
            figures=readings.figures(session, visitor.reach, page),
            part=readings.managers(session, visitor.reach, page, show, text, page_number(request)),
            skus=readings.by_sku(session, page),
            show=show,
            shown=readings.SHOWN,
            text=text,
        )


@router.get("/forecasts.csv")
def file(request: Request, visitor: Looks) -> Response:
    """Give a month as a file that spreadsheets open without questions: every SKU of every newest version."""
    month = _month(asked(request, "month")) or _next_month(visitor)
    language = language_of(request)
    teller = Teller(language)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [say(language, "forecast_file.month"), *(say(language, f"forecast_file.{one}") for one in _COLUMNS)]
    )
    with visitor.office.database.read() as session:
        for manager, sent, line in readings.file_rows(session, readings.month_page(session, visitor.reach, month)):
            reason = teller.code("forecast_reason", line.reason) if line.reason else ""
            kind = teller.code("price_class", line.price_class)
            row = (
                f"{month:%Y-%m}", manager.territory, manager.code, manager.name, sent.version,
                teller.exact(sent.submitted_at), line.sku_code, line.name, kind, line.model_value, line.final_value,
                line.low, line.high, reason,
            )  # fmt: skip
            writer.writerow([_harmless(value) for value in row])
    headers = {"Content-Disposition": f"attachment; filename=forecast-{month:%Y-%m}.csv"}
    return Response(text.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/forecasts/{submission}")
def submission(visitor: Looks, submission: str) -> Response:
    """Show one submission."""
    with visitor.office.database.read() as session:
        return visitor.page("forecast.html", found=readings.submission(session, visitor.reach, submission))


@router.post("/forecasts/{submission}/return")
def give_back(sent: Decision, submission: str) -> Response:
    """Give a submission back with a reason, which its manager reads after the next sync."""
    visitor, note = sent.visitor, sent.text("note", 500)
    visitor.office.database.transaction(
        lambda session: carrying_out.return_forecast(session, submission, note, visitor.person, visitor.now)
    )
    return go(f"{_LIST}/{submission}", "forecast_returned")


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None


def _next_month(visitor: Visitor) -> date:
    today = today_of(visitor.now)
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)


def _harmless(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
