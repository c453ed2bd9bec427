"""Finds the stretch of a shown text that a query hit, so that it can be marked: as written, as spoken, by initials."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from app.services.pinyin_spelling import Syllables, initial_of
from app.services.search_words import SHORTEST_TAIL, Folded, fold_with_places, token_spans

Range: TypeAlias = tuple[int, int]
"""(start, length) in characters of the shown text."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text to show, with the stretches that were hit."""

    text: str
    ranges: tuple[Range, ...] = ()


NO_TEXT = Marked("")


def mark_written(text: str, words: tuple[str, ...]) -> Range | None:
    """Return where a part of the query stands in the text, from the beginning of a word or at any Chinese character."""
    wanted = "".join(words)
    folded = fold_with_places(text)
    spans = token_spans(folded.text)
    for first in range(len(spans)):
        end = _end_of(wanted, folded.text, spans[first:])
        if end is not None:
            return folded.range(spans[first][0], end)
    return None


def mark_spoken(text: str, syllables: Syllables, words: tuple[str, ...]) -> Range | None:
    """Return where a part of the query is heard in the text, typed in full or by initials."""
    wanted = "".join(words)
    for heard in (_heard_in_full, _heard_by_initials, _heard_by_both_letters):
        for first in range(len(syllables)):
            last = heard(wanted, syllables, first)
            if last is not None:
                return _tokens_range(fold_with_places(text), first, last)
    return None


def mark_start(text: str, words: tuple[str, ...]) -> Range | None:
    """Return the beginning of a number that a part of the query is."""
    wanted = "".join(words)
    folded = fold_with_places(text, only_tokens=True)
    return folded.range(0, len(wanted)) if wanted and folded.text.startswith(wanted) else None


def mark_end(text: str, words: tuple[str, ...]) -> Range | None:
    """Return the end of a number that a part of the query is."""
    wanted = "".join(words)
    folded = fold_with_places(text, only_tokens=True)
    if not wanted.isdigit() or len(wanted) < SHORTEST_TAIL or not folded.text.endswith(wanted):
        return None
    return folded.range(len(folded.text) - len(wanted), len(folded.text))


def _end_of(wanted: str, folded: str, spans: list[Range]) -> int | None:
    """Return the end of the wanted letters when they are written from the first of these tokens on."""
    for start, end in spans:
        token = folded[start:end]
        if token.startswith(wanted):
            return start + len(wanted)
        if not wanted.startswith(token):
            return None
        wanted = wanted[len(token) :]
    return None


def _heard_in_full(wanted: str, syllables: Syllables, first: int) -> int | None:
    if first == len(syllables):
        return None
    for reading in _typings(syllables[first]):
        if reading.startswith(wanted):
            return first
        if wanted.startswith(reading):
            last = _heard_in_full(wanted[len(reading) :], syllables, first + 1)
            if last is not None:
                return last
    return None


def _heard_by_initials(wanted: str, syllables: Syllables, first: int) -> int | None:
    if first + len(wanted) > len(syllables):
        return None
    pairs = zip(wanted, syllables[first : first + len(wanted)], strict=True)
    return first + len(wanted) - 1 if all(any(r[0] == letter for r in rs) for letter, rs in pairs) else None


def _heard_by_both_letters(wanted: str, syllables: Syllables, first: int) -> int | None:
    last = None
    for place in range(first, len(syllables)):
        if not wanted:
            break
        initial = next((i for r in syllables[place] if wanted.startswith(i := initial_of(r))), None)
        if initial is None:
            # The last letter typed may be the first of two.
            is_begun = len(wanted) == 1 and any(r.startswith(wanted) for r in syllables[place])
            return place if is_begun else None
        wanted, last = wanted[len(initial) :], place
    return None if wanted else last


def _typings(readings: tuple[str, ...]) -> Iterator[str]:
    for reading in readings:
        yield reading
        if "v" in reading:
            yield reading.replace("v", "u")


def _tokens_range(folded: Folded, first: int, last: int) -> Range | None:
    spans = token_spans(folded.text)
    return folded.range(spans[first][0], spans[last][1]) if last < len(spans) else None


def merge(ranges: list[Range]) -> tuple[Range, ...]:
    """Return the ranges in order, those that touch as one."""
    merged: list[Range] = []
    for start, length in sorted(ranges):
        if merged and start <= merged[-1][0] + merged[-1][1]:
            before = merged[-1]
            merged[-1] = (before[0], max(before[1], start + length - before[0]))
        else:
            merged.append((start, length))
    return tuple(merged)
