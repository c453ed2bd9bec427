"""Keeps one line of Qt out of the output: without a screen it says for each window what it cannot do there."""

import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler

_SAID_FOR_EACH_WINDOW = "This plugin does not support propagateSizeHints()"


def leave_out_size_hints() -> None:
    """Drop exactly that line; everything else is printed as Qt would."""
    qInstallMessageHandler(_print)


def _print(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    if message == _SAID_FOR_EACH_WINDOW:
        return
    # An installed pattern may leave a message out by being empty.
    text = qFormatLogMessage(kind, context, message or "")
    if text:
        print(text, file=sys.stderr, flush=True)
