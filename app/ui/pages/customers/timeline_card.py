"""What happened with the customer, newest first: visits, orders, changes of the archive."""

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.domain.visit import VisitStatus
from app.services.customer_profile import CustomerProfile
from app.services.customer_timeline import EventKind, TimelineEvent
from app.ui.look.formats import format_amount_round, format_count, format_iso, format_time
from app.ui.look.translations import current_language
from app.ui.look.unit_words import UnitWords, currency_sign
from app.ui.pages.customers.change_box import ChangeBox
from app.ui.pages.customers.change_words import ChangeWords
from app.ui.pages.customers.profile_view_model import ProfileViewModel
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.list_rows import ROW_ROLE, ListRow, make_list_view
from app.ui.widgets.painting import is_language_event

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(Qt.ItemDataRole.ToolTipRole),
        ROW_ROLE,
    }
)


class TimelineCard(Card):
    """The right column of the profile; Enter on a visit opens it."""

    visit_chosen = Signal(object)
    """UUID"""

    def __init__(self, model: ProfileViewModel, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(" ", flush=True, parent=parent)
        self._model = model
        self._playbook = playbook
        self._shown: tuple[tuple[TimelineEvent, ...], frozenset[str]] | None = None
        self._rows = _TimelineModel(playbook, self)
        self._build()
        model.changed.connect(self._render)
        self._list.activated.connect(self._on_activated)
        self._list.selectionModel().currentChanged.connect(self._show_change)
        self._change.take_back_requested.connect(self._on_take_back_requested)
        self.retranslate()

    def _build(self) -> None:
        self._list = make_list_view()
        self._list.setObjectName("timeline")
        self._list.setModel(self._rows)
        self._list.setUniformItemSizes(True)
        self._empty = EmptyState("clock")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._change = ChangeBox(self._playbook)
        self._change.setObjectName("changeBox")
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self._change)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self.set_title(self.tr("Timeline"))
        self._list.setAccessibleName(self.tr("Timeline"))
        self._empty.set_words(self.tr("Nothing has happened yet: no visit, no order."))
        self._shown = None
        self._render()

    @Slot()
    def _render(self) -> None:
        profile = self._model.profile
        events = profile.timeline if profile is not None else ()
        self._stack.setCurrentIndex(1 if profile is not None and not events else 0)
        if self._shown == (events, self._model.revealed):
            self._show_change()
            return
        self._shown = (events, self._model.revealed)
        self._rows.set_events(events, profile, self._model.revealed)
        self._list.scrollToTop()
        self._show_change()

    @Slot()
    def _show_change(self) -> None:
        """Say more of the change that is current."""
        event = self._rows.at(self._list.currentIndex().row())
        is_change = event is not None and event.kind is EventKind.CHANGE
        self._change.show_change(event if is_change else None, self._model.profile, self._model.revealed)

    @Slot(object)
    def _on_take_back_requested(self, event: TimelineEvent) -> None:
        if event.change_id is not None:
            self._list.setFocus()
            self._model.take_back(event.field, event.change_id)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        event = self._rows.at(index.row())
        if event is not None and event.visit_id is not None:
            self.visit_chosen.emit(event.visit_id)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_stack"):
            self.retranslate()


class _TimelineModel(QAbstractListModel):
    """Words an event only when it comes into view: a busy shop has thousands."""

    def __init__(self, playbook: Playbook, parent: QWidget) -> None:
        super().__init__(parent)
        self._steps = {step.code: step.name for step in playbook.parameters.cadence.onboarding}
        self._changes = ChangeWords(playbook, self)
        self._revealed: frozenset[str] = frozenset()
        self._units = UnitWords()
        self._events: tuple[TimelineEvent, ...] = ()
        self._profile: CustomerProfile | None = None
        self._rows: dict[int, ListRow] = {}

    def set_events(
        self, events: tuple[TimelineEvent, ...], profile: CustomerProfile | None, revealed: frozenset[str]
    ) -> None:
        """Show these events."""
        self.beginResetModel()
        self._revealed = revealed
        self._events, self._profile = events, profile
        self._rows.clear()
        self.endResetModel()

    def at(self, place: int) -> TimelineEvent | None:
        """Return the event of a row."""
        return self._events[place] if 0 <= place < len(self._events) else None

    @override
    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._events)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in _ROLES or self._profile is None:
            return None
        place = index.row()
        if place not in self._rows:
            self._rows[place] = self._row(str(place), self._events[place], self._profile)
        row = self._rows[place]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.subtitle
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else row.title

    def _row(self, key: str, event: TimelineEvent, profile: CustomerProfile) -> ListRow:
        match event.kind:
            case EventKind.VISIT:
                title, subtitle, icon = self._ending(event.status), self._visit_words(event), "visit"
                if event.from_paper:
                    paper = self.tr("from paper")
                    title = f"{title} · {paper}"
                if event.by:
                    title = f"{title} · {event.by}"
            case EventKind.ORDER:
                bought = self._units.with_count(format_count(event.quantity), profile.unit)
                title = self.tr("Order %1").replace("%1", bought)
                amount = format_amount_round(event.amount, currency_sign(profile.currency))
                subtitle, icon = self.tr("%n SKU(s)", "", event.lines or 0) + f" · {amount}", "order"
            case EventKind.CHANGE:
                title, icon = self._changes.field(event), "edit"
                subtitle = f"{self._changes.values(event, self._revealed)} · {self._changes.origin(event)}"
        at = event.at.astimezone() if event.at is not None else None
        time = f" {format_time(at)}" if at is not None else ""
        return ListRow(key, title, subtitle=subtitle, trailing=f"{format_iso(event.day)}{time}", icon=icon)

    def _ending(self, status: VisitStatus | None) -> str:
        match status:
            case VisitStatus.IN_PROGRESS:
                return self.tr("Visit under way")
            case VisitStatus.MOVED:
                return self.tr("Visit moved")
            case VisitStatus.CLOSED:
                return self.tr("Shop was closed")
            case VisitStatus.REFUSED:
                return self.tr("Visit refused")
            case VisitStatus.CANCELLED:
                return self.tr("Visit cancelled")
            case _:
                return self.tr("Visit")

    def _visit_words(self, event: TimelineEvent) -> str:
        parts = [
            self.tr("%n item(s) judged", "", event.rated) if event.rated else "",
            self.tr("%n plan(s)", "", event.planned) if event.planned else "",
            self.tr("%n photo(s)", "", event.photos) if event.photos else "",
            self._onboarding_words(event.onboarding),
            event.note,
        ]
        return " · ".join(part for part in parts if part) or self.tr("no notes")

    def _onboarding_words(self, codes: tuple[str, ...]) -> str:
        """Name the steps with a new customer that were done at a visit; empty where there was none."""
        language = current_language()
        names = [self._steps[code].of(language) for code in codes if code in self._steps]
        words = self.tr("New customer: %1").replace("%1", self.tr("; ").join(names))
        return words if names else ""
