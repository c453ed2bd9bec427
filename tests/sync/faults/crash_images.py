"""What a power cut leaves of the files: what was synced, and any part of what was not, torn at 512 bytes."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.sync.faults.disk_trace import Deed

SECTOR = 512
_NAMES = ("make", "folder", "rename", "remove")


@dataclass
class _File:
    content: bytearray
    waiting: list[Deed] = field(default_factory=list[Deed])


@dataclass
class Disk:
    """The files below a folder while a trace is played; `files` and `names` are what was there before, all of it safe.

    Below `calm` nothing is ever lost: a head office does not lose its power with the laptop.
    """

    root: str
    calm: str
    files: dict[int, _File] = field(default_factory=dict[int, _File])
    names: dict[str, int] = field(default_factory=dict[str, int])
    """Paths that are safe; 0 for a folder."""
    _waiting: dict[str, list[Deed]] = field(default_factory=dict[str, list[Deed]])
    """Of each folder, what was done to its names and is not safe yet."""

    def play(self, deed: Deed) -> None:
        """Do one deed."""
        match deed.kind:
            case "write" | "cut":
                self._change(deed)
            case "sync":
                self._settle(self.files[deed.file])
            case "sync_folder":
                for one in self._waiting.pop(deed.path, []):
                    _rename(self.names, one)
            case "mark":
                pass
            case _:
                if deed.kind == "make":
                    self.files[deed.file] = _File(bytearray())
                if deed.path.startswith(self.calm):
                    _rename(self.names, deed)
                else:
                    folder = str(Path(deed.target or deed.path).parent)
                    self._waiting.setdefault(folder, []).append(deed)

    def cut(self, draw: random.Random, into: Path) -> int:
        """Write what a power cut at this moment leaves, and return how many writes were not safe."""
        names, unsafe = dict(self.names), 0
        for waiting in self._waiting.values():
            # Names are changed in order by every file system with a journal; how many of them got there is chance.
            for one in waiting[: draw.randint(0, len(waiting))]:
                _rename(names, one)
        into.mkdir(parents=True)
        for path in sorted(names):
            place = into / Path(path).relative_to(self.root)
            if names[path] == 0:
                if place.parent.exists():
                    place.mkdir(exist_ok=True)
            elif place.parent.exists():
                file = self.files[names[path]]
                unsafe += len(file.waiting)
                place.write_bytes(_torn(file, draw))
        return unsafe

    def _change(self, deed: Deed) -> None:
        file = self.files[deed.file]
        file.waiting.append(deed)
        if self._is_calm(deed.file):
            self._settle(file)

    def _is_calm(self, number: int) -> bool:
        return any(held == number and path.startswith(self.calm) for path, held in self.names.items())

    @staticmethod
    def _settle(file: _File) -> None:
        for deed in file.waiting:
            _put(file.content, deed)
        file.waiting.clear()


def before(folder: Path, *, calm: Path) -> Disk:
    """Return the disk as the files lie there now."""
    disk = Disk(str(folder), str(calm))
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            disk.names[str(path)] = 0
        elif not path.name.endswith("-shm"):
            number = len(disk.files) + 1
            disk.files[number] = _File(bytearray(path.read_bytes()))
            disk.names[str(path)] = number
    return disk


def moments(deeds: Sequence[Deed], count: int, draw: random.Random) -> list[int]:
    """Return so many moments for a cut, in order: half of them anywhere, half right before or after a sync."""
    syncs = [at for at, deed in enumerate(deeds) if deed.kind in {"sync", "sync_folder", "mark"}]
    anywhere = [draw.randrange(1, len(deeds) + 1) for _ in range(count - count // 2)]
    close = [draw.choice(syncs) + draw.choice((0, 1)) for _ in range(count // 2)]
    return sorted([*anywhere, *close])


def _rename(names: dict[str, int], deed: Deed) -> None:
    match deed.kind:
        case "make":
            names[deed.path] = deed.file
        case "folder":
            names[deed.path] = 0
        case "rename":
            names.pop(deed.path, None)
            names[deed.target] = deed.file
        case _:
            names.pop(deed.path, None)


def _torn(file: _File, draw: random.Random) -> bytes:
    """Return the bytes with some of the writes that were under way, none, all, up to one of them, or any sectors."""
    content = bytearray(file.content)
    way = draw.choice(("none", "all", "prefix", "some", "torn", "torn"))
    last = draw.randint(0, len(file.waiting))
    for at, deed in enumerate(file.waiting):
        if way == "none" or (way == "prefix" and at >= last) or (way == "some" and draw.random() < 0.5):
            continue
        if way == "torn" and deed.kind == "write":
            _tear(content, deed, draw)
        else:
            _put(content, deed)
    return bytes(content)


def _tear(content: bytearray, deed: Deed, draw: random.Random) -> None:
    kept, end = draw.choice((0.2, 0.5, 0.9)), deed.at + len(deed.content)
    at = deed.at
    while at < end:
        upto = min(end, (at // SECTOR + 1) * SECTOR)
        if draw.random() < kept:
            _put(content, Deed("write", 0, at, deed.content[at - deed.at : upto - deed.at]))
        at = upto


def _put(content: bytearray, deed: Deed) -> None:
    if deed.kind == "cut":
        del content[deed.at :]
        content.extend(bytes(deed.at - len(content)))
        return
    if len(content) < deed.at:
        content.extend(bytes(deed.at - len(content)))
    content[deed.at : deed.at + len(deed.content)] = deed.content
