"""A person of the office who works for one territory: no byte of another one, no deed in it, by any page or form."""

import re

import pytest
from sqlalchemy import select, update

from app.headoffice import people
from app.headoffice.console.reach import EVERYWHERE, Reach
from app.headoffice.console.rights import RIGHTS, Right
from app.headoffice.console.sessions import Person
from app.headoffice.models import OfficeUser
from app.headoffice.writer import RETIRED, SyncWriter
from tests.headoffice.console.clerk import Clerk, Told
from tests.headoffice.console.lands import Land, Lands, tell_of_both
from tests.headoffice.console.test_console_access import MATRIX
from tests.headoffice.http.matrix import calls_of
from tests.sync.soak import SOAK

ASKED: dict[str, tuple[str, ...]] = {
    "/console/": ("", "show=never", "show=away", "show=today", "show=trouble", "q=M", "q=T", "page=2"),
    "/console/visits": ("", "day=2026-03-02", "day=2026-03-02&manager={code}", "day=2026-03-02&q=C"),
    "/console/records": ("", "show=refused", "manager={code}", "show=refused&manager={code}"),
    "/console/conflicts": ("", "show=settled", "show=merged", "manager={code}"),
    "/console/proposals": ("", "show=accepted", "show=declined", "show=withdrawn", "manager={code}"),
    "/console/tasks": ("", "show=all", "show=done", "show=cancelled", "manager={code}", "show=all&q=签"),
    "/console/tasks/new": ("",),
    "/console/forecasts": ("", "month=2026-04", "month=2026-04&show=sent", "show=missing", "month=2026-04&q=M"),
    "/console/forecasts.csv": ("", "month=2026-04"),
    "/console/targets": (
        "span=2026-04",
        "span=2026-04&show=missing",
        "span=2026-04&show=withdrawn",
        "span=2026-04&q=M",
    ),
    "/console/targets/file": ("span=2026-04&kind=csv",),
    "/console/targets/form": ("kind=csv",),
    "/console/targets/new": ("",),
    "/console/targets/import": ("",),
    "/console/devices": ("", "show=all", "show=revoked", "show=left", "show=forked", "show=all&q=M", "show=all&q=T"),
    "/console/devices/code": ("",),
}
"""What every page that is no single thing can be asked for; a new one without its row here fails a test."""
FORMS: dict[str, tuple[tuple[dict[str, str], int], ...]] = {
    "/console/records/{replica}/{no}/apply": (({}, 303),),
    "/console/records/{replica}/{no}/drop": (({"note": "没有依据"}, 303),),
    "/console/records/{replica}/{review}/seen": (({}, 303),),
    "/console/conflicts/{conflict}": (({"choice": "yours"}, 303), ({"choice": "theirs"}, 303)),
    "/console/proposals/{proposal}": (
        ({"choice": "accept"}, 303), ({"choice": "decline", "note": "不"}, 303)
    ),
    "/console/tasks/new": (
        ({"title": "查", "managers": "{code}"}, 303), ({"title": "查", "customers": "{customer}"}, 303),
        ({"title": "查", "managers": "{code}", "customers": "{customer}"}, 303),
    ),
    "/console/tasks/{task}/cancel": (({}, 303),),
    "/console/forecasts/{submission}/return": (({"note": "请复核"}, 303),),
    "/console/targets/new": (
        ({"managers": "{code}", "period": "2026-05", "plan.F05.volume": "5150"}, 303),
        ({"territories": "{territory}", "period": "2026-05", "plan.F05.volume": "5150"}, 303),
    ),
    "/console/targets/import": (({"pasted": "客户经理\t期间\t指标\t目标\n{code}\t2026-06\t销量\t6160"}, 200),),
    "/console/targets/{target}/correct": (({"value": "4140", "was": "{told}"}, 303),),
    "/console/targets/{target}/withdraw": (({}, 303),),
    "/console/targets/{target}/restore": (({}, 303),),
    "/console/devices/code": (({"manager": "{code}", "url": "https://elsewhere.example"}, 200),),
    "/console/devices/{replica}/revoke": (({"wipe": "yes"}, 303),),
}  # fmt: skip
"""What each form sends, and how it is answered to whoever may; a new one without its row here fails a test."""
EVERYBODYS = {"/console/logout", "/console/audit", "/console/targets/refused"}
"""No territory is in it: the log is not for those who are limited to one (a test of its own), a file gives back what
its form holds."""


def _filled(text: str, land: Land) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: land.keys[found[1]], text)


def _others(territory: str) -> str:
    return {"T1": "T2", "T2": "T1"}[territory]


def _pages(clerk: Clerk, lands: Lands, role: str) -> dict[str, str]:
    """Return all that a person can read: each list, however it is asked for, and each thing of either territory."""
    told: dict[str, str] = {}
    for (method, path), right in MATRIX.items():
        if method != "GET" or right not in RIGHTS[role] or path in EVERYBODYS:
            continue
        for land in lands.own.values():
            for query in ASKED[path] if "{" not in path else ("",):
                address = f"{_filled(path, land)}?{_filled(query, land)}"
                told[address] = clerk.get(address).text.replace(_filled(path, land), "")
    return told


