"""The shops that lie near the visit looked at and have none on its day: one is put in at the cheapest place."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.services.day_places import NearShop
from app.ui.look.formats import format_number, format_short_date, weekday_name
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.list_rows import KEY_ROLE, ListRow, ListRowModel, make_list_view


class NearbyDialog(QDialog):
    """Enter or a double click puts a shop into the day."""

    def __init__(self, model: PlanViewModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("nearbyDialog")
        self._model = model
        self._day = model.spot.day
        self._build()
        self._list.activated.connect(self._on_chosen)
        self._put.clicked.connect(self._on_put)
        self._close.clicked.connect(self.reject)
        near = None if model.stop is None else model.stop.customer_id
        work = partial(model.day_service.nearby, self._day, near)
        model.tasks.run(work, owner=self, done=self._on_read)

    def _build(self) -> None:
        theme = current_theme()
        title = self.tr("Drop in nearby")
        self.setWindowTitle(title)
        day = f"{format_short_date(self._day)} {weekday_name(self._day, current_language())}"
        words = self.tr("Shops without a visit on %1, the nearest first").replace("%1", day)
        self._hint = TextLabel(words, "muted", wrap=True)
        self._rows = ListRowModel(self)
        self._list = make_list_view()
        self._list.setModel(self._rows)
        self._list.setObjectName("nearbyList")
        self._list.setAccessibleName(words)
        self._put, self._close = Button(self.tr("Put into the day"), "primary"), Button(self.tr("Close"))
        self._put.setObjectName("nearbyPut")
        self._put.setEnabled(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._close)
        foot.addWidget(self._put)
        whole = QVBoxLayout(self)
        side = theme.size("pad")
        whole.setContentsMargins(side, side, side, side)
        whole.setSpacing(theme.size("gap"))
        whole.addWidget(TextLabel(title, "title"))
        whole.addWidget(self._hint)
        whole.addWidget(self._list, 1)
        whole.addLayout(foot)
        self.resize(theme.em(34), theme.em(34))

    def _on_read(self, shops: tuple[NearShop, ...]) -> None:
        self._rows.set_rows([self._row(shop) for shop in shops])
        self._put.setEnabled(bool(shops))
        if shops:
            self._list.setCurrentIndex(self._rows.index(0))
            self._list.setFocus()
        else:
            self._hint.setText(self.tr("No shop without a visit on this day is known nearby."))

    def _row(self, shop: NearShop) -> ListRow:
        km = "" if shop.km is None else self.tr("%1 km").replace("%1", format_number(shop.km))
        last = self.tr("last visit %1").replace("%1", format_short_date(shop.last_visit))
        return ListRow(str(shop.customer_id), shop.name, last if shop.last_visit else self.tr("no visit yet"), km)

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        self._model.drop_in(UUID(index.data(KEY_ROLE)))
        self.accept()

    @Slot()
    def _on_put(self) -> None:
        index = self._list.currentIndex()
        if index.isValid():
            self._on_chosen(index)
