"""A JSON encoder that is made once: the standard one makes another for each value, which costs as much as the value."""

import json
from collections.abc import Callable
from json import encoder
from typing import Any


def encoder_of(
    *, ensure_ascii: bool = True, sort_keys: bool = False, separators: tuple[str, str] = (", ", ": ")
) -> Callable[[Any], str]:
    """Return a function that writes a value exactly as `json.dumps` does with these options."""
    item, key = separators
    plain = json.JSONEncoder(ensure_ascii=ensure_ascii, sort_keys=sort_keys, separators=separators)
    make: Any = getattr(encoder, "c_make_encoder", None)
    if make is None:  # Python without its parts in C
        return plain.encode
    text: Any = encoder.encode_basestring_ascii if ensure_ascii else encoder.encode_basestring  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    parts: Any = make(None, plain.default, text, None, key, item, sort_keys, False, True)

    def encode(value: Any) -> str:
        return text(value) if isinstance(value, str) else "".join(parts(value, 0))

    return encode
