"""Laptops and head offices of other versions: what fits goes, what does not waits, nothing is lost (design 4.2, 13).

An older laptop is this one that declares an older schema and is given only its columns; a newer head office is this one
whose schema number is raised and whose newest columns are declared younger. The stores of earlier releases are in
`test_stores.py`.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from typing_extensions import override

from app.headoffice import operations, parked, registry
from app.headoffice import pull as office_pull
from app.headoffice.push import push
from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.ids import new_id
from app.storage.facts import write_fact
from app.sync.core.registry import SCHEMA
from app.sync.engine import Outcome
from app.sync.protocol import HelloAnswer, HelloRequest, PullAnswer, PullRequest, PushAnswer, PushRequest, Trouble
from app.sync.state import SCHEMA_FACT, UPGRADE, fact_of
from app.sync.trouble import Refused
from tests.sync.both.laptops import InProcess, Laptop, Office
from tests.sync.tally import tally

_NEW = {"product.tar_mg": 1, "customer.opening_hours": 2, "visit.wrap_note": 3}
"""Columns, and how many versions ago they did not exist yet."""


class OldClient(InProcess):
    """The calls of a laptop of another schema."""

    schema = SCHEMA

    @override
    def hello(self, request: HelloRequest) -> HelloAnswer:
        return super().hello(request.model_copy(update={"schema_version": self.schema}))

    @override
    def push(self, request: PushRequest) -> PushAnswer:
        return super().push(request.model_copy(update={"schema_version": self.schema}))

    @override
    def pull(self, request: PullRequest) -> PullAnswer:
        return super().pull(request.model_copy(update={"schema_version": self.schema}))


@pytest.fixture
def old(laptop: Laptop) -> Laptop:
    """Give a laptop whose schema can be set."""
    laptop.client = OldClient(laptop.office)
    return laptop


def _office_of(schema: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let head office be of a schema; each of the three newest columns came with another one."""
    since = {name: schema - ago + 1 for name, ago in _NEW.items()}
    monkeypatch.setattr(registry, "SINCE", since)
    monkeypatch.setattr(registry, "OLDEST_SCHEMA", schema - 2)
    for module in (office_pull, operations, parked):
        monkeypatch.setattr(module, "SCHEMA", schema)


def _declare(laptop: Laptop, schema: int) -> None:
    assert isinstance(laptop.client, OldClient)
    laptop.client.schema = schema


def _work(laptop: Laptop, office: Office, note: str) -> None:
    with laptop.edit() as session:
        session.get_one(Customer, UUID(office.shop)).mnemonic = note
        shop = UUID(office.shop)
        session.add(Visit(id=new_id(), customer_id=shop, day=date(2022, 4, 29), status="done", need_note=note))


@pytest.mark.parametrize("back", [0, 1, 2])
def test_a_laptop_of_the_last_two_versions_works_as_ever(
    old: Laptop, office: Office, monkeypatch: pytest.MonkeyPatch, back: int
) -> None:
    _office_of(9, monkeypatch)
    _declare(old, 9 - back)
    office.write("product", office.product, {"tar_mg": "10.0"})
    office.write("customer", office.shop, {"opening_hours": "8-20", "shop_name": "新"})
    assert old.sync().outcome is Outcome.DONE
    assert old.one("SELECT tar_mg FROM product") == (10.0 if back < 1 else None)
    assert old.one("SELECT opening_hours FROM customer") == ("8-20" if back < 2 else None)
    assert old.one("SELECT shop_name FROM customer") == "新"
    _work(old, office, "一")
    result = old.sync()
    assert result.verdicts == {"applied": 2}
    assert result.differing == ()
    assert office.one("SELECT opening_hours FROM customer") == "8-20", (
        "what an old laptop does not know it leaves alone"
    )
    tally("a laptop of an older version", 1)


@pytest.mark.parametrize("back", [3, 4])
def test_a_laptop_that_is_older_still_sends_what_it_has_and_gets_nothing(
    old: Laptop, office: Office, monkeypatch: pytest.MonkeyPatch, back: int
) -> None:
    old.sync()
    _work(old, office, "一")
    _office_of(9, monkeypatch)
    _declare(old, 9 - back)
    office.write("customer", office.shop, {"shop_name": "新"})
    photos: list[str] = []
    result = old.sync(between=lambda: photos.append("sent"))
    assert result.outcome is Outcome.UPGRADE
    assert result.verdicts == {"applied": 1, "merged": 1}
    assert photos == ["sent"]
    assert old.one("SELECT count(*) FROM outbox") == 0
    assert office.one("SELECT count(*) FROM visit") == 1
    assert result.overview is not None
    assert result.overview.upgrade
    with old.database.look() as cursor:
        assert fact_of(cursor, UPGRADE) == "7"
    tally("a laptop too old to be given rows", 1)


