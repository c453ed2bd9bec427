"""Record ids made on the laptop: UUIDv7 (RFC 9562), sortable by time, 74 random bits."""

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a new UUIDv7."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= secrets.randbits(12) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return UUID(int=value)
