"""Says the entries of the log of deeds in words: laptops by name, customers by code, each detail with what it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.text import Language
from app.headoffice.console.telling import Teller
from app.headoffice.console.words import known, say
from app.headoffice.models import TABLES, AuditEntry, Manager, Replica
from app.headoffice.operations import is_key
from app.headoffice.rows import among

_SHORT_HASH = 12
_MOST_CODES = 12
_FOR_SYNC_ONLY = {("grant", "number"), ("withdraw", "number")}
"""Details that tell a reader nothing: how often a right was given is what sync numbers its cursors by."""
_PEOPLE = {"office:": "", "cli:": "actor.cli"}


@dataclass(frozen=True, slots=True)
class ToldDeed:
    """One entry as a person reads it."""

    entry: AuditEntry
    actor: str
    deed: str
    subject: str
    details: tuple[str, ...]

    @property
    def at(self) -> datetime:
        """When it was done."""
        return self.entry.at


def told_deeds(session: Session, entries: Sequence[AuditEntry], language: Language) -> list[ToldDeed]:
    """Return the entries in the words of the language, each as long as the log keeps what it speaks of."""
    names = _Names(session, entries, language)
    return [names.told(entry) for entry in entries]


class _Names:
    """What the keys in some entries stand for, read at once."""

    def __init__(self, session: Session, entries: Sequence[AuditEntry], language: Language) -> None:
        self._session = session
        self._language = language
        self._tell = Teller(language)
        keys = sorted({one for entry in entries for one in _keys_in(entry)})
        uuids = [UUID(one) for one in keys if is_key(one)]
        laptops = session.execute(
            select(Replica.id, Replica.device, Replica.manager).where(among(session, Replica.__table__.c.id, keys))
        )
        self._laptops = {row.id: say(language, "common.of_whom", what=row.device, who=row.manager) for row in laptops}
        people = select(Manager.code, Manager.name).where(among(session, Manager.__table__.c.code, keys))
        self._managers = {row.code: f"{row.name} {row.code}" for row in session.execute(people)}
        self._visits = self._read("visit", uuids, "customer_id", "day")
        self._photos = self._read("photo", uuids, "visit_id")
        shown = [row["visit_id"] for row in self._photos.values()]
        self._visits |= self._read("visit", shown, "customer_id", "day")
        self._conflicts = self._read("sync_conflict", uuids, "tbl", "pk", "field")
        self._proposals = self._read("change_proposal", uuids, "customer_id", "field")
        self._tasks = self._read("task", uuids, "manager", "customer_id")
        shops = [row["customer_id"] for found in (self._visits, self._proposals, self._tasks) for row in found.values()]
        shops += [UUID(row["pk"]) for row in self._conflicts.values() if row["tbl"] == "customer" and is_key(row["pk"])]
        self._codes = {
            key: row["cust_code"] for key, row in self._read("customer", filter(None, shops), "cust_code").items()
        }

    def told(self, entry: AuditEntry) -> ToldDeed:
        subject = self._subject(entry)
        details = [
            self._detail(name, value)
            for name, value in entry.detail.items()
            if (entry.deed, name) not in _FOR_SYNC_ONLY
        ]
        return ToldDeed(entry, self._actor(entry.actor), self.deed(entry.deed), subject, tuple(filter(None, details)))

    def deed(self, name: str) -> str:
        return self._word(f"deed.{name}", name)

    def _actor(self, actor: str) -> str:
        for kind, word in _PEOPLE.items():
            if actor.startswith(kind):
                name = actor.removeprefix(kind)
                return say(self._language, word, what=name) if word else name
        return self._laptops.get(actor) or self._managers.get(actor) or self._tell.who(actor)

    def _subject(self, entry: AuditEntry) -> str:
        subject = entry.subject
        if entry.deed in {"give_tasks", "corrections"}:
            return ""  # the detail says the same number
        if entry.deed == "move":
            return say(self._language, "scope.terr", what=subject)
        if entry.deed == "import":
            return self._word(f"target.{subject}", subject)
        return self._laptops.get(subject) or self._managers.get(subject) or self._record(subject)

    def _record(self, key: str) -> str:
        """Return what a key of a row stands for: the shop's code, and what of the shop."""
        if key in self._visits:
            row = self._visits[key]
            return f"{self._code(row['customer_id'])} {row['day']}"
        if key in self._photos:
            return self._record(str(self._photos[key]["visit_id"]))
        if key in self._conflicts:
            row = self._conflicts[key]
            shop = self._codes.get(row["pk"]) or self._tell.table(row["tbl"])
            return f"{shop} {self._tell.field(row['field'], row['tbl'])}"
        if key in self._proposals:
            row = self._proposals[key]
            return f"{self._code(row['customer_id'])} {self._tell.field(row['field'])}"
        if key in self._tasks:
            row = self._tasks[key]
            return f"{row['manager']} {self._code(row['customer_id'])}".strip()
        return key

    def _detail(self, name: str, value: Any) -> str:
        if value in (None, "", [], {}):
            return ""
        told = _TOLD.get(name, _plain)(self, value)
        return told if name in SAY_ALL else say(self._language, "common.pair", label=self.label(name), value=told)

    def label(self, name: str) -> str:
        return self._word(f"deed_detail.{name}", name)

    def scope(self, value: Any) -> str:
        return self._tell.scope(str(value))

    def laptop(self, value: Any) -> str:
        return self._laptops.get(str(value), str(value))

    def visit(self, value: Any) -> str:
        return self._record(str(value))

    def state(self, kind: str) -> Callable[[Any], str]:
        return lambda value: self._word(f"{kind}.{value}", str(value))

    def value(self, value: Any) -> str:
        return self._tell.value(value)

    def statuses(self, value: dict[str, int]) -> str:
        told = (f"{self._word(f'verdict.{name}', name)} {count}" for name, count in value.items())
        return say(self._language, "common.listed").join(told)

    def target(self, value: Any) -> str:
        """Say the figure of a target, and what of it: F05.volume, F08 class:1, F09 sku:910001."""
        kpi, _, scope = str(value).partition(" ")
        kind, _, code = scope.partition(":")
        of = self._tell.code("price_class", code) if kind == "class" else code
        return f"{self._tell.figure(kpi)} {of}".strip()

    def _code(self, key: UUID | None) -> str:
        return "" if key is None else self._codes.get(str(key), "")

    def _word(self, name: str, other: str) -> str:
        return say(self._language, name) if known(name) else other

    def _read(self, table: str, keys: Iterable[UUID], *columns: str) -> dict[str, Any]:
        source = TABLES[table]
        asked = select(source.c.id, *(source.c[one] for one in columns)).where(
            among(self._session, source.c.id, sorted(set(keys)))
        )
        return {str(row["id"]): row for row in self._session.execute(asked).mappings()}


