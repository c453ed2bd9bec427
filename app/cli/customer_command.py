"""`zoufang customer`: the archive and the last months of one customer, private values masked."""

import argparse
from typing import Any

from app.bootstrap.application import Application
from app.cli.output import ExitCode, Output
from app.domain.adoption import Adoption
from app.domain.masking import mask_field
from app.domain.playbook import Playbook
from app.services.archive_values import Value
from app.services.customer_profile import ArchiveValue, CustomerProfile


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print one customer; raises RuleError with NOT_FOUND for a code that is not there."""
    customer_id = application.customers.id_of(arguments.code)
    profile = application.customer_profiles.open(customer_id)
    values = [one for part in profile.archive for one in part.values if one.value is not None]
    diagnosis = {item.code: item.state for item in profile.diagnosis.items if item.state is not None}
    data: dict[str, Any] = {
        "code": profile.code,
        "name": profile.name,
        "class": profile.class_code or None,
        "archive": {one.field.key: _masked(one) for one in values},
        "unit": profile.unit,
        "months": [
            {"month": f"{pair.month:%Y-%m}", "quantity": pair.quantity, "last_year": pair.last_year}
            for pair in profile.months
        ],
        "diagnosis": diagnosis,
        "plans": [{"item": p.item, "from": p.current, "to": p.target, "due": p.due} for p in profile.plans],
        "licence_days_left": profile.licence.days_left if profile.licence is not None else None,
        "hints": [hint.code for hint in profile.hints],
        "advice": _adoption(profile.adoption),
    }
    lines = _lines(profile, values, application.playbook, output)
    if arguments.assortment:
        from app.cli.assortment_lines import assortment_data, assortment_lines  # noqa: PLC0415 - it brings numpy

        seen = application.assortments.read(customer_id)
        data["assortment"] = assortment_data(seen)
        lines += assortment_lines(seen, output)
    output.result(data, lines)
    return ExitCode.DONE


def _adoption(adoption: Adoption) -> dict[str, Any] | None:
    """Return how much of the advice was followed, and over which visits; None without any."""
    if adoption.period is None:
        return None
    return {
        "from": adoption.period[0],
        "to": adoption.period[1],
        "visits": len(adoption.visits),
        "lines": adoption.judged,
        "followed": adoption.adopted,
        "rate": adoption.rate,
    }


def _lines(profile: CustomerProfile, values: list[ArchiveValue], playbook: Playbook, output: Output) -> list[str]:
    heading = "  ".join(part for part in (profile.code, profile.name, profile.class_code) if part)
    lines = [heading]
    lines += [f"  {one.field.label.of(output.language)}: {_words(one, playbook, output)}" for one in values]
    unit = _unit(profile.unit, output)
    lines.append(
        output.say(
            f"近十二个月购进{unit}，括号内为去年同期：", f"bought in twelve months{unit} (same month last year):"
        )
    )
    lines += [
        f"  {pair.month:%Y-%m}  {_known(pair.quantity)} ({_known(pair.last_year)})"
        for pair in profile.months
        if pair.quantity is not None or pair.last_year is not None
    ]
    return lines


def _unit(unit: str | None, output: Output) -> str:
    return "" if unit is None else output.say(f"（{unit}）", f", {unit}s" if unit.isascii() else f", {unit}")


def _words(one: ArchiveValue, playbook: Playbook, output: Output) -> str:
    value = _masked(one)
    codes = value if isinstance(value, list) else [str(value)]
    return ", ".join(playbook.enumerations.label(one.field.enum, code).of(output.language) for code in codes)


def _masked(one: ArchiveValue) -> Value:
    return mask_field(one.field, one.value) if isinstance(one.value, str) else one.value


def _known(quantity: int | None) -> str:
    return "—" if quantity is None else str(quantity)
