"""Managers, laptops and the people of the office; and the log of deeds that shows every tampering."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, text, update

from app.headoffice import audit, people
from app.headoffice.models import AuditEntry, EnrolCode, OfficeUser, Replica
from app.headoffice.problems import Malformed, NotFound, Revoked, TokenProblem
from app.headoffice.writer import SyncWriter
from tests.headoffice.world import World, customer_values, key


def test_a_code_enrols_one_laptop_within_a_day_and_is_kept_only_as_its_hash(world: World) -> None:
    with world.database.write() as session:
        code = people.enrol_code(session, "M1", world.now)
        late = people.enrol_code(session, "M1", world.now)
    with world.database.write() as session:
        enrolled = people.enrol(session, f" {code.lower()} ", "key", "laptop", world.now)
    assert (enrolled.manager, enrolled.manager_name, enrolled.territory) == ("M1", "Li", "T1")
    with world.database.write() as session, pytest.raises(TokenProblem):
        people.enrol(session, code, "key", "laptop", world.now)
    with world.database.write() as session, pytest.raises(TokenProblem):
        people.enrol(session, late, "key", "laptop", world.now + timedelta(hours=25))
    with world.database.read() as session:
        stored = " ".join(session.scalars(select(EnrolCode.hash)))
        stored += " ".join(session.scalars(select(Replica.refresh_hash)))
    assert code not in stored
    assert code.replace("-", "") not in stored
    assert enrolled.refresh_token not in stored


def test_only_the_right_refresh_token_of_a_laptop_that_is_not_revoked_holds(world: World) -> None:
    with world.database.write() as session:
        code = people.enrol_code(session, "M1", world.now)
        enrolled = people.enrol(session, code, "key", "laptop", world.now)
        assert people.refresh(session, enrolled.replica, enrolled.refresh_token).manager == "M1"
        with pytest.raises(TokenProblem):
            people.refresh(session, enrolled.replica, "x")
        people.revoke(session, enrolled.replica, world.now)
        with pytest.raises(Revoked):
            people.refresh(session, enrolled.replica, enrolled.refresh_token)


def test_the_right_password_opens_and_is_not_kept(world: World) -> None:
    password = "a long password"
    with world.database.write() as session:
        people.add_office_user(session, "chief", password, "chief", world.now)
        with pytest.raises(Malformed):
            people.add_office_user(session, "boss", password, "owner", world.now)
    with world.database.read() as session:
        found = people.check_password(session, "chief", password)
        assert found is not None
        assert found.role == "chief"
        assert people.check_password(session, "chief", "another password") is None
        assert people.check_password(session, "nobody", password) is None
        assert session.scalars(select(OfficeUser.password_hash)).one().startswith("$argon2id$")


def test_a_person_is_limited_to_territories_that_there_are(world: World) -> None:
    with world.database.write() as session:
        people.add_office_user(session, "both", "a long password", "clerk", world.now, "cli", ["T2", "T1", "T2"])
        people.add_office_user(session, "all", "a long password", "clerk", world.now)
    for territories in (["T1", "T9"], [""]):
        with world.database.write() as session, pytest.raises(NotFound):
            people.add_office_user(session, "lost", "a long password", "clerk", world.now, "cli", territories)
    with world.database.write() as session:
        SyncWriter(session, world.now, "office").put("customer", key(), customer_values("C31"), scope="terr:T3")
    with world.database.write() as session:  # nobody works there yet, but a shop lies there
        people.change_office_user(session, "all", world.now, territories=["T3"])
        with pytest.raises(NotFound):
            people.change_office_user(session, "nobody", world.now, role="chief")
        with pytest.raises(Malformed):
            people.change_office_user(session, "all", world.now, role="owner")
    with world.database.read() as session:
        works = dict(session.execute(select(OfficeUser.name, OfficeUser.territories)).all())
        told = session.execute(select(AuditEntry.deed, AuditEntry.detail).order_by(AuditEntry.no.desc()).limit(3)).all()
    assert works == {"both": ["T1", "T2"], "all": ["T3"]}
    assert ("change_office_user", {"role": "clerk", "shut": False, "territories": "T3"}) in told
    assert ("add_office_user", {"role": "clerk", "territories": "T1 T2"}) in told


def test_a_person_who_is_shut_out_can_be_let_in_again(world: World) -> None:
    password = "a long password"
    with world.database.write() as session:
        people.add_office_user(session, "clerk", password, "clerk", world.now)
    for shut in (True, False):
        with world.database.write() as session:
            people.change_office_user(session, "clerk", world.now, role="reader", shut=shut)
        with world.database.read() as session:
            assert (people.check_password(session, "clerk", password) is None) == shut


def test_the_same_look_is_one_entry_however_many_ask_at_once(world: World) -> None:
    def look(moment: datetime, kind: str = "thumb") -> None:
        entry = ("office:a", "see_photo", "p", {"kind": kind})
        world.database.transaction(
            lambda session: audit.append_once(session, moment, moment - timedelta(minutes=5), *entry, chain="looks:a")
        )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(look, [world.now] * 16))
    look(world.now + timedelta(minutes=4))
    look(world.now, "full")
    look(world.now + timedelta(minutes=6))
    with world.database.read() as session:
        assert audit.verify(session) is None
        kinds = session.scalars(select(AuditEntry.detail).where(AuditEntry.chain == "looks:a").order_by(AuditEntry.no))
        assert [one["kind"] for one in kinds] == ["thumb", "full", "thumb"]


def test_a_grant_given_again_has_another_number(world: World) -> None:
    with world.database.write() as session:
        first = people.scopes_of(session, "M1")["terr:T1"]
        people.withdraw(session, "M1", "terr:T1", world.now)
        assert "terr:T1" not in people.scopes_of(session, "M1")
        with pytest.raises(NotFound):
            people.withdraw(session, "M1", "terr:T1", world.now)
        assert people.grant(session, "M1", "terr:T1", world.now) > first


def test_customers_that_do_not_exist_are_not_moved_and_nothing_else_is(world: World) -> None:
    before = world.rows("terr:T1")
    with pytest.raises(NotFound), world.database.write() as session:
        people.move_customers(session, ["C11", "C99"], "T2", world.now)
    assert world.rows("terr:T1") == before


@pytest.mark.parametrize("tampering", ["changed", "taken out", "cut off"])
def test_the_log_shows_that_it_was_tampered_with(world: World, tampering: str) -> None:
    with world.database.read() as session:
        assert audit.verify(session) is None
        last = session.execute(text("SELECT max(no) FROM audit_log WHERE chain = 'office'")).scalar_one()
    change = {
        "changed": update(AuditEntry).where(AuditEntry.no == 2).values(actor="nobody"),
        "taken out": delete(AuditEntry).where(AuditEntry.no == 2),
        "cut off": delete(AuditEntry).where(AuditEntry.no == last),
    }[tampering]
    with world.database.write() as session:
        session.execute(change)
    with world.database.read() as session:
        assert audit.verify(session) is not None
