"""An exception in an overridden method of Qt is told like any other; it does not end the program."""

import subprocess
import sys
import textwrap
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QPushButton
from pytestqt.qtbot import QtBot
from typing_extensions import override

_Value = TypeVar("_Value")
_FAILURES = {
    "a number": "int('x')",
    "an index": "[][1]",
    "a wrong type": "QObject().setObjectName(object())",
    "a deleted object": "gone = QObject(); shiboken6.delete(gone); gone.objectName()",
    "no message": "next(iter(()))",
}


def test_what_fails_inside_an_override_does_not_end_the_program() -> None:
    """Another process tries it, which is all that ends where it does."""
    cases = "\n".join(f"    if what == {name!r}: {lines}" for name, lines in _FAILURES.items())
    program = textwrap.dedent("""
        import sys
        import shiboken6
        import app.ui
        from PySide6.QtCore import QCoreApplication, QEvent, QObject

        def fail(what):
        CASES

        class Failing(QObject):
            def event(self, event):
                fail(self.objectName())
                return True

        qt = QCoreApplication([])
        failing = Failing()
        for what in sys.argv[1:]:
            failing.setObjectName(what)
            try:
                QCoreApplication.sendEvent(failing, QEvent(QEvent.Type.User))
            except Exception as error:
                print(what, type(error).__name__, sep=": ")
    """).replace("CASES", cases)
    tried = subprocess.run(
        [sys.executable, "-c", program, *_FAILURES], capture_output=True, text=True, timeout=60, check=False
    )
    assert tried.returncode == 0, tried.stderr
    assert tried.stdout.splitlines() == [
        "a number: ValueError",
        "an index: IndexError",
        "a wrong type: TypeError",
        "a deleted object: RuntimeError",
        "no message: StopIteration",
    ]


def test_a_signal_still_calls_an_override_with_what_it_takes(qtbot: QtBot) -> None:
    class Asking(QDialog):
        left = 0

        @override
        def reject(self) -> None:
            self.left += 1

    asking, button, box = Asking(), QPushButton(), QCheckBox()
    for widget in (asking, button, box):
        qtbot.addWidget(widget)
    button.clicked.connect(asking.reject)
    box.toggled.connect(asking.reject)
    button.click()
    box.click()
    assert asking.left == 2


def test_a_class_of_qt_can_be_generic(qtbot: QtBot) -> None:
    class Field(QPushButton, Generic[_Value]):
        @override
        def sizeHint(self) -> QSize:
            return QSize(7, 7)

    class Number(Field[int]):
        pass

    field = Number()
    qtbot.addWidget(field)
    assert field.sizeHint() == QSize(7, 7)


def test_an_override_takes_its_arguments_by_name() -> None:
    class Words(QAbstractListModel):
        @override
        def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
            return 1

        @override
        def data(
            self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
        ) -> tuple[int, int]:
            return index.row(), role

    words = Words()
    at = words.index(0, 0)
    assert words.data(at, role=3) == (0, 3)
    assert words.rowCount(parent=at) == 1
