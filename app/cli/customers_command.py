"""`zoufang customers`: list every customer by name with what was bought lately."""

import argparse

from app.bootstrap.application import Application
from app.cli.output import ExitCode, Output
from app.services.customer_list import CustomerFilter, CustomerRow

_AT_ONCE = 500


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print one line for each customer."""
    del arguments
    keys = application.customers.keys(CustomerFilter())
    found: dict[str, CustomerRow] = {}
    for start in range(0, len(keys), _AT_ONCE):
        found |= application.customers.rows(keys[start : start + _AT_ONCE])
    rows = [found[key] for key in keys if key in found]
    unit = application.customers.overview().unit or ""
    lines = [_line(row, unit, output) for row in rows]
    count = output.say(f"共 {len(rows)} 户", f"{len(rows)} customers")
    output.result(
        {"unit": unit or None, "count": len(rows), "customers": [_record(row) for row in rows]}, [*lines, count]
    )
    return ExitCode.DONE


def _line(row: CustomerRow, unit: str, output: Output) -> str:
    visited = row.last_visit.isoformat() if row.last_visit is not None else output.say("从未拜访", "never visited")
    bought = "—" if row.quantity_4_weeks is None else f"{row.quantity_4_weeks} {unit}".strip()
    return "  ".join(part for part in (row.code, row.name, row.class_code, visited, bought) if part)


def _record(row: CustomerRow) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "class": row.class_code or None,
        "order_weekday": row.order_weekday,
        "address": row.address,
        "last_visit": row.last_visit,
        "last_order": row.last_order,
        "quantity_4_weeks": row.quantity_4_weeks,
    }
