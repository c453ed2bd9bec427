"""Keeps the system's forecast on this laptop: made once for the orders that are here, read at once the next time."""

import io
import logging
import zlib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any

import numpy as np

from app import __version__
from app.domain.forecasting.arrays import month_label, month_number
from app.domain.forecasting.engine import HORIZON, forecast_market
from app.runtime.cancel import Check, go_on
from app.runtime.clock import Clock
from app.services.forecast_figures import KeptMonth, MonthFigures, kept_of
from app.services.forecast_run import Run, dump_run, load_run, make_run, without_pairs
from app.services.market_reading import read_market
from app.storage.database import Database, cursor_of
from app.storage.row_writer import stamp

log = logging.getLogger(__name__)

_LOOK_EVERY = 0.2
"""Seconds after which who waits for another's work looks whether it is still wanted."""
_RUNS = 2
"""The newest, and the one of the month before it, to see what changed."""
_KEPT_MONTHS = 25
_TOLD_AHEAD = 2
"""A month is forecast in the month before it: what is told for this one and the next is kept."""
_ONLY_NEWEST = (
    "DELETE FROM forecast_run WHERE as_of NOT IN (SELECT as_of FROM forecast_run ORDER BY as_of DESC LIMIT ?)"
)
_VERSION = """
SELECT (SELECT count(*) || ':' || coalesce(max(id), 0) || ':' || coalesce(sum(qty), 0) || ':'
               || coalesce(sum(amount), 0) || ':' || coalesce(sum(line_count), 0)
        FROM purchase_order WHERE order_date < ?),
       (SELECT count(*) FROM customer), (SELECT count(*) FROM product)
"""
_FORM = f"2:{__version__}"
"""Of what is kept: another form, or another program, computes anew."""


