"""What waits for head office, in words and by kind; when the last backup was made; what the store is."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.services.maintenance import StoreInfo, Waiting
from app.ui.look.formats import NO_VALUE, format_count, format_iso, format_size
from app.ui.look.theme import current_theme
from app.ui.shell.backup_keeper import BackupKeeper
from app.ui.shell.status_view_model import StatusViewModel
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.tones import Tone


class StatusPage(QWidget):
    """Two cards: what waits, and how safe what is here is."""

    title_changed = Signal(object)

    def __init__(self, status: StatusViewModel, keeper: BackupKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._status = status
        self._keeper = keeper
        self._build()
        self._wire()
        self._retranslate()

    def shown(self) -> None:
        """Count anew."""
        self._tell_title()
        self._status.count()
        self._status.learn()
        self._keeper.look()

    def _build(self) -> None:
        self._waiting = Card(scroll=True)
        self._safe = Chip("", Tone.GREEN)
        self._waiting.add_header_widget(self._safe)
        self._words = TextLabel("", "", wrap=True)
        self._words.setObjectName("waitingWords")
        self._kinds = FactList()
        self._kinds.setObjectName("waitingKinds")
        self._waiting.body.addWidget(self._words)
        self._waiting.body.addWidget(self._kinds)
        self._waiting.body.addStretch(1)
        self._here = Card(scroll=True)
        self._facts = FactList()
        self._facts.setObjectName("storeFacts")
        self._back_up = Button("", icon="save")
        self._back_up.setObjectName("statusBackUp")
        self._here.body.addWidget(self._facts)
        self._here.body.addStretch(1)
        self._here.add_footer_stretch()
        self._here.add_footer_widget(self._back_up)
        theme = current_theme()
        row = QHBoxLayout(self)
        side = theme.size("pad")
        row.setContentsMargins(side, side, side, side)
        row.setSpacing(theme.size("gap"))
        row.addWidget(self._waiting, 1)
        row.addWidget(self._here, 1)

    def _wire(self) -> None:
        self._status.changed.connect(self._render)
        self._keeper.changed.connect(self._render)
        self._back_up.clicked.connect(self._keeper.back_up)

    @Slot()
    def _render(self) -> None:
        waiting = self._status.waiting
        is_practice = self._status.is_practice
        self._waiting.set_title(self.tr("Your changes") if is_practice else self.tr("Waiting for head office"))
        self._back_up.setEnabled(not self._keeper.is_running)
        self._back_up.setText(self.tr("Making a backup…") if self._keeper.is_running else self.tr("Back up now"))
        if waiting is not None:
            self._words.setText(self._sentence(waiting))
            names = self._names()
            shown = sorted(waiting.by_table.items(), key=_by_count)
            self._kinds.set_facts(tuple(Fact(names.get(table, table), format_count(n)) for table, n in shown))
        if self._status.info is not None:
            self._facts.set_facts(self._store_facts(self._status.info))

    def _sentence(self, waiting: Waiting) -> str:
        if waiting.total == 0:
            return self.tr("Nothing waits. This laptop works without a network; that is normal.")
        if self._status.is_practice:
            words = self.tr(
                "%1 changes are saved on this laptop. These are practice data; they never go to head office."
            )
            return words.replace("%1", format_count(waiting.total))
        words = self.tr(
            "%1 changes wait for head office, the oldest since %2. They are safe on this laptop and go up when "
            "head office can be reached. Working without a network is normal."
        )
        oldest = f"{waiting.oldest.astimezone():%Y-%m-%d %H:%M}" if waiting.oldest is not None else NO_VALUE
        return words.replace("%1", format_count(waiting.total)).replace("%2", oldest)

    def _store_facts(self, info: StoreInfo) -> tuple[Fact, ...]:
        last = self._keeper.last
        backup = f"{last.made_at:%Y-%m-%d %H:%M}" if last is not None else self.tr("none yet")
        day = self._status.practice_day
        practice = () if day is None else (Fact(self.tr("Practice day: today is"), format_iso(day)),)
        return (
            Fact(self.tr("Last backup"), backup, strong=True),
            Fact(self.tr("Territory"), info.territory or NO_VALUE),
            *practice,
            Fact(self.tr("Customers"), format_count(info.customers)),
            Fact(self.tr("Products"), format_count(info.products)),
            Fact(self.tr("Orders"), format_count(info.orders)),
            Fact(self.tr("Last order"), format_iso(info.last_order)),
            Fact(self.tr("Visits"), format_count(info.visits)),
            Fact(self.tr("Photos"), format_count(info.photos)),
            Fact(self.tr("Size of the data file"), format_size(info.size)),
            Fact(self.tr("Free on the disk"), _gigabytes(info.free)),
        )

    def _names(self) -> dict[str, str]:
        return {
            "customer": self.tr("Customer archive"),
            "visit": self.tr("Visits"),
            "stock_count": self.tr("Stock and prices"),
            "shelf_check": self.tr("Shelf checks"),
            "diagnosis_rating": self.tr("Diagnosis"),
            "advice_line": self.tr("Order guidance"),
            "improvement_plan": self.tr("Improvement plans"),
            "promise": self.tr("Agreements"),
            "photo": self.tr("Photos"),
            "forecast_entry": self.tr("Forecast corrections"),
            "forecast_submission": self.tr("Submitted forecasts"),
            "forecast_line": self.tr("Figures of submitted forecasts"),
            "forecast_cause": self.tr("Causes of forecast differences"),
            "forecast_kind": self.tr("Kinds of brands and shops"),
            "kpi_target": self.tr("Own targets"),
            "office_target": self.tr("Targets of head office"),
            "cadence_choice": self.tr("Visit frequencies chosen"),
            "day_off": self.tr("Days off"),
        }

    def _retranslate(self) -> None:
        self._safe.setText(self.tr("all safely on disk"))
        self._here.set_title(self.tr("On this laptop"))
        self._tell_title()
        self._render()

    def _tell_title(self) -> None:
        self.title_changed.emit(PageTitle(self.tr("Status"), self.tr("What waits, and what is safe")))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_back_up"):
            self._retranslate()


def _by_count(entry: tuple[str, int]) -> tuple[int, str]:
    return (-entry[1], entry[0])


def _gigabytes(size: int) -> str:
    return f"{size / 2**30:,.1f} GB"
