"""Reads what a program told the disk from a trace of its system calls (strace): writes, truncations, syncs, names.

A trace and not a file system of our own: the encrypted store brings its own SQLite, whose calls no library sees.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

_CALLS = (
    "open,openat,creat,close,write,pwrite64,writev,pwritev,lseek,ftruncate,truncate,fsync,fdatasync,sync_file_range,"
    "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,sendfile,copy_file_range,fallocate,dup,"
    "dup2,dup3"
)
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += +(-?\d+)")
_FD = re.compile(r"^(\d+)")
_UNKNOWN = frozenset(
    {"writev", "pwritev", "sync_file_range", "link", "linkat", "sendfile", "copy_file_range", "fallocate", "dup"}
)
"""Calls that would have to be understood if our files were ever written by them."""

Kind = Literal["write", "cut", "sync", "make", "folder", "rename", "remove", "sync_folder", "mark"]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done to the disk; `file` numbers a file for good, whatever its name is."""

    kind: Kind
    file: int = 0
    at: int = 0
    """Where bytes were written, or the size after a cut."""
    content: bytes = b""
    path: str = ""
    target: str = ""


@cache
def why_not() -> str:
    """Return why no trace can be made here, empty where it can."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not installed (Debian: apt-get install strace)"
    tried = subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "this system does not let one process trace another (ptrace)"


def record(command: list[str], trace: Path, environment: dict[str, str]) -> None:
    """Run a program and write down its calls."""
    strace = ["strace", "--seccomp-bpf", "-f", "-xx", "-s", "67108864", "-e", f"trace={_CALLS}", "-o", str(trace)]
    done = subprocess.run([*strace, *command], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


@dataclass
class _Handle:
    file: int
    path: str
    at: int = 0
    appends: bool = False


@dataclass
class Reader:
    """Turns the lines of a trace into deeds below one folder; `names` are the files that were there before."""

    root: str
    mark: str
    """The file whose writes are words of the program to us."""
    names: dict[str, int] = field(default_factory=dict[str, int])
    sizes: dict[int, int] = field(default_factory=dict[int, int])
    folders: set[str] = field(default_factory=set[str])
    _open: dict[int, _Handle] = field(default_factory=dict[int, _Handle])

    def read(self, trace: Path) -> Iterator[Deed]:
        """Give the deeds in their order."""
        held: dict[str, str] = {}
        with trace.open(encoding="ascii") as lines:
            for raw in lines:
                line = raw
                pid = line.split(" ", 1)[0]
                if line.rstrip().endswith("<unfinished ...>"):
                    held[pid] = line.rstrip().removesuffix("<unfinished ...>")
                    continue
                if "<... " in line[:40]:
                    line = held.pop(pid) + line.split("resumed>", 1)[1]
                match = _LINE.match(line)
                if match and int(match[3]) >= 0:
                    yield from self._deed(match[1], match[2], int(match[3]))

    def _deed(self, call: str, text: str, result: int) -> Iterator[Deed]:
        if call in {"openat", "open", "creat"}:
            yield from self._opened(_path(_strings(text)[0]), text.rsplit('"', 1)[1], result)
        elif call in {"rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir"}:
            yield from self._named(call, [_path(one) for one in _strings(text)], is_folder="AT_REMOVEDIR" in text)
        else:
            number = _FD.match(text)
            handle = self._open.get(int(number[1])) if number else None
            if handle is not None:
                assert call not in _UNKNOWN, f"{call} on {handle.path}"
                yield from self._on_handle(call, text, result, handle, int(number[1]) if number else 0)

    def _opened(self, path: str, flags: str, handle: int) -> Iterator[Deed]:
        self._open.pop(handle, None)
        if not path.startswith(self.root) or path.endswith("-shm"):
            return
        if "O_DIRECTORY" in flags or path in self.folders:
            self._open[handle] = _Handle(0, path)
            return
        if path not in self.names:
            if "O_CREAT" not in flags:
                self._open[handle] = _Handle(0, path)
                return
            self.names[path] = file = len(self.sizes) + 1
            self.sizes[file] = 0
            yield Deed("make", file, path=path)
        file = self.names[path]
        self._open[handle] = _Handle(file, path, appends="O_APPEND" in flags)
        if "O_TRUNC" in flags and self.sizes[file]:
            self.sizes[file] = 0
            yield Deed("cut", file, 0)

    def _named(self, call: str, paths: list[str], *, is_folder: bool) -> Iterator[Deed]:
        if not paths[0].startswith(self.root) or paths[0].endswith("-shm"):
            return
        if call.startswith("rename"):
            self.names[paths[1]] = self.names.pop(paths[0])
            yield Deed("rename", self.names[paths[1]], path=paths[0], target=paths[1])
        elif call.startswith("mkdir"):
            self.folders.add(paths[0])
            yield Deed("folder", path=paths[0])
        elif not is_folder and call != "rmdir":
            self.names.pop(paths[0], None)
            yield Deed("remove", path=paths[0])

    def _on_handle(self, call: str, text: str, result: int, handle: _Handle, number: int) -> Iterator[Deed]:
        if call == "close":
            del self._open[number]
        elif call == "lseek":
            handle.at = result
        elif call == "ftruncate":
            self.sizes[handle.file] = size = int(text.rsplit(",", 1)[1])
            yield Deed("cut", handle.file, size)
        elif call in {"fsync", "fdatasync"}:
            yield Deed("sync", handle.file) if handle.file else Deed("sync_folder", path=handle.path)
        elif call in {"write", "pwrite64"}:
            content = _bytes(_strings(text)[0])[:result]
            yield from self._written(call, text, content, handle)

    def _written(self, call: str, text: str, content: bytes, handle: _Handle) -> Iterator[Deed]:
        if call == "pwrite64":
            at = int(text.rsplit(",", 1)[1])
        else:
            at = self.sizes[handle.file] if handle.appends else handle.at
            handle.at = at + len(content)
        self.sizes[handle.file] = max(self.sizes[handle.file], at + len(content))
        if handle.path == self.mark:
            yield Deed("mark", content=content)
        else:
            yield Deed("write", handle.file, at, content)


def _strings(text: str) -> list[str]:
    return re.findall(r'"([^"]*)"', text)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _path(text: str) -> str:
    return os.path.normpath(_bytes(text).decode())
