"""Every page, step and dialog in both languages, light and dark, wide and narrow: looked at by a careful reader."""

import re
from collections.abc import Generator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from typing_extensions import override

from app.domain.text import Language
from app.runtime.paths import DataFolder
from app.ui.look.theme import Scheme
from tests.conftest import PASSWORD
from tests.journeys.disk import Disk
from tests.real_program import Program, copy_store, running
from tests.ui import page_checks as check
from tests.ui.scenes import SCENES, leave

SIZES = ((1366, 768), (910, 512))
"""The laptop of the field at 100 % and at 150 %, in the pixels of the program."""

_ALLOWED_IN_CHINESE = re.compile(
    r"PDF|SKU|CSV|WAPE|MASE|Excel|xlsx|gz|UTF|GBK|GB|MB|KB|kB|km|JPEG|PNG|DHL|[A-Z]{1,3}\d+[b-d]?|[A-C]{2,3}|"
    r"Ctrl|Alt|PgUp|PgDown|Enter|Esc|Tab|Shift|Del|Home|English|Zoufang"
)
_DARKEST = 0.4
"""The customer's sheet and small photos stay light in the dark."""
_NAMED_IN_ABOUT = {"aboutData", "aboutVersion", "Apache License"}
"""Names of libraries, licences and data sets, which have no Chinese."""


@dataclass(frozen=True, slots=True)
class _View:
    """One way to look at a page."""

    language: Language
    size: tuple[int, int]

    @override
    def __str__(self) -> str:
        return f"{self.language.value} {self.size[0]}×{self.size[1]}"


VIEWS = tuple(_View(language, size) for language in Language for size in SIZES)


@pytest.fixture(scope="module")
def program(
    practice_store: DataFolder, tmp_path_factory: pytest.TempPathFactory, _dressed: QApplication
) -> Generator[Program]:
    """The real window on a store of its own."""
    folder = copy_store(practice_store, tmp_path_factory.mktemp("pages") / "data")
    with running(folder) as program:
        yield program.open()


@pytest.fixture(scope="module")
def names_in_the_data(program: Program) -> str:
    """Every word of the store: what may be Chinese on an English page."""
    disk = Disk(program.folder)
    tables = [name for (name,) in disk.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    plain = [name for name in tables if not name.startswith(("search", "sqlite", "customer_fts", "product_fts"))]
    return "\n".join(str(value) for name in plain for row in disk.rows(f"SELECT * FROM {name}") for value in row)  # noqa: S608


@pytest.fixture(autouse=True)
def _plain_window(program: Program) -> Generator[None]:
    yield
    leave(program, PASSWORD)
    program.desk.translations.set_language(Language.ZH)


def _look(program: Program, view: _View) -> None:
    program.desk.translations.set_language(view.language)
    for _ in range(2):  # what was shown before may hold the window larger until the page is laid out
        program.window.resize(*view.size)
        program.lay_out()


@pytest.mark.parametrize("name", SCENES)
def test_nothing_is_cut_and_nothing_lies_outside_the_window(program: Program, name: str) -> None:
    root = SCENES[name](program)
    wrong: list[str] = []
    for view in VIEWS:
        _look(program, view)
        if (program.window.width(), program.window.height()) != view.size:
            wrong.append(f"{view}: the window cannot be made so small: {program.window.size()}")
        with check.shortened_words() as short:
            root.grab()
        found = [*check.cut_words(root), *check.sideways(root), *_unwished(short, view.language)]
        wrong += [f"{view}: {one}" for one in found]
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("name", SCENES)
def test_no_word_of_the_other_language_is_left(program: Program, name: str, names_in_the_data: str) -> None:
    root = SCENES[name](program)
    _look(program, VIEWS[0])
    foreign = [text for text in check.foreign_words(root, _is_fine_in_chinese) if not _is_about(text, program)]
    assert foreign == [], "\n".join(foreign)
    _look(program, _View(Language.EN, SIZES[0]))
    if isinstance(root, QDialog):  # nobody changes the language while a dialog is open
        leave(program, PASSWORD)
        root = SCENES[name](program)
    chinese = check.chinese_words(root, names_in_the_data + _NAMES_OF_CHINESE)
    assert chinese == [], "\n".join(chinese)


@pytest.mark.parametrize("name", SCENES)
def test_everything_has_a_name_and_the_tab_key_goes_everywhere(program: Program, name: str) -> None:
    root = SCENES[name](program)
    program.lay_out()
    assert check.nameless(root) == []
    assert check.unreached(root, lambda: program.key(Qt.Key.Key_Tab), QApplication.focusWidget) == []


def test_every_page_is_dark_in_the_dark_and_light_in_the_light(program: Program) -> None:
    shares: dict[str, tuple[float, ...]] = {}
    for scheme in (Scheme.DARK, Scheme.LIGHT):
        program.desk.theme.set_scheme(scheme)
        for name, scene in SCENES.items():
            if name == "photo in large":
                continue  # a photo is as light as it is
            root = scene(program)
            program.lay_out()
            shares[name] = (*shares.get(name, ()), _share_of_light(root))
            leave(program, PASSWORD)
    assert {name: dark for name, (dark, _light) in shares.items() if dark > _DARKEST} == {}
    assert {name: light for name, (_dark, light) in shares.items() if light < 1 - _DARKEST} == {}


def _share_of_light(widget: QWidget) -> float:
    """Return how much of a widget is lighter than middle grey."""
    small = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8).scaled(160, 90)
    points = [small.pixelColor(x, y).lightness() for x in range(160) for y in range(90)]
    return sum(point > 128 for point in points) / len(points)


def _is_fine_in_chinese(word: str) -> bool:
    return _ALLOWED_IN_CHINESE.fullmatch(word) is not None


def _is_about(text: str, program: Program) -> bool:
    return any(name in text for name in _NAMED_IN_ABOUT) or str(program.folder.root) in text


def _unwished(short: dict[str, set[str]], language: Language) -> list[str]:
    """Return what was painted with an ellipsis.

    Labels made for that show the whole in their tip; the lines of a list are as long as the names in the data.
    """
    wished = ("ElidedLabel",) if language is Language.ZH else ("ElidedLabel", "StopDelegate", "ListRowDelegate")
    return [f"{drawer} shortens {text}" for drawer, texts in short.items() for text in texts if drawer not in wished]


_NAMES_OF_CHINESE = "中文走访"
