"""What an import did or would do: the counts, the refused rows, and what to do next."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHBoxLayout, QHeaderView, QTableView, QWidget
from typing_extensions import override

from app.domain.text import Language
from app.lists.targets import Target
from app.services.imports.tally import ImportResult
from app.ui.look.formats import format_count
from app.ui.look.sentences import joined
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.data_in.import_view_model import ImportStage, ImportViewModel
from app.ui.pages.data_in.refused_table_model import RefusedTableModel
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.key_figure import KeyFigure
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.progress_line import ProgressLine
from app.ui.widgets.tones import Tone

_WIDTHS = ((4.2, 6.0), (7.5, 11.0), (6.8, 14.0))
"""The least and the most that number, column and value take, in em."""
_FIGURES = ("read", "added", "changed", "unchanged", "refused")


class ResultCard(Card):
    """Empty at first; then progress with a stop button; then counts and refused rows."""

    next_requested = Signal()

    def __init__(self, view_model: ImportViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._view_model = view_model
        self._shown: ImportResult | None = None
        self._build_inside()
        self._wire()
        self._retranslate()

    def _build_inside(self) -> None:
        theme = current_theme()
        self._empty = EmptyState("import")
        self._progress = ProgressLine()
        self._progress.setObjectName("importProgress")
        self.stop = Button()
        self.stop.setObjectName("importStop")
        self._words = TextLabel("", "strong", wrap=True)
        self._words.setObjectName("importWords")
        self._figures = {name: KeyFigure() for name in _FIGURES}
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.size("gap"))
        for name, figure in self._figures.items():
            figure.setObjectName(f"import_{name}")
            row.addWidget(figure, 1, Qt.AlignmentFlag.AlignTop)
        self._model = RefusedTableModel(current_language(), self)
        self._table = _table(self._model)
        self._table_title = TextLabel("", "muted", wrap=True)
        self._save = Button("", icon="save")
        self._save.setObjectName("importSaveRefused")
        self.next = Button("", "primary", icon="next", trailing_icon=True)
        self.next.setObjectName("importNext")
        self.body.addWidget(self._empty, 1)
        for widget in (self._words, self._row, self._progress, self.stop, self._table_title):
            self.body.addWidget(widget)
        self.body.addWidget(self._table, 1)
        self.body.addStretch(0)
        self.add_footer_widget(self._save)
        self.add_footer_stretch()
        self.add_footer_widget(self.next)

    def _wire(self) -> None:
        self.stop.clicked.connect(self._view_model.stop)
        self._save.clicked.connect(self._on_save)
        self.next.clicked.connect(self.next_requested)

    def render_result(self) -> None:
        """Show what the view-model holds now; the page says when, as it leads the keyboard from button to button."""
        model, result = self._view_model, self._view_model.result
        running = model.stage in {ImportStage.CHECKING, ImportStage.IMPORTING}
        self._empty.setVisible(result is None and not running)
        self._progress.setVisible(running)
        self.stop.setVisible(running)
        if running and model.progress is not None:
            self._render_progress(model.progress.done, model.progress.total)
        has_result = result is not None and not running
        self._words.setVisible(has_result)
        self._row.setVisible(has_result)
        if result is not self._shown:
            self._shown = result
            self._model.set_rows(result.refusals if result is not None else ())
            self._fit_columns()
        refused = has_result and result is not None and result.refused > 0
        self._table.setVisible(refused)
        self._table_title.setVisible(refused)
        self._save.setVisible(refused)
        done = has_result and result is not None and not result.dry_run
        self.next.setVisible(done)
        self._footer.setVisible(refused or done)
        if result is not None:
            self._render_result(result)

    def _fit_columns(self) -> None:
        """Give number, column and value what their words need; the reason keeps the rest."""
        em = current_theme().em
        for column, (least, most) in enumerate(_WIDTHS):
            wanted = self._table.sizeHintForColumn(column) + em(1)
            self._table.setColumnWidth(column, max(em(least), min(em(most), wanted)))

    def _render_progress(self, done: int, total: int) -> None:
        checking = self._view_model.stage is ImportStage.CHECKING
        self._progress.set_label(self.tr("Checking") if checking else self.tr("Importing"))
        self._progress.set_progress(done / total if total else 0, f"{round(100 * done / total)}%" if total else "")

    def _render_result(self, result: ImportResult) -> None:
        self._words.setText(self._sentence(result))
        labels = {
            "read": self.tr("rows read"),
            "added": self.tr("new"),
            "changed": self.tr("changed"),
            "unchanged": self.tr("unchanged"),
            "refused": self.tr("refused"),
        }
        for name, figure in self._figures.items():
            count: int = getattr(result, name)
            figure.set_label(labels[name])
            tone = Tone.RED if name == "refused" and count else None
            figure.set_figure(format_count(count), "", self.tr("see below") if tone is not None else "", tone)
        shown = len(result.refusals)
        all_shown = self.tr("What was refused, and why. Each row can be mended in the saved file and imported again.")
        first_only = self.tr("The first %1 refused rows; the saved file holds all of them.")
        first_only = first_only.replace("%1", format_count(shown))
        self._table_title.setText(first_only if shown < result.refused else all_shown)
        after_orders = self._view_model.target is Target.ORDERS
        self.next.setText(self.tr("Go to Today") if after_orders else self._next_words())

    def _next_words(self) -> str:
        if self._view_model.target is Target.CUSTOMERS:
            return self.tr("Next: products")
        return self.tr("Next: orders")

    def _sentence(self, result: ImportResult) -> str:
        if result.dry_run:
            return self.tr("Dry run: nothing was changed. This is what an import would do.")
        if not result.added + result.changed:
            return self.tr("Imported. Everything in this file was here already.")
        kept = self.tr("%n value(s) that you had entered yourself stayed.", "", result.kept) if result.kept else ""
        imported = self.tr("Imported.")
        return joined((imported, kept))

    def _retranslate(self) -> None:
        self.set_title(self.tr("What comes in"))
        self._empty.set_words(
            self.tr("Choose a file and check it first: the dry run counts and shows every row that would be refused.")
        )
        self.stop.setText(self.tr("Stop"))
        self._save.setText(self.tr("Save the refused rows…"))
        self._model.set_language(current_language())
        self._table.setAccessibleName(self.tr("Refused rows"))
        self.render_result()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "next"):
            self._retranslate()

    @Slot()
    def _on_save(self) -> None:
        source = self._view_model.file
        if source is None:
            return
        stem = source.name.removesuffix(".gz").rsplit(".", 1)[0]
        mark = "被拒绝" if current_language() is Language.ZH else "refused"
        start = source.with_name(f"{stem}-{mark}.xlsx")
        kinds = self.tr("Excel (*.xlsx);;CSV (*.csv)")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the refused rows"), str(start), kinds)
        if name:
            self._view_model.save_refused(Path(name))


def _table(model: RefusedTableModel) -> QTableView:
    table = QTableView()
    table.setObjectName("refusedRows")
    table.setModel(model)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setStretchLastSection(True)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    em = current_theme().em
    for column, (least, _) in enumerate(_WIDTHS):
        table.setColumnWidth(column, em(least))
    table.verticalHeader().setDefaultSectionSize(current_theme().size("row"))
    return table
