"""Whoever looks at a visit or a picture stands in the log: who, which, when; once for as long as the look lasts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.headoffice import audit
from app.headoffice.console.looking import CHAIN, ONE_LOOK
from app.headoffice.models import AuditEntry
from tests.headoffice.console.clerk import Told
from tests.headoffice.console.story import SHOPS

Look = tuple[str, str, str, str]


def _looks(told: Told) -> list[Look]:
    """Return who did what to which, and the kind of picture."""
    asked = select(AuditEntry).where(AuditEntry.chain.startswith(CHAIN)).order_by(AuditEntry.chain, AuditEntry.no)
    with told.served.world.database.read() as session:
        assert audit.verify(session) is None
        return [(one.actor, one.deed, one.subject, one.detail.get("kind", "")) for one in session.scalars(asked)]


@pytest.mark.parametrize("engine", ["told", "told_on_postgres"])
def test_each_visit_and_each_picture_that_is_looked_at_stands_in_the_log(
    request: pytest.FixtureRequest, engine: str
) -> None:
    told: Told = request.getfixturevalue(engine)
    story, reader, clerk = told.story, told.clerk("reader"), told.clerk("clerk")
    for path in (f"visits/{story.visit}", f"photos/{story.photo}/thumb", f"photos/{story.photo}/full"):
        clerk.get(f"/console/{path}")
    reader.get(f"/console/visits/{story.visit}")
    assert _looks(told) == [
        ("office:clerk", "see_visit", story.visit, ""),
        ("office:clerk", "see_photo", story.photo, "thumb"),
        ("office:clerk", "see_photo", story.photo, "full"),
        ("office:reader", "see_visit", story.visit, ""),
    ]


def test_looking_again_within_minutes_is_the_same_look(told: Told) -> None:
    clerk, begun = told.clerk("clerk"), told.served.world.now
    path = f"/console/photos/{told.story.photo}/thumb"
    for seconds in (0, 30, ONE_LOOK.seconds - 1, ONE_LOOK.seconds + 1):
        told.served.set_clock(begun + timedelta(seconds=seconds))
        assert clerk.get(path).status_code == 200
    assert len(_looks(told)) == 2
    told.clerk("chief").get(path)
    assert len(_looks(told)) == 3


def test_what_was_not_shown_was_not_looked_at(told: Told) -> None:
    reader, clerk = told.clerk("reader"), told.clerk("clerk")
    assert reader.get(f"/console/photos/{told.story.photo}/thumb").status_code == 403
    assert clerk.get(f"/console/photos/{told.story.photo_without_original}/full").status_code == 404
    assert clerk.get(f"/console/photos/{told.story.visit}/thumb").status_code == 404
    assert clerk.get(f"/console/visits/{told.story.photo}").status_code == 404
    assert clerk.get("/console/photos/no-key/thumb").status_code == 404
    assert _looks(told) == []


def test_the_log_of_looks_holds_no_word_of_what_was_seen_and_the_chief_can_read_it(told: Told) -> None:
    clerk, chief, story = told.clerk("clerk"), told.clerk("chief"), told.story
    clerk.get(f"/console/visits/{story.visit}")
    clerk.get(f"/console/photos/{story.photo}/full")
    with told.served.world.database.read() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.chain.startswith(CHAIN)))
        details = [one.detail for one in entries]
    assert details == [{}, {"kind": "full", "visit": story.visit}]
    page = chief.get("/console/audit?chains=looks").text
    assert page.count("office:clerk") == 2
    assert "查看照片" in page
    assert SHOPS["C11"] not in page
    assert "登录" not in page
    assert "查看照片" not in chief.get("/console/audit").text
    assert "查看照片" in chief.get("/console/audit?chains=all&actor=clerk").text


def test_no_picture_is_given_that_cannot_be_kept_in_the_log(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(audit, "append_once", broken)
    clerk = told.clerk("clerk")
    for path in (f"photos/{told.story.photo}/thumb", f"visits/{told.story.visit}"):
        answer = clerk.get(f"/console/{path}")
        assert answer.status_code == 503
        assert "希望增加细支烟" not in answer.text