def test_a_laptop_that_is_older_than_that_keeps_what_it_has_until_it_is_upgraded(
    old: Laptop, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    old.sync()
    _work(old, office, "一")
    _office_of(9, monkeypatch)
    _declare(old, 4)
    assert old.sync().outcome is Outcome.UPGRADE
    assert old.one("SELECT count(*) FROM outbox") == 2
    _declare(old, 9)
    assert old.sync().verdicts == {"applied": 2}


def test_a_head_office_that_will_not_be_greeted_is_still_brought_what_waits(old: Laptop, office: Office) -> None:
    old.sync()
    _work(old, office, "一")

    def refuse(_request: HelloRequest) -> HelloAnswer:
        raise Refused(Trouble(error="upgrade_required", min=9))

    old.client.hello = refuse  # pyright: ignore[reportAttributeAccessIssue]
    result = old.sync()
    assert result.outcome is Outcome.UPGRADE
    assert result.verdicts == {"applied": 2}


def test_an_upgrade_in_the_middle_of_a_staged_load_begins_the_load_anew(
    old: Laptop, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    _office_of(9, monkeypatch)
    _declare(old, 8)
    for at in range(6):
        shop = {"cust_code": f"N{at}", "cust_name": "店", "opening_hours": "8-20"}
        office.write("customer", str(new_id()), shop, scope="terr:T1")
    office.write("product", office.product, {"tar_mg": "10.0"})
    old.client.limit = 3
    old.client.faults = ["ok", "ok", "ok", "before"]
    assert old.sync().outcome is Outcome.OFFLINE
    assert old.one("SELECT sum(count) FROM stage_item") > 0
    _declare(old, 9)
    write_fact(old.database, SCHEMA_FACT, "1")
    assert old.sync().outcome is Outcome.DONE
    assert old.one("SELECT count(*) FROM customer WHERE opening_hours = '8-20'") == 6
    assert old.one("SELECT tar_mg FROM product") == 10.0
    assert old.one("SELECT count(*) FROM stage_item") == 0
    assert old.agrees()
    tally("an upgrade in the middle of a load", 1)


def test_an_upgrade_brings_the_columns_that_were_not_known_before(
    old: Laptop, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    _office_of(9, monkeypatch)
    _declare(old, 7)
    office.write("product", office.product, {"tar_mg": "10.0"})
    office.write("customer", office.shop, {"opening_hours": "8-20"})
    old.sync()
    assert old.rows("SELECT tar_mg FROM product") == [(None,)]
    _work(old, office, "一")
    _declare(old, 9)
    write_fact(old.database, SCHEMA_FACT, "1")
    assert old.sync().verdicts == {"applied": 2}
    assert old.rows("SELECT opening_hours, mnemonic FROM customer") == [("8-20", "一")]
    assert old.rows("SELECT tar_mg FROM product") == [(10.0,)]
    assert old.agrees()


def test_a_laptop_newer_than_head_office_loses_nothing_and_holds_nothing_up(
    old: Laptop, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    old.sync()
    _work(old, office, "一")
    plain = registry.shapes()

    def without(name: str) -> registry.Shape:
        shape = plain[name]
        hidden = {"need_note"} if name == "visit" else set[str]()
        return replace(shape, columns=tuple(one for one in shape.columns if one not in hidden))

    older = {name: without(name) for name in plain}
    monkeypatch.setattr(operations, "shapes", lambda: older)
    _declare(old, SCHEMA + 1)
    result = old.sync()
    assert result.verdicts == {"applied": 1, "parked": 1}
    assert office.one("SELECT count(*) FROM visit") == 0
    monkeypatch.undo()
    for module in (office_pull, operations, parked):  # head office is upgraded
        monkeypatch.setattr(module, "SCHEMA", SCHEMA + 1)
    _work(old, office, "二")
    assert old.sync().outcome is Outcome.DONE
    assert office.one("SELECT count(*) FROM visit WHERE need_note IS NOT NULL") == 2
    tally("a laptop newer than head office", 1)


def test_fields_that_nobody_knows_are_invalid_from_a_laptop_of_the_same_version(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    request = PushRequest.model_validate(
        {
            "replica": laptop.one("SELECT value FROM store_fact WHERE key = 'sync_replica'"),
            "schema_version": SCHEMA, "batch": "b", "acked_no": 0,
            "clock": {"wall": office.now().isoformat(), "mono": 0},
            "ops": [{
                "no": 1, "id": str(new_id()), "table": "customer", "key": office.shop, "kind": "patch", "base": 1,
                "set": {"colour": "red"}, "made_at": office.now().isoformat(),
            }],
        }
    )  # fmt: skip
    assert [one.status for one in push(office.database, request, office.now()).results] == ["invalid"]
