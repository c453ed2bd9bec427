"""Two kinds of brand and two kinds of shop: which need asking, why, and the manager's own word on it."""

from uuid import UUID

from app.domain.changes import Changes, Kind
from app.domain.forecast_process import Kinded, Steadiness
from app.domain.forecasting.arrays import YEAR, Ints
from app.domain.playbook import Playbook
from app.domain.problems import Problem, Refusal, RuleError
from app.services import forecast_reading, forecast_writing
from app.services.forecast_figures import MonthFigures
from app.services.forecast_reading import Entries
from app.services.forecast_sheet import Sheet, scarce_of
from app.services.forecast_store import ForecastStore
from app.services.forecast_views import VAGUE, KindRow, KindsView, SaidKind
from app.storage.database import Database, cursor_of


class ForecastKinds:
    """Tells the kinds from the system's forecast, and keeps what the manager says of them."""

    def __init__(self, database: Database, store: ForecastStore, playbook: Playbook, actor: str) -> None:
        self._database = database
        self._store = store
        self._playbook = playbook
        self._actor = actor

    def view(self) -> KindsView:
        """Return every brand and shop with demand in the last twelve months, or with a kind given by hand.

        Raises TooFewMonths.
        """
        run = self._store.run()
        with self._database.read() as session:
            cursor = cursor_of(session)
            products, said = forecast_reading.read_products(cursor), forecast_reading.read_kinds(cursor)
            shops = forecast_reading.read_shops(cursor)
        nothing = MonthFigures(run, run.months_ahead[0], 0, {}, {})
        sheet = Sheet(nothing, Entries({}, {}), products, said, self._playbook.parameters.forecast)
        scarce = scarce_of(products, self._playbook.enumerations)
        stand_ins = sheet.stand_ins(scarce)
        brands = [
            _row(sheet.kind_of_brand(sku, scarce, stand_ins), UUID(key), None, _named(products[key]),
                 run.sku_demand[sku], said.get(key))
            for sku, key in enumerate(run.sku_keys)
            if key in products and (key in said or run.sku_demand[sku, -YEAR:].any())
        ]  # fmt: skip
        of_shops = [
            _row(sheet.kind_of_shop(key), None, UUID(key), (shops[key].code, shops[key].name, ""),
                 run.shop_demand[at], said.get(key))
            for at, key in enumerate(run.shop_keys)
            if key in shops and (key in said or run.shop_demand[at, -YEAR:].any())
        ]  # fmt: skip
        return KindsView(_largest_first(brands), _largest_first(of_shops))

    def say(
        self, said: SaidKind | None, product_id: UUID | None = None, customer_id: UUID | None = None
    ) -> tuple[SaidKind | None, Changes]:
        """Say what kind a brand or a shop is, whatever the rules say; None leaves it to the rules again.

        Returns what stood before, with which it is taken back. Raises RuleError: BAD_VALUE unless just one of brand and
        shop is named, REASON_MISSING without a reason of the list `forecast_reason`, or for "other" without a note.
        """
        if (product_id is None) == (customer_id is None):
            raise RuleError(Refusal(Problem.BAD_VALUE, "kind"))
        if said is not None and not says_why(said, self._playbook):
            raise RuleError(Refusal(Problem.REASON_MISSING, "reason"))
        return self._put(said, product_id, customer_id)

    def restore(
        self, said: SaidKind | None, product_id: UUID | None = None, customer_id: UUID | None = None
    ) -> tuple[SaidKind | None, Changes]:
        """Put back what stood before, as it stood."""
        return self._put(said, product_id, customer_id)

    def _put(
        self, said: SaidKind | None, product_id: UUID | None, customer_id: UUID | None
    ) -> tuple[SaidKind | None, Changes]:
        key = product_id or customer_id
        with self._database.write(self._actor, "forecast") as session:
            before = forecast_reading.read_kinds(cursor_of(session)).get("" if key is None else key.hex)
            forecast_writing.put_kind(session, said, product_id, customer_id)
        return before, Changes.of(Kind.FORECAST)


def says_why(said: SaidKind, playbook: Playbook) -> bool:
    """Tell whether a kind given by hand comes with a reason."""
    if said.reason not in playbook.enumerations["forecast_reason"]:
        return False
    return said.reason != VAGUE or bool(said.note.strip())


def _named(product: forecast_reading.ReadProduct) -> tuple[str, str, str]:
    return product.code, product.name, product.group


def _row(
    kinded: Kinded, product_id: UUID | None, customer_id: UUID | None, named: tuple[str, str, str], months: Ints,
    said: SaidKind | None,
) -> KindRow:  # fmt: skip
    ruled = Steadiness.DIFFICULT if kinded.signs else Steadiness.STABLE
    return KindRow(product_id, customer_id, *named, kinded, ruled, float(months[-YEAR:].mean()), said)


def _largest_first(rows: list[KindRow]) -> tuple[KindRow, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.monthly, row.code)))
