"""Cuts texts and queries into the words that the search index compares: one Chinese character, or a run of letters."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

# Ranges and not \w: Python's tables are older than the newest rare characters; private-use ones are GB 18030 names.
_HAN = (
    "⺀-⿟々-〇〡-〩〱-〵〸-〻\u3040-ヿㄅ-ㄯㄱ-ㆎㆠ-ㆿㇰ-ㇿ㐀-䶿一-鿿ꀀ-꒏가-힣\ue000-\uf8ff豈-\ufaff"
    "\U00020000-\U0003ffff\U000f0000-\U0010fffd"
)
SHORTEST_TAIL = 4
"""Digits from the end of a number that are enough to look for it."""
_FIRST_SIGN = "\u2e80"
_ACCENTED = re.compile("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]")
_APOSTROPHES = str.maketrans("", "", "'\u2019\u2018`\u00b4")
_V = str.maketrans(dict.fromkeys("üǖǘǚǜ", "v"))
_MARK = "Mn"


# These two take 15 ms to compile, which a start without a search need not pay.


@cache
def _token() -> re.Pattern[str]:
    return re.compile(f"[{_HAN}]|(?:(?![{_HAN}])[^\\W_])+")


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(f"[{_HAN}]")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the text as it is compared: half-width, small letters, no accents and apostrophes, ü as v."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    if _ACCENTED.search(folded) is None:
        return folded
    plain = unicodedata.normalize("NFD", folded.translate(_V))
    return unicodedata.normalize("NFC", "".join(c for c in plain if unicodedata.category(c) != _MARK))


def tokens(folded: str) -> list[str]:
    """Return the tokens of a folded text: each Chinese character alone, letters and digits in runs."""
    return _token().findall(folded)


def token_spans(folded: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each token of a folded text."""
    return [found.span() for found in _token().finditer(folded)]


def is_sign(token: str) -> bool:
    """Tell whether a token is one Chinese character."""
    return token >= _FIRST_SIGN and len(token) == 1


def has_signs(text: str) -> bool:
    """Tell whether a text has at least one Chinese character."""
    return _sign().search(text) is not None


def digits_of(text: str | None) -> str:
    """Return the digits of a number as it is compared, without spaces and dashes."""
    return "".join(c for c in fold(text) if c.isdigit()) if text else ""


def joined(text: str) -> str:
    """Return all tokens of a text as one word, to compare beginnings."""
    return "".join(tokens(fold(text)))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and for each of its characters the place in the original it came from."""

    text: str
    places: tuple[int, ...]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Return the (start, length) in the original of a stretch of the folded text."""
        first, last = self.places[start], self.places[end - 1]
        return first, last - first + 1


@lru_cache(maxsize=2048)
def fold_with_places(text: str, *, only_tokens: bool = False) -> Folded:
    """Fold character by character, so that a hit can be marked in the text as it is shown."""
    pieces: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        piece = fold(character)
        if only_tokens:
            piece = "".join(tokens(piece))
        pieces.append(piece)
        places.extend([place] * len(piece))
    return Folded("".join(pieces), tuple(places))
