"""Mapping profiles: what ships is valid, a wrong one is refused with file and key, headings match with tolerance."""

from decimal import Decimal
from pathlib import Path

import pytest

from app.lists.converting import Value
from app.lists.mapping import BoundProfile, bind
from app.lists.profiles import Profile, find_profile, load_profile, profiles_for
from app.lists.reasons import FileRefusedError, ProfileError, Reason, RefusedRow
from app.lists.targets import OF_THE_LAPTOP, Target
from app.playbooks.loader import Playbook

ORDER_FIELDS = """
[fields]
order_no = { column = "no" }
line_no = { column = "line" }
order_date = { column = "day" }
cust_code = { column = "customer" }
sku_code = { column = "product" }
qty = { column = "qty" }
amount = { column = "amount" }
"""
ORDER_HEAD = 'id = "x"\ntarget = "orders"\nname = { zh = "甲", en = "a" }\n'
PRODUCT_HEAD = (
    'id = "x"\ntarget = "products"\nname = { zh = "甲", en = "a" }\n[fields]\nsku_code = { column = "code" }\n'
)


def a_profile(tmp_path: Path, text: str) -> Profile:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    return load_profile(file)


def values(bound: BoundProfile, row: list[str]) -> dict[str, Value]:
    converted = bound.convert(2, row)
    assert not isinstance(converted, RefusedRow), converted
    return converted


def test_both_families_ship_for_each_kind_of_file() -> None:
    for target in OF_THE_LAPTOP:
        assert {profile.id for profile in profiles_for(target)} == {f"iowa-{target}", f"zh-standard-{target}"}
        assert find_profile("iowa", target).id == f"iowa-{target}"
        assert find_profile("zh-standard", target).label.zh.startswith("标准中文表头")


def test_a_profile_file_of_ones_own_is_found_by_its_path(tmp_path: Path) -> None:
    own = a_profile(tmp_path, ORDER_HEAD + ORDER_FIELDS)
    assert find_profile(str(tmp_path / "own.toml"), Target.ORDERS) == own


def test_an_unknown_profile_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ProfileError, match=r"nobody: no such profile.*iowa-orders"):
        find_profile("nobody", Target.ORDERS)


