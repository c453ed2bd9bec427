"""The digest of a scope: a sum over its rows, so that a change of one row changes it in one step (spec, 4)."""

import hashlib
from collections.abc import Mapping
from typing import Any

from app.sync.core.fast_json import encoder_of

_MODULUS = 1 << 64
_BETWEEN = "\x1f"
_as_json = encoder_of(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def row_digest(table: str, key: str, version: int, values: Mapping[str, Any]) -> int:
    """Return the part of one row that is not deleted; values are as JSON carries them, empty ones do not count."""
    kept = {name: value for name, value in values.items() if value is not None}
    whole = _BETWEEN.join((table, key, str(version), _as_json(kept))).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(whole).digest()[:8], "big")


def changed(digest: int, before: int = 0, after: int = 0) -> int:
    """Return the digest of a scope after the part of one row became another; 0 stands for no row."""
    return (digest - before + after) % _MODULUS
