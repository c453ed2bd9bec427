"""Targets given, corrected, taken back and given again from the console: each deed with its entry in the log."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from app.domain.text import Text
from app.domain.units import parse_decimal
from app.headoffice import audit
from app.headoffice.console.problems import Refused
from app.headoffice.console.sessions import Person
from app.headoffice.list_rows import known_managers
from app.headoffice.list_targets import managers_of
from app.headoffice.models import TABLES
from app.headoffice.problems import NotFound
from app.headoffice.rows import among
from app.headoffice.target_values import (
    TABLE,
    BadTargetError,
    Given,
    Span,
    check_span,
    kept,
    read_span,
    scope_of,
    told,
)
from app.headoffice.writer import Entry, SyncWriter
from app.lists.reasons import Cause, Reason

MOST = 2_000
"""How many targets one form gives; more come as a list."""


@dataclass(frozen=True, slots=True)
class TypedTarget:
    """One line of the form as it was typed; `name` is the field that holds its value."""

    name: str
    kpi: str
    price_class: str = ""
    sku_code: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class TargetForm:
    """Targets to be given: to managers, or to whoever has these territories."""

    managers: Sequence[str]
    territories: Sequence[str]
    period: str
    lines: Sequence[TypedTarget]


class FormFlaws(Exception):  # noqa: N818  what is refused to a person is no error of the program
    """What is wrong with a form, by the name of the field; nothing of it was taken."""

    def __init__(self) -> None:
        super().__init__()
        self.by_field: dict[str, Text] = {}

    def add(self, name: str, cause: Cause, what: str = "") -> None:
        """Note what is wrong with a field, and with what of it."""
        text = cause.text
        self.by_field.setdefault(name, Text(f"{what}：{text.zh}", f"{what}: {text.en}") if what else text)


def give_targets(session: Session, form: TargetForm, person: Person, now: datetime) -> Counter[str]:
    """Give the targets of a form; return how many are `added`, `changed` and `unchanged`. Raises FormFlaws."""
    flaws = FormFlaws()
    managers = _managers(session, form, person, flaws)
    span = _span(form.period, flaws)
    goods = _known_skus(session, form.lines)
    lines = [found for one in form.lines if (found := _line(one, span, goods, flaws)) is not None]
    if not form.lines:
        flaws.add("lines", Cause(Reason.EMPTY))
    if flaws.by_field or span is None:
        raise flaws
    given = [Given(code, span, kpi, scope, value) for code in managers for kpi, scope, value in lines]
    if len(given) > MOST:
        raise Refused("refused.too_many_targets", most=MOST)
    writer = SyncWriter(session, now, person.name)
    writer.load((TABLE, one.key) for one in given)
    came = Counter(_put(writer, one) for one in given)
    detail = {"period": str(span), **{name: came[name] for name in ("added", "changed", "unchanged")}}
    audit.append(session, now, person.actor, "give_targets", " ".join(managers)[:200], detail)
    return came


def correct_target(session: Session, key: str, typed: str, was: str, person: Person, now: datetime) -> None:
    """Give a target another value. Raises Refused where it is none, or where somebody else was quicker."""
    writer, entry = _standing(session, key, person, now)
    before = told(entry.values["kpi"], Decimal(entry.values["value"]))
    if entry.deleted or before != _number(was):
        raise Refused("refused.target_changed")
    try:
        value = kept(entry.values["kpi"], parse_decimal(typed))
    except BadTargetError as bad:
        raise Refused(f"refused.target_{bad.cause.reason}", value=typed, most=bad.cause.detail) from None
    except ValueError:
        raise Refused("refused.target_not_a_number", value=typed) from None
    writer.put(TABLE, key, {"value": str(value)})
    _log(session, "change_target", entry, person, now, before=_plain(before))


def withdraw_target(session: Session, key: str, person: Person, now: datetime) -> None:
    """Take a target back: it leaves the laptop with the next sync, where the manager's own counts again."""
    writer, entry = _standing(session, key, person, now)
    if entry.deleted:
        raise Refused("refused.target_withdrawn")
    writer.put(TABLE, key, {}, deleted=True)
    _log(session, "withdraw_target", entry, person, now)


