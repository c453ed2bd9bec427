"""Search, the list of customers and one customer on the command line."""

import re

import pytest

from app.cli.output import ExitCode
from tests.cli.program import SAMPLE_DATA, Zoufang

CHINESE = SAMPLE_DATA / "zh_practice" / "customers.csv"


@pytest.fixture
def chinese(zoufang: Zoufang) -> Zoufang:
    zoufang("import", "customers", CHINESE, "--profile", "zh-standard").worked()
    return zoufang


@pytest.mark.parametrize("typed", ["万家", "wanjia", "wjbl", "0285", "HD3001"])
def test_a_customer_is_found_as_in_the_search_box(chinese: Zoufang, typed: str) -> None:
    data = chinese("--json", "search", typed).worked().data
    found = {one["code"]: one for one in data["customers"]}
    assert found["HD3001"]["name"] == "万家便利店"
    assert data["customer_count"] == len(found)


def test_products_are_found_and_both_groups_are_counted(zoufang: Zoufang) -> None:
    data = zoufang("--json", "search", "captain morgan").worked().data
    assert data["products"]
    assert all("MORGAN" in one["name"] for one in data["products"])
    lines = zoufang("search", "captain morgan").worked().out.splitlines()
    assert lines[0] == "Customers 0"
    assert lines[1] == f"Products {data['product_count']}"


def test_every_customer_is_listed_with_what_is_known(zoufang: Zoufang) -> None:
    data = zoufang("--json", "customers").worked().data
    assert data["count"] == len(data["customers"]) > 100
    first_words = [re.split(r"\W", one["name"].replace("'", ""))[0].casefold() for one in data["customers"]]
    assert first_words == sorted(first_words)
    assert {one["last_visit"] for one in data["customers"]} == {None}
    assert {one["quantity_4_weeks"] for one in data["customers"]} == {None}


def test_one_customer_is_printed_with_private_values_masked(chinese: Zoufang) -> None:
    result = chinese("--json", "customer", "HD3001").worked()
    archive = result.data["archive"]
    assert (archive["license_no"], archive["phone_main"], archive["operator_name"]) == (
        "999*****0285",
        "100****2626",
        "方**",
    )
    words = chinese("customer", "HD3001", lang="zh").worked().out
    assert "许可证号: 999*****0285" in words
    assert "市场类型: 城镇" in words
    for secret in ("999000010285", "10000002626", "方雅琴"):
        assert secret not in result.out + words


def test_a_code_that_is_not_there_is_said_to_be_missing(zoufang: Zoufang) -> None:
    line = zoufang("customer", "nowhere").refused_with(ExitCode.BAD_USAGE)
    assert "nowhere" in line
