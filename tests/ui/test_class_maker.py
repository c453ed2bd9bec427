"""The classes of Qt are all made, by the GUI thread alone."""

import subprocess
import sys

from pytestqt.qtbot import QtBot

from app.ui.background.class_maker import ClassMaker


def test_the_slices_come_to_an_end(qtbot: QtBot) -> None:
    maker = ClassMaker()
    assert maker.is_done
    maker.begin()
    qtbot.waitUntil(lambda: maker.is_done)


def test_afterwards_every_class_is_there() -> None:
    code = (
        "from PySide6 import QtWidgets; from app.ui.background.class_maker import making_all\n"
        "before = 'QFontComboBox' in vars(QtWidgets)\n"
        "for _ in making_all(): pass\n"
        "print(before, 'QFontComboBox' in vars(QtWidgets))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_what_another_thread_loads_at_the_start_names_no_class_of_qt() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from importlib import import_module; import_module('app.bootstrap.application'); print('loaded')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "loaded", done.stderr
