"""Sentences that stand one after the other: a Chinese full stop brings its own room, a Latin one needs a blank."""

from collections.abc import Iterable

_WIDE_ENDS = ("。", "！", "？", "；", "：")


def joined(sentences: Iterable[str]) -> str:
    """Return the sentences as one text; empty ones leave nothing behind."""
    whole = ""
    for sentence in sentences:
        between = " " if whole and sentence and not whole.endswith(_WIDE_ENDS) else ""
        whole += between + sentence
    return whole
