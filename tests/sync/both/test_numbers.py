"""Numbers of operations: gaps, what nobody can read, what no message can carry."""

from datetime import date
from uuid import UUID

import pytest

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
    _visits(laptop, office, "一", "x" * (push.MOST_BYTES + 1), "三")
    assert laptop.sync().verdicts == {"applied": 2}
    assert laptop.rows('SELECT status, length("set") > 1000000 FROM refused_op') == [("too_large", 1)]


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
