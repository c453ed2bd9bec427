"""How large the next chunk of a picture is: as large as the link carries in a few seconds, small again after a cut."""

from app.sync.protocol import CHUNK, LARGEST_CHUNK, SMALLEST_CHUNK

_WANTED_SECONDS = 4.0
_FIRST = 128 << 10


class Pace:
    """Measures the link by the chunks that went through; `most` is what head office takes at once."""

    def __init__(self, most: int | None = None) -> None:
        # What a cut makes one repeat is at most a chunk: without leave from head office that is 256 KiB.
        self._most = max(SMALLEST_CHUNK, min(CHUNK if most is None else most, LARGEST_CHUNK))
        self.chunk = min(_FIRST, self._most)

    def took(self, count: int, seconds: float) -> None:
        """Take in how long a chunk took; it at most doubles, and it shrinks to what a slow link carries at once."""
        fits = self._most if seconds <= 0 else int(count / seconds * _WANTED_SECONDS)
        self.chunk = max(SMALLEST_CHUNK, min(fits, self.chunk * 2, self._most))

    def cut(self) -> None:
        """Take in that the connection was cut: less is lost the next time."""
        self.chunk = max(SMALLEST_CHUNK, self.chunk // 2)
