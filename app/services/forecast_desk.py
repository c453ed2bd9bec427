"""The forecast desk: system values beside the manager's own, corrections with reasons, submission, follow-up."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from app.domain.changes import Changes, Kind
from app.domain.forecasting.arrays import month_number, month_start
from app.domain.playbook import Playbook
from app.domain.problems import Problem, Refusal, RuleError
from app.runtime.cancel import Check, go_on
from app.runtime.clock import Clock
from app.services import forecast_reading, forecast_writing
from app.services.forecast_figures import MonthFigures, kept_of
from app.services.forecast_follow_up import FollowUp
from app.services.forecast_history import points_of, record_of
from app.services.forecast_kinds import ForecastKinds
from app.services.forecast_opportunities import known_opportunities
from app.services.forecast_reading import Entries
from app.services.forecast_run import Run
from app.services.forecast_sheet import Beside, Sheet, a_year_before, known, range_of, scarce_of, unexplained_of
from app.services.forecast_store import ForecastStore
from app.services.forecast_views import (
    UNSAID,
    Cause,
    Corrected,
    Correction,
    DeskView,
    Entry,
    FigureLine,
    KnownOpportunity,
    Point,
    Record,
    ShopsView,
    Total,
    TrackView,
)
from app.services.forecast_writing import said_of
from app.storage.database import Database, cursor_of


class ForecastDesk:
    """What the manager does with forecasts in a month.

    Every method may be called from a worker. The first that needs the system's forecast computes it, which takes
    seconds on a large territory; `is_ready` tells beforehand and `prepare` does it.
    """

    def __init__(self, database: Database, clock: Clock, playbook: Playbook, actor: str = "manager") -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook
        self._actor = actor
        self._store = ForecastStore(database, clock)
        self._follow_up = FollowUp(self._store, playbook.parameters.forecast)
        self.kinds = ForecastKinds(database, self._store, playbook, actor)

    # ---- looking -----------------------------------------------------------------------------------------------------
    def is_ready(self) -> bool:
        """Tell whether the system's forecast for today's orders is there, so that a page opens at once."""
        return self._store.is_ready()

    def prepare(self, check: Check = go_on) -> None:
        """Compute and keep the system's forecast, if it is not there. Raises TooFewMonths, and what `check` raises."""
        self._store.run(check)

    def overview(self, month: date | None = None) -> DeskView:
        """Return a month of the territory; without one the month after today's.

        Raises TooFewMonths, and RuleError with NOT_FOUND for a month that is not forecast.
        """
        run, earlier = self._store.run(), self._store.earlier()
        with self._database.read() as session:
            cursor = cursor_of(session)
            figures, entries = self._figures(cursor, run, month or self._next_month(run))
            sheet = self._sheet(cursor, figures, entries)
            products = sheet.products
            accuracy, f01 = self._follow_up.accuracies(cursor, run, run.last_month)
            submissions = forecast_reading.read_submissions(cursor, figures.month)
            frozen = forecast_reading.read_frozen(cursor, *submissions[-1]) if submissions else None
            before = _told_before(earlier, figures.month)
            if frozen is not None:
                before = {key: frozen.skus.get(key, (0, 0))[1] for key in run.sku_keys}
            allowed = forecast_reading.read_allowed(cursor, figures.month)
            beside = Beside(before, allowed, accuracy, forecast_reading.read_plans(cursor, figures.month))
            rows = sheet.rows(beside, scarce_of(products, self._playbook.enumerations))
            unexplained = unexplained_of(entries, products, forecast_reading.read_shops(cursor))
        return DeskView(
            month=figures.month,
            months=run.months_ahead,
            months_ahead=figures.ahead + 1,
            last_month=run.last_month,
            tracked_month=run.last_month,
            computed_at=run.made_at,
            submission=None if frozen is None else frozen.submission,
            changed_rows=0 if frozen is None else sum(bool(row.changed_since) for row in rows),
            total=_total(figures, f01, beside),
            rows=rows,
            unexplained=unexplained,
        )

    def shops(self, product_id: UUID, month: date) -> ShopsView:
        """Return the shops of a SKU. Raises RuleError with NOT_FOUND, TooFewMonths."""
        run = self._store.run()
        sku = _sku_of(run, product_id)
        with self._database.read() as session:
            cursor = cursor_of(session)
            figures, entries = self._figures(cursor, run, month)
            sheet = self._sheet(cursor, figures, entries)
            accuracy, _ = self._follow_up.accuracies(cursor, run, run.last_month)
            allowed, plans = forecast_reading.read_allowed(cursor, month), forecast_reading.read_plans(cursor, month)
            beside = Beside({}, allowed, accuracy, plans)
            row = sheet.row(sku, beside, scarce_of(sheet.products, self._playbook.enumerations))
            return ShopsView(month, row, sheet.shops(sku, forecast_reading.read_shops(cursor)))

    def history(self, product_id: UUID | None = None, customer_id: UUID | None = None) -> tuple[Point, ...]:
        """Return the months of a SKU, of a SKU at a shop, of a shop, or of the territory, oldest first.

        Raises RuleError with NOT_FOUND.
        """
        run = self._store.run()
        with self._database.read() as session:
            cursor = cursor_of(session)
            months = [self._figures(cursor, run, month)[0] for month in run.months_ahead]
        sku = None if product_id is None else _sku_of(run, product_id)
        shop = None if customer_id is None else _shop_of(run, customer_id)
        return points_of(run, months, sku, shop)

    def record(self, product_id: UUID | None = None, customer_id: UUID | None = None) -> Record:
        """Return how past forecasts did of what `history` shows, beside the plain method. Raises as `history`."""
        run = self._store.run()
        sku = None if product_id is None else _sku_of(run, product_id)
        return record_of(run, sku, None if customer_id is None else _shop_of(run, customer_id))

    def opportunities(self, month: date, customer_id: UUID | None = None) -> tuple[KnownOpportunity, ...]:
        """Return market opportunities to choose from for a month, of a shop or of the territory."""
        with self._database.read() as session:
            return known_opportunities(cursor_of(session), month, customer_id)

    def tracking(self, month: date | None = None, product_id: UUID | None = None) -> TrackView:
        """Return forecast against actual of a whole month; without one the last.

        The shops are those of one SKU where it is named. Raises TooFewMonths, RuleError with NOT_FOUND.
        """
        run = self._store.run()
        wanted = month or run.last_month
        if wanted not in self._follow_up.months(run):
            raise RuleError(Refusal(Problem.NOT_FOUND, "month"))
        with self._database.read() as session:
            cursor = cursor_of(session)
            products, shops = forecast_reading.read_products(cursor), forecast_reading.read_shops(cursor)
            return self._follow_up.view(cursor, run, wanted, products, shops, product_id)

    def own(self, months: int) -> tuple[FigureLine, ...]:
        """Return what counts for each SKU at each shop in the months to come, corrections and all."""
        run = self._store.run()
        found: list[FigureLine] = []
        with self._database.read() as session:
            cursor = cursor_of(session)
            shops = forecast_reading.read_shops(cursor)
            for month in run.months_ahead[:months]:
                found += self._sheet(cursor, *self._figures(cursor, run, month)).lines(shops)
        return tuple(found)

    def submitted(self, months: int) -> tuple[FigureLine, ...]:
        """Return what was submitted last for each of the months that a forecast of today would be about."""
        first = month_number(self._clock.today() + timedelta(days=1))
        with self._database.read() as session:
            cursor = cursor_of(session)
            found = [forecast_reading.read_submitted(cursor, month_start(first + ahead)) for ahead in range(months)]
        return tuple(line for lines in found for line in lines)

    def rest(self) -> None:
        """Let go of the system's forecast where nobody asked for it since the last call; reading it takes a moment."""
        self._store.rest()

    # ---- saying ------------------------------------------------------------------------------------------------------
    def correct(self, month: date, product_id: UUID, customer_id: UUID | None, correction: Correction) -> Corrected:
        """Set the manager's own figure; `correction.model_value` is filled here, the reason may follow until `submit`.

        A SKU's total is spread over its shops but for those set by hand; a shop's figure moves the total. Raises
        RuleError: REASON_MISSING for a reason that is not in the list `forecast_reason`, BAD_VALUE for a figure below
        zero or below what single shops were given by hand, NOT_FOUND.
        """
        run = self._store.run()
        self._refuse(correction)
        with self._database.write(self._actor, "forecast") as session:
            figures, entries = self._figures(cursor_of(session), run, month)
            if customer_id is None:
                changes = self._of_total(figures, product_id, correction)
            else:
                changes = self._of_shop(figures, entries, product_id, customer_id, correction)
            return _apply(session, figures, entries, changes)

    def take_back(self, month: date, product_id: UUID, customer_id: UUID | None = None) -> Corrected:
        """Let the system's figure count again. Raises RuleError with NOT_FOUND where nothing was corrected."""
        run = self._store.run()
        with self._database.write(self._actor, "forecast") as session:
            figures, entries = self._figures(cursor_of(session), run, month)
            if said_of(entries, product_id, customer_id) is None:
                raise RuleError(Refusal(Problem.NOT_FOUND, "forecast_entry"))
            return _apply(session, figures, entries, [Entry(month, product_id, customer_id, None)])

    def undo(self, done: Corrected) -> Corrected:
        """Put back what stood before a correction; what it returns does it again."""
        if not done.before:
            return done
        run = self._store.run()
        with self._database.write(self._actor, "forecast") as session:
            figures, entries = self._figures(cursor_of(session), run, done.before[0].month)
            return _apply(session, figures, entries, done.before)

    def submit(self, month: date) -> int:
        """Freeze the month as it stands and queue it for head office; return its version, which only rises.

        Raises RuleError: REASON_MISSING for each correction that does not say why, ALREADY_COMPLETED where nothing
        changed since the newest version.
        """
        run = self._store.run()
        now = self._clock.now()
        with self._database.write(self._actor, "forecast") as session:
            cursor = cursor_of(session)
            figures, entries = self._figures(cursor, run, month)
            lacking = unexplained_of(
                entries, forecast_reading.read_products(cursor), forecast_reading.read_shops(cursor)
            )
            if lacking:
                raise RuleError(*(Refusal(Problem.REASON_MISSING, one.product) for one in lacking))
            submissions = forecast_reading.read_submissions(cursor, month)
            if submissions and _is_same(figures, forecast_reading.read_frozen(cursor, *submissions[-1])):
                raise RuleError(Refusal(Problem.ALREADY_COMPLETED, "forecast"))
            version = submissions[-1][1].version + 1 if submissions else 1
            forecast_writing.put_submission(session, figures, entries, version, now)
            session.flush()
            self._store.keep(cursor, month, kept_of(figures, version, now))
        return version

    def set_cause(
        self, month: date, code: str | None, note: str = "", *, product_id: UUID | None = None,
        customer_id: UUID | None = None,
    ) -> Changes:  # fmt: skip
        """Note why the forecast of a SKU or a shop missed; None takes the cause away.

        Raises RuleError with CAUSE_MISSING for a code that is not in the list `forecast_cause`.
        """
        causes = self._playbook.enumerations["forecast_cause"]
        if code is not None and not any(code == one.code for group in causes.choices for one in group.details):
            raise RuleError(Refusal(Problem.CAUSE_MISSING, code))
        with self._database.write(self._actor, "forecast") as session:
            cause = None if code is None else Cause(code, note)
            forecast_writing.put_cause(session, month, cause, product_id, customer_id)
        return Changes.of(Kind.FORECAST)

    # ---- within ------------------------------------------------------------------------------------------------------
    def _figures(self, cursor: Any, run: Run, month: date) -> tuple[MonthFigures, Entries]:
        ahead = run.ahead(month)
        if ahead is None or month.day != 1:
            raise RuleError(Refusal(Problem.NOT_FOUND, "month"))
        entries = forecast_reading.read_entries(cursor, month)
        of_skus = {key: said.value for key, said in entries.of_skus.items()}
        of_shops = {key: {shop: said.value for shop, said in shops.items()} for key, shops in entries.of_shops.items()}
        return MonthFigures(run, month, ahead, of_skus, of_shops), entries

    def _sheet(self, cursor: Any, figures: MonthFigures, entries: Entries) -> Sheet:
        products, kinds = forecast_reading.read_products(cursor), forecast_reading.read_kinds(cursor)
        return Sheet(figures, entries, products, kinds, self._playbook.parameters.forecast)

    def _next_month(self, run: Run) -> date:
        """Return the month after today's, which is the one that is forecast now."""
        today = self._clock.today()
        after = month_start(today.year * 12 + today.month)
        return after if run.ahead(after) is not None else run.months_ahead[0]

    def _refuse(self, correction: Correction) -> None:
        refusals = []
        if correction.reason != UNSAID and correction.reason not in self._playbook.enumerations["forecast_reason"]:
            refusals.append(Refusal(Problem.REASON_MISSING, "reason"))
        if correction.value < 0:
            refusals.append(Refusal(Problem.BAD_VALUE, "manager_value"))
        if refusals:
            raise RuleError(*refusals)

    @staticmethod
    def _of_total(figures: MonthFigures, product_id: UUID, correction: Correction) -> Iterable[Entry]:
        sku = _sku_of(figures.run, product_id)
        if correction.value < sum(figures.own_of(sku).values()):
            raise RuleError(Refusal(Problem.BAD_VALUE, "below_shops"))
        model = known(figures.run.skus.expected[sku, figures.ahead]) or 0.0
        return [Entry(figures.month, product_id, None, replace(correction, model_value=model))]

    @staticmethod
    def _of_shop(
        figures: MonthFigures, entries: Entries, product_id: UUID, customer_id: UUID, correction: Correction
    ) -> Iterable[Entry]:
        run = figures.run
        sku, shop = _sku_of(run, product_id), _shop_of(run, customer_id)
        told = figures.spread_of(sku)
        final = dict(zip(told.shops, told.final, strict=True))
        pair = run.pair_of(sku, shop)
        model = 0.0 if pair is None else known(run.pairs.expected[pair, figures.ahead]) or 0.0
        changes = [Entry(figures.month, product_id, customer_id, replace(correction, model_value=model))]
        total = said_of(entries, product_id, None)
        if total is not None:
            moved = total.value + correction.value - final.get(customer_id.hex, 0)
            changes.append(Entry(figures.month, product_id, None, replace(total, value=moved)))
        return changes


