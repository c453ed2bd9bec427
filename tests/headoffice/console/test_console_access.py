"""Who may see and do what in the console: every page and form, every role, nobody, and forms of strangers."""

import re
from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import func, select, update

from app.headoffice import people
from app.headoffice.access_models import ConsoleSession, ConsoleTry
from app.headoffice.console.looking import CHAIN
from app.headoffice.console.rights import RIGHTS, Right
from app.headoffice.models import AuditEntry, OfficeUser
from tests.headoffice.console.clerk import Clerk, Told, csrf_in
from tests.headoffice.console.story import PASSWORD
from tests.headoffice.http.matrix import calls_of

OPEN = {("GET", "/console"), ("GET", "/console/login"), ("POST", "/console/login"), ("GET", "/console/static/{name}")}
MATRIX: dict[tuple[str, str], Right] = {
    ("GET", "/console/"): Right.LOOK,
    ("GET", "/console/managers/{code}"): Right.LOOK,
    ("GET", "/console/visits"): Right.LOOK,
    ("GET", "/console/visits/{visit}"): Right.LOOK,
    ("GET", "/console/photos/{photo}/{kind}"): Right.VALUES,
    ("GET", "/console/records"): Right.LOOK,
    ("POST", "/console/records/{replica}/{no}/apply"): Right.DECIDE,
    ("POST", "/console/records/{replica}/{no}/drop"): Right.DECIDE,
    ("POST", "/console/records/{replica}/{review}/seen"): Right.DECIDE,
    ("GET", "/console/conflicts"): Right.VALUES,
    ("POST", "/console/conflicts/{conflict}"): Right.DECIDE,
    ("GET", "/console/proposals"): Right.VALUES,
    ("POST", "/console/proposals/{proposal}"): Right.DECIDE,
    ("GET", "/console/tasks"): Right.LOOK,
    ("GET", "/console/tasks/new"): Right.DECIDE,
    ("POST", "/console/tasks/new"): Right.DECIDE,
    ("GET", "/console/tasks/{task}"): Right.LOOK,
    ("POST", "/console/tasks/{task}/cancel"): Right.DECIDE,
    ("GET", "/console/forecasts"): Right.LOOK,
    ("GET", "/console/forecasts.csv"): Right.LOOK,
    ("GET", "/console/forecasts/{submission}"): Right.LOOK,
    ("POST", "/console/forecasts/{submission}/return"): Right.DECIDE,
    ("GET", "/console/targets"): Right.LOOK,
    ("GET", "/console/targets/file"): Right.LOOK,
    ("GET", "/console/targets/form"): Right.DECIDE,
    ("GET", "/console/targets/new"): Right.DECIDE,
    ("POST", "/console/targets/new"): Right.DECIDE,
    ("GET", "/console/targets/import"): Right.DECIDE,
    ("POST", "/console/targets/import"): Right.DECIDE,
    ("POST", "/console/targets/refused"): Right.DECIDE,
    ("POST", "/console/targets/{target}/correct"): Right.DECIDE,
    ("POST", "/console/targets/{target}/withdraw"): Right.DECIDE,
    ("POST", "/console/targets/{target}/restore"): Right.DECIDE,
    ("GET", "/console/devices"): Right.DEVICES,
    ("GET", "/console/devices/code"): Right.DEVICES,
    ("POST", "/console/devices/code"): Right.DEVICES,
    ("GET", "/console/devices/{replica}"): Right.DEVICES,
    ("POST", "/console/devices/{replica}/revoke"): Right.DEVICES,
    ("GET", "/console/audit"): Right.AUDIT,
    ("POST", "/console/logout"): Right.LOOK,
}


def _address(told: Told, path: str) -> str:
    story = told.story
    keys = {
        "code": "M1", "visit": story.visit, "photo": story.photo, "kind": "thumb", "replica": story.laptop.replica,
        "no": str(story.parked_no), "review": str(story.parked_no), "conflict": story.visit, "proposal": story.visit,
        "task": story.task, "target": story.task, "submission": story.submission,
    }  # fmt: skip
    return re.sub(r"\{(\w+)\}", lambda found: keys[found[1]], path)


def _deeds(told: Told) -> int:
    with told.served.world.database.read() as session:
        looks = AuditEntry.chain.startswith(CHAIN)
        return session.scalar(select(func.count()).select_from(AuditEntry).where(~looks)) or 0


