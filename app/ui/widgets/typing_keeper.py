"""Keeps what is being typed into a table when a late answer brings other rows: nothing entered is ever lost."""

from typing import NamedTuple, cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

TYPING_ROLE = int(Qt.ItemDataRole.UserRole) + 5
"""The role under which a model says whose cell it is, whatever row it stands in; None for cells nobody types into."""


class _Typing(NamedTuple):
    key: object
    text: str
    cursor: int


class TypingKeeper(QObject):
    """Opens the editor again where its cell went when the model was reset, with the text as it was.

    Qt throws an open editor away at a reset, with what was typed into it.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model: QAbstractItemModel | None = None
        self._typing: _Typing | None = None

    @property
    def _view(self) -> QAbstractItemView:
        return cast("QAbstractItemView", self.parent())  # asked anew each time: holding it would keep the view alive

    def watch(self, model: QAbstractItemModel | None) -> None:
        """Look after another model; call it when the view has it, so that the view hears of a reset first."""
        if self._model is not None:
            self._model.modelAboutToBeReset.disconnect(self._on_about_to_reset)
            self._model.modelReset.disconnect(self._on_reset)
        self._model = model
        if model is not None:
            model.modelAboutToBeReset.connect(self._on_about_to_reset)
            model.modelReset.connect(self._on_reset)

    @Slot()
    def _on_about_to_reset(self) -> None:
        index = self._view.currentIndex()
        editor = self._view.indexWidget(index) if index.isValid() else None
        key = index.data(TYPING_ROLE) if index.isValid() else None
        is_typed = isinstance(editor, QLineEdit) and editor.isModified()
        self._typing = None
        if isinstance(editor, QLineEdit) and is_typed and key is not None:
            self._typing = _Typing(key, editor.text(), editor.cursorPosition())

    @Slot()
    def _on_reset(self) -> None:
        typing, self._typing = self._typing, None
        index = None if typing is None else self._index_of(typing.key)
        if typing is None or index is None or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        self._view.setCurrentIndex(index)
        self._view.edit(index)
        editor = self._view.indexWidget(index)
        if isinstance(editor, QLineEdit):
            editor.setText(typing.text)
            editor.setModified(True)
            editor.setCursorPosition(typing.cursor)

    def _index_of(self, key: object) -> QModelIndex | None:
        model = self._model
        if model is None:
            return None
        cells = (model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount()))
        return next((index for index in cells if index.data(TYPING_ROLE) == key), None)
