"""What the pages of the console show and do, asked for over HTTP without a browser."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app.headoffice import audit, day_checks, people
from app.headoffice.giving_back import give_back
from app.headoffice.models import TABLES, Manager, Replica, SyncGrant, SyncOperation, SyncParked
from tests.headoffice.console.clerk import Told
from tests.headoffice.console.story import NASTY
from tests.headoffice.world import NOW, visit_values


def _pages(told: Told) -> list[str]:
    story = told.story
    return [
        "/console/", "/console/?show=trouble&q=M1", "/console/?show=away", "/console/?show=never&page=9",
        "/console/managers/M1", "/console/visits?day=2026-03-02", "/console/visits?day=2026-03-02&manager=M1&q=幸福",
        f"/console/visits/{story.visit}", "/console/records", "/console/records?show=refused&manager=M1",
        "/console/conflicts", "/console/conflicts?show=merged&manager=M1", "/console/conflicts?show=settled",
        "/console/proposals", "/console/proposals?show=declined", "/console/tasks?show=all", "/console/tasks?q=%25",
        f"/console/tasks/{story.task}", "/console/tasks/new", "/console/devices?show=all&q=M", "/console/devices/code",
        f"/console/devices/{story.laptop.replica}", "/console/audit?chains=all&actor=M", "/console/forecasts",
        "/console/forecasts?month=2026-04&show=missing&q=M", f"/console/forecasts/{story.submission}",
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ["told", "told_on_postgres"])
def test_every_page_is_drawn_in_both_languages_on_both_databases(request: pytest.FixtureRequest, engine: str) -> None:
    told: Told = request.getfixturevalue(engine)
    chief = told.clerk("chief")
    for path in _pages(told):
        for language, mark in (("zh", "总览"), ("en", "Overview")):
            answer = chief.get(path, headers={"cookie": _cookie(chief.http.cookies, language)})
            assert answer.status_code == 200, (path, answer.text)
            assert mark in answer.text
            assert NASTY not in answer.text
            assert not re.search(r"\b(style|on\w+)=\"", answer.text), path  # the policy forbids what stands inline


def _cookie(cookies: object, language: str) -> str:
    return f"zoufang_console={cookies['zoufang_console']}; zoufang_language={language}"  # pyright: ignore[reportIndexIssue]


def test_a_shop_whose_name_is_a_script_is_read_and_not_run(told: Told) -> None:
    page = told.clerk("chief").get("/console/visits?day=2026-03-02").text
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page
    assert NASTY not in page


def test_pages_carry_the_headers_of_safety_and_are_kept_by_nobody(told: Told) -> None:
    chief = told.clerk("chief")
    for path in ("/console/", "/console/visits/nothing", "/console/login", "/console/tasks/new"):
        headers = chief.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_photos_are_given_as_pictures_that_no_proxy_keeps(told: Told) -> None:
    clerk = told.clerk("clerk")
    for kind in ("thumb", "full"):
        answer = clerk.get(f"/console/photos/{told.story.photo}/{kind}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert answer.content.startswith(b"\xff\xd8")
        assert answer.headers["cache-control"] == "private, no-store"
        assert "sandbox" in answer.headers["content-security-policy"]
    assert clerk.get(f"/console/photos/{told.story.photo_without_original}/full").status_code == 404
    assert clerk.get("/console/photos/nothing/thumb").status_code == 404
    assert clerk.get(f"/console/photos/{told.story.photo}/other").status_code == 404


def test_assets_may_be_kept_for_ever_under_their_hash(told: Told) -> None:
    with told.client() as http:
        page = http.get("/console/login").text
        for address in re.findall(r'(?:href|src)="(/console/static/[^"]+)"', page):
            answer = http.get(address)
            assert answer.status_code == 200
            assert "immutable" in answer.headers["cache-control"]
        assert http.get("/console/static/..%2Fwords.toml").status_code == 404
    assert not re.search(r"https?://(?!www\.w3\.org)", page)


def test_the_overview_tells_who_was_here_what_waits_and_which_serials_are_missing(told: Told) -> None:
    page = told.clerk("reader").get("/console/").text
    rows = {code: row for row in page.split("<tr>") for code in ("M1", "M2", "M3") if f"<small>{code}</small>" in row}
    assert 'class="chip bad">3<' in rows["M1"]  # serials 1, 2 and 4 came
    assert "没有电脑" in rows["M3"]
    assert page.index("<small>M3</small>") < page.index("<small>M1</small>")  # those who were never here come first


def test_long_lists_come_in_pages(told: Told) -> None:
    with told.served.world.database.write() as session:
        for number in range(60):
            session.add(Manager(code=f"X{number:02}", name=f"经理{number}", territory="T9", created_at=NOW))
    reader = told.clerk("reader")
    first, last = reader.get("/console/?show=all").text, reader.get("/console/?page=99").text
    assert "第 1 / 3 页，共 63 条" in first
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert "第 3 / 3 页" in last
    assert first.count('scope="row"') == 25


def test_filters_that_are_odd_break_nothing(told: Told) -> None:
    chief = told.clerk("chief")
    odd = ("page=-1", "page=x", "page=99999999999999999999", "day=2026-99-99", "show=nonsense", "q=%25_%5C")
    for path in ("/console/", "/console/visits", "/console/records", "/console/conflicts", "/console/proposals",
                 "/console/tasks", "/console/devices", "/console/audit", "/console/forecasts"):  # fmt: skip
        for query in odd:
            assert chief.get(f"{path}?{query}").status_code == 200, (path, query)
    for query in ("q=%00", f"q={'x' * 101}"):
        assert chief.get(f"/console/?{query}").status_code == 400
    assert chief.get("/console/records/x/99999999999999999999999/apply").status_code == 405
    assert chief.post("/console/records/x/99999999999999999999999/apply").status_code == 404


def test_a_page_whose_work_fails_says_so_and_goes_into_the_log_without_words(
    told: Told, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    chief = told.clerk("chief")
    monkeypatch.setattr("app.headoffice.console.readings.tasks.tasks", None)
    answer = chief.get("/console/tasks")
    assert answer.status_code == 503
    assert "数据库正忙" in answer.text
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == ["unforeseen"]


# ---- deeds -----------------------------------------------------------------------------------------------------------
def _status(told: Told, no: int) -> tuple[str, str]:
    with told.served.world.database.read() as session:
        asked = select(SyncOperation.status, SyncOperation.reason).where(
            SyncOperation.replica == told.story.laptop.replica, SyncOperation.no == no
        )
        status, reason = session.execute(asked).one()
        return status, reason


def test_a_record_that_waits_is_dropped_only_with_a_reason(told: Told) -> None:
    clerk, path = told.clerk("clerk"), f"/console/records/{told.story.laptop.replica}/{told.story.parked_no}"
    assert clerk.post(f"{path}/drop", {"note": "  "}).status_code == 409
    assert _status(told, told.story.parked_no)[0] == "parked"
    assert clerk.post(f"{path}/apply").headers["location"].endswith("done=record_waits_on")
    assert clerk.post(f"{path}/drop", {"note": "拜访未发生"}).headers["location"].endswith("done=record_dropped")
    assert _status(told, told.story.parked_no) == ("invalid", "dropped_by_office: 拜访未发生")
    assert "总部已退回：拜访未发生" in clerk.get("/console/records?show=refused").text
    assert clerk.post(f"{path}/drop", {"note": "again"}).status_code == 404
    with told.served.world.database.read() as session:
        assert session.get(SyncParked, (told.story.laptop.replica, told.story.parked_no)) is None
        assert audit.verify(session) is None


def test_a_visit_of_a_shop_that_was_deleted_counts_and_is_looked_at(told: Told) -> None:
    world = told.served.world
    laptop = world.laptop("M1")
    laptop.pull()
    world.put("customer", world.customers["C11"], {}, deleted=True)
    laptop.insert("visit", visit_values(world.customers["C11"], serial=1))
    [result] = laptop.push().results
    assert result.status == "applied"
    clerk, path = told.clerk("clerk"), f"/console/records/{laptop.replica}/{result.no}"
    page = clerk.get("/console/records").text
    assert "客户在这次拜访送达之前已由总部停用" in page
    assert f"{path}/seen" in page
    assert f"{path}/drop" not in page
    for deed in ("apply", "drop"):
        assert clerk.post(f"{path}/{deed}", {"note": "不"}).status_code == 404, "it was taken in already"
    assert clerk.post(f"{path}/seen").headers["location"].endswith("done=record_seen")
    assert f"{path}/seen" not in clerk.get("/console/records").text
    assert clerk.post(f"{path}/seen").status_code == 404
    with world.database.read() as session:
        asked = select(SyncOperation.status).where(SyncOperation.replica == laptop.replica)
        assert session.scalars(asked).all() == ["applied"]


def test_a_clash_of_a_customer_who_moved_is_decided_in_the_record_of_whoever_holds_him(told: Told) -> None:
    table = TABLES["sync_conflict"]
    with told.served.world.database.read() as session:
        [key] = session.scalars(select(table.c.id).where(table.c.state == "open")).all()
        former = session.scalars(select(table.c.id).where(table.c.state == "settled")).all()
    assert len(former) == 1
    clerk = told.clerk("clerk")
    assert clerk.get("/console/conflicts").text.count("/console/conflicts/") == 1
    assert clerk.post(f"/console/conflicts/{key}", {"choice": "yours"}).status_code == 303
    with told.served.world.database.read() as session:
        assert session.scalar(select(table.c.resolved_by).where(table.c.id == key)) == "clerk"
        assert not session.scalars(select(table.c.id).where(table.c.state == "open")).all()
    assert told.served.world.value("customer", told.served.world.customers["C12"], "opening_hours") == "07:00-23:00"
    assert clerk.post(f"/console/conflicts/{key}", {"choice": "both"}).status_code == 400


def test_a_proposal_is_declined_only_with_a_reason_and_decided_once(told: Told) -> None:
    table = TABLES["change_proposal"]
    with told.served.world.database.read() as session:
        [key] = [str(one) for one in session.scalars(select(table.c.id))]
    clerk = told.clerk("clerk")
    assert clerk.post(f"/console/proposals/{key}", {"choice": "decline"}).status_code == 409
    assert clerk.post(f"/console/proposals/{key}", {"choice": "accept"}).status_code == 303
    assert told.served.world.value("customer", told.served.world.customers["C11"], "shop_name") == "幸福烟酒便利"
    assert clerk.post(f"/console/proposals/{key}", {"choice": "decline", "note": "晚了"}).status_code == 404


def _give(told: Told, **fields: str) -> tuple[int, str]:
    answer = told.clerk("clerk").post("/console/tasks/new", {"title": "核对", **fields})
    return answer.status_code, answer.headers.get("location", "") or answer.text


def test_what_is_overdue_stands_first_and_is_marked(told: Told) -> None:
    for title, due in (("later", "2199-03-09"), ("missed", "2020-03-09"), ("never due", "")):
        told.clerk("clerk").post("/console/tasks/new", {"title": title, "managers": "M1", "due_on": due})
    clerk = told.clerk("clerk")
    page = clerk.get("/console/tasks?manager=M1&show=assigned").text
    assert page.index("missed") < page.index("later") < page.index("never due")
    rows = [row for row in page.split("<tr>") if any(f">{one}<" in row for one in ("missed", "later", "never due"))]
    assert [("已逾期" in row or "overdue" in row) for row in rows] == [True, False, False]


def test_tasks_go_to_managers_or_to_those_who_have_the_customers(told: Told) -> None:
    assert _give(told, managers="M1，M2", due_on="2026-03-09") == (303, "/console/tasks?done=tasks_given&n=2")
    assert _give(told, managers="M1 M2", due_on="2026-03-09") == (303, "/console/tasks?done=tasks_known&n=0")
    assert _give(told, customers="C11 C12\nC21")[1].endswith("n=3")
    table = TABLES["task"]
    with told.served.world.database.read() as session:
        asked = select(table.c.manager).where(table.c.title == "核对", table.c.customer_id.is_not(None))
        assert sorted(session.scalars(asked)) == ["M1", "M2", "M2"]
    told.story.laptop.world = told.served.world
    told.story.laptop.pull()
    assert [row.values["title"] for (name, _), row in told.story.laptop.rows.items() if name == "task"].count(
        "核对"
    ) == 2


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"title": ""}, "请填写任务标题"),
        ({}, "请填写客户经理或客户"),
        ({"managers": "M9"}, "M9"),
        ({"customers": "C99"}, "C99"),
        ({"managers": "M1", "customers": "C21"}, "不归"),
        ({"managers": "M1", "due_on": "morgen"}, "日期"),
        ({"managers": "<b>"}, "&lt;b&gt;"),
    ],
)
def test_a_task_that_does_not_fit_comes_back_as_it_was_filled_in(told: Told, fields: dict[str, str], word: str) -> None:
    status, page = _give(told, body="原来写的内容", **fields)
    assert status == 409
    assert word in page
    assert "原来写的内容" in page


def test_customers_whom_nobody_has_get_no_task(told: Told) -> None:
    told.served.world.database.transaction(lambda s: s.execute(delete(SyncGrant).where(SyncGrant.scope == "terr:T1")))
    assert "没有客户经理" in _give(told, customers="C11")[1]


def test_a_task_is_called_off_once_and_not_when_it_is_done(told: Told) -> None:
    clerk, table = told.clerk("clerk"), TABLES["task"]
    with told.served.world.database.read() as session:
        [other] = [str(key) for key in session.scalars(select(table.c.id).where(table.c.state == "assigned"))]
    assert clerk.post(f"/console/tasks/{other}/cancel").status_code == 303
    assert clerk.post(f"/console/tasks/{other}/cancel").status_code == 409
    assert clerk.post(f"/console/tasks/{told.story.task}/cancel").status_code == 409
    assert clerk.post("/console/tasks/nothing/cancel").status_code == 404


def test_a_code_is_shown_once_for_a_known_manager_and_a_sound_address(told: Told) -> None:
    chief = told.clerk("chief")
    for manager, url in (("M9", "https://a.example"), ("M1", "javascript:alert(1)"), ("M1", "office")):
        assert chief.post("/console/devices/code", {"manager": manager, "url": url}).status_code == 409
    page = chief.post("/console/devices/code", {"manager": "M1", "url": "https://a.example/"}).text
    [code] = re.findall(r'id="code">([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<', page)
    assert "<svg" in page
    assert 'value="https://a.example"' in chief.get("/console/devices/code").text
    assert code not in chief.get("/console/audit").text
    with told.served.world.database.write() as session:
        assert people.enrol(session, code, "key", "laptop", told.served.world.now).manager == "M1"


def test_a_laptop_is_revoked_with_or_without_a_wipe_but_not_by_chance(told: Told) -> None:
    chief, path = told.clerk("chief"), f"/console/devices/{told.story.laptop.replica}/revoke"
    assert chief.post(path).status_code == 409
    assert chief.post(path, {"wipe": "no"}).headers["location"].endswith("done=revoked")
    assert chief.post(path, {"wipe": "yes"}).headers["location"].endswith("done=revoked_wipe")
    assert chief.post("/console/devices/nothing/revoke", {"wipe": "no"}).status_code == 404
    page = chief.get("/console/audit").text
    assert 'title="office:chief">chief<' in page
    assert "联网时清除：是" in page
    assert "（M1）<" in page
    assert "wipe=" not in page


def test_a_laptop_that_was_given_back_is_said_to_be_and_cannot_be_revoked(told: Told) -> None:
    chief, replica = told.clerk("chief"), told.story.laptop.replica
    with told.served.world.database.write() as session:
        give_back(session, replica, 0, told.served.world.now)
    path = f"/console/devices/{replica}"
    assert f'href="{path}"' not in chief.get("/console/devices").text
    listed = chief.get("/console/devices?show=left").text
    assert replica in listed
    assert "交还于" in listed
    assert f'class="button" href="{path}"' not in listed
    page = chief.get(path).text
    assert "客户经理已交还这台电脑" in page
    assert "/revoke" not in page
    refused = chief.post(f"{path}/revoke", {"wipe": "yes"})
    assert refused.status_code == 409
    assert "这台电脑已经交还" in refused.text
    with told.served.world.database.read() as session:
        assert session.get_one(Replica, replica).state == "left"


def test_today_shows_how_the_newest_comparison_ended_on_each_laptop(told: Told) -> None:
    chief, now = told.clerk("chief"), told.served.world.now
    day = now.astimezone().date().isoformat()
    agreed = {"agreed": True, "number": "N-1", "visits": 2, "missing_visits": 0, "differing_visits": 0}
    agreed |= {"missing_photos": 0, "missing_serials": 0}

    def keep(replica: str, **changes: object) -> str:
        values = {"replica": replica, "day": day, "checked_at": now, **agreed, **changes}
        with told.served.world.database.write() as session:
            day_checks.keep(session, values)
        return chief.get("/console/?q=M1").text

    assert "未核对" in chief.get("/console/?q=M1").text
    assert 'chip good">当日完成' in keep(told.story.laptop.replica)
    page = keep(told.story.laptop.replica, agreed=False, number="", missing_visits=3, missing_photos=1)
    assert 'chip bad">不一致' in page
    assert "总部缺 3 次拜访" in page
    assert "缺 1 张照片" in page
    assert 'chip good">当日完成' not in page
    assert "还有进行中的拜访" in keep(told.story.laptop.replica, number="")
    other = told.served.world.laptop().replica
    with told.served.world.database.write() as session:
        session.get_one(Replica, other).public_key = "of another laptop"
    page = keep(other)
    assert 'chip good">当日完成' in page
    assert 'chip wait">还有进行中的拜访' in page, "one laptop says nothing about another"
    page = chief.get("/console/managers/M1").text
    assert "N-1" in page
    assert day in page


def test_a_manager_whose_laptop_was_given_back_has_synced_and_has_no_laptop(told: Told) -> None:
    chief, world = told.clerk("chief"), told.served.world
    with world.database.write() as session:
        for one in session.scalars(select(Replica).where(Replica.manager == "M1")):
            one.state, one.left_at = "left", world.now
    row = next(row for row in chief.get("/console/?q=M1").text.split("<tr>") if "<small>M1</small>" in row)
    assert "<time datetime=" in row
    assert "没有电脑" in row
    assert "<small>M1</small>" not in chief.get("/console/?show=never").text


def test_the_scopes_of_a_manager_are_told_in_words(told: Told) -> None:
    page = told.clerk("chief").get("/console/managers/M1").text
    assert 'title="terr:T1">片区 T1<' in page
    assert 'title="mgr:M1">M1 本人的任务和申请<' in page
    assert ">ref:catalogue<" not in page


def test_an_open_task_whose_shop_left_its_manager_says_so(told: Told) -> None:
    told.clerk("clerk").post("/console/tasks/new", {"title": "left behind", "customers": "C11"})
    table = TABLES["task"]
    with told.served.world.database.read() as session:
        key = session.scalars(select(table.c.id).where(table.c.title == "left behind")).one()
    pages = ("/console/tasks?q=left", f"/console/tasks/{key}")
    assert not any("客户已转出" in told.clerk("clerk").get(page).text for page in pages)
    told.served.world.move("C11", "T9")
    assert all("客户已转出" in told.clerk("clerk").get(page).text for page in pages), "nobody has T9"


def test_a_laptop_whose_restored_copy_took_its_place_is_in_use_once(told: Told) -> None:
    replica = told.story.laptop.replica
    with told.served.world.database.write() as session:
        people.seen(session, replica, NOW, "1", 1, 0.0)
        copy = people.renew_replica(session, replica, NOW)
    chief = told.clerk("chief")
    in_use, replaced = (chief.get(f"/console/devices?show={show}").text for show in ("active", "forked"))
    assert (copy in in_use, replica in in_use) == (True, False)
    assert replica in replaced
    with told.served.world.database.write() as session:  # the old one came again by itself: both are used
        people.seen(session, replica, NOW + timedelta(hours=1), "1", 1, 0.0)
    assert replica in chief.get("/console/devices?show=active").text