def test_every_page_and_form_has_its_row_in_the_matrix(told: Told) -> None:
    found = {call for call in calls_of(told.served.app) if call[1].startswith("/console") and call[0] != "HEAD"}
    assert found == set(MATRIX) | OPEN


def test_whoever_is_not_signed_in_is_led_to_the_entrance_and_changes_nothing(told: Told) -> None:
    before = _deeds(told)
    for method, path in MATRIX:
        for cookie in ({}, {"Cookie": "zoufang_console=guessed"}):
            with told.client() as http:
                answer = http.request(method, _address(told, path), data={"csrf": "x"} if method == "POST" else None,
                                      headers=cookie)  # fmt: skip
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/console/login"), path
    assert _deeds(told) == before


@pytest.mark.parametrize("role", people.ROLES)
def test_each_role_sees_and_does_what_it_may_and_nothing_else(told: Told, role: str) -> None:
    clerk = told.clerk(role)
    csrf, before = csrf_in(clerk.get("/console/").text), _deeds(told)
    for (method, path), right in MATRIX.items():
        if path.endswith("/logout"):
            continue
        may = right in RIGHTS[role]
        if method == "GET":
            assert clerk.get(_address(told, path)).status_code == (200 if may else 403), path
        elif not may:
            assert clerk.http.post(_address(told, path), data={"csrf": csrf}).status_code == 403, path
    assert _deeds(told) == before


@pytest.mark.parametrize("role", people.ROLES)
def test_the_navigation_shows_only_what_the_role_may_see(told: Told, role: str) -> None:
    page = told.clerk(role).get("/console/").text
    for path, right in (("/console/conflicts", Right.VALUES), ("/console/devices", Right.DEVICES),
                        ("/console/audit", Right.AUDIT), ("/console/tasks", Right.LOOK)):  # fmt: skip
        assert (f'href="{path}"' in page) == (right in RIGHTS[role])


def test_a_reader_learns_nothing_of_persons_from_refused_records_and_visits(told: Told) -> None:
    reader, clerk = told.clerk("reader"), told.clerk("clerk")
    for path, secret in (
        ("/console/records?show=refused", "07:00-23:00"),
        (f"/console/visits/{told.story.visit}", "/photos/"),
    ):
        assert secret not in reader.get(path).text
        assert secret in clerk.get(path).text


def test_a_form_without_the_word_of_its_session_is_refused(told: Told) -> None:
    chief, other = told.clerk("chief"), told.clerk("chief")
    foreign, before = csrf_in(other.get("/console/").text), _deeds(told)
    for method, path in MATRIX:
        if method == "POST":
            for fields in ({}, {"csrf": ""}, {"csrf": foreign}, {"csrf": "ü"}):
                assert chief.http.post(_address(told, path), data=fields).status_code == 400, path
    own = csrf_in(chief.get("/console/").text)
    strange: dict[str, dict[str, str]] = {
        "sec-fetch-site": {"sec-fetch-site": "cross-site"},
        "kind": {"content-type": "text/plain"},
    }
    for headers in strange.values():
        sent = {"content-type": "application/x-www-form-urlencoded", **headers}
        answer = chief.http.post("/console/devices/code", content=f"csrf={own}&manager=M1&url=https://a", headers=sent)
        assert answer.status_code == 400
    assert _deeds(told) == before
    assert chief.get("/console/").status_code == 200


@pytest.mark.parametrize("content", [b"csrf=%ff", b"csrf=%00", "csrf=ü".encode(), b"a=1&" * 100, b"x" * 70_000])
def test_what_is_no_form_is_refused_in_plain_words(told: Told, content: bytes) -> None:
    chief = told.clerk("chief")
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = chief.http.post("/console/tasks/new", content=content, headers=headers)
    assert answer.status_code in {400, 413}
    assert "没有任何改动" in answer.text


def test_a_session_ends_after_half_an_hour_of_silence_and_after_a_working_day(told: Told) -> None:
    chief, begun = told.clerk("chief"), told.served.world.now
    for minutes in range(25, 600, 25):
        told.served.set_clock(begun + timedelta(minutes=minutes))
        assert chief.get("/console/").status_code == 200
    told.served.set_clock(begun + timedelta(minutes=601))
    assert chief.get("/console/").headers["location"] == "/console/login?ended=1"
    again = told.clerk("chief")
    told.served.set_clock(begun + timedelta(minutes=632))
    assert again.get("/console/").status_code == 303


