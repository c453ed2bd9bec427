"""Words for every problem code: what happened, what is safe, what to do."""

import errno
from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.domain.problems import Problem, Refusal, RuleError, TroubleError
from app.ui.look.sentences import joined

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC})


@dataclass(frozen=True, slots=True)
class Words:
    """What happened; and, where it helps, what is safe and what to do."""

    happened: str
    advice: str = ""

    @property
    def whole(self) -> str:
        """Both in one text."""
        return joined((self.happened, self.advice))


class Messages(QObject):
    """Puts problem codes into the language shown."""

    def of(self, problem: Problem) -> Words:
        """Return the words of a problem."""
        return self._trouble().get(problem) or self._refusals()[problem]

    def of_refusal(self, refusal: Refusal, subject: str = "") -> str:
        """Return one line for the field of a refusal; `subject` is its name in the language shown."""
        name = subject or (self._thing(refusal.subject) if refusal.problem is Problem.NOT_FOUND else refusal.subject)
        words = self.of(refusal.problem).whole
        return self.tr("%1: %2").replace("%1", name).replace("%2", words) if name else words

    def of_trouble(self, error: TroubleError) -> Words:
        """Return the words of trouble, its detail included."""
        words = self.of(error.problem)
        return Words(words.happened, f"{words.advice} ({error.detail})") if error.detail else words

    def of_error(self, error: BaseException) -> Words:
        """Return the words of any exception that work may end with."""
        if isinstance(error, TroubleError):
            return self.of_trouble(error)
        if isinstance(error, RuleError):
            return Words("\n".join(self.of_refusal(one) for one in error.refusals))
        if isinstance(error, OSError):
            return self.of_file(error)
        return Words(
            self.tr("Something unexpected went wrong."),
            self.tr("What you typed is kept. Try again; if it happens again, save a report for support."),
        )

    def of_file(self, error: OSError) -> Words:
        """Return why a file that a person asked for could not be written, and what to do."""
        if error.errno in _FULL:
            return Words(
                self.tr("The disk is full: the file was not written."),
                self.tr("Free some space or choose another place."),
            )
        if isinstance(error, PermissionError):
            return Words(
                self.tr("The file cannot be written: it is open in another program, or the folder is protected."),
                self.tr("Close it there, or choose another name or place."),
            )
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return Words(self.tr("That folder is no longer there."), self.tr("Choose another place."))
        return Words(
            self.tr("The file could not be written (%1).").replace("%1", error.strerror or type(error).__name__),
            self.tr("Choose another place."),
        )

    def _thing(self, kind: str) -> str:
        """Return what a record is called; keys are never shown."""
        return {
            "visit": self.tr("Visit"),
            "customer": self.tr("Customer"),
            "product": self.tr("Product"),
            "task": self.tr("Task"),
            "photo": self.tr("Photo"),
            "plan": self.tr("Improvement plan"),
            "improvement_plan": self.tr("Improvement plan"),
            "promise": self.tr("Agreement"),
            "change_proposal": self.tr("Change proposal"),
        }.get(kind, "")

    def _trouble(self) -> dict[Problem, Words]:
        return {
            Problem.WRONG_PASSWORD: Words(
                self.tr("That password does not open this store."),
                self.tr("Nothing was changed. Check the keyboard layout and Caps Lock, then try again."),
            ),
            Problem.PASSWORD_TOO_SHORT: Words(
                self.tr("The password is too short."), self.tr("Use at least eight characters.")
            ),
            Problem.WAIT_BEFORE_RETRY: Words(
                self.tr("Too many wrong passwords in a row."),
                self.tr("Your data are safe. Wait a moment and try again."),
            ),
            Problem.STORE_DAMAGED: Words(
                self.tr("The data file is damaged."),
                self.tr("It was moved aside and not overwritten. Restore the last backup to go on."),
            ),
            Problem.STORE_NEWER: Words(
                self.tr("The data were written by a newer version of this program."),
                self.tr("Nothing was changed. Update the program and open it again."),
            ),
            Problem.STORE_BUSY: Words(
                self.tr("Another program is using the data file."),
                self.tr("Nothing was lost. Close the other window of this program and try again."),
            ),
            Problem.DISK_FULL: Words(
                self.tr("The disk is full: the last entry could not be saved."),
                self.tr("Everything saved before is safe. Free some space; what you typed stays on the screen."),
            ),
            Problem.FOLDER_READ_ONLY: Words(
                self.tr("The folder cannot be written to."),
                self.tr("Nothing was changed. Check that you may write there and that the drive is not protected."),
            ),
            Problem.FILE_NOT_READABLE: Words(
                self.tr("This file cannot be read."),
                self.tr("Nothing was changed. Check that it is not open elsewhere and has the right format."),
            ),
            Problem.NOT_A_PICTURE: Words(
                self.tr("This file is not a picture that can be read."),
                self.tr("Nothing was added. Choose a JPEG or PNG picture."),
            ),
            Problem.PICTURE_IS_HEIC: Words(
                self.tr("This picture has the HEIC format of newer phones, which cannot be read here."),
                self.tr("Nothing was added. Set the camera to JPEG (most compatible), or send the picture as JPEG."),
            ),
            Problem.PICTURE_TOO_LARGE: Words(
                self.tr("This picture is too large."), self.tr("Nothing was added. Choose one below 100 megapixels.")
            ),
            Problem.NOT_FOUND: Words(
                self.tr("This record is no longer there."), self.tr("Go back to the list and open it again.")
            ),
        }

    def _refusals(self) -> dict[Problem, Words]:
        return {
            Problem.ALREADY_COMPLETED: Words(
                self.tr("This visit is already completed."), self.tr("Completed visits are not changed.")
            ),
            Problem.ANSWER_MISSING: Words(self.tr("This still needs an answer.")),
            Problem.REASON_MISSING: Words(self.tr("Please give a reason.")),
            Problem.TARGET_NOT_BETTER: Words(self.tr("The target must be better than the present state.")),
            Problem.TOO_MANY_MEASURES: Words(self.tr("Choose three measures at most.")),
            Problem.CAUSE_MISSING: Words(self.tr("A step that was not reached needs a cause.")),
            Problem.READ_ONLY_FIELD: Words(self.tr("Head office keeps this field; it cannot be changed here.")),
            Problem.BAD_VALUE: Words(self.tr("This value is not possible here.")),
            Problem.CHANGED_AGAIN: Words(self.tr("The field was changed again since; nothing was taken back.")),
            Problem.VISIT_BEGUN: Words(self.tr("This visit has begun or ended; the plan no longer changes it.")),
            Problem.VISIT_FIXED: Words(self.tr("This visit is locked to its day."), self.tr("Unlock it first.")),
            Problem.DAY_PASSED: Words(self.tr("This day is over; choose today or a later day.")),
            Problem.TWICE_A_DAY: Words(self.tr("This shop already has a visit on that day.")),
            Problem.NO_DAY_LEFT: Words(self.tr("No working day was found for this visit.")),
        }
