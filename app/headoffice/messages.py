"""Messages of calls that are no part of a round: the end of a wipe, diagnostics."""

from typing import Annotated

from pydantic import Field

from app.sync.protocol import Answer, Key, Message, Name


class WipeReceipt(Message):
    """A revoked laptop has wiped itself; sent with the access token that it still holds."""

    replica: Key


class DiagRequest(Message):
    """Counts from a laptop that has trouble; numbers alone, so that nothing personal can be in them."""

    replica: Key
    app: Annotated[str, Field(max_length=40)]
    counts: Annotated[dict[Name, Annotated[int, Field(ge=-(1 << 53), le=1 << 53)]], Field(max_length=64)]


class Done(Answer):
    """Nothing more to say."""