def _apply(session: Session, figures: MonthFigures, entries: Entries, changes: Iterable[Entry]) -> Corrected:
    before: list[Entry] = []
    for entry in changes:
        before.append(replace(entry, correction=said_of(entries, entry.product_id, entry.customer_id)))
        forecast_writing.put_entry(session, entry, _shown(figures, entry))
    return Corrected(Changes.of(Kind.FORECAST, *{entry.product_id for entry in before}), tuple(before))


def _shown(figures: MonthFigures, entry: Entry) -> tuple[float | None, float | None, str | None]:
    run = figures.run
    sku = _sku_of(run, entry.product_id)
    if entry.customer_id is None:
        return (*range_of(run.skus, sku, figures.ahead), "sum")
    shop = run.shop_at.get(entry.customer_id.hex)
    pair = None if shop is None else run.pair_of(sku, shop)
    if pair is None:
        return None, None, None
    return (*range_of(run.pairs, pair, figures.ahead), run.models[run.pair_models[pair]])


def _sku_of(run: Run, product_id: UUID) -> int:
    if product_id.hex not in run.sku_at:
        raise RuleError(Refusal(Problem.NOT_FOUND, "product"))
    return run.sku_at[product_id.hex]


def _shop_of(run: Run, customer_id: UUID) -> int:
    if customer_id.hex not in run.shop_at:
        raise RuleError(Refusal(Problem.NOT_FOUND, "customer"))
    return run.shop_at[customer_id.hex]


