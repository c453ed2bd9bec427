"""The two kinds of brand and of shop as a list, and beside it what the manager says of the one the keyboard is on."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.forecast_process import Kinded, Steadiness
from app.domain.playbook import Playbook
from app.services.forecast_views import KindRow, SaidKind
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.forecast.column_fit import fit_columns
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.pages.forecast.kind_card import KindCard
from app.ui.pages.forecast.kinds_table_model import Column, KindsTableModel
from app.ui.pages.forecast.kinds_view_model import Key, KindsViewModel, Whose
from app.ui.widgets.card import Card
from app.ui.widgets.chip import FilterChip
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tones import Tone

_WIDTHS: dict[int, float] = {
    Column.GROUP: 5.6, Column.KIND: 5.8, Column.WHY: 9.0, Column.VARIATION: 5.0, Column.ERROR: 5.4,
    Column.MONTHLY: 5.0, Column.SAID: 9.0,
}  # fmt: skip
_GIVES_WAY = (Column.GROUP, Column.MONTHLY, Column.SAID, Column.WHY)


class KindsTable(TableView):
    """Space says the other kind, Delete leaves it to the rule, Esc leaves."""

    other_wanted = Signal()
    rule_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._is_shops = False
        super().__init__(parent=parent)
        self.setTabKeyNavigation(False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.measure(is_shops=self._is_shops)

    def measure(self, *, is_shops: bool) -> None:
        """Give the columns their widths and leave out what has no room."""
        self._is_shops = is_shops
        if not isinstance(self.model(), KindsTableModel):
            return
        free = fit_columns(self, _WIDTHS, {Column.GROUP} if is_shops else (), _GIVES_WAY)
        if free > 0 and not self.isColumnHidden(Column.WHY):
            self.horizontalHeader().resizeSection(Column.WHY, self.columnWidth(Column.WHY) + free // 2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.other_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.rule_wanted.emit()
        else:
            super().keyPressEvent(event)


class KindsPanel(QWidget):
    """Shows the view-model's brands or shops."""

    message = Signal(object)
    """str: something to say above the page"""

    def __init__(self, model: KindsViewModel, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._playbook = playbook
        self._words = ForecastWords(playbook, self)
        self._messages = Messages(self)
        self._wanted: Key | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        theme = current_theme()
        self._whose = SegmentedChoice(tuple(Choice(one, " ", Tone.PRIMARY) for one in Whose))
        self._whose.setObjectName("kindsWhose")
        self._text = SearchField()
        self._text.setObjectName("kindsFilter")
        self._text.setMaximumWidth(theme.em(18))
        self._text.setMinimumWidth(theme.em(5))
        self._chips = {kind: FilterChip("", Tone.GREY) for kind in (Steadiness.DIFFICULT, Steadiness.STABLE)}
        self._by_hand = FilterChip("", Tone.GREY)
        self._by_hand.setObjectName("kinds_by_hand")
        self.head = QWidget()
        top = QHBoxLayout(self.head)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(theme.size("gap_small"))
        for widget in (self._whose, self._text, *self._chips.values(), self._by_hand):
            top.addWidget(widget)
        for kind, chip in self._chips.items():
            chip.setObjectName(f"kinds_{kind}")
        self.rows = KindsTableModel(self._words, self._playbook.parameters.forecast, self)
        self.table = KindsTable()
        self.table.setObjectName("kindsTable")
        self.table.setModel(self.rows)
        self._card = Card(" ", flush=True)
        self._card.body.addWidget(self.table, 1)
        self.kind = KindCard(self._words)
        body = QHBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.size("gap"))
        body.addWidget(self._card, 1)
        body.addWidget(self.kind)
        self._keys = {text: self._shortcut(text) for text in ("Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z")}

    def _shortcut(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut

    def _wire(self) -> None:
        self._model.changed.connect(self.render_kinds)
        self._model.refused.connect(self._on_refused)
        self._whose.chosen.connect(self._on_whose)
        self._text.textEdited.connect(self._on_text_edited)
        self._text.returnPressed.connect(self.focus_table)
        for chip in (*self._chips.values(), self._by_hand):
            chip.clicked.connect(self._on_chip)
        self.table.other_wanted.connect(self.kind.propose_other)
        self.table.row_activated.connect(self._on_row_activated)
        self.table.rule_wanted.connect(self.kind.leave_to_rule)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self.kind.said.connect(self._on_said)
        self.kind.left.connect(self.focus_table)
        self._keys["Ctrl+Z"].activated.connect(self._model.undo)
        self._keys["Ctrl+Y"].activated.connect(self._model.redo)
        self._keys["Ctrl+Shift+Z"].activated.connect(self._model.redo)

    @property
    def is_pending(self) -> bool:
        """Whether something typed is not handed over yet."""
        return self.kind.is_pending

    def flush(self) -> None:
        """Hand over what is typed."""
        self.kind.flush()

    def go_to(self, key: Key) -> None:
        """Show the row of a brand or of a shop, whatever was filtered before."""
        self._wanted = key
        self._model.whose = Whose.BRANDS if key[1] is None else Whose.SHOPS
        self._model.show_all()

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._whose.set_choices(
            (Choice(Whose.BRANDS, self.tr("Brands"), Tone.PRIMARY), Choice(Whose.SHOPS, self.tr("Shops"), Tone.PRIMARY))
        )
        self._whose.set_name(self.tr("Whose kinds"))
        self._text.set_placeholder(self.tr("Find a name or code"))
        self._by_hand.setText(self.tr("By hand"))
        self.kind.retranslate()
        self.render_kinds()
        self.arrange()

    @Slot()
    def render_kinds(self) -> None:
        """Show the rows of the view-model."""
        model, is_shops = self._model, self._model.whose is Whose.SHOPS
        before = self._current()
        key = self._wanted or (None if before is None else (before.product_id, before.customer_id))
        rows = model.rows()
        self.rows.show_rows(rows, is_shops=is_shops)
        self._whose.set_value(model.whose)
        every = model.all_rows
        for kind, chip in self._chips.items():
            word = self._words.kind(Kinded(kind), of_shop=is_shops)
            chip.setText(f"{word} {sum(row.kinded.kind is kind for row in every)}")
            chip.setChecked(model.kind is kind)
        self._by_hand.setChecked(model.only_by_hand)
        if self._text.text().strip() != model.text:
            self._text.setText(model.text)
        self._card.set_title(self.tr("Two kinds of shop") if is_shops else self.tr("Two kinds of brand"))
        hint = self._hint(len(rows), is_shops=is_shops) if model.view is not None else self.tr("Being read…")
        self._card.set_hint(hint)
        self.table.setAccessibleName(self.tr("Kinds and what led to them"))
        self.table.measure(is_shops=is_shops)
        place = None if key is None else self.rows.place_of(key)
        if place is not None or model.view is not None:
            self._wanted = None
        if rows:
            self.table.setCurrentIndex(self.rows.index(place or 0, 0))
        self._render_card()

    def _hint(self, count: int, *, is_shops: bool) -> str:
        words = self.tr("%n shop(s)", "", count) if is_shops else self.tr("%n SKU(s)", "", count)
        what = (
            self.tr("volatile ones are visited and asked")
            if is_shops
            else self.tr("difficult ones are built up from the shops")
        )
        return f"{words} · {what}"

    def _render_card(self) -> None:
        row = self._current()
        if row is None and self.kind.is_asking:
            return  # a filter shows nothing for a moment: what was begun waits until its row is back
        language = current_language()
        choices = self._playbook.enumerations["forecast_reason"].choices
        self.kind.show_row(row, [(one.code, one.name.of(language)) for one in choices])
        self._widen()

    def _current(self) -> KindRow | None:
        index = self.table.currentIndex()
        return self.rows.row_at(index.row()) if index.isValid() else None

    @Slot()
    def focus_table(self) -> None:
        """Give the keyboard to the table."""
        if not self.table.currentIndex().isValid() and self.rows.rowCount():
            self.table.setCurrentIndex(self.rows.index(0, 0))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_whose(self, key: str | None) -> None:
        self._model.show_whose(Whose(key) if key else Whose.BRANDS)

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        self._model.restrict(text=text.strip())

    @Slot()
    def _on_chip(self) -> None:
        sender = self.sender()
        if sender is self._by_hand:
            self._model.restrict(only_by_hand=self._by_hand.isChecked())
        for kind, chip in self._chips.items():
            if chip is sender:
                self._model.restrict(kind=kind)

    @Slot(object)
    def _on_row_activated(self, _index: QModelIndex) -> None:
        self.kind.propose_other()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._render_card()

    @Slot(object)
    def _on_said(self, said: tuple[KindRow, SaidKind | None, bool]) -> None:
        row, kind, typed = said
        self._model.say(row, kind, typing=typed)

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
        self.table.measure(is_shops=self.rows.is_shops)

    def _widen(self) -> None:
        theme = current_theme()
        wanted = min(max(theme.em(21), round(self.width() * 0.27)), theme.em(30))
        self.kind.setFixedWidth(max(wanted, self.kind.narrowest()))
