"""The messages of protocol 1 (`spec.md`), as both sides read and write them; golden copies lie in the tests."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

VERSION = 1
MOST_OPERATIONS = 500
MOST_BYTES = 1 << 20
MOST_ROWS = 5_000
PAGE_BYTES = 2 << 20
MOST_RATIO = 50
DEEPEST = 8
LONGEST_TEXT = 64 << 10
CHUNK, SMALLEST_CHUNK, LARGEST_CHUNK = 256 << 10, 64 << 10, 1 << 20
LARGEST_BLOB = 8 << 20
EPOCH_HEADER = "X-Zoufang-Epoch"
CALL_HEADER = "X-Zoufang-Call"
"""Given anew to each call and told with its answer: no proxy can answer from its memory."""
ASKED_HEADER, BY_A_PERSON = "X-Zoufang-Asked", "person"
"""Said on each call of a round that a person asked for and waits for."""

Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[a-z][a-z0-9_]*$")]
Key = Annotated[str, Field(min_length=1, max_length=64)]
Scope = Annotated[str, Field(min_length=3, max_length=100, pattern=r"^(terr|mgr|ref):.+$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[int, Field(ge=0, lt=1 << 63)]
Moment = Annotated[str, Field(min_length=20, max_length=40)]
"""ISO 8601 in UTC."""


class Message(BaseModel):
    """A message: nothing in it is changed, nothing unknown is passed over in a request."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(BaseModel):
    """An answer: a newer head office may say more than this version understands."""

    model_config = ConfigDict(frozen=True, extra="ignore")


# ---- enrolment -------------------------------------------------------------------------------------------------------
class EnrolRequest(Message):
    """A one-time code typed or scanned on a new laptop."""

    code: Annotated[str, Field(min_length=6, max_length=64)]
    public_key: Annotated[str, Field(max_length=128)]
    """Ed25519, raw, base64: the laptop proves itself with it from now on."""
    device: Annotated[str, Field(max_length=100)]


class EnrolAnswer(Answer):
    """Who this laptop is from now on."""

    replica: Key
    manager: str
    manager_name: str
    territory: str
    refresh_token: str
    office_key: str
    """X25519, raw, base64: handover files are sealed for it."""
    epoch: str


class TokenRequest(Message):
    """Asks for an access token; `proof` is the Ed25519 signature over `replica␟moment`."""

    replica: Key
    refresh_token: Annotated[str, Field(max_length=200)]
    moment: Moment
    proof: Annotated[str, Field(max_length=200)]


class FarewellRequest(TokenRequest):
    """Says that this laptop is given back and will be erased; `last_no` is the highest number it has sent."""

    last_no: Number
    epoch: Annotated[str, Field(max_length=100)]


class TokenAnswer(Answer):
    """An access token and how many seconds it holds."""

    access_token: str
    seconds: int
    server_time: Moment


class RenewRequest(Message):
    """Asks for another replica after a fork; the old one takes no more operations."""

    replica: Key


class RenewAnswer(Answer):
    """The replica whose numbers begin at 1; refresh token and key stay the same."""

    replica: Key


# ---- rounds ----------------------------------------------------------------------------------------------------------
class Clock(Message):
    """The laptop's clock as it stands; orders nothing, but wrong clocks are told."""

    wall: Moment
    mono: float


class HelloRequest(Message):
    """The first word of a round."""

    replica: Key
    protocol: int
    schema_version: int
    app: Annotated[str, Field(max_length=40)]
    clock: Clock
    epoch: str = ""


class Limits(Answer):
    """What head office takes at once."""

    operations: int = MOST_OPERATIONS
    bytes: int = MOST_BYTES
    rows: int = MOST_ROWS
    chunk: int = CHUNK
    blob: int = LARGEST_BLOB


class HelloAnswer(Answer):
    """What the laptop must know before it sends anything."""

    epoch: str
    server_time: Moment
    schema_version: int
    limits: Limits
    slot_seconds: int
    """When in the 45 minutes of the evening this laptop is expected."""
    lease_until: Moment
    messages: tuple[str, ...] = ()
    last_no: int = 0
    """The last number that head office holds of this replica: one that was never sent betrays a restored store."""
    last_serial: int = 0
    """Told to a replica that has sent nothing yet: its visits are numbered on from there."""
    together: bool = False
    """Head office takes the first calls of a round as one (`RoundRequest`)."""
    untouched: bool = False
    """Of the operations that came along none was looked at, and none is known: they count as never sent."""


class OperationMessage(Message):
    """One operation."""

    no: Annotated[int, Field(ge=1, lt=1 << 63)]
    id: Annotated[str, Field(min_length=36, max_length=36)]
    table: Name
    key: Key
    kind: Literal["insert", "patch", "delete", "undelete", "command"]
    base: Number
    set: dict[str, Any]
    made_at: Moment


class PushRequest(Message):
    """Operations in order of their numbers."""

    replica: Key
    schema_version: int
    batch: Key
    clock: Clock
    acked_no: Number
    ops: Annotated[tuple[OperationMessage, ...], Field(max_length=MOST_OPERATIONS, fail_fast=True)]


class Result(Answer):
    """The verdict on one operation, from what is committed."""

    no: int
    id: str
    status: str
    version: int | None = None
    row: dict[str, Any] | None = None
    scope: str | None = None
    deleted: bool = False
    conflicts: tuple[str, ...] = ()
    reason: str = ""


class PushAnswer(Answer):
    """The verdicts and the last number head office holds of this replica."""

    last: int
    results: tuple[Result, ...]