def test_signing_out_ends_the_session_for_good(told: Told) -> None:
    chief = told.clerk("chief")
    cookies = {"Cookie": f"zoufang_console={chief.http.cookies['zoufang_console']}"}
    assert chief.post("/console/logout").headers["location"] == "/console/login"
    with told.client() as http:
        assert http.get("/console/", headers=cookies).status_code == 303


def test_a_changed_role_and_a_shut_account_count_at_once(told: Told) -> None:
    chief, database = told.clerk("chief"), told.served.world.database
    database.transaction(lambda session: session.execute(update(OfficeUser).values(role="reader")))
    assert chief.get("/console/audit").status_code == 403
    database.transaction(lambda session: session.execute(update(OfficeUser).values(disabled_at=told.served.world.now)))
    assert chief.get("/console/").status_code == 303
    assert Clerk(told.client()).sign_in("chief").status_code == 403


def test_nothing_that_opens_a_session_is_kept_at_rest(told: Told) -> None:
    token = told.clerk("chief").http.cookies["zoufang_console"]
    with told.served.world.database.read() as session:
        [kept] = session.scalars(select(ConsoleSession))
        assert token not in {kept.hash, kept.name}
        assert kept.name == "chief"


def test_wrong_passwords_make_the_next_try_wait_longer_and_longer(told: Told) -> None:
    clerk, waits = Clerk(told.client()), list[int]()
    for _ in range(12):
        answer = clerk.sign_in("Chief", "wrong password")
        while answer.status_code == 429:
            waits.append(int(answer.headers["retry-after"]))
            assert clerk.sign_in("chief").status_code == 429  # the right one is not even looked at
            told.served.set_clock(told.served.world.now + timedelta(seconds=waits[-1]))
            answer = clerk.sign_in("Chief", "wrong password")
        assert answer.status_code == 403
    assert waits == sorted(waits)
    assert waits[0] <= 2
    assert waits[-1] > 250
    told.served.set_clock(told.served.world.now + timedelta(seconds=301))
    assert clerk.sign_in("chief").status_code == 303
    with told.served.world.database.read() as session:
        assert session.scalars(select(ConsoleTry)).all() == []


def test_an_unknown_name_is_answered_as_a_wrong_password(told: Told) -> None:
    clerk = Clerk(told.client())
    answers = [
        clerk.sign_in(name, "wrong password")
        for name in ("nobody", "chief", "x" * 300, "\ud800".encode("utf-8", "surrogatepass").hex())
    ]
    assert {one.status_code for one in answers} == {403}
    assert clerk.sign_in("chief", "").status_code == 403


def test_the_entrance_needs_its_own_form_and_leads_only_to_our_pages(told: Told) -> None:
    with told.client() as http:
        assert http.post("/console/login", data={"name": "chief", "password": PASSWORD}).status_code == 400
        page = http.get("/console/login").text
        assert http.post("/console/login", data={"name": "chief", "password": PASSWORD, "csrf": "x"}).status_code == 400
        for back, leads in (
            ("/console/tasks?show=all", "/console/tasks?show=all"), ("https://evil.example/", "/console/"),
            ("//evil.example/console/", "/console/"), ("/console/\\evil", "/console/"), ("/console/login", "/console/"),
            ("/console/\r\nX: y", "/console/"),
        ):  # fmt: skip
            fields = {"name": "chief", "password": PASSWORD, "csrf": csrf_in(page)}
            answer = http.post("/console/login", params={"back": back}, data=fields)
            assert answer.headers["location"] == leads
            http.cookies.clear()
            page = http.get("/console/login").text


def _cookies(answer: httpx2.Response) -> list[str]:
    return answer.headers.get_list("set-cookie")


def test_cookies_are_for_this_site_and_no_script_and_where_there_is_tls_for_tls_alone(told: Told) -> None:
    clerk = Clerk(told.client())
    [cookie] = [one for one in _cookies(clerk.sign_in("chief")) if one.startswith("zoufang_console=")]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/console"))
    assert "Secure" not in cookie
    behind_tls = clerk.http.get("/console/login", headers={"x-forwarded-proto": "https", "cookie": ""})
    assert all("Secure" in one for one in _cookies(behind_tls))
