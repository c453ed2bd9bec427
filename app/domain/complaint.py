"""A complaint that was told at a visit: it is answered by one promise, which every reader knows by its id."""

from uuid import UUID

COMPLAINT = "complaint"
"""The reason of a refusal, and the kind of a task, that speaks of a complaint."""


def answer_of(visit_id: UUID) -> UUID:
    """Return the id of the promise to answer what was complained about at a visit; there is one at most."""
    return UUID(int=visit_id.int ^ 1)


def is_answer(promise_id: UUID, visit_id: UUID) -> bool:
    """Tell whether a promise made at a visit is the one to answer a complaint."""
    return promise_id == answer_of(visit_id)