class VerdictsRequest(Message):
    """Asks what became of operations that were parked."""

    replica: Key
    ids: Annotated[tuple[Annotated[str, Field(min_length=36, max_length=36)], ...], Field(max_length=MOST_OPERATIONS)]


class LaterVerdict(Answer):
    """How one of them stands now."""

    id: str
    status: str
    reason: str = ""


class VerdictsAnswer(Answer):
    """Those that head office holds of this manager; of all others nothing is said."""

    results: tuple[LaterVerdict, ...]


class PullRequest(Message):
    """How far the laptop has read each scope: `[grant, seq, boot]`."""

    replica: Key
    schema_version: int
    cursors: dict[Scope, tuple[Number, Number, Number]]
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = MOST_ROWS


class TablePage(Answer):
    """Rows of one table: `[key, seq, version, deleted, …values]`."""

    columns: tuple[str, ...]
    rows: list[list[Any]]


class ScopePage(Answer):
    """What is new in one scope, in order of sequence; exits are `[table, key, version]`."""

    rows: dict[str, TablePage] = {}
    exits: list[tuple[str, str, int]] = []
    own: list[str] = []
    """Visits among the rows that this manager made: their serials are taken in."""
    by: dict[str, str] = {}
    """Visits among the rows that a colleague made, with the colleague's name."""


class PullAnswer(Answer):
    """One page."""

    drop: tuple[str, ...] = ()
    reset: tuple[str, ...] = ()
    scopes: dict[str, ScopePage] = {}
    cursors: dict[str, tuple[int, int, int]] = {}
    done: bool
    digests: dict[str, str] = {}
    """Decimal text, since not every reader of JSON keeps 64 bits."""
    left: int = 0
    """How many rows are still to come, as far as head office knows."""


class RoundRequest(Message):
    """Hello, the push of all that waits and the pull after it as one call; what must not be done is left out."""

    replica: Key
    hello: HelloRequest
    push: PushRequest | None = None
    pull: PullRequest | None = None
    sent_no: Number
    """The highest number that can have left this store before this call: more at head office betrays a restored one."""
    offset: Annotated[float, Field(ge=-1e12, le=1e12)]
    """Seconds that were added to the laptop's clock in `made_at`, as the last hello measured them."""


class RoundPart(Answer):
    """One line of the answer: exactly one of the three, in this order, pull page by page."""

    hello: HelloAnswer | None = None
    push: PushAnswer | None = None
    pull: PullAnswer | None = None


class EstimateRequest(Message):
    """Asks what a pull with these cursors would bring; nothing is changed by it, on either side."""

    replica: Key
    schema_version: int
    cursors: dict[Scope, tuple[Number, Number, Number]]
    probe: Annotated[str, Field(max_length=LONGEST_TEXT)] = ""
    """Comes back as it is: the laptop measures the line with it where it knows no speed yet."""


class ScopeEstimate(Answer):
    """What waits in one scope."""

    rows: dict[str, int] = {}
    """By table; what was deleted counts as well."""
    exits: int = 0
    reset: bool = False
    """The scope is loaded from its beginning."""


class EstimateAnswer(Answer):
    """What a pull would bring; the bytes are reckoned from some of the rows, unpacked and as they travel."""

    scopes: dict[str, ScopeEstimate] = {}
    drop: tuple[str, ...] = ()
    bytes: int = 0
    packed: int = 0
    probe: str = ""


# ---- photos ----------------------------------------------------------------------------------------------------------
class BlobRequest(Message):
    """Announces the bytes of a photo; `photo` is the key of its row."""

    replica: Key
    sha256: Sha256
    photo: Key
    kind: Literal["thumb", "full"]
    size: Annotated[int, Field(ge=1, le=LARGEST_BLOB)]


class BlobAnswer(Answer):
    """Where to go on; `stored` means that head office has verified the whole."""

    upload: str = ""
    offset: int = 0
    stored: bool = False


# ---- receipt ---------------------------------------------------------------------------------------------------------
class VisitSummary(Message):
    """One visit as one side holds it: how many rows hang off it, their digest, its photos."""

    id: Key
    serial: int | None = None
    rows: int
    digest: str
    photos: tuple[Sha256, ...] = ()


class ReceiptRequest(Message):
    """The day as the laptop holds it."""

    replica: Key
    day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    visits: Annotated[tuple[VisitSummary, ...], Field(max_length=200, fail_fast=True)]


class ReceiptAnswer(Answer):
    """The day as head office holds it, and what differs."""

    agreed: bool
    visits: tuple[VisitSummary, ...]
    missing_visits: tuple[str, ...] = ()
    differing_visits: tuple[str, ...] = ()
    missing_photos: tuple[str, ...] = ()
    missing_serials: tuple[int, ...] = ()
    server_time: Moment
    number: str = ""
    """Of the receipt, when both sides agree and no visit of the day is under way."""
    left: tuple[VisitSummary, ...] = ()
    """Visits of the day that the laptop made and need not have any more: their shops left this manager."""
    statuses: dict[str, str] = {}
    """How the visits told here stand, by id."""


class Trouble(Answer):
    """An error of the closed set."""

    error: Literal[
        "token", "revoked", "forked", "gap", "epoch_changed", "too_large", "malformed", "upgrade_required",
        "slow_down", "busy", "offset", "not_found",
    ]  # fmt: skip
    last: int | None = None
    offset: int | None = None
    epoch: str | None = None
    wipe: bool = False
    min: int | None = None
    detail: str = ""
