"""Runs the program as `python -m app` does and prints when Today was usable: its list painted with the day's shops.

The program knows nothing of this: the probe waits for the import of Today's list and looks at its paint events.
"""

import importlib.machinery
import sys
import time
from collections.abc import Sequence
from types import ModuleType

_WATCHED = "app.ui.pages.today.day_list_card"


class _Finder:
    """Lets the watched module load as always and then looks into it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != _WATCHED:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def load_and_watch(module: ModuleType) -> None:
                load(module)
                _watch(module)

            spec.loader.exec_module = load_and_watch  # type: ignore[method-assign]
        return spec


def _watch(module: ModuleType) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QAbstractItemView, QApplication

    class Eye(QObject):
        def __init__(self, view: QAbstractItemView) -> None:
            super().__init__(view)
            self._view = view
            self._told = False
            view.viewport().installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint and self._view.model().rowCount() and not self._told:
                self._told = True
                # A timer of zero fires once this paint and what belongs to it are over and the loop takes input.
                QTimer.singleShot(0, self._tell)
            return super().eventFilter(watched, event)

        def _tell(self) -> None:
            focus = QApplication.focusWidget()
            window = self._view.window()
            usable = self._view.isVisible() and self._view.isEnabled() and window.isEnabled() and focus is not None
            print(time.monotonic(), time.process_time(), usable, self._view.model().rowCount(), flush=True)
            QApplication.quit()

    card = module.DayListCard
    build = card._build  # noqa: SLF001 - the program has no door for being watched

    def build_and_watch(self: object) -> None:
        build(self)
        Eye(self._list)

    card._build = build_and_watch  # noqa: SLF001


if __name__ == "__main__":
    sys.meta_path.insert(0, _Finder())
    from app.cli.main import run

    sys.exit(run(sys.argv[1:]))