def _plain(names: _Names, value: Any) -> str:
    return names.value(value)


def _short(_names: _Names, value: Any) -> str:
    return str(value)[:_SHORT_HASH]


def _codes(names: _Names, value: Any) -> str:
    codes = str(value).split()
    told = " ".join(codes[:_MOST_CODES])
    return told if len(codes) <= _MOST_CODES else f"{told} … {names.value(len(codes))}"


_TOLD: dict[str, Callable[[_Names, Any], str]] = {
    "scope": lambda names, value: names.scope(value),
    "from": lambda names, value: names.laptop(value),
    "replica": lambda names, value: names.laptop(value),
    "visit": lambda names, value: names.visit(value),
    "status": lambda names, value: names.state("verdict")(value),
    "statuses": lambda names, value: names.statuses(value),
    "choice": lambda names, value: names.state("choice")(value),
    "role": lambda names, value: names.state("role")(value),
    "kind": lambda names, value: names.state("picture")(value),
    "target": lambda names, value: names.target(value),
    "sha256": _short,
    "codes": _codes,
}
SAY_ALL = frozenset({"scope", "choice", "kind"})
"""Details whose value says what it is."""


def _keys_in(entry: AuditEntry) -> Iterable[str]:
    yield entry.subject
    yield entry.actor
    for name in ("from", "replica", "visit"):
        if isinstance(value := entry.detail.get(name), str):
            yield value
