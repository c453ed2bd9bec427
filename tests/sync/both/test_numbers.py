"""Numbers of operations: gaps, what nobody can read, what no message can carry."""

import json
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from app.models.visit import Visit
from app.runtime.ids import new_id
from app.sync import push
from app.sync.engine import Outcome
from app.sync.protocol import PushAnswer, PushRequest, Trouble
from app.sync.trouble import Refused
from tests.sync.both.laptops import Laptop, Office


def _visits(laptop: Laptop, office: Office, *notes: str) -> None:
    with laptop.edit() as session:
        for note in notes:
            shop = UUID(office.shop)
            session.add(Visit(id=new_id(), customer_id=shop, day=date(2022, 4, 29), status="done", need_note=note))


def test_a_number_that_was_never_used_holds_nothing_up(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    _visits(laptop, office, "一", "二", "三")
    with laptop.database.note() as cursor:
        cursor.execute("DELETE FROM outbox WHERE no = 1")
    assert laptop.sync().verdicts == {"applied": 2}
    _visits(laptop, office, "四")
    assert laptop.sync().verdicts == {"applied": 1}


def test_what_head_office_was_sent_and_does_not_have_is_offered_again(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    _visits(laptop, office, "一", "二")
    laptop.sync()
    with office.database.write() as session:
        from sqlalchemy import text

        session.execute(text("DELETE FROM sync_op WHERE no = 2"))
        session.execute(text("UPDATE replica SET last_no = 1"))
    _visits(laptop, office, "三")
    assert laptop.sync().outcome is Outcome.DONE
    assert office.one("SELECT count(*) FROM visit") == 3
    assert laptop.one("SELECT count(*) FROM outbox") == 0
    assert laptop.agrees()


def test_an_operation_that_cannot_be_read_is_kept_and_the_rest_goes_on(
    laptop: Laptop, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.sync()
    _visits(laptop, office, "一", "毒", "三")
    through = laptop.client.push

    def choosy(request: PushRequest) -> PushAnswer:
        if any(op.set.get("need_note") == "毒" for op in request.ops):
            raise Refused(Trouble(error="malformed"))
        return through(request)

    monkeypatch.setattr(laptop.client, "push", choosy)
    result = laptop.sync()
    assert result.outcome is Outcome.DONE
    assert result.verdicts == {"applied": 2, "malformed": 1}
    assert laptop.rows("SELECT status FROM refused_op") == [("malformed",)]
    assert office.one("SELECT count(*) FROM visit") == 2


def test_an_operation_that_no_message_can_carry_is_kept_and_the_rest_goes_on(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    _visits(laptop, office, "一", "二")
    with laptop.edit() as session:
        session.scalars(select(Visit).where(Visit.need_note == "二")).one().reasons = ["x" * 60_000] * 20
    _visits(laptop, office, "三")
    assert laptop.sync().verdicts == {"applied": 2}
    assert laptop.rows('SELECT status, length("set") > 1000000 FROM refused_op') == [("too_large", 1)]
    assert laptop.one("SELECT count(*) FROM outbox") == 0


def test_a_text_that_is_too_long_is_refused_here_and_the_rest_of_its_row_goes(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    _visits(laptop, office, "一", "长" * 30_000, "三")
    assert laptop.sync().verdicts == {"applied": 3}
    kept = laptop.rows('SELECT tbl, status, reason, state, "set" FROM refused_op')
    assert [row[:4] for row in kept] == [("visit", "invalid", "text_too_long", "open")]
    assert json.loads(kept[0][4]) == {"need_note": "长" * 30_000}
    assert office.one("SELECT count(*) FROM visit WHERE need_note IS NULL") == 1
    _visits(laptop, office, "四")
    assert laptop.sync().verdicts == {"applied": 1}, "the numbers have no gap"


def test_a_change_that_is_nothing_but_too_long_leaves_the_queue_whole(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    _visits(laptop, office, "一")
    laptop.sync()
    with laptop.edit() as session:
        session.scalars(select(Visit)).one().need_note = "x" * 70_000
    _visits(laptop, office, "二")
    assert laptop.sync().verdicts == {"applied": 1}
    assert laptop.rows("SELECT kind, status FROM refused_op") == [("patch", "invalid")]
    assert office.one("SELECT count(*) FROM visit WHERE need_note = '一'") == 1


def test_characters_that_no_database_keeps_are_taken_out_before_a_text_leaves(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    _visits(laptop, office, "缺\0货😀\\u0000")
    with laptop.edit() as session:
        session.scalars(select(Visit)).one().reasons = ["半\ud800字", "\0"]
    assert laptop.sync().verdicts == {"applied": 1}
    assert office.one("SELECT need_note FROM visit") == "缺货😀\\u0000"
    assert json.loads(office.one("SELECT reasons FROM visit")) == ["半字", ""]
    assert laptop.one("SELECT count(*) FROM refused_op") == 0


def test_a_large_outbox_goes_in_messages_of_bounded_size(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    _visits(laptop, office, *("长" * 10_000 for _ in range(60)))
    sizes: list[int] = []
    through = laptop.client.push

    def weigh(request: PushRequest) -> PushAnswer:
        sizes.append(len(request.model_dump_json().encode()))
        return through(request)

    laptop.client.push = weigh  # pyright: ignore[reportAttributeAccessIssue]
    assert laptop.sync().verdicts == {"applied": 60}
    assert len(sizes) > 1
    assert max(sizes) <= push.MOST_BYTES
