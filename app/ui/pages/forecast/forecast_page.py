"""The forecast page: the month that is forecast, and the months whose forecasts can be held against what came."""

from pathlib import Path

from PySide6.QtCore import QDir, QEvent, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.ui.look.theme import current_theme
from app.ui.pages.forecast.desk_panel import DeskPanel
from app.ui.pages.forecast.desk_reading import Stage
from app.ui.pages.forecast.forecast_view_model import ForecastViewModel
from app.ui.pages.forecast.shown_rows import desk_table_rows, track_table_rows
from app.ui.pages.forecast.track_panel import TrackPanel
from app.ui.pages.forecast.track_view_model import TrackViewModel
from app.ui.pages.forecast.waiting_panel import WaitingPanel
from app.ui.widgets.buttons import Button
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone

_DESK, _TRACKING = "desk", "tracking"


class ForecastPage(QWidget):
    """Goes from the desk to the follow-up and back; both keep their place."""

    title_changed = Signal(object)
    """PageTitle"""
    open_page_requested = Signal(object)
    """str"""

    def __init__(
        self, model: ForecastViewModel, track: TrackViewModel, playbook: Playbook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = model
        self.track = track
        model.setParent(self)
        track.setParent(self)
        self._playbook = playbook
        self._is_tracking = False
        self._build()
        self._wire()
        self._retranslate()

    def _build(self) -> None:
        self._mode = SegmentedChoice((Choice(_DESK, " ", Tone.PRIMARY), Choice(_TRACKING, "  ", Tone.PRIMARY)))
        self._mode.setObjectName("forecastMode")
        self._export = Button("", "quiet", icon="export", small=True)
        self._export.setObjectName("forecastExport")
        self._message = MessageBar()
        self._message.setObjectName("forecastMessage")
        self.desk = DeskPanel(self.model, self._playbook)
        self.tracking = TrackPanel(self.track, self._playbook)
        self._waiting = WaitingPanel(self.model)
        self._stack = QStackedWidget()
        for panel in (self._waiting, self.desk, self.tracking):
            self._stack.addWidget(panel)
        top = QHBoxLayout()
        top.setSpacing(current_theme().size("gap"))
        top.addWidget(self._mode)
        top.addWidget(self.desk.head)
        top.addWidget(self.tracking.head)
        top.addStretch(1)
        top.addWidget(self._export)
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(top)
        self._whole.addWidget(self._message)
        self._whole.addWidget(self._stack, 1)
        self._measure()

    def _wire(self) -> None:
        self._mode.chosen.connect(self._on_mode)
        self._export.clicked.connect(self._on_export)
        self._message.dismissed.connect(self._message.clear)
        self.desk.message.connect(self._on_refused_words)
        self.tracking.message.connect(self._on_refused_words)
        self._waiting.import_requested.connect(self._on_import_requested)
        self.model.changed.connect(self._render)
        self.model.exported.connect(self._on_exported)
        self.track.changed.connect(self._render)

    # ---- what the window asks ----------------------------------------------------------------------------------------
    def shown(self) -> None:
        """Read what is to be shown, now that the page is in view."""
        self.model.load()
        if self._is_tracking:
            self.track.load()
        self._render()
        if self.model.stage is Stage.READY:
            self._focus()

    def flush(self) -> None:
        """Put on disk what is typed."""
        self.desk.flush()
        self.tracking.flush()
        self.model.flush()

    @property
    def has_unsaved(self) -> bool:
        """Whether something typed is not on disk."""
        return self.desk.is_pending or self.tracking.is_pending or not (self.model.is_settled and self.track.is_settled)

    def show_tracking(self) -> None:
        """Show the follow-up."""
        self._mode.set_value(_TRACKING)
        self._on_mode(_TRACKING)

    def show_desk(self) -> None:
        """Show the month that is forecast."""
        self._mode.set_value(_DESK)
        self._on_mode(_DESK)

    # ---- within ------------------------------------------------------------------------------------------------------
    @Slot()
    def _render(self) -> None:
        is_ready = self.model.stage is Stage.READY
        self._waiting.render_stage()
        panel = (self.tracking if self._is_tracking else self.desk) if is_ready else self._waiting
        came = is_ready and self._stack.currentWidget() is self._waiting
        self._stack.setCurrentWidget(panel)
        self._mode.setVisible(is_ready)
        self._export.setVisible(is_ready)
        heads = (self.desk.head, self.tracking.head) if self._is_tracking else (self.tracking.head, self.desk.head)
        heads[0].hide()  # first: the line must never have to hold both
        heads[1].setVisible(is_ready)
        if came and self.isVisible() and not self._is_elsewhere():
            self._focus()
        self._mode.set_value(_TRACKING if self._is_tracking else _DESK)
        self.title_changed.emit(PageTitle(self.tr("Forecast"), self._subtitle()))

    def _subtitle(self) -> str:
        if self.model.stage is not Stage.READY:
            return ""
        month = self.track.month if self._is_tracking else self.model.month
        return "" if month is None else f"{month:%Y-%m}"

    def _is_elsewhere(self) -> bool:
        """Whether somebody is typing outside this page, such as in the search box."""
        focused = QApplication.focusWidget()
        return isinstance(focused, QLineEdit) and not self.isAncestorOf(focused)

    def _focus(self) -> None:
        (self.tracking if self._is_tracking else self.desk).focus_table()

    def _retranslate(self) -> None:
        self._mode.set_choices(
            (
                Choice(_DESK, self.tr("Forecast"), Tone.PRIMARY),
                Choice(_TRACKING, self.tr("Follow-up"), Tone.PRIMARY),
            )
        )
        self._mode.set_name(self.tr("What is shown"))
        self._export.setText(self.tr("Export…"))
        self.desk.retranslate()
        self.tracking.retranslate()
        self._render()

    @Slot(object)
    def _on_mode(self, key: str | None) -> None:
        self._is_tracking = key == _TRACKING
        if self._is_tracking:
            self.track.load()
        self._render()
        if self.model.stage is Stage.READY:
            self._focus()

    @Slot(object)
    def _on_refused_words(self, text: str) -> None:
        self._message.show_message(text, Tone.RED)

    @Slot()
    def _on_import_requested(self) -> None:
        self.open_page_requested.emit("data_in")

    # ---- files -------------------------------------------------------------------------------------------------------
    @Slot()
    def _on_export(self) -> None:
        dialog = QFileDialog(self, self.tr("Save what is shown"), _documents())
        dialog.setObjectName("exportForecastDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Excel (*.xlsx)"), self.tr("CSV (*.csv)")])
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(self._file_name())
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _file_name(self) -> str:
        month = self.track.month if self._is_tracking else self.model.month
        name = self.tr("forecast follow-up") if self._is_tracking else self.tr("forecast")
        return f"{name} {'' if month is None else format(month, '%Y-%m')}.xlsx"

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        self.export_to(Path(path))

    def export_to(self, file: Path) -> None:
        """Write what is shown to a file, CSV or XLSX by its ending."""
        if self._is_tracking:
            self.model.export(file, *track_table_rows(self.tracking.rows))
        else:
            self.model.export(file, *desk_table_rows(self.desk.rows))

    @Slot(object)
    def _on_exported(self, file: Path) -> None:
        text = self.tr("Saved: %1").replace("%1", QDir.toNativeSeparators(str(file)))
        self._message.show_message(text, Tone.GREEN)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "_whole"):
            return
        if is_language_event(event):
            self._retranslate()
        elif is_look_event(event):
            self._measure()
            self.desk.arrange()
            self.tracking.arrange()

    def _measure(self) -> None:
        theme = current_theme()
        edge = theme.em(1.23)
        self._whole.setContentsMargins(edge, theme.size("gap_small"), edge, edge)
        self._whole.setSpacing(theme.size("gap_small"))


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
