"""Reads YAML into plain data and remembers on which line everything stands.

Stricter than YAML 1.1: only `true` and `false` are booleans (a code `N` or a key `off` stays what was written), numbers
with a decimal point become Decimal, a key that occurs twice is an error.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import yaml

from app.playbooks.errors import PlaybookProblem

Path = tuple[str | int, ...]
Plain = str | int | bool | Decimal | None | list["Plain"] | dict[str, "Plain"]

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_NULL = {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class Document:
    """The plain data of a file, where each part of it stands, and what is wrong with it as YAML."""

    file: str
    data: Plain = None
    lines: dict[Path, int] = field(default_factory=dict[Path, int])
    problems: tuple[PlaybookProblem, ...] = ()

    def problem(self, path: Sequence[str | int], what: str) -> PlaybookProblem:
        """Return a problem at the line of that path, or of its nearest known ancestor."""
        known = tuple(path)
        while known not in self.lines and known:
            known = known[:-1]
        return PlaybookProblem(self.file, self.lines.get(known, 1), what)


def read_document(file: str, content: bytes) -> Document:
    """Read the bytes of a file; every problem is in the document, none is raised."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Document(file, problems=(PlaybookProblem(file, line, "is not UTF-8 text"),))
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = " ".join(part for part in (error.context, error.problem) if part)
        return Document(file, problems=(PlaybookProblem(file, line, what),))
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        return Document(
            file, problems=(PlaybookProblem(file, line, f"is not YAML: {getattr(error, 'reason', error)}"),)
        )
    if root is None:
        return Document(file, problems=(PlaybookProblem(file, 1, "is empty"),))
    reader = _Reader(file)
    data = reader.read(root, ())
    return Document(file, data, reader.lines, tuple(reader.problems))


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.problems: list[PlaybookProblem] = []
        self.open: set[int] = set()

    def read(self, node: yaml.Node, path: Path) -> Plain:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if not isinstance(node, yaml.CollectionNode):
            return _scalar(node)
        if id(node) in self.open:
            self._say(node, "refers to itself")
            return None
        self.open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node, path)
            return [self.read(child, (*path, index)) for index, child in enumerate(node.value)]
        finally:
            self.open.discard(id(node))

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Plain]:
        found: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._say(key_node, "a key must be a plain word")
                continue
            key = str(key_node.value)
            if key in found:
                self._say(key_node, f"the key {key!r} occurs twice")
                continue
            self.lines[(*path, key)] = key_node.start_mark.line + 1
            found[key] = self.read(value_node, (*path, key))
        return found

    def _say(self, node: yaml.Node, what: str) -> None:
        self.problems.append(PlaybookProblem(self.file, node.start_mark.line + 1, what))


def _scalar(node: yaml.Node) -> Plain:
    text = str(node.value)
    if getattr(node, "style", None):
        return text
    if text in _NULL:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if _INT.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
