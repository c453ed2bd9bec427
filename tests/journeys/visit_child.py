"""A visit in a process of its own, to be killed: opens the store, types one scene into the real page, and goes on."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.text import Language
from app.domain.visit import Step
from app.playbooks import load_playbook
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.visit_rows import VISIT_ROW, RowKind, advice_row, new_row, rating_row
from app.storage.photo_files import PhotoFiles
from app.storage.store import open_store
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.look.qm_files import ensure_qm
from app.ui.look.theme import Scheme, Theme
from app.ui.look.translations import Translations
from app.ui.pages.visit.stock_table_model import Column
from tests.ui.visit_page_driver import VisitPageDriver, VisitRoom

TYPED = "typed"
_WAIT_MS = 20_000
_POLL_MS = 5


class _Patience:
    """What the driver needs of pytest-qt, without pytest."""

    def addWidget(self, *_args: object, **_more: object) -> None:  # noqa: N802  the name is pytest-qt's
        """Nothing: the process is killed."""

    def waitUntil(self, ready: Callable[[], bool], timeout: int = _WAIT_MS) -> None:  # noqa: N802
        loop = QEventLoop()
        poll, limit = QTimer(), QTimer()

        def look() -> None:
            if ready():
                loop.exit(0)

        def give_up() -> None:
            loop.exit(1)

        poll.timeout.connect(look)
        limit.timeout.connect(give_up)
        poll.start(_POLL_MS)
        limit.start(timeout)
        assert loop.exec() == 0


def arrival(page: VisitPageDriver) -> None:
    page.jump(Step.ARRIVAL)
    page.arrive()
    page.choose("met", "family")
    page.note("metNote")
    page.compose("dian", commit="店主四点回来")


def stock(page: VisitPageDriver) -> None:
    page.jump(Step.STOCK)
    page.wait_for_skus(10)
    page.select(1, Column.PRICE)
    page.type("14.5")
    page.press(Qt.Key.Key_Tab)
    page.press(Qt.Key.Key_Space)
    page.select(1, Column.ON_HAND)
    page.type("12")
    assert page.focused.objectName() == "cellEditor"


def shelf(page: VisitPageDriver) -> None:
    page.jump(Step.SHELF)
    page.counter("sku_tagged").setFocus()
    page.type("17")
    page.focus_check("minors_sign")
    page.press(Qt.Key.Key_N)
    page.note("shelfNote")
    page.type("lamp")


def diagnosis(page: VisitPageDriver) -> None:
    _record(page, Step.DIAGNOSIS, "D06")
    page.page.model.draft.set(rating_row("D06"), k1="A", state="B", note="附近工地开工")


def advice(page: VisitPageDriver) -> None:
    _record(page, Step.ADVICE, "P2")
    page.page.model.draft.set(advice_row(page.product_id("金穗(软)")), suggested=6, agreed=4)


def improvement(page: VisitPageDriver) -> None:
    _record(page, Step.IMPROVEMENT, "D01")
    plan = new_row(RowKind.PLAN)
    page.page.model.draft.set(plan, item="D01", current_state="C", target_state="B", measures=("D01-1",))


def wrap_up(page: VisitPageDriver) -> None:
    _record(page, Step.WRAP_UP, "wrap_note")
    page.page.model.draft.set(VISIT_ROW, wrap_note="下次带新价签", next_visit_on=date(2022, 5, 13))


def _record(page: VisitPageDriver, step: Step, field: str) -> None:
    page.page.model.go(step)
    page.page.model.note_field(field)


SCENES: dict[str, Callable[[VisitPageDriver], None]] = {
    scene.__name__: scene
    for scene in (
        arrival,
        stock,
        shelf,
        diagnosis,
        advice,
        improvement,
        wrap_up,
    )
}


def main(folder: Path, visit_id: UUID, scene: str, key: bytes) -> None:
    """Type the scene, say so, and go on until the process is killed."""
    application = QApplication([])
    ensure_qm()
    Theme(application, Scheme.LIGHT)
    Translations(application, Language.EN)
    tasks = TaskRunner(application)
    data = DataFolder(folder)
    database = open_store(data, key).database
    files = PhotoFiles(data.photos, key)
    room = VisitRoom.over(database, Clock(as_of=date(2022, 4, 29)), load_playbook(), files)
    page = VisitPageDriver(_Patience(), room.make_page(tasks, ChangeBus(application)), tasks)  # pyright: ignore[reportArgumentType]
    page.page.resize(1282, 712)
    page.page.show()
    page.page.activateWindow()
    page.page.shown()
    page.open(visit_id)
    SCENES[scene](page)
    sys.stdout.write(f"{TYPED}\n")
    sys.stdout.flush()
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), UUID(sys.argv[2]), sys.argv[3], bytes.fromhex(sys.stdin.readline()))
