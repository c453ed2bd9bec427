"""A head office behind TLS, with a certificate of a private authority."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.headoffice.conftest import sqlite_database, sqlite_template
from tests.headoffice.http.served import Served, serving
from tests.headoffice.world import World
from tests.sync.tls.certificates import Authority, Certificate

__all__ = ["sqlite_database", "sqlite_template"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let these tests reach this machine itself."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture(scope="session")
def authority() -> Authority:
    """Give the company's own authority."""
    return Authority("Office CA")


@pytest.fixture(scope="session")
def stranger() -> Authority:
    """Give another authority, as a proxy has that opens TLS."""
    return Authority("Proxy CA")


@pytest.fixture(scope="session")
def certificate(authority: Authority) -> Certificate:
    """Give the certificate that head office shows."""
    return authority.gives()


@pytest.fixture
def office(sqlite_database: object, certificate: Certificate, tmp_path: Path) -> Generator[Served]:
    """Give a head office that speaks TLS alone."""
    from app.headoffice.database import OfficeDatabase

    assert isinstance(sqlite_database, OfficeDatabase)
    with serving(World(sqlite_database), tmp_path, tls=certificate.files(tmp_path / "tls")) as served:
        yield served