def _told_before(earlier: Run | None, month: date) -> dict[str, int]:
    ahead = None if earlier is None else earlier.ahead(month)
    if earlier is None or ahead is None:
        return {}
    return {
        key: round(known(value) or 0.0)
        for key, value in zip(earlier.sku_keys, earlier.skus.expected[:, ahead], strict=True)
    }


def _is_same(figures: MonthFigures, frozen: forecast_reading.Frozen) -> bool:
    run = figures.run
    now = {key: int(value) for key, value in zip(run.sku_keys, figures.final_totals, strict=True) if value}
    then = {key: final for key, (_, final) in frozen.skus.items() if final}
    own = {
        (key, shop): value for key in figures.of_shops if key in run.sku_at
        for shop, value in figures.own_of(run.sku_at[key]).items()
    }  # fmt: skip
    return now == then and own == frozen.shops


def _total(figures: MonthFigures, f01: float | None, beside: Beside) -> Total:
    run = figures.run
    low, high = range_of(run.total, 0, figures.ahead)
    demand = run.demand.sum(axis=0, dtype=np.int64)
    return Total(
        last_month=int(demand[-1]),
        same_month_last_year=a_year_before(run, demand, figures.month),
        model_value=int(figures.model_totals.sum()),
        low=low,
        high=high,
        final_value=int(figures.final_totals.sum()),
        past_error=known(run.total.error[0]),
        plain_error=known(run.total.plain_error[0]),
        last_accuracy=f01,
        allowed=sum(beside.allowed.values()) if beside.allowed else None,
        plan=beside.plans.get(""),
    )
