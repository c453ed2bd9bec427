"""《预测追踪》: a month that is over, forecast against what came, its scores, and the causes of the misses."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.services.forecast_views import Source, TrackRow, TrackView
from app.ui.look.kpi_tips import KpiTips
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.forecast.cause_card import CauseCard, CauseGroup
from app.ui.pages.forecast.column_fit import fit_columns
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.pages.forecast.score_line import ScoreLine
from app.ui.pages.forecast.story_card import StoryCard
from app.ui.pages.forecast.track_table_model import Column, TrackTableModel
from app.ui.pages.forecast.track_view_model import Level, TrackViewModel
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import FilterChip
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tones import Tone

if TYPE_CHECKING:
    from datetime import date

_WIDTHS: dict[int, float] = {
    Column.GROUP: 6.0, Column.FORECAST: 6.0, Column.SYSTEM: 5.4, Column.ACTUAL: 5.4, Column.DIFFERENCE: 5.4,
    Column.ACCURACY: 5.4, Column.CAUSE: 11.0,
}  # fmt: skip
_GIVES_WAY = (Column.SYSTEM, Column.GROUP, Column.FORECAST)
_CAUSE_NARROW = 6.0
_LOW = 38
"""Below this height (em) there is room for the causes alone."""
_STORY_AFTER_MS = 120


class TrackTable(TableView):
    """A digit gives the cause, Delete takes it away, Enter opens a SKU's shops, Esc comes back."""

    digit_typed = Signal(object)
    """str"""
    cause_taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setTabKeyNavigation(False)

    def measure(self, *, is_shops: bool) -> None:
        """Give the columns their widths and leave out what has no room."""
        free = fit_columns(self, _WIDTHS, {Column.GROUP} if is_shops else (), _GIVES_WAY)
        if free < 0:
            width = max(current_theme().em(_CAUSE_NARROW), self.columnWidth(Column.CAUSE) + free)
            self.horizontalHeader().resizeSection(Column.CAUSE, width)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.cause_taken.emit()
        elif plain and event.text().isdigit():
            self.digit_typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class TrackPanel(QWidget):
    """Shows the view-model's month."""

    message = Signal(object)
    """str: something to say above the page"""

    def __init__(self, model: TrackViewModel, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._playbook = playbook
        self._words = ForecastWords(playbook, self)
        self._messages = Messages(self)
        self._tips = KpiTips(playbook.formulas, self)
        self._months: tuple[date, ...] = ()
        self._build()
        self._wire()

    def _build(self) -> None:
        self._make_head()
        theme = current_theme()
        target = self._playbook.parameters.forecast.target_accuracy_pct / 100
        self.rows = TrackTableModel(self._words, self._tips, target, self)
        self._scores = ScoreLine(self._words, self._tips)
        self.table = TrackTable()
        self.table.setObjectName("trackTable")
        self.table.setModel(self.rows)
        self._card = Card(" ", flush=True)
        self._back = Button("", "quiet", icon="previous", small=True)
        self._back.setObjectName("trackBack")
        self._card.header.insertWidget(0, self._back)
        self._card.body.addWidget(self.table, 1)
        self._story = StoryCard(self._words)
        self._story.set_low()
        self._cause = CauseCard()
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.size("gap"))
        column.addWidget(self._story, 4)
        column.addWidget(self._cause, 6)
        body = QHBoxLayout()
        body.setSpacing(theme.size("gap"))
        body.addWidget(self._card, 1)
        body.addWidget(self._side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap"))
        whole.addWidget(self._scores)
        whole.addLayout(body, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_STORY_AFTER_MS)

    def _make_head(self) -> None:
        theme = current_theme()
        self._month = QComboBox()
        self._month.setObjectName("trackMonth")
        self._level = SegmentedChoice((Choice(Level.SKUS, " ", Tone.PRIMARY), Choice(Level.SHOPS, "  ", Tone.PRIMARY)))
        self._level.setObjectName("trackLevel")
        self._text = SearchField()
        self._text.setObjectName("trackFilter")
        self._text.setMaximumWidth(theme.em(18))
        self._text.setMinimumWidth(theme.em(6))
        self._standing_out = FilterChip("", Tone.AMBER)
        self._standing_out.setObjectName("trackStandingOut")
        self.head = QWidget()
        top = QHBoxLayout(self.head)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(theme.size("gap"))
        for widget in (self._month, self._level, self._text, self._standing_out):
            top.addWidget(widget)
        self._month.setMinimumWidth(theme.em(8.5))

    def _wire(self) -> None:
        self._model.changed.connect(self.render_track)
        self._model.story_changed.connect(self._on_story)
        self._model.refused.connect(self._on_refused)
        self._month.activated.connect(self._on_month)
        self._level.chosen.connect(self._on_level)
        self._text.textEdited.connect(self._on_text_edited)
        self._text.returnPressed.connect(self.focus_table)
        self._standing_out.toggled.connect(self._on_standing_out)
        self.table.row_activated.connect(self._on_row_activated)
        self.table.digit_typed.connect(self._cause.choose_digit)
        self.table.cause_taken.connect(self._cause.take_away)
        self.table.left.connect(self.go_back)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self._back.clicked.connect(self.go_back)
        self._cause.said.connect(self._on_said)
        self._cause.left.connect(self.focus_table)
        self._soon.timeout.connect(self._tell_story)

    @property
    def is_pending(self) -> bool:
        """Whether something typed is not handed over yet."""
        return self._cause.is_pending

    def flush(self) -> None:
        """Hand over what is typed."""
        self._cause.flush()

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._level.set_choices(
            (Choice(Level.SKUS, self.tr("SKUs"), Tone.PRIMARY), Choice(Level.SHOPS, self.tr("Shops"), Tone.PRIMARY))
        )
        self._level.set_name(self.tr("Whose forecasts"))
        self._month.setAccessibleName(self.tr("Month"))
        self._text.set_placeholder(self.tr("Find a name or code"))
        self._standing_out.setText(self.tr("Missed by much"))
        self._back.setText(self.tr("All SKUs"))
        self._back.setToolTip(self.tr("Back to the SKUs (Esc)"))
        self._story.retranslate()
        self._cause.retranslate()
        self.render_track()
        self._on_story()
        self.arrange()

    @Slot()
    def render_track(self) -> None:
        """Show the month of the view-model."""
        model, view = self._model, self._model.view
        if view is None:
            return
        before = self._current()
        is_shops = model.product is not None or model.level is Level.SHOPS
        self.rows.show_rows(model.rows(), is_shops=is_shops)
        if self._months != view.months:
            self._months = view.months
            self._month.clear()
            self._month.addItems([self._words.month(month) for month in view.months])
        self._month.setCurrentIndex(view.months.index(view.month))
        self._level.set_value(model.level)
        self._level.setEnabled(model.product is None)
        self._back.setVisible(model.product is not None)
        name = model.product_name if model.product is not None else self._words.month(view.month)
        self._card.set_title(name)
        self._card.set_hint(self._source(view, is_shops=is_shops))
        self.table.setAccessibleName(self.tr("Forecast against what came"))
        self._scores.show_scores(view)
        self.table.measure(is_shops=is_shops)
        place = None if before is None else self.rows.place_of((before.product_id, before.customer_id))
        if self.rows.rowCount():
            self.table.setCurrentIndex(self.rows.index(place or 0, 0))
        self._render_side()

    def _source(self, view: TrackView, *, is_shops: bool) -> str:
        source = view.shop_source if is_shops else view.source
        day = "" if view.forecast_at is None else f"{view.forecast_at.astimezone():%m-%d}"
        words = {
            Source.SUBMITTED: self.tr("as submitted %1").replace("%1", day),
            Source.KEPT: self.tr("as the system told it %1; nothing was submitted").replace("%1", day),
            Source.REPLAYED: self.tr("replayed from the orders before it; nobody saw it then"),
        }
        return words[source]

    def _render_side(self) -> None:
        row = self._current()
        lists, language = self._playbook.enumerations, current_language()
        groups = [
            CauseGroup(group.name.of(language), tuple((one.code, one.name.of(language)) for one in group.details))
            for group in lists["forecast_cause"].choices
        ]
        self._cause.show_row(row, groups)
        self._widen()
        if row is not None:
            self._story.set_title(row.name)
            self._soon.start()

    def _current(self) -> TrackRow | None:
        index = self.table.currentIndex()
        return self.rows.row_at(index.row()) if index.isValid() else None

    @Slot()
    def focus_table(self) -> None:
        """Give the keyboard to the table."""
        if not self.table.currentIndex().isValid() and self.rows.rowCount():
            self.table.setCurrentIndex(self.rows.index(0, 0))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go_back(self) -> None:
        """Leave the shops of a SKU."""
        self._model.close_sku()
        self.focus_table()

    @Slot(int)
    def _on_month(self, place: int) -> None:
        self._model.show_month(self._months[place])

    @Slot(object)
    def _on_level(self, key: str | None) -> None:
        self._model.show_level(Level(key) if key else Level.SKUS)

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        self._model.restrict(text=text.strip())

    @Slot(bool)
    def _on_standing_out(self, on: bool) -> None:
        self._model.restrict(only_standing_out=on)

    @Slot(object)
    def _on_row_activated(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index.row())
        if row is not None and row.product_id is not None and row.customer_id is None:
            self._model.open_sku(row.product_id, row.name)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._render_side()

    @Slot(object)
    def _on_said(self, said: tuple[TrackRow, str | None, str]) -> None:
        self._model.give_cause(*said)

    @Slot()
    def _tell_story(self) -> None:
        row = self._current()
        if row is not None:
            self._model.tell_story((row.product_id, row.customer_id))

    @Slot()
    def _on_story(self) -> None:
        self._story.show_points(self._model.points, self._model.record, self._model.month, None)

    @Slot(object)
    def _on_refused(self, error: BaseException) -> None:
        self.message.emit(self._messages.of_error(error).whole)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Give the column at the side its width."""
        self._widen()
        self._story.setVisible(self.height() >= current_theme().em(_LOW))
        self.table.measure(is_shops=self.rows.is_shops)

    def _widen(self) -> None:
        theme = current_theme()
        wanted = min(max(theme.em(21), round(self.width() * 0.27)), theme.em(30))
        self._side.setFixedWidth(max(wanted, self._cause.narrowest()))
