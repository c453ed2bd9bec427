"""Breaks mixed Chinese and Latin text into lines: Latin words stay whole, no line begins or ends with a wrong sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category

from app.reports.fonts import width_of
from app.reports.paper import Style

NEVER_FIRST = frozenset("!%),.:;?]}°·’”…‰′″›℃、。〃〉》」』】〕〗〞！＂％＇），．：；？］｀｜｝～—–々ー")
NEVER_LAST = frozenset("([{£¥$‘“〈《「『【〔〖〝（［｛￡￥＄#№")
_KEPT_IN_PAIRS = frozenset("—…")
_FIRST_IDEOGRAPH = 0x2E80


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style."""

    text: str
    style: Style

    @property
    def width(self) -> float:
        """The width in points."""
        return width_of(self.text, self.style.font, self.style.size)


Line = tuple[Run, ...]


def break_lines(runs: Sequence[Run], width: float) -> tuple[Line, ...]:
    """Return the lines that the text fills at this width; at least one, perhaps empty."""
    runs = [Run(_printable(run.text), run.style) for run in runs if run.text]
    if runs and sum(run.width for run in runs) <= width:
        return (_tidy(runs),)
    lines: list[list[Run]] = [[]]
    used = 0.0
    for atom in (piece for whole in _atoms(runs) for piece in _cut_to_fit(whole, width)):
        atom_width = sum(run.width for run in atom)
        ink_width = atom_width - _trailing_space(atom)
        if lines[-1] and used + ink_width > width:
            lines.append([])
            used = 0.0
        if not lines[-1] and not "".join(run.text for run in atom).strip():
            continue
        lines[-1].extend(atom)
        used += atom_width
    return tuple(_tidy(line) for line in lines if line) or ((),)


def _printable(text: str) -> str:
    """Turn line ends, tabs and wide spaces into spaces and drop what has no shape."""
    if text.isprintable():
        return text
    spaced = "".join(" " if character.isspace() or category(character) == "Cc" else character for character in text)
    return "".join(character for character in spaced if category(character) != "Cf")


def _atoms(runs: Sequence[Run]) -> list[list[Run]]:
    """Group the characters into pieces between which a line may end."""
    characters = [Run(character, run.style) for run in runs for character in run.text]
    if not characters:
        return []
    atoms = [[characters[0]]]
    for before, here in pairwise(characters):
        if _may_break(before.text, here.text):
            atoms.append([here])
        else:
            atoms[-1].append(here)
    return [_joined(atom) for atom in atoms]


def _may_break(before: str, here: str) -> bool:
    if here.isspace() or here in NEVER_FIRST or before in NEVER_LAST:
        return False
    if before in _KEPT_IN_PAIRS and here == before:
        return False
    return before.isspace() or before in _KEPT_IN_PAIRS or _is_ideograph(before) or _is_ideograph(here)


def _is_ideograph(character: str) -> bool:
    return ord(character) >= _FIRST_IDEOGRAPH


def _cut_to_fit(atom: list[Run], width: float) -> list[list[Run]]:
    """Cut a word that is wider than the whole line, by characters; closing signs take their neighbour along."""
    if sum(run.width for run in atom) - _trailing_space(atom) <= width:
        return [atom]
    pieces: list[list[Run]] = [[]]
    used = 0.0
    for character in (Run(c, run.style) for run in atom for c in run.text):
        if pieces[-1] and used + character.width > width and not character.text.isspace():
            start = _start_of_next(pieces[-1], character, width)
            pieces.append(pieces[-1][start:])
            del pieces[-2][start:]
            used = sum(run.width for run in pieces[-1])
        pieces[-1].append(character)
        used += character.width
    return [_joined(piece) for piece in pieces]


def _start_of_next(line: Sequence[Run], character: Run, width: float) -> int:
    """Return from where on the line moves down together with the character that does not fit any more."""
    start = len(line)
    following = [*line, character]
    while following[start].text in NEVER_FIRST and start > 1:
        start -= 1
    fits = sum(run.width for run in following[start:]) <= width
    return start if fits and following[start].text not in NEVER_FIRST else len(line)


def _trailing_space(atom: list[Run]) -> float:
    last = atom[-1]
    return last.width - Run(last.text.rstrip(), last.style).width


def _joined(characters: Sequence[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in characters:
        if joined and joined[-1].style == run.style:
            joined[-1] = Run(joined[-1].text + run.text, run.style)
        else:
            joined.append(run)
    return joined


def _tidy(line: Sequence[Run]) -> Line:
    joined = _joined(line)
    joined[-1] = Run(joined[-1].text.rstrip(), joined[-1].style)
    return tuple(run for run in joined if run.text)
