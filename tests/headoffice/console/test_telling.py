"""What stands in the tables in the words of either language."""

import pytest

from app.domain.text import Language
from app.headoffice.console.telling import Teller


@pytest.mark.parametrize(
    ("value", "shown"),
    [("41.00", "41 ㎡"), ("41.50", "41.5 ㎡"), ("100.00", "100 ㎡"), ("0.00", "0 ㎡"), ("?", "? ㎡")],
)
def test_areas_are_told_without_the_noughts_of_the_column(value: str, shown: str) -> None:
    assert Teller(Language.ZH).value(value, "floor_area_m2") == shown


def test_a_list_is_joined_as_its_language_joins() -> None:
    assert Teller(Language.ZH).reason("invalid", "no customer_id, day", "visit") == "缺少“客户、日期”。"
    assert Teller(Language.ZH).value(["a", "b"]) == "a、b"
    assert Teller(Language.EN).value(["a", "b"]) == "a, b"


@pytest.mark.parametrize(
    ("scope", "zh", "en"),
    [
        ("terr:T1", "片区 T1", "territory T1"),
        ("mgr:M1", "M1 本人的任务和申请", "tasks and proposals of M1"),
        ("ref:catalogue", "品规目录", "the catalogue"),
        ("other:1", "other:1", "other:1"),
    ],
)
def test_scopes_are_told_in_words(scope: str, zh: str, en: str) -> None:
    assert (Teller(Language.ZH).scope(scope), Teller(Language.EN).scope(scope)) == (zh, en)
