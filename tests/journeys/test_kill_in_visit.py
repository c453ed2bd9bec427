"""The power goes in the middle of a visit: one second after the last key everything is there, step and field too."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.domain.playbook import Playbook
from app.domain.visit import Step
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.visit_reading import Place, VisitSheet
from app.services.visit_rows import SHELF_ROW, VISIT_ROW, RowKey, RowKind, advice_row, rating_row, stock_row
from app.services.visits import Visits
from app.storage.store import close_store, open_store
from tests.journeys.visit_child import SCENES, TYPED
from tests.sync.soak import SOAK
from tests.ui.visit_page_driver import a_shop_with_a_visit, product_ids

_ROOT = Path(__file__).resolve().parents[2]
_ONE_SECOND = 1.0
_SKU = "金穗(软)"

Ids = Mapping[str, UUID]
_EXPECTED: dict[str, tuple[Place, Callable[[VisitSheet, Ids], RowKey], dict[str, Any]]] = {
    "arrival": (
        Place(Step.ARRIVAL, "met_note"),
        lambda _s, _i: VISIT_ROW,
        {"met": "family", "met_note": "店主四点回来"},
    ),
    "stock": (
        Place(Step.STOCK, "P2|on_hand"),
        lambda _s, ids: stock_row(ids[_SKU]),
        {"on_hand": 12, "retail_price": 1450, "has_tag": True},
    ),
    "shelf": (
        Place(Step.SHELF, "note"),
        lambda _s, _i: SHELF_ROW,
        {"sku_tagged": 17, "minors_sign": False, "note": "lamp"},
    ),
    "diagnosis": (
        Place(Step.DIAGNOSIS, "D06"),
        lambda _s, _i: rating_row("D06"),
        {"k1": "A", "state": "B", "note": "附近工地开工"},
    ),
    "advice": (Place(Step.ADVICE, "P2"), lambda _s, ids: advice_row(ids[_SKU]), {"suggested": 6, "agreed": 4}),
    "improvement": (
        Place(Step.IMPROVEMENT, "D01"),
        lambda sheet, _i: next(
            key
            for key, row in sheet.rows.items()
            if key.kind is RowKind.PLAN and row["visit_id"] == sheet.head.visit_id
        ),
        {"item": "D01", "target_state": "B", "measures": ("D01-1",)},
    ),
    "wrap_up": (
        Place(Step.WRAP_UP, "wrap_note"),
        lambda _s, _i: VISIT_ROW,
        {"wrap_note": "下次带新价签", "next_visit_on": date(2022, 5, 13)},
    ),
}


def test_every_scene_has_its_expectation() -> None:
    assert SCENES.keys() == _EXPECTED.keys()


@pytest.mark.parametrize("scene", sorted(SCENES) if SOAK else sorted(SCENES)[::2])
def test_after_kill_9_the_visit_reopens_at_the_same_field_with_all_values(
    data_folder: DataFolder, key: bytes, playbook: Playbook, clock: Clock, scene: str
) -> None:
    database = open_store(data_folder, key, create=True).database
    visit_id = a_shop_with_a_visit(database)
    close_store(database)

    _type_and_kill(data_folder, visit_id, scene, key)

    opened = open_store(data_folder, key)
    assert not opened.closed_cleanly
    visits = Visits(opened.database, clock, playbook)
    restored = visits.open_visit()
    assert restored is not None
    place, row_of, values = _EXPECTED[scene]
    sheet = visits.sheet(visit_id)
    row = sheet.rows[row_of(sheet, product_ids(opened.database))]
    assert {name: row[name] for name in values} == values
    assert (restored.visit_id, restored.place) == (visit_id, place)
    opened.database.close()


def _type_and_kill(folder: DataFolder, visit_id: UUID, scene: str, key: bytes) -> None:
    """Let a process type the scene, and kill it one second later without a word."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(_ROOT)}
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.visit_child", str(folder.root), str(visit_id), scene],
        cwd=_ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(f"{key.hex()}\n")
        child.stdin.flush()
        said = child.stdout.readline().strip()
        assert said == TYPED, child.stderr.read() if child.stderr is not None else ""
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(timeout=_ONE_SECOND)
    finally:
        child.kill()
        child.communicate()
