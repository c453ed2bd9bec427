"""`zoufang advice CUSTOMER --date D [--out FILE]`: what the shop could order next; nothing is ordered anywhere."""

import argparse
import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.bootstrap.application import Application
from app.cli.output import ExitCode, Output
from app.runtime.files import write_atomically
from app.services.guidance import ShopAdvice, SkuAdvice

COLUMNS = ("customer", "product", "name", "on_hand", "expected", "safety", "allowed", "suggestion", "reasons")


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print the guidance, or write its lines to a CSV file that spreadsheets open without questions."""
    customer_id = application.customers.id_of(arguments.customer)
    advice = application.guidance.advise(customer_id, application.clock.today())
    data: dict[str, Any] = {
        "customer": advice.customer_code,
        "date": advice.day,
        "order_day": advice.order_day,
        "lines": len(advice.skus),
        "suggested": advice.totals.quantity,
        "stopped": advice.stopped,
    }
    if arguments.out is None:
        rows = [dict(zip(COLUMNS, _row(advice, sku), strict=True)) for sku in advice.skus]
        output.result({**data, "advice": rows}, _lines(advice, output))
        return ExitCode.DONE
    _write(arguments.out, advice)
    output.result({**data, "file": arguments.out}, [_headline(advice, output), str(arguments.out)])
    return ExitCode.DONE


def _row(advice: ShopAdvice, sku: SkuAdvice) -> tuple[str | int | float | None, ...]:
    line = sku.line
    return (
        advice.customer_code,
        sku.code,
        sku.full_name,
        line.stock,
        _number(line.weekly),
        _number(line.safety),
        line.allowed,
        line.suggestion,
        ";".join(reason.code for reason in line.reasons),
    )


def _number(value: float | Decimal | None) -> float | None:
    return None if value is None else round(float(value), 2)


def _write(path: Path, advice: ShopAdvice) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(["" if cell is None else cell for cell in _row(advice, sku)] for sku in advice.skus)
    write_atomically(path, text.getvalue().encode("utf-8-sig"))


def _headline(advice: ShopAdvice, output: Output) -> str:
    if advice.stopped:
        return output.say(
            f"{advice.customer_name} · 暂停供货或未在经营，不作建议",
            f"{advice.customer_name}: not supplied or not trading, no guidance",
        )
    head = f"{advice.customer_name} · {advice.day}"
    count, quantity = len(advice.skus), advice.totals.quantity
    return output.say(
        f"{head} · {count} 个品规 · 建议 {quantity}（仅供参考，不代下单）",
        f"{head} · {count} SKUs · {quantity} suggested (a suggestion only)",
    )


def _lines(advice: ShopAdvice, output: Output) -> list[str]:
    lines = [_headline(advice, output)]
    for sku in advice.skus:
        line = sku.line
        cells = (line.stock, _number(line.weekly), _number(line.safety), line.allowed, line.suggestion)
        numbers = " ".join(f"{'-' if cell is None else cell:>7}" for cell in cells)
        lines.append(f"{sku.code:<10} {numbers}  {sku.full_name} [{', '.join(r.code for r in line.reasons)}]")
    return lines
