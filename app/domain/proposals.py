"""Changes of the archive that the manager proposes and head office decides: how far each of them is."""

from datetime import date, timedelta
from enum import StrEnum


class ProposalState(StrEnum):
    """How far a proposed change is."""

    QUEUED = "queued"
    """Made on this laptop; head office has not heard of it yet."""
    AT_OFFICE = "at_office"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it yet."""
        return self in {ProposalState.QUEUED, ProposalState.AT_OFFICE}


_OF_OFFICE = {
    "open": ProposalState.AT_OFFICE,
    "accepted": ProposalState.ACCEPTED,
    "declined": ProposalState.DECLINED,
    "withdrawn": ProposalState.WITHDRAWN,
}
_SHOWN = {ProposalState.ACCEPTED: timedelta(days=7), ProposalState.DECLINED: timedelta(days=30)}


def state_of(held: str) -> ProposalState:
    """Return the state that head office's word means; an unknown one of a later version is still with it."""
    return _OF_OFFICE.get(held, ProposalState.AT_OFFICE)


def is_beside_field(state: ProposalState, decided_on: date | None, today: date) -> bool:
    """Tell whether a field of the archive still shows the proposal: a refusal is kept in view longer than a yes."""
    if state.is_open:
        return True
    return decided_on is not None and state in _SHOWN and today - decided_on <= _SHOWN[state]
