"""Refusals and trouble as codes: the rules say what is wrong, the user interface owns the words."""

from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    """Everything that can be refused or go wrong; each code has words in `ui/look/messages.py`."""

    WRONG_PASSWORD = "wrong_password"  # noqa: S105
    PASSWORD_TOO_SHORT = "password_too_short"  # noqa: S105
    WAIT_BEFORE_RETRY = "wait_before_retry"
    STORE_DAMAGED = "store_damaged"
    STORE_NEWER = "store_newer"
    STORE_BUSY = "store_busy"
    DISK_FULL = "disk_full"
    FOLDER_READ_ONLY = "folder_read_only"
    FILE_NOT_READABLE = "file_not_readable"
    NOT_A_PICTURE = "not_a_picture"
    PICTURE_IS_HEIC = "picture_is_heic"
    PICTURE_TOO_LARGE = "picture_too_large"
    NOT_FOUND = "not_found"
    ALREADY_COMPLETED = "already_completed"
    ANSWER_MISSING = "answer_missing"
    REASON_MISSING = "reason_missing"
    TARGET_NOT_BETTER = "target_not_better"
    TOO_MANY_MEASURES = "too_many_measures"
    CAUSE_MISSING = "cause_missing"
    READ_ONLY_FIELD = "read_only_field"
    BAD_VALUE = "bad_value"
    CHANGED_AGAIN = "changed_again"
    VISIT_BEGUN = "visit_begun"
    VISIT_FIXED = "visit_fixed"
    DAY_PASSED = "day_passed"
    TWICE_A_DAY = "twice_a_day"
    NO_DAY_LEFT = "no_day_left"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a deed cannot be done; `subject` names the field, item or SKU."""

    problem: Problem
    subject: str = ""


class RuleError(Exception):
    """The deed was refused; carries every reason."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(f"{r.problem}: {r.subject}" if r.subject else r.problem for r in refusals))
        self.refusals = refusals


class TroubleError(Exception):
    """Something outside the rules went wrong (disk, file, password); carries its code and a detail to show."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else problem)
        self.problem = problem
        self.detail = detail
