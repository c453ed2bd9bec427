"""Fixtures: a head office and an enrolled laptop, as for both sides."""

from tests.sync.both.conftest import laptop, office

__all__ = ["laptop", "office"]
