"""The forecast page: the month that is forecast, months held against what came, the kinds of brand and shop."""

from pathlib import Path

from PySide6.QtCore import QDir, QEvent, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.ui.look.theme import current_theme
from app.ui.pages.forecast.desk_panel import DeskPanel
from app.ui.pages.forecast.desk_reading import Stage
from app.ui.pages.forecast.forecast_view_model import ForecastViewModel
from app.ui.pages.forecast.kinds_panel import KindsPanel
from app.ui.pages.forecast.kinds_view_model import Key, KindsViewModel
from app.ui.pages.forecast.shown_rows import desk_table_rows, kind_table_rows, track_table_rows
from app.ui.pages.forecast.track_panel import TrackPanel
from app.ui.pages.forecast.track_view_model import TrackViewModel
from app.ui.pages.forecast.waiting_panel import WaitingPanel
from app.ui.widgets.buttons import Button
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone

_DESK, _TRACKING, _KINDS = "desk", "tracking", "kinds"


class ForecastPage(QWidget):
    """Goes between the desk, the follow-up and the kinds; each keeps its place."""

    title_changed = Signal(object)
    """PageTitle"""
    open_page_requested = Signal(object)
    """str"""

    def __init__(
        self, model: ForecastViewModel, track: TrackViewModel, kinds: KindsViewModel, playbook: Playbook,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = model
        self.track = track
        self.kinds = kinds
        for one in (model, track, kinds):
            one.setParent(self)
        self._playbook = playbook
        self._shown = _DESK
        self._build()
        self._wire()
        self._retranslate()

    def _build(self) -> None:
        self._mode = SegmentedChoice(tuple(Choice(one, " ", Tone.PRIMARY) for one in (_DESK, _TRACKING, _KINDS)))
        self._mode.setObjectName("forecastMode")
        self._export = Button("", "quiet", icon="export", small=True)
        self._export.setObjectName("forecastExport")
        self._message = MessageBar()
        self._message.setObjectName("forecastMessage")
        self.desk = DeskPanel(self.model, self._playbook)
        self.tracking = TrackPanel(self.track, self._playbook)
        self.of_kinds = KindsPanel(self.kinds, self._playbook)
        self._panels = {_DESK: self.desk, _TRACKING: self.tracking, _KINDS: self.of_kinds}
        self._waiting = WaitingPanel(self.model)
        self._stack = QStackedWidget()
        for panel in (self._waiting, *self._panels.values()):
            self._stack.addWidget(panel)
        top = QHBoxLayout()
        top.setSpacing(current_theme().size("gap"))
        top.addWidget(self._mode)
        for panel in self._panels.values():
            top.addWidget(panel.head)
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
        for panel in self._panels.values():
            panel.message.connect(self._on_refused_words)
        self.desk.side.kind_requested.connect(self.show_kind)
        self._waiting.import_requested.connect(self._on_import_requested)
        self.model.changed.connect(self._render)
        self.model.exported.connect(self._on_exported)
        self.track.changed.connect(self._render)
        self.kinds.changed.connect(self._render)

    # ---- what the window asks ----------------------------------------------------------------------------------------
    def shown(self) -> None:
        """Read what is to be shown, now that the page is in view."""
        self.model.load()
        self._load()
        self._render()
        if self.model.stage is Stage.READY:
            self._focus()

    def flush(self) -> None:
        """Put on disk what is typed."""
        for panel in self._panels.values():
            panel.flush()
        self.model.flush()

    @property
    def has_unsaved(self) -> bool:
        """Whether something typed is not on disk."""
        is_settled = self.model.is_settled and self.track.is_settled and self.kinds.is_settled
        return not is_settled or any(panel.is_pending for panel in self._panels.values())

    def show_tracking(self) -> None:
        """Show the follow-up."""
        self._on_mode(_TRACKING)

    def show_desk(self) -> None:
        """Show the month that is forecast."""
        self._on_mode(_DESK)

    def show_kinds(self) -> None:
        """Show the two kinds of brand and of shop."""
        self._on_mode(_KINDS)

    @Slot(object)
    def show_kind(self, key: Key) -> None:
        """Show why a brand or a shop is of its kind."""
        self.of_kinds.go_to(key)
        self.show_kinds()

    # ---- within ------------------------------------------------------------------------------------------------------
    @Slot()
    def _render(self) -> None:
        is_ready = self.model.stage is Stage.READY
        self._waiting.render_stage()
        panel = self._panels[self._shown] if is_ready else self._waiting
        came = is_ready and self._stack.currentWidget() is self._waiting
        self._stack.setCurrentWidget(panel)
        self._mode.setVisible(is_ready)
        self._export.setVisible(is_ready)
        for name, other in self._panels.items():
            if name != self._shown:
                other.head.hide()  # first: the line must never have to hold two
        self._panels[self._shown].head.setVisible(is_ready)
        if came and self.isVisible() and not self._is_elsewhere():
            self._focus()
        self._mode.set_value(self._shown)
        self.title_changed.emit(PageTitle(self.tr("Forecast"), self._subtitle()))

    def _subtitle(self) -> str:
        if self.model.stage is not Stage.READY or self._shown == _KINDS:
            return ""
        month = self.track.month if self._shown == _TRACKING else self.model.month
        return "" if month is None else f"{month:%Y-%m}"

    def _is_elsewhere(self) -> bool:
        """Whether somebody is typing outside this page, such as in the search box."""
        focused = QApplication.focusWidget()
        return isinstance(focused, QLineEdit) and not self.isAncestorOf(focused)

    def _focus(self) -> None:
        self._panels[self._shown].focus_table()

    def _load(self) -> None:
        self.kinds.is_shown = self._shown == _KINDS
        if self._shown == _TRACKING:
            self.track.load()
        elif self._shown == _KINDS:
            self.kinds.load()

    def _retranslate(self) -> None:
        self._mode.set_choices(
            (
                Choice(_DESK, self.tr("Forecast"), Tone.PRIMARY),
                Choice(_TRACKING, self.tr("Follow-up"), Tone.PRIMARY),
                Choice(_KINDS, self.tr("Kinds"), Tone.PRIMARY),
            )
        )
        self._mode.set_name(self.tr("What is shown"))
        self._export.setText(self.tr("Export…"))
        for panel in self._panels.values():
            panel.retranslate()
        self._render()

    @Slot(object)
    def _on_mode(self, key: str | None) -> None:
        self._shown = key or _DESK
        if self.model.stage is Stage.READY:
            self._load()
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
        month = self.track.month if self._shown == _TRACKING else self.model.month
        if self._shown == _KINDS:
            return self.tr("kinds of brands and shops") + ".xlsx"
        name = self.tr("forecast follow-up") if self._shown == _TRACKING else self.tr("forecast")
        return f"{name} {'' if month is None else format(month, '%Y-%m')}.xlsx"

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        self.export_to(Path(path))

    def export_to(self, file: Path) -> None:
        """Write what is shown to a file, CSV or XLSX by its ending."""
        if self._shown == _KINDS:
            self.model.export(file, *kind_table_rows(self.of_kinds.rows))
        elif self._shown == _TRACKING:
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
            for panel in self._panels.values():
                panel.arrange()

    def _measure(self) -> None:
        theme = current_theme()
        edge = theme.em(1.23)
        self._whole.setContentsMargins(edge, theme.size("gap_small"), edge, edge)
        self._whole.setSpacing(theme.size("gap_small"))


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
