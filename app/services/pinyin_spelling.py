"""How a name is spoken: its syllables, with every reading where a surname may stand, and what can be typed for them."""

import itertools
from functools import lru_cache
from typing import TypeAlias

from app.services.search_words import fold, has_signs, is_sign, tokens

Syllables: TypeAlias = tuple[tuple[str, ...], ...]
"""For each token of a name the readings it may have; letters and digits read as they are written."""

_NICKNAME = frozenset("老小阿大")
# The reading that comes first in lists; the index has all of them.
_AS_SURNAME = {
    "曾": "zeng", "单": "shan", "查": "zha", "仇": "qiu", "翟": "zhai", "覃": "qin", "缪": "miao", "冼": "xian",
    "朴": "piao",
}  # fmt: skip
_DOUBLE = frozenset({"zh", "ch", "sh"})
_LONGEST_WORD = 24


def spell(name: str, *, may_be_person: bool = True) -> Syllables:
    """Return the readings of each token of a name; only a person or a shop called after one has a surname."""
    parts = tokens(fold(name))
    if not has_signs(name):
        return tuple((part,) for part in parts)
    spoken = _spoken(parts)
    return tuple(_readings(parts, spoken)) if may_be_person else tuple((one,) for one in spoken)


def as_text(syllables: Syllables) -> str:
    """Return the spelling in one line, for keeping and for sorting: the likeliest reading of each token first."""
    return " ".join("/".join(readings) for readings in syllables)


def from_text(text: str) -> Syllables:
    """Read a kept spelling."""
    return tuple(tuple(part.split("/")) for part in text.split(" ")) if text else ()


def typed_forms(syllables: Syllables) -> set[str]:
    """Return what may be typed for a name: from every syllable on, in full and by initials, up to a bound."""
    return set().union(*_suffixes(syllables)) if syllables else set()


def typed_from_start(syllables: Syllables) -> set[str]:
    """Return what may be typed for a name from its first syllable on."""
    return _suffixes(syllables)[0] if syllables else set()


def initial_of(syllable: str) -> str:
    """Return the initial of a syllable as some people type it: zh, ch and sh with both letters."""
    return syllable[:2] if syllable[:2] in _DOUBLE else syllable[0]


def _suffixes(syllables: Syllables) -> list[set[str]]:
    """Return for each syllable the words that begin with it; only a surname has several readings."""
    fulls, initials, doubles = [""], [""], [""]
    words: list[set[str]] = []
    for readings in reversed(syllables):
        fulls = [(reading + rest)[:_LONGEST_WORD] for reading in readings for rest in fulls]
        initials = _before({reading[0] for reading in readings}, initials)
        doubles = _before({initial_of(reading) for reading in readings}, doubles)
        words.append({*fulls, *initials, *doubles})
        if "v" in fulls[0]:
            words[-1].update(full.replace("v", "u") for full in fulls)
    words.reverse()
    return words


def _before(firsts: set[str], rests: list[str]) -> list[str]:
    return [first + rest for first in firsts for rest in rests]


def longest_word(text: str) -> str:
    """Cut a typed word to the length that the index keeps."""
    return text[:_LONGEST_WORD]


def _spoken(parts: list[str]) -> list[str]:
    from pypinyin.seg import mmseg  # noqa: PLC0415  141 ms that only Chinese names pay

    # One Chinese run at a time keeps phrases right and tokens aligned: every character gives one syllable.
    spoken: list[str] = []
    for is_run, group in itertools.groupby(parts, key=is_sign):
        if is_run:
            for phrase in mmseg.seg.cut("".join(group)):
                spoken += _spoken_phrase(phrase)
        else:
            spoken += group
    return spoken


@lru_cache(maxsize=16384)
def _spoken_phrase(phrase: str) -> list[str]:
    import pypinyin  # noqa: PLC0415

    spoken = pypinyin.lazy_pinyin(phrase)
    # What nobody can read comes back in one piece; each character must stand for itself.
    return spoken if len(spoken) == len(phrase) else [pypinyin.lazy_pinyin(character)[0] for character in phrase]


def _readings(parts: list[str], spoken: list[str]) -> list[tuple[str, ...]]:
    readings: list[tuple[str, ...]] = [(one,) for one in spoken]
    surnames = [0, 1] if parts and parts[0] in _NICKNAME else [0]
    for place in surnames:
        if place < len(parts) and is_sign(parts[place]):
            readings[place] = _surname(parts[place], spoken[place])
    return readings


@lru_cache(maxsize=8192)
def _surname(character: str, in_phrase: str) -> tuple[str, ...]:
    import pypinyin  # noqa: PLC0415

    all_readings = pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True)[0]
    usual = _AS_SURNAME.get(character, in_phrase)
    return tuple(dict.fromkeys((usual, in_phrase, *all_readings)))
