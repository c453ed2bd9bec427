"""The refused rows of an import as a table: row, column, value, reason; one line for each thing that is wrong."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.domain.text import Language
from app.lists.reasons import RefusedRow, RowProblem

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class _Line:
    row_number: int
    problem: RowProblem


class RefusedTableModel(QAbstractTableModel):
    """Shows what was given; words follow the language."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._lines: list[_Line] = []

    def set_rows(self, rows: tuple[RefusedRow, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._lines = [_Line(row.row_number, problem) for row in rows for problem in row.problems]
        self.endResetModel()

    def set_language(self, language: Language) -> None:
        """Show the reasons in another language."""
        self.beginResetModel()
        self._language = language
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._headers())

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        line = self._lines[index.row()]
        reason = line.problem.cause.text.of(self._language)
        return (str(line.row_number), line.problem.column, line.problem.value, reason)[index.column()]

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._headers()[section]

    def _headers(self) -> tuple[str, ...]:
        return (self.tr("Row"), self.tr("Column"), self.tr("Value"), self.tr("Reason"))
