"""A card: the white box with a title that holds one part of a page."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.painting import begin, draw_box, is_look_event
from app.ui.widgets.scroll_area import VerticalScrollArea


class Card(QFrame):
    """Title and hint above, `body` in the middle, `footer` below; with `flush` the body touches the edges."""

    def __init__(
        self,
        title: str = "",
        *,
        hint: str = "",
        flush: bool = False,
        scroll: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._flush = flush
        self._is_slim = False
        self._header = QWidget(self)
        self.header = QHBoxLayout(self._header)
        self._title = ElidedLabel(title, "heading")
        self._hint = ElidedLabel(hint, "hint")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._hint.setVisible(bool(hint))
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.addWidget(self._title, 1)
        self.header.addWidget(self._hint)
        self._body = QWidget(self)
        self._body.setObjectName("scrollBody")
        self.body = QVBoxLayout(self._body)
        self._footer = QWidget(self)
        self._footer.setObjectName("cardFooter")
        self._footer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.footer = QHBoxLayout(self._footer)
        self._footer.hide()
        self._footer_widgets: list[QWidget] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(VerticalScrollArea(self._body, self) if scroll else self._body, 1)
        whole.addWidget(self._footer)
        self.setAccessibleName(title)
        self._header.setVisible(bool(title))
        self._measure()

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._header.setVisible(bool(title))

    def set_slim(self, *, is_slim: bool) -> None:
        """Have room in the header for one icon only, where the card is as wide as a number."""
        if is_slim is not self._is_slim:
            self._is_slim = is_slim
            self._title.setVisible(not is_slim)
            self._measure()

    def set_hint(self, hint: str) -> None:
        """Change the words at the right of the title."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def add_header_widget(self, widget: QWidget) -> None:
        """Put a widget at the right end of the title line."""
        self.header.addWidget(widget)
        self._header.show()

    def add_footer_widget(self, widget: QWidget, stretch: int = 0, *, before: QWidget | None = None) -> None:
        """Put a widget into the footer, which then shows; at its end, or before one that is there."""
        if before is None:
            self.footer.addWidget(widget, stretch)
            self._footer_widgets.append(widget)
        else:
            self.footer.insertWidget(self.footer.indexOf(before), widget, stretch)
            self._footer_widgets.insert(self._footer_widgets.index(before), widget)
        self._footer.show()

    @property
    def footer_widgets(self) -> tuple[QWidget, ...]:
        """The widgets of the footer from left to right.

        Not asked of the layout: PySide keeps the wrapper of a layout item after the layout is gone, and gives it for
        whatever Qt next puts at the same address.
        """
        return tuple(self._footer_widgets)

    def add_footer_stretch(self) -> None:
        """Put free room into the footer."""
        self.footer.addStretch(1)
        self._footer.show()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "footer"):
            self._measure()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), theme.color("surface"), theme.color("line"), "radius_card")
        if not self._header.isHidden():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(QPen(theme.color("line"), theme.size("hairline")))
            bottom = self._header.geometry().bottom()
            painter.drawLine(1, bottom, self.width() - 2, bottom)

    def _measure(self) -> None:
        theme = current_theme()
        pad, gap, small = theme.size("pad"), theme.size("gap"), theme.size("gap_small")
        self._header.setMinimumHeight(theme.size("header"))
        side = 1 if self._is_slim else pad
        self.header.setContentsMargins(side, theme.size("gap_tiny"), side, theme.size("gap_tiny"))
        self.header.setSpacing(small)
        self.body.setSpacing(small)
        if self._flush:
            self.body.setContentsMargins(1, 0, 1, theme.size("gap_tiny"))
            self.body.setSpacing(0)
        else:
            self.body.setContentsMargins(pad, gap, pad, gap)
        self.footer.setContentsMargins(pad, theme.em(0.85), pad, theme.em(0.85))
        self.footer.setSpacing(small)
