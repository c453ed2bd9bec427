"""Lets an exception leave an overridden method of Qt whole: on Python 3.11 the program crashes otherwise.

Python 3.11 hands on an exception that came out of C code (`int("x")`, a deleted Qt object) as a bare string until
somebody catches it. PySide 6.11 puts the name of the method before the message of whatever leaves an override, without
looking whether it is an exception yet, and writes where no exception is. From Python 3.12 on there are whole ones only.
"""

import sys
from collections.abc import Callable
from functools import wraps
from inspect import CO_VARARGS, CO_VARKEYWORDS
from types import FunctionType
from typing import Any

import shiboken6


def guard_overrides() -> None:
    """From now on every class made from one of Qt has its overrides guarded; classes made before stay as they are."""
    if sys.version_info < (3, 12):
        shiboken6.Object.__init_subclass__ = classmethod(_guard_class)  # pyright: ignore[reportAttributeAccessIssue]


def _guard_class(cls: type[shiboken6.Object], **arguments: Any) -> None:
    super(shiboken6.Object, cls).__init_subclass__(**arguments)
    of_qt = [vars(base) for base in cls.__mro__ if base.__module__.startswith("PySide6.")]
    for name, method in list(vars(cls).items()):
        if isinstance(method, FunctionType) and not name.startswith("__") and any(name in known for known in of_qt):
            setattr(cls, name, _guarded_alone(method) if _takes_nothing(method) else _guarded(method))


def _takes_nothing(method: FunctionType) -> bool:
    code = method.__code__
    return code.co_argcount == 1 and not code.co_kwonlyargcount and not code.co_flags & (CO_VARARGS | CO_VARKEYWORDS)


def _guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except BaseException:  # noqa: TRY203  catching it is what makes it whole
            raise

    return guarded


def _guarded_alone(method: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Guard a method without arguments: a signal hands on as many as the method takes, and counts them."""

    @wraps(method)
    def guarded(self: Any) -> Any:
        try:
            return method(self)
        except BaseException:  # noqa: TRY203
            raise

    return guarded
