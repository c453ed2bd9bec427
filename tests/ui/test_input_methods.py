"""Chinese is typed through an input method: every text field of the program, found by walking all pages and steps."""

import itertools
from collections.abc import Generator, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTableView, QTextEdit, QWidget

from app.domain.changes import Changes, Kind
from app.domain.visit import Step
from app.runtime.paths import DataFolder
from app.ui.pages.visit.visit_draft import RowEvent
from app.ui.widgets.segmented_choice import SegmentedChoice
from tests.conftest import PASSWORD
from tests.journeys.disk import RECORDS, Disk
from tests.journeys.visit_hands import visit_page
from tests.real_program import Program, compose, copy_store, running
from tests.ui.scenes import SCENES, leave

TextField = QLineEdit | QPlainTextEdit | QTextEdit
STATES = ("d", "dao", "dao'x", "dao'xiang", "道香")
_NUMBERS = itertools.count()
KEPT = {
    "metNote",
    "shelfNote",
    "caption",
    "itemNote",
    "promiseText",
    "needNote",
    "wrapNote",
}
"""Fields whose words go to disk by themselves; `reason…` and `done…` of the items too."""


@pytest.fixture(scope="module")
def program(
    practice_store: DataFolder, tmp_path_factory: pytest.TempPathFactory, _dressed: QApplication
) -> Generator[Program]:
    """The real window on a store of its own."""
    folder = copy_store(practice_store, tmp_path_factory.mktemp("input") / "data")
    with running(folder) as program:
        yield program.open()


@pytest.fixture(autouse=True)
def _plain_window(program: Program) -> Generator[None]:
    yield
    leave(program, PASSWORD)


SCENES_WITH_FIELDS = {
    name: scene
    for name, scene in SCENES.items()
    if name not in {"help", "status", "locked", "a bug told", "leaving with words unsaved"}
}


@pytest.mark.parametrize("name", SCENES_WITH_FIELDS)
def test_a_composed_word_arrives_whole_and_nothing_happens_before(program: Program, name: str) -> None:
    root = SCENES_WITH_FIELDS[name](program)
    wrong = [f"{_label(field)}: {why}" for field in _text_fields(root) for why in _compose_in(program, field)]
    assert wrong == []


def test_every_kind_of_field_was_met(program: Program) -> None:
    met: set[str] = set()
    for scene in SCENES_WITH_FIELDS.values():
        met |= {field.objectName() for field in _text_fields(scene(program))}
        leave(program, PASSWORD)
    assert met >= {"searchField", "addSearch", "listFilter", "metNote", "arrivedAt", "endNote", "findSku", "countField"}
    assert met >= {"shelfNote", "itemNote", "promiseText", "promiseDue", "needNote", "wrapNote", "nextVisit", "caption"}


@pytest.mark.parametrize("states", [(), ("１", "１２")], ids=["at once", "composed"])
@pytest.mark.parametrize(("step", "table", "column"), [(Step.STOCK, "stockTable", 3), (Step.ADVICE, "adviceTable", 6)])
def test_full_width_digits_of_an_input_method_arrive_whole_in_a_cell(
    program: Program, step: Step, table: str, column: int, states: tuple[str, ...]
) -> None:
    SCENES[f"step {step.number} {step.value}"](program)
    view = program.find(QTableView, table)
    program.wait(lambda: view.model().rowCount() > 6, "the SKUs")
    view.setFocus()
    view.setCurrentIndex(view.model().index(5, column))
    program.key(Qt.Key.Key_Delete)  # what is selected gives way to the first letter, composed or not
    program.rest()
    before = view.currentIndex().data()
    for state in states:
        compose(program.focused, state)
    assert view.model().index(5, column).data() == before
    assert not program.window.has_unsaved()  # type: ignore[attr-defined]
    compose(program.focused, commit="１２")
    program.key(Qt.Key.Key_Return)
    program.rest()
    assert view.model().index(5, column).data() == "12"
    assert view.currentIndex().row() == 6


def test_a_word_composed_in_an_archive_field_is_kept_once(program: Program) -> None:
    SCENES["customer being edited"](program)
    view = program.find(QWidget, "archiveList")
    row = next(r for r in range(view.model().rowCount()) if _is_free_text(view, r))  # type: ignore[attr-defined]
    view.setCurrentIndex(view.model().index(row, 0))  # type: ignore[attr-defined]
    view.setFocus()
    program.key(Qt.Key.Key_F2)
    editor = program.find(QLineEdit, "archiveEditor")
    before = editor.text()
    _to_the_end(editor)
    compose(editor, *STATES)
    _render_everything(program)
    assert editor.text() == before
    word = _a_word()
    compose(editor, commit=word)
    program.key(Qt.Key.Key_Return)
    program.rest()
    rows = Disk(program.folder).rows("SELECT * FROM customer")
    assert sum(f"{before}{word}" in row for row in rows) == 1


def _is_free_text(view: QWidget, row: int) -> bool:
    from app.domain.archive import FieldType
    from app.ui.pages.customers.archive_delegate import LINE_ROLE

    line = view.model().index(row, 0).data(LINE_ROLE)  # type: ignore[attr-defined]
    return line.field is not None and line.is_editable and not line.choices and line.field.type is FieldType.TEXT