def test_every_page_and_form_is_tried_across_territories() -> None:
    lists = {path for method, path in MATRIX if method == "GET" and "{" not in path}
    forms = {path for method, path in MATRIX if method == "POST"}
    assert lists == set(ASKED) | (EVERYBODYS & lists)
    assert forms == set(FORMS) | (EVERYBODYS & forms)


def test_the_table_of_pages_is_the_programs(told: Told) -> None:
    found = {path for _, path in calls_of(told.served.app) if path.startswith("/console/") and "static" not in path}
    assert found == {path for _, path in MATRIX} | {"/console/login"}


@pytest.mark.parametrize("role", ["reader", "chief"] if SOAK else ["chief"])
def test_no_word_of_another_territory_is_shown_by_any_page(both: Lands, role: str) -> None:
    everywhere = "\n".join(_pages(both.clerk(role), both, role).values())
    for territory, own in both.own.items():
        pages = _pages(both.clerk(f"{role}-{territory}"), both, role)
        for secret in both.own[_others(territory)].secrets:
            assert [where for where, page in pages.items() if secret in page] == [], (territory, secret)
        readable = [one for one in own.secrets if one in everywhere]
        assert len(readable) >= 5  # the same words are there for whoever may read them
        together = "\n".join(pages.values())
        assert [one for one in readable if one not in together] == []


@pytest.mark.parametrize("role", people.ROLES)
@pytest.mark.parametrize("territory", ["T1", "T2"] if SOAK else ["T1"])
def test_a_thing_of_another_territory_is_not_there_and_ones_own_is(both: Lands, role: str, territory: str) -> None:
    clerk, own, foreign = both.clerk(f"{role}-{territory}"), both.own[territory], both.own[_others(territory)]
    nobodys = both.clerk(f"{role}-T3")
    for (method, path), right in MATRIX.items():
        if method == "GET" and "{" in path:
            may = right in RIGHTS[role]
            assert clerk.get(_filled(path, own)).status_code == (200 if may else 403), path
            assert clerk.get(_filled(path, foreign)).status_code == (404 if may else 403), path
            assert nobodys.get(_filled(path, own)).status_code == (404 if may else 403), path


@pytest.mark.parametrize("role", people.ROLES)
@pytest.mark.parametrize("territory", ["T1", "T2"] if SOAK else ["T1"])
def test_no_form_does_anything_in_another_territory(both: Lands, role: str, territory: str) -> None:
    clerk, foreign, before = both.clerk(f"{role}-{territory}"), both.own[_others(territory)], both.state()
    for path, sent in FORMS.items():
        may = MATRIX["POST", path] in RIGHTS[role]
        for fields, _ in sent:
            filled = {name: _filled(value, foreign) for name, value in fields.items()}
            status = clerk.post(_filled(path, foreign), filled).status_code
            assert status == (403 if not may else 404 if "{" in path else 409), (path, fields)
    assert both.state() == before


@pytest.mark.parametrize("who", ["everywhere", "at home"])
def test_the_same_forms_do_their_work_at_home(lands: Lands, who: str) -> None:
    done = {("T1", "drop"), ("T2", "apply")}  # what was let in cannot be refused any more
    for path, sent in FORMS.items():
        for territory, land in lands.own.items():
            if (territory, path.rpartition("/")[2]) in done:
                continue
            clerk = lands.clerk("chief" if who == "everywhere" else f"chief-{territory}")
            (fields, status), before = sent[0], lands.state()
            filled = {name: _filled(value, land) for name, value in fields.items()}
            assert clerk.post(_filled(path, land), filled).status_code == status, (path, territory)
            assert lands.state() != before, (path, territory)


def test_a_shop_of_another_territory_gets_no_task_even_with_ones_own_manager(lands: Lands) -> None:
    with lands.world.database.write() as session:
        people.grant(session, "M1", "terr:T2", lands.world.now)
        people.grant(session, "M2", "terr:T1", lands.world.now)
    clerk, before = lands.clerk("clerk-T1"), lands.state()
    for fields in ({"managers": "M1", "customers": "C21"}, {"managers": "M2", "customers": "C11"}):
        assert clerk.post("/console/tasks/new", {"title": "查", **fields}).status_code == 409
    assert lands.state() == before
    assert clerk.post("/console/tasks/new", {"title": "查", "customers": "C11"}).status_code == 303
    given = lands.clerk("chief").get("/console/tasks").text
    assert given.count(">查<") == 1  # M1 alone, though M2 may work in T1 too


def test_a_record_that_touches_another_territory_is_named_but_neither_shown_nor_decided(lands: Lands) -> None:
    path = f"/console/records/{lands.own['T1'].keys['replica']}/{lands.astride}"
    theirs, house = lands.clerk("clerk-T1"), lands.clerk("clerk")
    page, before = theirs.get("/console/records").text, lands.state()
    assert "涉及其他片区" in page
    assert "77123" not in page
    assert f"{path}/apply" not in page
    assert "77123" in house.get("/console/records").text
    for deed in ("apply", "drop"):
        answer = theirs.post(f"{path}/{deed}", {"note": "不"})
        assert answer.status_code == 409
        assert "没有任何改动" in answer.text
        assert lands.clerk("clerk-T2").post(f"{path}/{deed}", {"note": "不"}).status_code == 404
    assert lands.state() == before
    assert house.post(f"{path}/drop", {"note": "不"}).status_code == 303


