"""The declared rules of the tables: complete, and in an order in which rows can be stored."""

import pytest

from app.sync.core.registry import Home, Kind, Policy, build_registry

OWNERS = {"name": "HO", "phone": "CM", "labels": "CM", "licence": "CM*", "segment": "computed", "lists": "HO"}
REGISTRY = build_registry(OWNERS, frozenset({"labels", "lists"}))


@pytest.mark.parametrize(
    ("column", "policy"),
    [
        ("name", Policy.OFFICE),
        ("phone", Policy.FIELD),
        ("labels", Policy.UNION),
        ("licence", Policy.REVIEW),
        ("segment", Policy.OFFICE),
        ("lists", Policy.OFFICE),
        ("nobody declared it", Policy.OFFICE),
    ],
)
def test_the_owner_of_a_field_says_what_happens_to_it(column: str, policy: Policy) -> None:
    assert REGISTRY["customer"].policy(column) is policy


def test_parents_come_before_their_children() -> None:
    order = list(REGISTRY)
    for rule in REGISTRY.values():
        for parent in rule.parents:
            assert order.index(parent.table) < order.index(rule.name)


def test_every_table_says_why_it_is_kept() -> None:
    assert all(rule.purpose for rule in REGISTRY.values())


def test_what_hangs_off_a_customer_lies_in_his_territory() -> None:
    for rule in REGISTRY.values():
        if any(parent.table in {"customer", "visit"} for parent in rule.parents):
            assert rule.home is Home.TERRITORY


def test_only_assigned_tables_name_fields_to_report() -> None:
    assert all(bool(rule.reported) == (rule.kind is Kind.ASSIGNED) for rule in REGISTRY.values())
