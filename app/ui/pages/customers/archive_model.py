"""The lines of the archive as a model; what is typed goes to the view-model, and comes back when it is kept."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from app.domain.playbook import Playbook
from app.ui.look.translations import current_language
from app.ui.pages.customers.archive_lines import ArchiveLine, Mark, archive_lines
from app.ui.pages.customers.profile_view_model import ProfileViewModel
from app.ui.pages.customers.proposal_board import ProposalBoard
from app.ui.pages.customers.proposal_words import ProposalWords
from app.ui.widgets.typing_keeper import TYPING_ROLE

LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 11
"""The role under which the model gives its `ArchiveLine`."""
REFUSED_ROLE = int(Qt.ItemDataRole.UserRole) + 12
"""The role under which the model gives what was typed and refused, to be mended; None where nothing was."""
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_TEXTS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})


class ArchiveModel(QAbstractListModel):
    """Shows the archive of the profile that the view-model has."""

    def __init__(self, model: ProfileViewModel, playbook: Playbook, board: ProposalBoard | None = None) -> None:
        super().__init__(model)
        self._board = board
        self._words = ProposalWords(playbook, self)
        self._model = model
        self._playbook = playbook
        self._lines: tuple[ArchiveLine, ...] = ()
        self.with_empty = False
        self.refused: dict[str, str] = {}
        """What was typed into a field and refused, until it is mended or given up."""

    def render(self) -> None:
        """Take over what the view-model has; an editor that is open stays open when the lines are the same."""
        profile = self._model.profile
        lines: tuple[ArchiveLine, ...] = ()
        if profile is not None:
            lines = archive_lines(
                profile,
                self._playbook.enumerations,
                current_language(),
                self._model.revealed,
                with_empty=self.with_empty,
                marks=self._marks(),
            )
        if [line.key for line in lines] != [line.key for line in self._lines]:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
            return
        changed = [row for row, line in enumerate(lines) if line != self._lines[row]]
        self._lines = lines
        for row in changed:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _marks(self) -> dict[str, Mark]:
        profile, revealed = self._model.profile, self._model.revealed
        queued = (*self._words.queued, "")
        own: dict[str, Mark] = {} if profile is None else dict.fromkeys(profile.waiting_fields, queued)
        found = {} if self._board is None else self._board.beside(self._model.customer_id)
        return own | {key: (*self._words.chip(one), self._words.beside(one, revealed)) for key, one in found.items()}

    def line(self, row: int) -> ArchiveLine | None:
        """Return the line of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, key: str) -> int | None:
        """Return the row of a field."""
        return next((row for row, line in enumerate(self._lines) if line.key == key), None)

    @override
    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role in (REFUSED_ROLE, TYPING_ROLE):
            return line.key if role == TYPING_ROLE else self.refused.get(line.key)
        if role in _TEXTS:
            mark = f" ({': '.join(part for part in (line.mark, line.mark_text) if part)})" if line.mark else ""
            return f"{line.label}: {line.value}{mark}" if line.field is not None else line.label
        if role == Qt.ItemDataRole.ToolTipRole and line.field is not None and line.field.hint is not None:
            return line.field.hint.of(current_language())
        return None

    @override
    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.line(index.row()) if index.isValid() else None
        if line is None or role != Qt.ItemDataRole.EditRole or not line.is_editable:
            return False
        self.refused.pop(line.key, None)
        self._model.change(line.key, value if isinstance(value, str | tuple) else None)
        return True

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        line = self.line(index.row()) if index.isValid() else None
        if line is None or line.field is None:
            return Qt.ItemFlag.ItemIsEnabled
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return shown | Qt.ItemFlag.ItemIsEditable if line.is_editable else shown