def test_letters_that_judge_do_nothing_while_a_word_is_composed_or_typed(program: Program) -> None:
    SCENES["step 5 diagnosis"](program)
    program.find(SegmentedChoice, "stateD03").setFocus()
    program.key(Qt.Key.Key_F4)
    note = program.find(QPlainTextEdit, "itemNote")
    assert note.hasFocus()
    judged = _judgements(program)
    compose(note, "b", "ba", "吧")
    assert _judgements(program) == judged
    compose(note, commit="吧")
    program.type("abc 123")
    assert note.toPlainText().endswith("吧abc 123")
    assert _judgements(program) == judged


def test_no_input_method_stands_between_a_letter_and_a_choice(program: Program) -> None:
    """With a Chinese input method on, A must judge at once and not begin a word: choices take no composing."""
    for name in ("step 2 arrival", "step 4 shelf", "step 5 diagnosis", "step 7 improvement"):
        SCENES[name](program)
        buttons = [b for c in program.window.findChildren(SegmentedChoice) for b in c.findChildren(QWidget)]
        assert buttons
        assert [b for b in buttons if b.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)] == []


# ---- one field -------------------------------------------------------------------------------------------------------
def _compose_in(program: Program, field: TextField) -> list[str]:
    """Compose a word in the middle of renders, and return what went wrong."""
    field.setFocus()
    program.rest()
    _to_the_end(field)
    before, place, told = _text(field), _place(program), list[str]()
    if isinstance(field, QLineEdit):
        field.textEdited.connect(told.append)
    wrong = [f"“{text}” while composing {state}" for state, text in _states_of(field) if text != before]
    if program.window.has_unsaved() or told:  # type: ignore[attr-defined]
        wrong.append(f"something is saved or told while composing: {told}")
    _render_everything(program)
    if program.focused is not field or _place(program) != place:
        wrong.append("the keyboard went elsewhere while composing")
    wanted = before + _a_word()
    compose(field, commit=wanted.removeprefix(before))
    if _text(field) != wanted or (isinstance(field, QLineEdit) and told != [wanted]):
        wrong.append(f"“{_text(field)}” instead of “{wanted}”, told {told}")
    if isinstance(field, QLineEdit):
        field.textEdited.disconnect(told.append)
    program.rest()
    return [*wrong, *_after(program, field, wanted)]


def _states_of(field: TextField) -> Iterator[tuple[str, str]]:
    """Compose and give, for each state, the text that the field says it has."""
    for state in STATES:
        compose(field, state)
        yield state, _text(field)


def _after(program: Program, field: TextField, wanted: str) -> list[str]:
    """Look for the word on the disk, once; take it out again of a field that only filters a list."""
    if _is_kept(field):
        times = _on_disk(program, wanted)
        return [] if times == 1 else [f"“{wanted}” is {times} times on disk"]
    if isinstance(field, QLineEdit):
        field.selectAll()
        program.key(Qt.Key.Key_Delete)
    return []


def _a_word() -> str:
    """Return a word that is nowhere yet."""
    return f"稻香{chr(ord('一') + next(_NUMBERS))}"


def _render_everything(program: Program) -> None:
    """Let everything be shown anew, as after a save, a photo, a change of another page."""
    page = visit_page(program) if "visit" in program.workspace._pages else None
    kinds = (Kind.CUSTOMER, Kind.VISIT, Kind.ORDER) if hasattr(Kind, "ORDER") else (Kind.CUSTOMER, Kind.VISIT)
    for kind in kinds:
        program.desk.bus.changed.emit(Changes.of(kind))
    if page is not None and page.model.draft.is_open:
        page.model.changed.emit()
        draft = page.model.draft
        for key, row in list(draft._rows.items()):
            draft.row_changed.emit(RowEvent(key, frozenset(row), by_typing=True))
    program.rest()


def _text_fields(root: QWidget) -> list[TextField]:
    found = (*root.findChildren(QLineEdit), *root.findChildren(QPlainTextEdit), *root.findChildren(QTextEdit))
    return [field for field in found if _is_for_words(field)]


def _is_for_words(field: TextField) -> bool:
    if not field.isVisible() or not field.isEnabled() or field.isReadOnly() or field.objectName().startswith("qt_"):
        return False
    return not isinstance(field, QLineEdit) or field.echoMode() is QLineEdit.EchoMode.Normal


def _is_kept(field: TextField) -> bool:
    return field.objectName() in KEPT or field.objectName().startswith(("reason", "done"))


def _on_disk(program: Program, words: str) -> int:
    disk = Disk(program.folder)
    return sum(words in row for table in (*RECORDS, "forecast_entry") for row in disk.rows(f"SELECT * FROM {table}"))  # noqa: S608


def _text(field: TextField) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _to_the_end(field: TextField) -> None:
    if isinstance(field, QLineEdit):
        field.deselect()
        field.setCursorPosition(len(field.text()))
    else:
        field.moveCursor(QTextCursor.MoveOperation.End)


def _place(program: Program) -> tuple[str, object]:
    key = program.workspace.shown_key
    return key, visit_page(program).model.step if key == "visit" else None


def _judgements(program: Program) -> list[str | None]:
    choices = program.window.findChildren(SegmentedChoice)
    return [choice.value for choice in choices if choice.objectName().startswith("state")]


def _label(field: TextField) -> str:
    return field.objectName() or field.accessibleName() or type(field).__name__