def restore_target(session: Session, key: str, person: Person, now: datetime) -> None:
    """Give a target again that was taken back."""
    writer, entry = _standing(session, key, person, now)
    if not entry.deleted:
        raise Refused("refused.target_stands")
    writer.put(TABLE, key, {}, deleted=False)
    _log(session, "restore_target", entry, person, now)


def _standing(session: Session, key: str, person: Person, now: datetime) -> tuple[SyncWriter, Entry]:
    """Return the row of a target, locked. Raises NotFound, for one of another territory's manager too."""
    writer = SyncWriter(session, now, person.name)
    entry = writer.entry(TABLE, key)
    if entry is None:
        raise NotFound(key)
    person.reach.check_manager(session, entry.values["manager"])
    return writer, entry


def _log(session: Session, deed: str, entry: Entry, person: Person, now: datetime, **more: str) -> None:
    values = entry.values
    value = _plain(told(values["kpi"], Decimal(values["value"])))
    span = values["month"][: 4 if values["period"] == "year" else 7]
    of = f"{values['kpi']} {values['scope']}".strip()
    detail = {"period": span, "target": of, **more, "value": value}
    audit.append(session, now, person.actor, deed, values["manager"], detail)


def _put(writer: SyncWriter, given: Given) -> str:
    before = writer.entry(TABLE, given.key)
    was = 0 if before is None else before.version
    version = writer.put(TABLE, given.key, given.values, deleted=False)
    return "added" if was == 0 else "changed" if version > was else "unchanged"


def _managers(session: Session, form: TargetForm, person: Person, flaws: FormFlaws) -> list[str]:
    near = person.reach.of_manager
    known = known_managers(session, set(form.managers), near)
    holders = managers_of(session, set(form.territories), near)
    if missing := [code for code in form.managers if code not in known]:
        flaws.add("managers", Cause(Reason.UNKNOWN_MANAGER), missing[0])
    found = list(form.managers)
    for territory in form.territories:
        codes = holders.get(territory, [])
        if len(codes) == 1:
            found += codes
        elif codes:
            flaws.add("territories", Cause(Reason.SEVERAL_IN_TERRITORY, ", ".join(codes)), territory)
        else:
            flaws.add("territories", Cause(Reason.NOBODY_IN_TERRITORY), territory)
    if not form.managers and not form.territories:
        flaws.add("managers", Cause(Reason.TARGET_FOR_NOBODY))
    return list(dict.fromkeys(found))


def _span(text: str, flaws: FormFlaws) -> Span | None:
    try:
        return read_span(text)
    except BadTargetError as bad:
        flaws.add("period", bad.cause)
        return None


def _line(
    typed: TypedTarget, span: Span | None, goods: Mapping[str, str], flaws: FormFlaws
) -> tuple[str, str, Decimal] | None:
    """Return figure, scope and kept value of a line; None where something is wrong with it."""
    if not typed.kpi or not typed.value:
        flaws.add(typed.name, Cause(Reason.EMPTY))
        return None
    if typed.sku_code and typed.sku_code not in goods:
        flaws.add(typed.name, Cause(Reason.UNKNOWN_PRODUCT))
        return None
    try:
        scope = scope_of(typed.kpi, typed.price_class, typed.sku_code)
        if span is not None:
            check_span(typed.kpi, span)
        return typed.kpi, scope, kept(typed.kpi, parse_decimal(typed.value))
    except BadTargetError as bad:
        flaws.add(typed.name, bad.cause)
    except ValueError:
        flaws.add(typed.name, Cause(Reason.NOT_A_NUMBER))
    return None


def _known_skus(session: Session, lines: Sequence[TypedTarget]) -> dict[str, str]:
    table = TABLES["product"]
    codes = sorted({one.sku_code for one in lines if one.sku_code})
    found = session.execute(table.select().where(among(session, table.c.sku_code, codes), table.c.deleted_at.is_(None)))
    return {row.sku_code: row.name for row in found}


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _number(text: str) -> Decimal | None:
    try:
        return parse_decimal(text)
    except ValueError:
        return None
