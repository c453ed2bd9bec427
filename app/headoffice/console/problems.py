"""Why a page is not shown or a form is not carried out; each becomes a page in plain words."""


class ConsoleProblem(Exception):  # noqa: N818  what is refused to a person is no error of the program
    """The base of what the console answers instead of the page."""


class NotSignedIn(ConsoleProblem):
    """Nobody is signed in, or the session has ended."""


class NotAllowed(ConsoleProblem):
    """The role may not see or do this."""


class BadForm(ConsoleProblem):
    """The form was not made by a page of this session, or is no form."""


class Refused(ConsoleProblem):
    """What was asked for cannot be done; `word` names the reason in the words of the console."""

    def __init__(self, word: str, **facts: str | int) -> None:
        super().__init__(word)
        self.word = word
        self.facts = facts
