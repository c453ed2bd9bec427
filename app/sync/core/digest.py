"""The digest of a scope: a sum over its rows, so that a change of one row changes it in one step (spec, 4)."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from json import encoder
from typing import Any

from app.sync.core.fast_json import encoder_of

_MODULUS = 1 << 64
_BETWEEN = "\x1f"
_as_json = encoder_of(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_text_as_json: Callable[[Any], str] = getattr(encoder, "c_encode_basestring", None) or _as_json
_filled = partial(filter, None)
_BY_KIND: Mapping[type, Callable[[Any], str]] = {
    str: _text_as_json, int: repr, bool: {True: "true", False: "false"}.__getitem__
}  # fmt: skip


def row_digest(table: str, key: str, version: int, values: Mapping[str, Any]) -> int:
    """Return the part of one row that is not deleted; values are as JSON carries them, empty ones do not count."""
    kept = {name: value for name, value in values.items() if value is not None}
    return _part(_BETWEEN.join((table, key, str(version), _as_json(kept))))


def row_digests(
    table: str, names: Sequence[str], keys: Sequence[str], versions: Sequence[int], columns: Sequence[Sequence[Any]]
) -> list[int]:
    """Return the parts of many rows of a table, whose values are given column by column.

    The same numbers as `row_digest` gives, but much faster.
    """
    given = dict(zip(names, columns, strict=True))
    told = [members for name in sorted(given) if (members := _members(name, given[name]))]
    bodies = map(",".join, map(_filled, zip(*told, strict=True))) if told else [""] * len(keys)
    return [
        _part(f"{table}{_BETWEEN}{key}{_BETWEEN}{version}{_BETWEEN}{{{body}}}")
        for key, version, body in zip(keys, versions, bodies, strict=True)
    ]


def changed(digest: int, before: int = 0, after: int = 0) -> int:
    """Return the digest of a scope after the part of one row became another; 0 stands for no row."""
    return (digest - before + after) % _MODULUS


def _part(whole: str) -> int:
    return int.from_bytes(hashlib.sha256(whole.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def _members(name: str, column: Sequence[Any]) -> list[str]:
    """Return what the values of a column are in the JSON of their rows, `"name":value`; no list for an empty column."""
    kinds = set(map(type, column))
    is_partly = type(None) in kinds
    kinds.discard(type(None))
    if not kinds:
        return []
    as_json = _BY_KIND.get(kinds.pop(), _as_json) if len(kinds) == 1 else _as_json
    begin = f"{_text_as_json(name)}:"
    if is_partly:
        return ["" if value is None else begin + as_json(value) for value in column]
    return [begin + text for text in map(as_json, column)]
