"""Turns what a person typed into the full-text expressions that find it."""

from dataclasses import dataclass

from app.services.pinyin_spelling import longest_word
from app.services.search_words import SHORTEST_TAIL, fold, is_sign, joined, tokens

CUSTOMERS = "customer"
PRODUCTS = "product"

_NAMES = "names sounds codes"
_ALL = "names others sounds other_sounds codes"
_WRITTEN = {_NAMES: "names", _ALL: "names others"}
_SOUNDS = {_NAMES: "sounds", _ALL: "sounds other_sounds"}


@dataclass(frozen=True, slots=True)
class Query:
    """A query for the index, as expressions from the best hits to all of them."""

    parts: tuple[tuple[str, ...], ...]
    """The tokens of each part between spaces; every part must be found."""
    beginning: str
    """finds names and numbers that begin with the text"""
    named: str
    """finds names and numbers that hold every part"""
    anywhere: str
    """finds all records that hold every part, in any text"""

    @property
    def every(self) -> str:
        """Return the expression that finds all hits."""
        return f"({self.beginning}) OR ({self.anywhere})"


def parse(typed: str) -> Query | None:
    """Read what was typed; None if there is nothing in it to look for."""
    parts = tuple(words for chunk in fold(typed).split() if (words := tuple(tokens(chunk))))
    if not parts:
        return None
    return Query(parts, f'starts : "{joined(typed)}"*', _all_of(parts, _NAMES), _all_of(parts, _ALL))


def _all_of(parts: tuple[tuple[str, ...], ...], columns: str) -> str:
    return " AND ".join(f"({_part(words, columns)})" for words in parts)


def _part(words: tuple[str, ...], columns: str) -> str:
    signs = [is_sign(word) for word in words]
    phrase = f'{{{_WRITTEN[columns]}}} : "{" ".join(words)}"' + ("" if signs[-1] else "*")
    if any(signs):
        return phrase
    if len(words) == 1:
        return _word(words[0], columns)
    return f"({phrase}) OR {_word(''.join(words), columns)}"


def _word(word: str, columns: str) -> str:
    expression = f'({{{columns}}} : "{word}"*)'
    if longest_word(word) != word:
        expression += f' OR ({{{_SOUNDS[columns]}}} : "{longest_word(word)}"*)'
    if word.isdigit() and len(word) >= SHORTEST_TAIL:
        expression += f' OR (tails : "{word[::-1]}"*)'
    return expression
