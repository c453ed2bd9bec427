"""Writes what the manager says of forecasts: one live row a correction, kind or cause; tombstones for the rest."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models.forecast import ForecastCause, ForecastEntry, ForecastKind, ForecastLine, ForecastSubmission
from app.services.forecast_figures import MonthFigures
from app.services.forecast_reading import Entries
from app.services.forecast_run import Run
from app.services.forecast_sheet import range_of
from app.services.forecast_views import Cause, Correction, Entry, SaidKind

_Row = ForecastEntry | ForecastKind | ForecastCause


def put_entry(session: Session, entry: Entry, shown: tuple[float | None, float | None, str | None]) -> None:
    """Let a correction stand, or none; `shown` is the range and the model that stood beside it."""
    said = entry.correction
    rows = _live(
        session,
        ForecastEntry,
        ForecastEntry.month == entry.month,
        ForecastEntry.product_id == entry.product_id,
        _is(ForecastEntry.customer_id, entry.customer_id),
    )
    _strike(rows if said is None else rows[1:])
    if said is None:
        return
    low, high, model = shown
    values: dict[str, Any] = {
        "model_value": said.model_value,
        "low": low,
        "high": high,
        "model": model,
        "manager_value": said.value,
        "reason": said.reason,
        "reason_note": said.note.strip() or None,
        "opportunity": said.opportunity.strip() or None,
    }
    if rows:
        _set(rows[0], values)
    else:
        session.add(
            ForecastEntry(month=entry.month, product_id=entry.product_id, customer_id=entry.customer_id, **values)
        )


def put_kind(session: Session, said: SaidKind | None, product_id: UUID | None, customer_id: UUID | None) -> None:
    """Let the manager's word on a brand or a shop stand, or none."""
    rows = _live(
        session, ForecastKind, _is(ForecastKind.product_id, product_id), _is(ForecastKind.customer_id, customer_id)
    )
    _strike(rows if said is None else rows[1:])
    if said is None:
        return
    values = {"kind": said.kind.value, "reason": said.reason or None, "note": said.note.strip() or None}
    if rows:
        _set(rows[0], values)
    else:
        session.add(ForecastKind(product_id=product_id, customer_id=customer_id, **values))


def put_cause(
    session: Session, month: date, cause: Cause | None, product_id: UUID | None, customer_id: UUID | None
) -> None:
    """Let a cause stand, or none."""
    rows = _live(
        session,
        ForecastCause,
        ForecastCause.month == month,
        _is(ForecastCause.product_id, product_id),
        _is(ForecastCause.customer_id, customer_id),
    )
    _strike(rows if cause is None else rows[1:])
    if cause is None:
        return
    values = {"cause": cause.code, "note": cause.note.strip() or None}
    if rows:
        _set(rows[0], values)
    else:
        session.add(ForecastCause(month=month, product_id=product_id, customer_id=customer_id, **values))


def put_submission(session: Session, figures: MonthFigures, entries: Entries, version: int, now: datetime) -> None:
    """Freeze a month: its totals, each SKU that has a figure, each shop that was corrected by hand."""
    run, model, final = figures.run, figures.model_totals, figures.final_totals
    low, high = range_of(run.total, 0, figures.ahead)
    told = [sku for sku in range(len(run.sku_keys)) if model[sku] or final[sku] or _was_sold(run, sku)]
    submission = ForecastSubmission(
        month=figures.month,
        version=version,
        submitted_at=now.astimezone(UTC),
        based_on=figures.based_on,
        model_total=int(model.sum()),
        final_total=int(final.sum()),
        low=low,
        high=high,
        skus=len(told),
        corrected=int((model != final).sum()),
    )
    session.add(submission)
    session.flush()
    for sku in told:
        session.add_all(_lines(figures, entries, submission.id, sku))


def _lines(figures: MonthFigures, entries: Entries, submission: UUID, sku: int) -> list[ForecastLine]:
    run, key = figures.run, figures.run.sku_keys[sku]
    said = entries.of_skus.get(key)
    low, high = range_of(run.skus, sku, figures.ahead)
    lines = [
        ForecastLine(
            submission_id=submission,
            product_id=UUID(key),
            model_value=int(figures.model_totals[sku]),
            final_value=int(figures.final_totals[sku]),
            low=low,
            high=high,
            reason=None if said is None else said.reason,
        )
    ]
    own = figures.own_of(sku)
    if own:
        told = figures.spread_of(sku)
        model = dict(zip(told.shops, told.model, strict=True))
        lines += [
            ForecastLine(
                submission_id=submission,
                product_id=UUID(key),
                customer_id=UUID(shop),
                model_value=model[shop],
                final_value=value,
                reason=entries.of_shops[key][shop].reason,
            )
            for shop, value in sorted(own.items())
        ]
    return lines


def _was_sold(run: Run, sku: int) -> bool:
    return bool(run.sku_demand[sku, -12:].any())


def _live(session: Session, model: type[_Row], *which: ColumnElement[bool]) -> list[Any]:
    """Return the rows that count, the newest first; two laptops of one manager may have made one each."""
    return list(
        session.scalars(select(model).where(model.deleted_at.is_(None), *which).order_by(model.changed_at.desc()))
    )


def _is(column: Any, value: UUID | None) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value


def _strike(rows: list[Any]) -> None:
    for row in rows:
        row.deleted_at = datetime.now(UTC)


def _set(row: _Row, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def said_of(entries: Entries, product_id: UUID, customer_id: UUID | None) -> Correction | None:
    """Return the correction that stands."""
    if customer_id is None:
        return entries.of_skus.get(product_id.hex)
    return entries.of_shops.get(product_id.hex, {}).get(customer_id.hex)
