"""The card at the right: who the shop is, its brief, its phone, and the button that starts the visit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.masking import mask_number
from app.domain.playbook import Playbook
from app.domain.visit import VisitStatus
from app.services.days import DayStop
from app.ui.look.formats import format_iso
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.pages.today.brief_body import BriefBody
from app.ui.pages.today.today_view_model import TodayViewModel
from app.ui.pages.today.today_words import TodayWords
from app.ui.tasks.task_board import TaskBoard
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_look_event
from app.ui.widgets.tones import Tone

if TYPE_CHECKING:
    from app.services.shop_card import ShopCard


class BriefCard(QWidget):
    """Shows the shop that is looked at; while its brief is read, who it is stands there already."""

    start_requested = Signal()
    menu_requested = Signal()
    route_requested = Signal()

    def __init__(
        self,
        model: TodayViewModel,
        words: TodayWords,
        playbook: Playbook,
        board: TaskBoard | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._board = board
        self._words = words
        self._messages = Messages(self)
        self._phone_shown = False
        self._phone_of: object = None
        self._build(playbook)
        self._start.clicked.connect(self.start_requested)
        self._more.clicked.connect(self.menu_requested)
        self._eye.clicked.connect(self._on_eye)
        self.route_button.clicked.connect(self.route_requested)
        self._summary.clicked.connect(self._on_summary)

    @property
    def start_words(self) -> str:
        """What the button that opens the visit says."""
        stop = self._model.stop
        if stop is None or stop.status is VisitStatus.PLANNED:
            return self.tr("Start the visit")
        if stop.status is VisitStatus.IN_PROGRESS:
            return self.tr("Go on with the visit")
        return self.tr("Look at the visit")

    @property
    def more_button(self) -> QWidget:
        """Where the menu belongs."""
        return self._more

    def retranslate(self) -> None:
        """Word what does not depend on the shop."""
        self._card.set_title(self.tr("Brief"))
        self._more.set_name(self.tr("More"))
        self._summary.set_name(self.tr("What the day came to"))
        self.route_button.setText(self.tr("Route"))
        self.route_button.setToolTip(self.tr("Show the route (Ctrl+M)"))

    def render_stop(self) -> None:
        """Show the stop that is looked at."""
        stop, sheet = self._model.stop, self._model.sheet
        if stop is None or sheet is None:
            return
        if self._phone_of != stop.customer_id:
            self._phone_of = stop.customer_id
            self._phone_shown = False
            self._card.scroll_to_top()
        self._card.set_hint(f"{stop.number} / {len(sheet.stops)}")
        self._summary.setVisible(sheet.is_over)
        self._name.setText(stop.name)
        code = self._words.class_code(stop.market_type, stop.format, stop.size_class)
        self._code.set_chip(code or stop.code, Tone.GREY)
        self._start.setText(self.tr("%1 \u23ce").replace("%1", self.start_words))
        view = self._model.view
        self._body.setVisible(view is not None)
        self._wait.setVisible(view is None)
        self._render_card(stop, None if view is None else view.card)
        if view is not None:
            tasks = () if self._board is None else self._board.of(stop.customer_id)
            self._body.show_shop(view, self._model.reasons(stop), sheet, [one for one in tasks if one.state.is_open])
            return
        error = self._model.view_error
        text = self.tr("Reading the shop's data\u2026") if error is None else self._messages.of_error(error).whole
        self._wait.setText(text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_head"):
            self._measure()

    def _build(self, playbook: Playbook) -> None:
        self._card = _ScrollCard("", scroll=True)
        self._card.setObjectName("briefCard")
        self.route_button = Button("", "quiet", icon="route", small=True)
        self.route_button.setObjectName("showRoute")
        self._summary = IconButton("done")
        self._summary.setObjectName("showSummary")
        self._card.add_header_widget(self._summary)
        self._card.add_header_widget(self.route_button)
        self._name = TextLabel("", "title", wrap=True)
        self._name.setObjectName("shopName")
        self._code = Chip("", Tone.GREY)
        self._code.setObjectName("classCode")
        self._licence = TextLabel("", "muted", wrap=True)
        self._licence.setObjectName("licence")
        self._wait = TextLabel("", "muted", wrap=True)
        self._wait.setObjectName("briefWait")
        self._body = BriefBody(playbook)
        self._head = QHBoxLayout()
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self._code)
        self._head.setAlignment(self._code, Qt.AlignmentFlag.AlignTop)
        self._names = QVBoxLayout()
        self._names.addLayout(self._head)
        self._names.addWidget(self._licence)
        self._card.body.addLayout(self._names)
        self._card.body.addWidget(self._wait)
        self._card.body.addWidget(self._body, 1)
        self._card.body.addStretch(0)
        self._build_footer()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._card)
        self._measure()

    def _build_footer(self) -> None:
        self._phone = TextLabel("", "muted")
        self._phone.setObjectName("phone")
        self._eye = IconButton("show")
        self._eye.setObjectName("showPhone")
        self._more = IconButton("more", framed=True)
        self._more.setObjectName("stopMore")
        self._start = Button("", "primary")
        self._start.setObjectName("startVisit")
        self._card.add_footer_widget(self._phone)
        self._card.add_footer_widget(self._eye)
        self._card.add_footer_stretch()
        self._card.add_footer_widget(self._more)
        self._card.add_footer_widget(self._start)

    def _measure(self) -> None:
        theme = current_theme()
        self._head.setSpacing(theme.size("gap_small"))
        self._names.setSpacing(theme.size("gap_tiny"))

    def _render_card(self, stop: DayStop, card: "ShopCard | None") -> None:
        parts: list[str] = []
        if card is not None and card.license_no:
            parts.append(self.tr("Licence %1").replace("%1", mask_number(card.license_no)))
        if card is not None and card.license_to is not None:
            parts.append(self.tr("valid to %1").replace("%1", format_iso(card.license_to)))
        line = self.tr(" \u00b7 ").join(parts) or self._words.second_line(stop)
        self._licence.setText(line)
        self._licence.setVisible(bool(line))
        phone = card.phone if card is not None else None
        self._phone.setVisible(bool(phone))
        self._eye.setVisible(bool(phone))
        if phone:
            self._phone.setText(phone if self._phone_shown else mask_number(phone))
            self._eye.set_icon_name("hide" if self._phone_shown else "show")
            self._eye.set_name(
                self.tr("Hide the phone number") if self._phone_shown else self.tr("Show the phone number")
            )

    @Slot()
    def _on_summary(self) -> None:
        self._model.select(None)

    @Slot()
    def _on_eye(self) -> None:
        self._phone_shown = not self._phone_shown
        self.render_stop()


class _ScrollCard(Card):
    """A card that can go back to its top."""

    def scroll_to_top(self) -> None:
        """Show the beginning."""
        for bar in self.findChildren(QScrollBar):
            bar.setValue(bar.minimum())
