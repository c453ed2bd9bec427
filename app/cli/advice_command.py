"""`zoufang advice CUSTOMER|--all --date D [--out FILE]`: what shops could order next; nothing is ordered anywhere."""

import argparse
import csv
import io
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from app.bootstrap.application import Application
from app.cli.advice_reasons import in_words
from app.cli.output import CommandError, ExitCode, Output
from app.domain.order_advice import OrderPlan
from app.domain.text import Text
from app.runtime.files import write_atomically
from app.services.customer_list import CustomerFilter
from app.services.guidance import ShopAdvice, SkuAdvice

COLUMNS = (
    "customer", "product", "name", "on_hand", "expected", "safety", "allowed", "suggestion",
    "service", "risk", "last_order", "last_risk", "trade_rule", "lost", "reasons",
)  # fmt: skip
_IN_WORDS = "why"
_HEADS = (
    Text("编码", "code"),
    Text("现存", "on hand"),
    Text("预测周销", "a week"),
    Text("安全库存", "safety"),
    Text("可订量", "allowed"),
    Text("建议", "suggest"),
)
_WIDTHS = (-10, 8, 8, 8, 8, 8)
"""Columns of letters; a negative one is filled at the right."""


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print the guidance, or write its lines to a CSV file that spreadsheets open without questions.

    What the territory teaches is learnt first where it is a week old, so that one shop and all shops say the same.
    """
    if arguments.all and arguments.out is None:
        raise CommandError(Text("--all 须同时给出 --out 文件", "--all needs --out FILE"))
    application.guidance.learn()
    if arguments.all:
        return _run_all(arguments.out, application, output)
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
    _write(arguments.out, [advice], output)
    output.result({**data, "file": arguments.out}, [_headline(advice, output), str(arguments.out)])
    return ExitCode.DONE


def _run_all(out: Path, application: Application, output: Output) -> int:
    """Write the lines of every shop."""
    day = application.clock.today()
    ids = [UUID(key) for key in application.customers.keys(CustomerFilter())]
    shops = sorted((application.guidance.advise(key, day) for key in ids), key=lambda shop: shop.customer_code)
    _write(out, shops, output)
    lines, quantity = sum(len(shop.skus) for shop in shops), sum(shop.totals.quantity for shop in shops)
    data = {"date": day, "customers": len(shops), "lines": lines, "suggested": quantity, "file": out}
    said = output.say(
        f"{day} · {len(shops)} 户 · {lines} 行 · 建议 {quantity}（仅供参考，不代下单）",
        f"{day} · {len(shops)} customers · {lines} lines · {quantity} suggested (a suggestion only)",
    )
    output.result(data, [said, str(out)])
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
        *_plan_cells(line.plan),
        ";".join(reason.code for reason in line.reasons),
    )


def _plan_cells(plan: OrderPlan | None) -> tuple[float | None, ...]:
    if plan is None:
        return (None,) * 6
    return (
        plan.service,
        round(plan.risk, 4),
        plan.last_order,
        None if plan.last_risk is None else round(plan.last_risk, 4),
        plan.trade.suggestion,
        round(plan.lost, 2),
    )


def _number(value: float | Decimal | None) -> float | None:
    return None if value is None else round(float(value), 2)


def _write(path: Path, shops: Iterable[ShopAdvice], output: Output) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((*COLUMNS, _IN_WORDS))
    for advice in shops:
        for sku in advice.skus:
            cells = ("" if cell is None else cell for cell in _row(advice, sku))
            writer.writerow((*cells, _why(sku, output)))
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


def _why(sku: SkuAdvice, output: Output) -> str:
    between = output.say("；", "; ")
    return between.join(in_words(reason, output.language) for reason in sku.line.reasons)


def _lines(advice: ShopAdvice, output: Output) -> list[str]:
    lines = [_headline(advice, output)]
    if advice.skus:
        heads = (head.of(output.language) for head in _HEADS)
        lines.append(" ".join(map(_padded, heads, _WIDTHS)) + output.say("  品规", "  product"))
    for sku in advice.skus:
        line = sku.line
        cells = (sku.code, line.stock, _number(line.weekly), _number(line.safety), line.allowed, line.suggestion)
        numbers = " ".join(map(_padded, ("-" if cell is None else str(cell) for cell in cells), _WIDTHS))
        why = _why(sku, output)
        lines.append(f"{numbers}  {sku.full_name}" + (f" [{why}]" if why else ""))
    return lines


def _padded(text: str, width: int) -> str:
    """Fill a cell; a terminal gives a Chinese character the room of two letters."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    blank = " " * (abs(width) - len(text) - wide)
    return text + blank if width < 0 else blank + text
