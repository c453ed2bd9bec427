"""How sync stands, as plain data that the pages show: nothing in here needs the engine or the store."""

from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from app.domain.lease import LeaseTerms
from app.domain.precheck import Held, Room
from app.domain.sync_pause import Pause
from app.runtime.power import Battery


class Membership(StrEnum):
    """Whether this store has anything to do with head office."""

    PRACTICE = "practice"
    """Invented shops: never syncs."""
    NOT_ENROLLED = "not_enrolled"
    ENROLLED = "enrolled"


class Ended(StrEnum):
    """How a round ended, in the words of the engine; the last four are told before one begins, or after it."""

    DONE = "done"
    OFFLINE = "offline"
    UNTRUSTED = "untrusted"
    """Something answered that did not prove to be head office."""
    LATER = "later"
    STOPPED = "stopped"
    NO_ROOM = "no_room"
    """What waited went up, but the disk has no room for what would come."""
    UPGRADE = "upgrade"
    REVOKED = "revoked"
    WIPED = "wiped"
    ENROL_AGAIN = "enrol_again"
    FAILED = "failed"
    NOT_MEMBER = "not_member"
    KEYS_MISSING = "keys_missing"
    ELSEWHERE = "elsewhere"
    """Another round of this store goes on in another program."""
    GIVEN_BACK = "given_back"
    """Everything is at head office, and nothing is on this laptop any more."""


NEEDS_PERSON = frozenset(
    {
        Ended.UNTRUSTED,
        Ended.NO_ROOM,
        Ended.UPGRADE,
        Ended.REVOKED,
        Ended.WIPED,
        Ended.ENROL_AGAIN,
        Ended.FAILED,
        Ended.KEYS_MISSING,
    }
)


class EnrolFlaw(StrEnum):
    """Why this laptop could not be enrolled."""

    PRACTICE = "practice"
    ANOTHER_PERSON = "another_person"
    OFFLINE = "offline"
    UNTRUSTED = "untrusted"
    CODE = "code"
    """Head office does not take the code."""
    CERTIFICATE = "certificate"
    """The certificate file cannot be read."""


@dataclass(frozen=True, slots=True)
class SyncStanding:
    """What waits, what needs a person, and when the last round was."""

    membership: Membership
    waiting: int = 0
    """Records of the person's work; stops that the rule of the day planned go up with them, uncounted."""
    waiting_bytes: int = 0
    """Before they are packed."""
    photos_waiting: int = 0
    photo_bytes: int = 0
    photos_stuck: int = 0
    """Of the photos that wait, those that head office refuses again and again."""
    refused: int = 0
    conflicts: int = 0
    """Those that this person has not decided."""
    last_round: datetime | None = None
    due: datetime | None = None
    """When the next round is to be made by itself."""
    revoked: bool = False
    upgrade: bool = False
    manager: str = ""
    url: str = ""
    lease: LeaseTerms = field(default_factory=LeaseTerms)
    room: Room | None = None
    """On the disk of the store; None where there is nothing to receive."""
    battery: Battery | None = None
    pause: Pause | None = None
    """As it was chosen; whether it still holds is for the clock to say."""

    @property
    def needs_you(self) -> int:
        """How many things wait for this person."""
        return self.refused + self.conflicts + self.photos_stuck


@dataclass(frozen=True, slots=True)
class Lane:
    """How far one of the three lanes is; `total` is 0 while it is unknown."""

    done: int = 0
    total: int = 0
    bytes_done: int = 0
    bytes_total: int = 0
    """0 while it is unknown."""
    is_under_way: bool = False
    seconds_left: float | None = None
    rate: float | None = None
    """Bytes a second, once enough went to tell."""
    is_resumed: bool = False
    """Whether it goes on from where an earlier round was cut."""

    @property
    def share(self) -> float:
        """How much of it is done, by bytes where they are known: 0 to 1."""
        if self.bytes_total:
            return self.bytes_done / self.bytes_total
        return self.done / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class RoundStep:
    """How far a round is."""

    up: Lane = field(default_factory=Lane)
    down: Lane = field(default_factory=Lane)
    photos: Lane = field(default_factory=Lane)


@dataclass(frozen=True, slots=True)
class RoundEnd:
    """What a round did."""

    ended: Ended
    sent: int = 0
    received: int = 0
    tables: frozenset[str] = frozenset()
    """The tables in which rows came, changed or went."""
    messages: tuple[str, ...] = ()
    """What head office wants said."""
    detail: str = ""
    photos_held: int = 0
    """Large pictures that wait, and why."""
    held_for: Held = Held.NONE
    room: Room | None = None
    """Where it ended for lack of room: what there was, and what it takes."""
    records_left: int = 0
    pictures_left: int = 0
    """Where a laptop was to be given back and was not erased: what is not at head office."""
    was_cut: bool = False
    """Where head office was not reached: whether the line was there first and was lost on the way."""
    photos_sent: int = 0
    """Pictures that head office confirmed, small ones counted too."""


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """What was recorded today."""

    visits: int
    diagnoses: int
    advice: int
    photos: int
    photo_bytes: int
    under_way: int = 0
    """Visits that were begun and have not ended; they are not among `visits`."""

    def __add__(self, other: "DayNumbers") -> "DayNumbers":
        return DayNumbers(*(mine + more for mine, more in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs, to be named and opened."""

    shop: str = ""
    customer_id: UUID | None = None
    visit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record that head office did not take; all of it is kept here."""

    id: str
    table: str
    status: str
    reason: str
    made_at: datetime
    fields: tuple[str, ...]
    place: Place


REVERSIBLE = timedelta(days=90)
"""So long a decision or a merge can be turned round; head office holds to it."""


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One field that both sides changed; both values are kept."""

    id: str
    table: str
    field: str
    before: object
    """What stood there before both changes; None where nothing did, and where this laptop does not know it."""
    theirs: object
    yours: object
    theirs_by: str
    theirs_at: datetime | None
    yours_at: datetime
    kept: str
    """theirs, yours or both: what stands now."""
    decided: str
    """What the person chose, while the decision waits to go up; empty before."""
    place: Place
    row: str = ""
    """The key of the record."""
    knows_before: bool = True
    yours_by: str = ""
    """Who changed it on a laptop; empty for the person of this laptop."""
    state: str = "open"
    """open, merged (by a rule) or settled (by a person)"""
    settled_by: str = ""
    settled_at: datetime | None = None
    handed_on: bool = False
    """Another manager has the record's customer now: he or the office decides, this person only reads."""

    @property
    def stands(self) -> str:
        """Which value stands, or will when the decision has gone up: theirs, yours or both."""
        return self.decided or self.kept

    @property
    def reversible_until(self) -> datetime:
        """Until when another value can be chosen."""
        return self.yours_at + REVERSIBLE


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that carries what waits to head office on a stick."""

    file: Path
    records: int
    pictures: int
    """Small ones counted too."""
    size: int
    """Bytes."""
