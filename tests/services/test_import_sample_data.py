"""The sample territories: what ships is what the tools make, is small, and goes in without a refused row."""

import csv
import gzip
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import func, select, text

from app.domain.order_advice import ReasonCode
from app.lists.targets import OF_THE_LAPTOP
from app.models.customer import Customer
from app.models.trade import Product
from app.playbooks.loader import Playbook
from app.runtime import resources
from app.runtime.clock import Clock
from app.services.guidance import Guidance, trade_rule
from app.services.imports import Target
from app.services.imports.service import Imports
from app.services.sample_territories import PRACTICE_TERRITORY, load_territory
from app.storage.database import Database

PROJECT = Path(__file__).resolve().parents[2]
SAMPLE = resources.path("sample_data")
IOWA = PROJECT.parent / "shared" / "data" / "iowa"
IOWA_FILES = {Target.CUSTOMERS: "stores", Target.PRODUCTS: "products", Target.ORDERS: "orders"}


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, PROJECT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def imports(database: Database, playbook: Playbook) -> Imports:
    return Imports(database, playbook)


def test_the_sample_data_are_under_six_megabytes_and_carry_their_attribution() -> None:
    assert sum(file.stat().st_size for file in SAMPLE.rglob("*") if file.is_file()) < 6_000_000
    words = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert "Contains data of the State of Iowa, Alcoholic Beverages Division, CC BY 4.0, changed as described" in words
    assert "Not endorsed by the State of Iowa." in words


def test_the_iowa_territory_goes_in_whole(imports: Imports, database: Database) -> None:
    for target, name in IOWA_FILES.items():
        result = imports.import_file(target, SAMPLE / f"{name}.csv.gz", "iowa")
        assert (result.refused, result.added) == (0, result.read)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Customer).where(Customer.gis_lat.is_(None))) == 0
        assert session.scalar(select(func.count()).select_from(Customer).where(Customer.license_no.is_not(None))) == 0
        assert session.scalar(select(func.count()).select_from(Product)) == 150
        lines, qty, amount = session.execute(text("SELECT count(*), sum(qty), sum(amount) FROM order_line")).one()
        months = session.execute(text("SELECT sum(qty), sum(amount) FROM customer_month")).one()
    with gzip.open(SAMPLE / "orders.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert lines == len(rows)
    assert qty == months[0] == sum(int(row["bottles"]) for row in rows)
    assert amount == months[1] == sum(round(float(row["sale_usd"]) * 100) for row in rows)


@pytest.mark.shared_data
def test_the_extract_is_what_the_tool_cuts_from_the_public_data(tmp_path: Path) -> None:
    tool("extract_sample").extract(IOWA, tmp_path)
    for name in IOWA_FILES.values():
        made, shipped = (folder / f"{name}.csv.gz" for folder in (tmp_path, SAMPLE))
        assert gzip.decompress(made.read_bytes()) == gzip.decompress(shipped.read_bytes())


@pytest.mark.shared_data
def test_all_stores_and_items_of_the_public_data_go_in(imports: Imports, database: Database) -> None:
    for target, rows in ((Target.CUSTOMERS, 800), (Target.PRODUCTS, 6306)):
        result = imports.import_file(target, IOWA / f"{IOWA_FILES[target]}.csv.gz", "iowa")
        assert (result.added, result.refused) == (rows, 0)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Product).where(Product.name == "")) == 719


def test_the_chinese_practice_territory_is_what_the_tool_makes(tmp_path: Path) -> None:
    tool("make_practice_fixture").make(tmp_path)
    made = sorted(file.name for file in tmp_path.iterdir())
    assert made == ["allocations.csv", "customers.csv", "orders.csv", "products.csv"]
    for name in made:
        assert (tmp_path / name).read_bytes() == (SAMPLE / "zh_practice" / name).read_bytes()


def test_the_chinese_practice_territory_goes_in_whole_and_is_seen_to_be_invented(
    imports: Imports, database: Database
) -> None:
    for target in OF_THE_LAPTOP:
        result = imports.import_file(target, SAMPLE / "zh_practice" / f"{target}.csv", "zh-standard")
        assert (result.refused, result.added) == (0, result.read)
    with database.read() as session:
        customers = session.scalars(select(Customer)).all()
        products = session.scalars(select(Product)).all()
    assert (len(customers), len(products)) == (60, 40)
    assert all((c.license_no or "").startswith("999") and len(c.license_no or "") == 12 for c in customers)
    assert all((c.phone_main or "").startswith("1000000") and len(c.phone_main or "") == 11 for c in customers)
    assert all((p.barcode or "").startswith("29") for p in products)


def test_the_price_classes_of_the_practice_territory_follow_the_transfer_price(
    imports: Imports, database: Database, playbook: Playbook
) -> None:
    imports.import_file(Target.PRODUCTS, SAMPLE / "zh_practice" / "products.csv", "zh-standard")
    classes = playbook.enumerations["price_class"]
    with database.read() as session:
        products = session.scalars(select(Product)).all()
    for product in products:
        assert product.transfer_price is not None
        assert product.price_class == classes.code_for(int(product.transfer_price / 1.13)), product.name


def test_some_skus_of_the_practice_territory_are_limited_and_the_guidance_keeps_to_it(
    imports: Imports, database: Database, playbook: Playbook
) -> None:
    load_territory(database, imports, PRACTICE_TERRITORY)
    with database.read() as session:
        shop = session.scalars(select(Customer.id).where(Customer.cust_code == "HD3003")).one()
    guidance = Guidance(database, Clock(as_of=PRACTICE_TERRITORY.today), playbook, trade_rule(playbook))
    lines = [sku.line for sku in guidance.advise(shop, PRACTICE_TERRITORY.today).skus]
    limited = [line for line in lines if line.allowed is not None]
    assert limited
    assert len(limited) < len(lines)
    assert all(
        line.suggestion is None or line.suggestion <= line.allowed for line in limited if line.allowed is not None
    )
    assert any(reason.code is ReasonCode.CAPPED for line in limited for reason in line.reasons)
