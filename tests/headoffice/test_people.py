"""Managers, laptops and the people of the office; and the log of deeds that shows every tampering."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

from app.headoffice import audit, people
from app.headoffice.models import AuditEntry, EnrolCode, OfficeUser, Replica
from app.headoffice.problems import Malformed, NotFound, Revoked, TokenProblem
from tests.headoffice.world import World


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
