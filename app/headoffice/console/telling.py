"""Says what is in the tables in the words of the trade: names of fields and codes, moments, reasons."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from app.domain.archive import ArchiveField, FieldType
from app.domain.office_name import OFFICE_NAMES
from app.domain.playbook import Playbook
from app.domain.text import Language
from app.headoffice.console.words import known, say
from app.headoffice.target_values import unit_of
from app.playbooks.loader import load_playbook

_STATES = {"status": "visit_outcome", "met": "who_met", "place": "photo_place", "cause_kind": "cause_kind"}
"""Fields outside the archive whose values are codes of a list."""
_PATTERNS = (
    (re.compile(r"(?P<field>\w+) is empty"), "empty"),
    (re.compile(r"(?P<field>\w+) stays"), "stays"),
    (re.compile(r"no (?P<field>\w+(?:, \w+)*)"), "lacks"),
    (re.compile(r"(?P<table>\w+) has no (?P<field>\w+)"), "unknown_field"),
    (re.compile(r"(?P<table>\w+)\.(?P<field>\w+): .*", re.DOTALL), "unreadable"),
)
_LONGEST = 160


class Teller:
    """Tells everything in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    # ---- time --------------------------------------------------------------------------------------------------------
    def when(self, moment: datetime | str | None) -> str:
        """Return a moment by the clock of this place, without the year where it is the present one."""
        found = _moment(moment)
        if found is None:
            return "—"
        local = found.astimezone()
        return (
            f"{local:%m-%d %H:%M}" if local.year == datetime.now(UTC).astimezone().year else f"{local:%Y-%m-%d %H:%M}"
        )

    def clock(self, moment: datetime | None) -> str:
        """Return the time of day."""
        return "—" if moment is None else f"{moment.astimezone():%H:%M}"

    def exact(self, moment: datetime | str | None) -> str:
        """Return a moment to the second, with its zone."""
        found = _moment(moment)
        return "" if found is None else f"{found.astimezone():%Y-%m-%d %H:%M:%S %z}"

    def day(self, day: date | None) -> str:
        """Return a day."""
        return "—" if day is None else day.isoformat()

    # ---- names -------------------------------------------------------------------------------------------------------
    def table(self, name: str) -> str:
        """Return what a record is called."""
        return self._word(f"table.{name}", name)

    def field(self, name: str, table: str = "customer") -> str:
        """Return what a field is called."""
        found = _archive().get(name) if table == "customer" else None
        return found.label.of(self._language) if found is not None else self._word(f"field.{name}", name)

    def role(self, name: str) -> str:
        """Return what a role is called."""
        return self._word(f"role.{name}", name)

    def state(self, kind: str, name: str) -> str:
        """Return what a state of that kind of thing is called."""
        return self._word(f"{kind}.{name}", name)

    def who(self, name: str | None) -> str:
        """Return who wrote something."""
        if not name:
            return "—"
        return say(self._language, "who.office") if name in OFFICE_NAMES else name.removeprefix("office:")

    def scope(self, scope: str) -> str:
        """Return what lies in a scope."""
        kind, _, name = scope.partition(":")
        return say(self._language, f"scope.{kind}", what=name) if known(f"scope.{kind}") else scope

    def item(self, code: str) -> str:
        """Return the name of an item of the diagnosis."""
        found = load_once().diagnosis.item(code)
        return code if found is None else found.name.of(self._language)

    def measure(self, code: str) -> str:
        """Return the name of a measure of an improvement plan."""
        found = load_once().diagnosis.measure(code)
        return code if found is None else found.name.of(self._language)

    def figure(self, kpi: str) -> str:
        """Return the name of a figure that targets are given for."""
        return self.code("target_kpi", kpi)

    def target_unit(self, kpi: str) -> str:
        """Return what targets of a figure are told in."""
        return unit_of(kpi).value

    def plain(self, number: Decimal) -> str:
        """Return a number as it is typed."""
        return f"{number.normalize():f}"

    def number(self, number: Decimal) -> str:
        """Return a number as it is read, with marks between thousands."""
        return f"{number.normalize():,f}"

    # ---- values ------------------------------------------------------------------------------------------------------
    def value(self, value: Any, name: str = "", table: str = "customer") -> str:
        """Return a value as it is read by people."""
        if value in (None, "", []):
            return say(self._language, "value.empty")
        if isinstance(value, bool):
            return say(self._language, "value.yes" if value else "value.no")
        if isinstance(value, list):
            return say(self._language, "common.listed").join(self.value(one, name, table) for one in value)  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, dict):
            return "; ".join(f"{one}: {self.value(other)}" for one, other in value.items())  # pyright: ignore[reportUnknownVariableType]
        shown = self._coded(str(value), name, table)
        return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"

    def _coded(self, text: str, name: str, table: str) -> str:
        found = _archive().get(name) if table == "customer" else None
        enum = found.enum if found is not None else _STATES.get(name)
        if table == "task" and name == "state":
            return self.state("task_state", text)
        if table == "visit" and name == "status" and known(f"visit_state.{text}"):
            return self.state("visit_state", text)
        if found is not None and found.type is FieldType.DECIMAL:
            text = _plain_decimal(text)
        shown = load_once().enumerations.label(enum, text).of(self._language) if enum else text
        return f"{shown} {found.unit.of(self._language)}" if found is not None and found.unit is not None else shown

    def code(self, enumeration: str, code: str | None) -> str:
        """Return the name of a code in a list."""
        return "—" if not code else load_once().enumerations.label(enumeration, code).of(self._language)

    def end_reason(self, status: str, reason: str | None) -> str:
        """Return why a visit ended as it did."""
        if not reason:
            return ""
        chosen = load_once().enumerations["visit_outcome"].choice(status)
        details = () if chosen is None else chosen.details
        return next((one.name.of(self._language) for one in details if one.code == reason), reason)

    # ---- reasons -----------------------------------------------------------------------------------------------------
    def reason(self, status: str, reason: str, table: str) -> str:
        """Return in plain words why something was not taken."""
        code, _, note = reason.partition(": ")
        if known(f"reason.{reason}"):
            return say(self._language, f"reason.{reason}")
        if code == "dropped_by_office":
            return say(self._language, "reason.dropped_by_office") + note
        for pattern, word in _PATTERNS:
            if (found := pattern.fullmatch(reason)) is not None:
                fields = (self.field(one, table) for one in found["field"].split(", "))
                named = say(self._language, "common.listed").join(fields)
                return say(self._language, f"reason.{word}", field=named)
        plain = self._word(f"verdict_reason.{status}", status)
        return f"{plain} ({reason})" if reason else plain

    def remedy(self, status: str, reason: str) -> str:
        """Return what can be done about it."""
        word = f"remedy.{reason}"
        return say(self._language, word if known(word) else f"remedy.{status if known(f'remedy.{status}') else 'any'}")

    def _word(self, name: str, other: str) -> str:
        return say(self._language, name) if known(name) else other


@cache
def load_once() -> Playbook:
    """Return the playbook."""
    return load_playbook()


@cache
def _archive() -> Mapping[str, ArchiveField]:
    return {one.key: one for one in load_once().archive.fields}


def _plain_decimal(text: str) -> str:
    """Return a number without the noughts that only the column asks for; text that is no number as it is."""
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text


def _moment(moment: datetime | str | None) -> datetime | None:
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment)
        except ValueError:
            return None
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