def test_a_visit_follows_its_shop_and_its_maker_is_named_without_a_way_to_them(both: Lands) -> None:
    moved = both.clerk("clerk-T2").get("/console/visits?day=2026-03-02").text
    assert "转走的店" in moved
    assert "李建国" in moved
    assert "/console/managers/M1" not in moved
    assert "/console/managers/M2" in moved
    assert "转走的店" not in both.clerk("clerk-T1").get("/console/visits?day=2026-03-02").text


def test_figures_count_what_the_lists_show(both: Lands) -> None:
    figures: dict[str, list[int]] = {}
    for name in ("chief", "chief-T1", "chief-T2", "chief-T3"):
        page = both.clerk(name).get("/console/").text
        figures[name] = [int(one) for one in re.findall(r"</span><b>(\d+)</b>", page)]
        for path, place in (("conflicts", 6), ("proposals", 7), ("records", 4)):
            total = re.search(r"共 (\d+) 条", both.clerk(name).get(f"/console/{path}").text)
            assert figures[name][place] == (int(total[1]) if total else 0), (name, path)
    assert figures["chief-T3"] == [1, 0, 0, 1, 0, 0, 0, 0]
    whole = [sum(parts) for parts in zip(*(figures[f"chief-{one}"] for one in ("T1", "T2", "T3")), strict=True)]
    assert whole == figures["chief"]


def test_whoever_is_limited_does_not_read_the_log_nor_change_what_is_the_houses(lands: Lands) -> None:
    chief = lands.clerk("chief-T1")
    assert chief.get("/console/audit").status_code == 403
    assert 'href="/console/audit"' not in chief.get("/console/").text
    before = lands.world.database.setting("laptop_url")
    form = {"manager": "M1", "url": "https://mine.example"}
    assert "https://mine.example" in chief.post("/console/devices/code", form).text
    assert lands.world.database.setting("laptop_url") == before
    lands.clerk("chief").post("/console/devices/code", form)
    assert lands.world.database.setting("laptop_url") == "https://mine.example"


def test_other_territories_count_at_once_and_none_is_none(lands: Lands) -> None:
    clerk, database = lands.clerk("clerk-T1"), lands.world.database
    foreign = f"/console/visits/{lands.own['T2'].keys['visit']}"
    assert clerk.get(foreign).status_code == 404
    with database.write() as session:
        people.change_office_user(session, "clerk-T1", lands.world.now, territories=["T1", "T2"])
    assert clerk.get(foreign).status_code == 200
    with database.write() as session:
        people.change_office_user(session, "clerk-T1", lands.world.now, territories=[])
    assert clerk.get(foreign).status_code == 200
    database.transaction(lambda session: session.execute(update(OfficeUser).values(territories=[])))
    assert clerk.get(foreign).status_code == 404
    assert "没有片区" in clerk.get("/console/").text
    with database.write() as session:
        people.change_office_user(session, "clerk-T1", lands.world.now, shut=True)
    assert clerk.get("/console/").status_code == 303
    with database.read() as session:
        assert session.scalars(select(OfficeUser.disabled_at).where(OfficeUser.name == "clerk-T1")).one() is not None


def test_what_has_grown_old_stays_with_its_territory(lands: Lands) -> None:
    visit = lands.own["T1"].keys["visit"]
    with lands.world.database.write() as session:
        writer = SyncWriter(session, lands.world.tick(), "office")
        writer.load([("visit", visit)])
        writer.move("visit", visit, f"{RETIRED}terr:T1")
    assert lands.clerk("clerk-T1").get(f"/console/visits/{visit}").status_code == 200
    assert lands.clerk("clerk-T2").get(f"/console/visits/{visit}").status_code == 404


def test_pages_and_forms_keep_to_the_territory_on_postgresql_too(told_on_postgres: Told) -> None:
    both = tell_of_both(told_on_postgres)
    chief, own, foreign = both.clerk("chief-T1"), both.own["T1"], both.own["T2"]
    for method, path in MATRIX:
        if method == "GET" and path not in EVERYBODYS:
            page = chief.get(_filled(path, own))
            assert page.status_code == 200, path
            assert not any(secret in page.text for secret in foreign.secrets), path
            assert "{" not in path or chief.get(_filled(path, foreign)).status_code == 404, path
    before = both.state()
    for path, sent in FORMS.items():
        filled = {name: _filled(value, foreign) for name, value in sent[0][0].items()}
        assert chief.post(_filled(path, foreign), filled).status_code in {404, 409}, path
    assert both.state() == before


def test_rights_of_the_limited_are_those_of_their_role_but_the_log() -> None:
    for role in people.ROLES:
        assert Person("x", role, "", EVERYWHERE).rights == RIGHTS[role]
        assert Person("x", role, "", Reach(frozenset({"T1"}))).rights == RIGHTS[role] - {Right.AUDIT}
