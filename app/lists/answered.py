"""A refused file on its way back: which of its rows were told to be duplicates of a row that was taken."""

import re
from collections.abc import Sequence

from app.domain.text import Language, Text
from app.lists.csv_rows import Row
from app.lists.mapping import BoundProfile, heading
from app.lists.reasons import WORDS, Cause, Reason, RowProblem

ROW_TITLE = Text("原行号", "Original row")
REASON_TITLE = Text("拒绝原因", "Refused because")
OUR_TITLES = frozenset(heading(title) for text in (ROW_TITLE, REASON_TITLE) for title in (text.zh, text.en))
_REASON_TITLES = frozenset(heading(title) for title in (REASON_TITLE.zh, REASON_TITLE.en))
_BEFORE = Text("{column}“{value}”：{words}", "{column} “{value}”: {words}")


def problem_words(problem: RowProblem, language: Language) -> str:
    """Return one thing that is wrong with a row as text."""
    words = problem.cause.text.of(language)
    if not problem.column:
        return words
    return _before(language, problem.column, problem.value, words)


def unread_columns(bound: BoundProfile) -> tuple[str, ...]:
    """Return the headings of the file that nothing reads, without those that we put into a refused file ourselves."""
    return tuple(title for title in bound.unread if heading(title) not in OUR_TITLES)


class Answered:
    """Knows the reasons of the round before, where the file has them.

    What was refused as a duplicate would otherwise come back alone and overwrite the row that was taken.
    """

    def __init__(self, bound: BoundProfile) -> None:
        self._place = _place(bound.header)

    @property
    def is_way_back(self) -> bool:
        """Whether the file tells why its rows were refused before."""
        return self._place is not None

    def problem(self, row: Row, column: str, value: str) -> RowProblem | None:
        """Return what is wrong with a row whose key is still that of a row taken before; None if all is well."""
        reasons = row[self._place] if self._place is not None and self._place < len(row) else ""
        if not reasons:
            return None
        for language in Language:
            for reason in (Reason.DUPLICATE, Reason.DUPLICATE_BEFORE):
                words = re.escape(WORDS[reason].of(language)).replace(re.escape("{}"), r"(\d+)")
                told = re.search(re.escape(_before(language, column, value, "")) + words, reasons)
                if told is not None:
                    return RowProblem(column, value, Cause(Reason.DUPLICATE_BEFORE, told.group(1)))
        return None


def _before(language: Language, column: str, value: str, words: str) -> str:
    return _BEFORE.of(language).format(column=column, value=value, words=words)


def _place(header: Sequence[str]) -> int | None:
    return next((place for place, title in enumerate(header) if heading(title) in _REASON_TITLES), None)
