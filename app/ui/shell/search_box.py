"""The search box in the bar above the pages: results while typing, arrows to move, Enter to open, Esc to leave."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.shell.search_lines import LineKind, SearchLine, SearchLines
from app.ui.shell.search_results import SearchResultsList
from app.ui.shell.search_view_model import SearchViewModel
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.search_field import SearchField

_NARROWEST = 34.0


class SearchBox(QWidget):
    """A field; its results float below it as a child of the window."""

    open_customer_requested = Signal(object)
    """UUID"""
    open_product_requested = Signal(object)
    """UUID"""

    def __init__(self, model: SearchViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._lines = SearchLines()
        self._results: SearchResultsList | None = None
        self._build()
        self._wire()
        self._retranslate()

    def _build(self) -> None:
        self._field = _Field()
        self._field.setObjectName("searchField")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._field)
        self.setFocusProxy(self._field)

    def _wire(self) -> None:
        self._field.textEdited.connect(self._on_text_edited)
        self._field.returnPressed.connect(self._on_return_pressed)
        self._field.focused.connect(self._on_focused)
        self._field.stepped.connect(self._on_stepped)
        self._field.given_up.connect(self._on_given_up)
        self._field.left.connect(self._close)
        self._model.changed.connect(self._render)
        self._model.open_customer_requested.connect(self.open_customer_requested)
        self._model.open_product_requested.connect(self.open_product_requested)

    def focus_search(self) -> None:
        """Give the keyboard to the field (Ctrl+K)."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def _retranslate(self) -> None:
        self._field.set_placeholder(self.tr("Search customers, products, licence number, pinyin initials…"))
        if self._results is not None:
            self._results.set_name(self.tr("Search results"))
            self._render()

    @Slot()
    def _render(self) -> None:
        if self._results is None or not self._field.hasFocus():
            return
        if not self._model.text.strip():
            self._results.set_lines(self._lines.of_recent(self._model.recent), select_first=False)
        elif self._model.is_answered:
            self._results.set_lines(self._lines.of_results(self._model.results), select_first=True)
        else:
            return
        self._place()
        self._results.show()
        self._results.raise_()

    def _place(self) -> None:
        """Put the results below the field, inside the window."""
        results = self._results
        if results is None:
            return
        window = self.window()
        theme = current_theme()
        corner = self.mapTo(window, QPoint(0, self.height() + theme.size("gap_tiny")))
        width = min(max(self.width(), theme.em(_NARROWEST)), window.width() - 2 * theme.size("gap"))
        left = max(0, min(corner.x(), window.width() - width - theme.size("gap")))
        room = window.height() - corner.y() - theme.size("gap")
        results.setGeometry(left, corner.y(), width, results.height_for_lines(room))

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        # Input methods send this for a committed word only; the same text again changes nothing.
        self._model.type(text)

    @Slot()
    def _on_focused(self) -> None:
        if self._results is None:
            window = self.window()
            self._results = SearchResultsList(window)
            self._results.set_name(self.tr("Search results"))
            self._results.chosen.connect(self._on_chosen)
            window.installEventFilter(self)
        self._model.load_recent()
        self._render()

    @Slot(object)
    def _on_stepped(self, by: int) -> None:
        if self._results is not None:
            if self._results.isHidden():
                self._render()
            else:
                self._results.step(by)

    @Slot()
    def _on_return_pressed(self) -> None:
        # While the answer to the last key is under way, Enter would open what belongs to an older text.
        if (
            self._results is not None
            and self._results.isVisible()
            and (self._model.is_answered or not self._model.text)
        ):
            self._results.choose_current()

    @Slot()
    def _on_given_up(self) -> None:
        if self._results is not None and self._results.isVisible() and self._model.text:
            self._empty()
            self._render()
            return
        self._close()
        self._field.give_back()

    @Slot(object)
    def _on_chosen(self, line: SearchLine) -> None:
        if line.kind is LineKind.RECENT:
            self._field.setText(line.title.text)
            self._model.type(line.title.text)
            return
        self._close()
        self._field.give_back()
        if line.record is None:
            return
        if line.kind is LineKind.CUSTOMER:
            self._model.choose_customer(line.record)
        else:
            self._model.choose_product(line.record)
        self._empty()

    def _empty(self) -> None:
        self._field.clear()
        self._model.type("")

    @Slot()
    def _close(self) -> None:
        if self._results is not None:
            self._results.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._results is not None and self._results.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_field"):
            self._retranslate()


class _Field(SearchField):
    """The field; arrows and Esc speak to the results unless a word is being composed."""

    stepped = Signal(object)
    """int: lines down"""
    given_up = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__("", "Ctrl K")
        self._is_composing = False

    def give_back(self) -> None:
        """Give the keyboard back to where it was before."""
        self.clearFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._is_composing:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._is_composing = False
        self.left.emit()
