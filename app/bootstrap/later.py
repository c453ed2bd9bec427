"""A service that is made at its first use, on the thread that uses it: the first page is up before its imports."""

from collections.abc import Callable
from typing import cast

_METHOD = Callable[..., object]


class Later:
    """Has the methods of the service that `make` returns; calls make it."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> _METHOD:
        def call(*arguments: object, **named: object) -> object:
            return cast("_METHOD", getattr(self._make(), name))(*arguments, **named)

        return call
