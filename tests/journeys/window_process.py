"""The real window in a process of its own, to be killed: types into a visit and says what is on disk, on and on."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.visit import Step
from app.runtime.paths import DataFolder
from app.ui.pages.visit.stock_table_model import Column
from tests.journeys.visit_hands import go_to, open_visit, stock_table, visit_page
from tests.real_program import Program

SAVED = "saved"
NOTE = "门口在修路，客人少了三成"
PROMISE = "下次带两张新价签"


def stock(program: Program) -> None:
    """Leave the third count open, with two digits in it."""
    table = stock_table(program)
    table.setCurrentIndex(table.model().index(2, Column.ON_HAND))
    program.type("57")


def shelf(program: Program) -> None:
    """Leave the keyboard in the note."""
    program.type(NOTE, into="shelfNote")


def diagnosis(program: Program) -> None:
    """Judge one more item by one key."""
    program.find(QWidget, "stateD11").setFocus()
    program.key(Qt.Key.Key_B)


def wrap_up(program: Program) -> None:
    """Begin a step that is agreed."""
    program.click("addPromise")
    program.type(PROMISE)


SCENES: dict[str, tuple[Step, Callable[[Program], None]]] = {
    "stock": (Step.STOCK, stock),
    "shelf": (Step.SHELF, shelf),
    "diagnosis": (Step.DIAGNOSIS, diagnosis),
    "wrap_up": (Step.WRAP_UP, wrap_up),
}


def main(folder: Path, scene: str) -> None:
    """Type a scene, or count without end, and say how long it took until it was on disk."""
    application = QApplication([])
    program = Program(DataFolder(folder)).open()
    open_visit(program)
    if scene == "count":
        _count_without_end(program)
    step, deed = SCENES[scene]
    go_to(program, step)
    deed(program)
    last_key = time.monotonic()
    program.wait(lambda: visit_page(program).model.is_settled, "what was typed to be on disk")
    _say(f"{SAVED} {time.monotonic() - last_key:.3f}")
    application.exec()


def _count_without_end(program: Program) -> None:
    """Fill in one count after the other, down the list and again from the top, and tell each that is on disk."""
    go_to(program, Step.STOCK)
    table = stock_table(program)
    saver = visit_page(program).model._saver
    number = 0
    while True:
        if number % 20 == 0:
            table.setCurrentIndex(table.model().index(0, Column.ON_HAND))
        count = 100 + number
        program.type(str(count))
        program.key(Qt.Key.Key_Return)
        number += 1
        saver.flush()
        if number % 3 == 0:
            program.wait(lambda: saver.is_settled, "the counts to be on disk")
            _say(f"{SAVED} {count}")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
