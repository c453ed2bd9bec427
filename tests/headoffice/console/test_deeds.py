"""The log of deeds in words: every deed and each of its details has them, and keys are told as names."""

import ast
from pathlib import Path

import app
from app.domain.text import Language
from app.headoffice import audit, people
from app.headoffice.console import words
from app.headoffice.console.deeds import SAY_ALL, told_deeds
from app.headoffice.database import OfficeDatabase
from app.headoffice.overview import audit_lines
from tests.headoffice.world import NOW, World, key, visit_values

_APP = Path(str(app.__file__)).parent
_WRITERS = {"append", "append_once", "note_in_audit", "_note"}
_MADE_ELSEWHERE = {
    "import": {"file", "sha256", "profile", "territory", "as", "read", "refused", "added", "changed", "unchanged"}
    | {"moved", "kept"},
    "import_handover": {"file", "sha256", "replica", "made_at", "operations", "known", "statuses", "photos"}
    | {"photos_known", "photos_refused"},
    "handover": {"operations", "known", "photos"},
    "receipt": {"agreed", "number", "laptop_visits", "office_visits", "visits_made", "missing_visits"}
    | {"differing_visits", "missing_photos", "missing_serials"},
    "push": {"first", "last"},
    "change_office_user": {"role", "shut", "territories"},
    "add_office_user": {"role", "territories"},
}


def _calls() -> list[tuple[str, ast.expr]]:
    """Return each deed that the program writes down, with the expression of its detail."""
    found: list[tuple[str, ast.expr]] = []
    for folder in ("headoffice", "cli"):
        for path in sorted((_APP / folder).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(call, ast.Call) or len(call.args) < 5:
                    continue
                name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                deed = call.args[3]
                if name in _WRITERS and isinstance(deed, ast.Constant) and isinstance(deed.value, str):
                    found.append((deed.value, call.args[5]))
    return found


def test_every_deed_and_every_detail_of_it_has_words() -> None:
    calls = _calls()
    deeds = {deed for deed, _ in calls}
    assert {"grant", "move", "leave", "see_visit", "see_photo", "import", "import_handover", "receipt"} <= deeds
    assert {deed for deed in deeds if not words.known(f"deed.{deed}")} == set()
    details = {
        node.value
        for _, detail in calls
        if isinstance(detail, ast.Dict)
        for node in detail.keys
        if isinstance(node, ast.Constant)
    }
    details |= {name for names in _MADE_ELSEWHERE.values() for name in names}
    assert {name for name in details - SAY_ALL if not words.known(f"deed_detail.{name}")} == set()


def _told(database: OfficeDatabase, language: Language = Language.ZH) -> dict[str, tuple[str, str, str]]:
    with database.read() as session:
        entries = told_deeds(session, audit_lines(session, 100), language)
        return {
            one.entry.deed: (one.actor, one.subject, words.say(language, "common.between").join(one.details))
            for one in entries
        }


def test_laptops_customers_and_territories_are_told_by_their_names(world: World) -> None:
    laptop, visit = world.laptop(), key()
    laptop.pull()
    laptop.do("insert", "visit", visit, visit_values(world.customers["C11"]), 0)
    laptop.push()
    with world.database.write() as session:
        people.revoke(session, laptop.replica, NOW, "office:chief", wipe=True)
        people.grant(session, "M1", "terr:T2", NOW, "cli:root")
        people.move_customers(session, ["C11", "C12"], "T2", NOW)
        audit.append(session, NOW, "office:chief", "see_visit", visit, {})
        audit.append(session, NOW, "office:chief", "see_photo", key(), {"kind": "thumb", "visit": visit})
    told = _told(world.database)
    assert told["revoke"][0] == "chief"
    assert told["revoke"][1].endswith("（M1）")
    assert told["revoke"][2] == "联网时清除：是"
    assert told["grant"][0] == "root（命令行）"
    assert told["grant"][1] == "Li M1"
    assert told["grant"][2] == "片区 T2"
    assert told["move"][1:] == ("片区 T2", "客户数：2；客户编码：C11 C12")
    assert told["see_visit"][1] == "C11 2026-03-02"
    assert told["see_photo"][2] == "小图；拜访：C11 2026-03-02"
    english = _told(world.database, Language.EN)
    assert english["move"][2] == "customers: 2; customer codes: C11 C12"
    assert english["revoke"][1].endswith(" (M1)")


def test_what_is_not_known_any_more_is_told_by_its_key(world: World) -> None:
    gone = key()
    with world.database.write() as session:
        audit.append(session, NOW, "office", "cancel_task", gone, {})
    assert _told(world.database)["cancel_task"] == ("总部", gone, "")