def test_a_profile_for_another_kind_of_file_is_refused() -> None:
    with pytest.raises(ProfileError, match="reads orders, not customers"):
        find_profile("iowa-orders", Target.CUSTOMERS)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("id = ", ""),
        ('id = "x"\n', "target"),
        (ORDER_HEAD.replace("orders", "invoices") + ORDER_FIELDS, "target"),
        (ORDER_HEAD + ORDER_FIELDS + 'colour = { column = "c" }\n', "fields.colour"),
        (ORDER_HEAD + ORDER_FIELDS.replace('{ column = "qty" }', '{ colum = "qty" }'), "fields.qty.colum"),
        (ORDER_HEAD + ORDER_FIELDS.replace('qty = { column = "qty" }\n', ""), "fields.qty"),
        (ORDER_HEAD + ORDER_FIELDS.replace('"qty" }', '"qty", constant = "1" }'), "fields.qty"),
        (ORDER_HEAD + ORDER_FIELDS.replace('"qty" }', '"qty", unit = "yuan" }'), "fields.qty.unit"),
        (ORDER_HEAD + ORDER_FIELDS.replace('"qty" }', '"qty", scale = 0 }'), "fields.qty.scale"),
        (ORDER_HEAD + ORDER_FIELDS.replace('"day" }', '"day", scale = 2 }'), "fields.order_date.scale"),
        (ORDER_HEAD + ORDER_FIELDS.replace('order_no = { column = "no" }', 'order_no = { constant = "1" }'),
         "fields.order_no"),
        (ORDER_HEAD + 'encodings = ["klingon"]\n' + ORDER_FIELDS, "encodings"),
        (ORDER_HEAD + 'dates = ["%d/%m"]\n' + ORDER_FIELDS, "dates"),
        (PRODUCT_HEAD + 'name = { column = "name" }\nprice_class.bands = { value = "p", cuts = [5, 9], '
         'classes = ["1", "2", "3"] }\n', "fields.price_class.bands.cuts"),
        (PRODUCT_HEAD + 'name = { column = "name" }\nprice_class.bands = { value = "p", cuts = [9, 5], '
         'classes = ["1", "2"] }\n', "fields.price_class.bands.classes"),
    ],
)  # fmt: skip
def test_a_wrong_profile_is_refused_with_file_and_key(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(ProfileError) as caught:
        a_profile(tmp_path, text)
    assert (caught.value.file, caught.value.key) == ("own.toml", key)


def test_headings_match_whatever_their_width_blanks_and_case(tmp_path: Path) -> None:
    profile = a_profile(tmp_path, ORDER_HEAD + ORDER_FIELDS)
    bound = bind(profile, [["ＮＯ", " Line ", "d a y", "customer", "PRODUCT", "ｑｔｙ", "amount", "more"]])
    row = ["1", "2", "2022-04-30", "c", "p", "3", "4.05", ""]
    assert values(bound, row)["amount"] == 405


def test_the_header_may_stand_below_a_title_and_the_columns_in_any_order() -> None:
    profile = find_profile("zh-standard", Target.PRODUCTS)
    bound = bind(profile, [["2026 年品规目录"], [], ["品规名称", "批发价", "品规编码"], ["雅韵(硬)", "104.4", "1"]])
    assert bound.header_row == 3
    assert values(bound, ["雅韵(硬)", "104.4", "１"]) == {"sku_code": "1", "name": "雅韵(硬)", "wholesale_price": 10440}


def test_missing_columns_are_refused_all_at_once() -> None:
    with pytest.raises(FileRefusedError) as caught:
        bind(find_profile("zh-standard", Target.ORDERS), [["订单号", "订货日期", "订购量", "金额"]])
    assert caught.value.cause.reason is Reason.HEADER_MISSING
    assert caught.value.cause.text.zh.startswith("缺少必需的列：行号、客户编码、品规编码")


def test_a_heading_that_is_there_twice_is_refused_only_if_it_is_used() -> None:
    profile = find_profile("zh-standard", Target.PRODUCTS)
    assert bind(profile, [["品规编码", "品规名称", "备注", "备注"]]).header_row == 1
    for header in (["品规编码", "品规名称", "品牌", "品 牌"], ["品规编码", "品规名称", "商品名称"]):
        with pytest.raises(FileRefusedError) as caught:
            bind(profile, [header])
        assert caught.value.cause.reason is Reason.HEADER_TWICE


def test_the_price_class_of_the_iowa_items_is_cut_from_the_price_of_750_ml() -> None:
    bound = bind(find_profile("iowa", Target.PRODUCTS), [["item_no", "description", "bottle_ml", "bottle_price_usd"]])

    def price_class(ml: str, price: str) -> Value:
        return values(bound, ["1", "x", ml, price])["price_class"]

    assert [price_class("750", p) for p in ("35", "34.99", "22", "14", "8", "7.99")] == ["1", "2", "2", "3", "4", "5"]
    assert price_class("1750", "52.49") == "2"
    assert price_class("375", "17.50") == "1"
    assert price_class("", "10") is None
    assert price_class("0", "10") is None
    assert price_class("750", "") is None


def test_the_classes_of_the_iowa_profile_are_in_the_playbook(playbook: Playbook) -> None:
    bands = find_profile("iowa", Target.PRODUCTS).fields["price_class"].bands
    assert bands is not None
    assert all(name in playbook.enumerations["price_class"] for name in bands.classes)


def test_units_scales_constants_and_values_are_applied(tmp_path: Path) -> None:
    fields = ORDER_FIELDS.replace('"qty" }', '"cases", times_column = "pack" }').replace(
        '"amount" }', '"amount", unit = "cent" }'
    )
    profile = a_profile(tmp_path, ORDER_HEAD + fields + 'requested = { column = "want", scale = 50 }\n'
                        'allowed = { constant = "7" }\n')  # fmt: skip
    bound = bind(profile, [["no", "line", "day", "customer", "product", "cases", "pack", "amount", "want"]])
    row = values(bound, ["1", "2", "2022-04-30", "c", "p", "1.5", "12", "4005", "0.5"])
    assert (row["qty"], row["amount"], row["requested"], row["allowed"]) == (18, 4005, 25, 7)


def test_texts_of_the_file_can_stand_for_something_else(tmp_path: Path, playbook: Playbook) -> None:
    profile = a_profile(
        tmp_path,
        'id = "x"\ntarget = "customers"\nname = { zh = "甲", en = "a" }\nempty = ["—"]\n[fields]\n'
        'cust_code = { column = "code" }\ncust_name = { column = ["first", "second"], join = " " }\n'
        'status = { column = "state", values = { OK = "正常经营", GONE = "注销" } }\ngis_lat = { column = "lat" }\n',
    )
    states = {"status": playbook.enumerations["trading_status"]}
    bound = bind(profile, [["code", "first", "second", "state", "lat"]], states)
    assert values(bound, ["1", "A", "B", "ok", "41.6057061"]) == {
        "cust_code": "1",
        "cust_name": "A B",
        "status": "active",
        "gis_lat": Decimal("41.605706"),
    }
    assert values(bound, ["1", "", "B", "—", "—"])["status"] is None
    refused = bound.convert(2, ["1", "", "", "new", "91"])
    assert isinstance(refused, RefusedRow)
    assert [(p.column, p.cause.reason) for p in refused.problems] == [
        ("first", Reason.EMPTY),
        ("state", Reason.UNKNOWN_CHOICE),
        ("lat", Reason.OUT_OF_RANGE),
    ]
