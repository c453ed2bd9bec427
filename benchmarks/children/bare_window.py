"""The baseline of the start and of the memory: a PySide6 window with one label. Prints when it was painted, its MB."""

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class _Label(QLabel):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, tell)


def tell() -> None:
    """Say when the loop was free again after the first paint, and leave."""
    pages = int(open("/proc/self/statm").read().split()[1]) if sys.platform == "linux" else 0  # noqa: PTH123, SIM115
    print(time.monotonic(), time.process_time(), pages * 4096 / 1e6, flush=True)
    QApplication.quit()


app = QApplication([])
window = QMainWindow()
window.setCentralWidget(_Label("Hello"))
window.resize(1366, 768)
window.show()
sys.exit(app.exec())
