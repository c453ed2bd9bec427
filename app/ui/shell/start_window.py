"""The first window: up at once, it asks what the start needs to know and goes away when the program is open."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.shell.brand_panel import BrandPanel
from app.ui.shell.preferences import Preferences
from app.ui.shell.start_form import FormFrame
from app.ui.shell.startup_view_model import Stage, StartUp
from app.ui.widgets.painting import is_language_event


class StartWindow(QWidget):
    """The brand at the left, the form of the moment at the right."""

    quit_requested = Signal()

    def __init__(self, view_model: StartUp, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view_model = view_model
        self._preferences = preferences
        self._forms: dict[Stage, FormFrame] = {}
        self._column = QVBoxLayout()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._middle())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(BrandPanel())
        layout.addWidget(area, 1)
        view_model.changed.connect(self._render)
        self._retranslate()
        self._render()
        theme = current_theme()
        room = self.screen().availableSize()
        self.resize(min(theme.em(64), room.width()), min(theme.em(42), room.height()))

    @property
    def form(self) -> FormFrame:
        """The form shown."""
        return self._forms[self._shown_stage]

    def _middle(self) -> QWidget:
        theme = current_theme()
        holder = QWidget()
        holder.setObjectName("scrollBody")
        whole = QVBoxLayout(holder)
        side = theme.em(2.6)
        whole.setContentsMargins(side, side, side, side)
        whole.addStretch(1)
        whole.addLayout(self._column)
        whole.addStretch(2)
        return holder

    @property
    def _shown_stage(self) -> Stage:
        stage = self._view_model.stage
        if stage is Stage.NEWER:
            return Stage.TROUBLE
        return Stage.OPENING if stage is Stage.OPENED else stage

    @Slot()
    def _render(self) -> None:
        stage = self._shown_stage
        if stage not in self._forms:
            # Made when it is needed: most starts need one form of the six.
            form = self._forms[stage] = self._make(stage)
            form.setMaximumWidth(current_theme().em(42))
            form.hide()
            self._column.addWidget(form)
        form = self._forms[stage]
        if form.isHidden():
            for other in self._forms.values():
                other.setVisible(other is form)
            form.setFocus()

    def _make(self, stage: Stage) -> FormFrame:
        # ruff: noqa: PLC0415 - most starts need one form of the six, and the window must be up at once
        if stage is Stage.FIRST:
            from app.ui.shell.first_form import FirstForm

            return FirstForm(self._view_model, self._preferences)
        if stage is Stage.FILL:
            from app.ui.shell.fill_form import FillForm

            return FillForm(self._view_model)
        if stage is Stage.DAMAGED:
            from app.ui.shell.damaged_form import DamagedForm

            return DamagedForm(self._view_model)
        if stage is Stage.TROUBLE:
            from app.ui.shell.trouble_form import TroubleForm

            trouble = TroubleForm(self._view_model)
            trouble.quit_requested.connect(self.quit_requested)
            return trouble
        if stage is Stage.OPENING:
            return _OpeningForm()
        from app.ui.shell.unlock_form import UnlockForm

        form = UnlockForm(self._view_model.gate)
        self._word_unlock(form)
        return form

    def _word_unlock(self, form: FormFrame) -> None:
        form.set_words(
            self.tr("Good to see you"), self.tr("The password opens the data on this laptop. No network is needed.")
        )

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Zoufang"))
        if Stage.UNLOCK in self._forms:
            self._word_unlock(self._forms[Stage.UNLOCK])

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_forms"):
            self._retranslate()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        if self._view_model.stage is not Stage.OPENED:
            self.quit_requested.emit()


class _OpeningForm(FormFrame):
    """Shown while the store is being opened."""

    def __init__(self) -> None:
        super().__init__("openingForm")
        self._retranslate()

    def _retranslate(self) -> None:
        self.set_words(self.tr("Opening your data…"), "")

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()