class ForecastStore:
    """The runs and the kept months of one store; may be asked from several threads."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._making = Lock()
        self._held: tuple[date, str, Run] | None = None
        self._earlier: tuple[date, Run | None] | None = None
        self._is_wanted = False
        """whether somebody asked for the run since the last `rest`"""

    def is_ready(self) -> bool:
        """Tell whether the run for today's orders is there."""
        as_of, version = self._wanted()
        if self._is_held(as_of, version):
            return True
        with self._database.read() as session:
            found = cursor_of(session).execute(
                "SELECT 1 FROM forecast_run WHERE as_of = ? AND data_version = ?", (as_of.isoformat(), version)
            )
            return found.fetchone() is not None

    def run(self, check: Check = go_on) -> Run:
        """Return the run for today's orders, making it if need be. Raises TooFewMonths, and what `check` raises.

        `check` is called while it is made and while somebody else makes it; nothing is kept of what it stops.
        """
        with self._alone(check):
            self._is_wanted = True
            as_of, version = self._wanted()
            if self._held is not None and self._is_held(as_of, version):
                return self._held[2]
            run = self._read(as_of, version) or self._make(as_of, version, check)
            self._held = (as_of, version, run)
            return run

    def rest(self) -> None:
        """Let go of the run, tens of megabytes, where nobody asked for it since the last call; it is read anew."""
        if self._making.acquire(blocking=False):
            try:
                if not self._is_wanted:
                    self._held = None
                self._is_wanted = False
            finally:
                self._making.release()

    @contextmanager
    def _alone(self, check: Check) -> Generator[None]:
        while not self._making.acquire(timeout=_LOOK_EVERY):
            check()
        try:
            yield
        finally:
            self._making.release()

    def earlier(self) -> Run | None:
        """Return the newest run of an earlier month, without what it told of single shops."""
        as_of, _ = self._wanted()
        if self._earlier is None or self._earlier[0] != as_of:
            with self._database.read() as session:
                found = cursor_of(session).execute(
                    "SELECT content FROM forecast_run WHERE as_of < ? ORDER BY as_of DESC LIMIT 1", (as_of.isoformat(),)
                )
                row = found.fetchone()
            run = None if row is None else _loaded(row[0])
            self._earlier = (as_of, None if run is None else without_pairs(run))
        return self._earlier[1]

    def kept(self, cursor: Any, month: date) -> KeptMonth | None:
        """Return what was kept for a month."""
        row = cursor.execute(
            "SELECT made_at, based_on, version, content FROM forecast_kept WHERE month = ?", (month.isoformat(),)
        ).fetchone()
        return None if row is None else _unpack(*row)

    def keep(self, cursor: Any, month: date, kept: KeptMonth) -> None:
        """Keep what was told for a month; it takes the place of what was kept before."""
        cursor.execute(
            "INSERT OR REPLACE INTO forecast_kept (month, made_at, based_on, version, content) VALUES (?, ?, ?, ?, ?)",
            (month.isoformat(), stamp(kept.made_at), kept.based_on.isoformat(), kept.version, _pack(kept)),
        )

    def _wanted(self) -> tuple[date, str]:
        """Return the first month ahead and what the orders before it are known by."""
        today = self._clock.today()
        as_of = (today + timedelta(days=1)).replace(day=1)  # the last day of a month closes it
        with self._database.read() as session:
            told = cursor_of(session).execute(_VERSION, (as_of.isoformat(),)).fetchone()
        return as_of, ":".join([_FORM, *map(str, told)])

    def _is_held(self, as_of: date, version: str) -> bool:
        held = self._held  # another thread may let go of it
        return held is not None and held[:2] == (as_of, version)

    def _read(self, as_of: date, version: str) -> Run | None:
        with self._database.read() as session:
            found = cursor_of(session).execute(
                "SELECT content FROM forecast_run WHERE as_of = ? AND data_version = ?", (as_of.isoformat(), version)
            )
            row = found.fetchone()
        return None if row is None else _loaded(row[0])

    def _make(self, as_of: date, version: str, check: Check) -> Run:
        with self._database.read() as session:
            cursor = cursor_of(session)
            read = read_market(cursor, self._clock.today(), check)
            run = make_run(cursor, read, forecast_market(read.market, HORIZON, check=check), self._clock.now())
        check()
        content = dump_run(run)
        told = {
            month: kept_of(MonthFigures(run, month, ahead, {}, {}), 0, run.made_at)
            for ahead, month in enumerate(run.months_ahead[:_TOLD_AHEAD])
        }
        with self._database.note() as cursor:
            cursor.execute(
                "INSERT OR REPLACE INTO forecast_run (as_of, data_version, made_at, content) VALUES (?, ?, ?, ?)",
                (as_of.isoformat(), version, stamp(run.made_at), content),
            )
            cursor.execute(_ONLY_NEWEST, (_RUNS,))
            self._keep_first(cursor, run, told)
        return run

    def _keep_first(self, cursor: Any, run: Run, told: Mapping[date, KeptMonth]) -> None:
        """Keep what is told for months for which nothing was told yet; what is too old goes.

        Where there are orders of a later month the day is a past one, and this was not told then.
        """
        newest = cursor.execute("SELECT max(order_date) FROM purchase_order").fetchone()[0]
        if newest >= run.months_ahead[1].isoformat():
            return
        for month, kept in told.items():
            if cursor.execute("SELECT 1 FROM forecast_kept WHERE month = ?", (month.isoformat(),)).fetchone() is None:
                self.keep(cursor, month, kept)
        oldest = month_number(run.last_month) - _KEPT_MONTHS
        cursor.execute("DELETE FROM forecast_kept WHERE month < ?", (f"{month_label(oldest)}-01",))


def _loaded(content: bytes) -> Run | None:
    """Return a run that was kept; None where it cannot be read, so that it is made anew."""
    try:
        return load_run(content)
    except (ValueError, KeyError, OSError, zlib.error, EOFError) as error:
        log.warning("a kept forecast cannot be read: %s", type(error).__name__)
        return None


def _pack(kept: KeptMonth) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(
        file,
        shops=np.array(kept.shops, "U32"),
        skus=np.array(kept.skus, "U32"),
        figures=np.stack([kept.at_shop, kept.at_sku, kept.model, kept.final]).astype(np.int32),
    )
    return file.getvalue()


def _unpack(made_at: str, based_on: str, version: int, content: bytes) -> KeptMonth:
    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        shops, skus, figures = held["shops"], held["skus"], held["figures"]
    moment = datetime.fromisoformat(made_at).replace(tzinfo=UTC)
    return KeptMonth(
        moment, date.fromisoformat(based_on), version, tuple(shops.tolist()), tuple(skus.tolist()), *figures
    )
