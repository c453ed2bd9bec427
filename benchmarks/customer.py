"""Opening a customer with 36 months of history in the real window: from the wish to the painted profile."""

import statistics
from uuid import UUID

from app.storage.database import connect
from app.ui.pages.customers.customers_page import CustomersPage
from benchmarks.measuring import Figure, ms, seconds
from benchmarks.painting import WindowWatch
from benchmarks.stores import open_stage, t1_to_write

_TURNS = 7
_GOAL = 0.150
_SHOPS = """
SELECT customer_id, sum(line_count) AS lines FROM purchase_order
GROUP BY customer_id HAVING min(order_date) < '2019-06-01' ORDER BY lines
"""
_LINES = """
SELECT o.order_date, l.product_no, l.qty, l.amount FROM purchase_order o JOIN order_line l ON l.order_id = o.id
WHERE o.customer_id = ? ORDER BY o.order_date
"""


def measure() -> list[Figure]:
    """Return one figure for the median, the 90th percentile and the largest shop by order lines."""
    folder = t1_to_write()
    stage = open_stage(folder)
    application = stage.desk.application
    assert application is not None
    bare = connect(folder.store, application.database.key)
    shops = bare.execute(_SHOPS).fetchall()
    page = stage.go("customers")
    assert isinstance(page, CustomersPage)
    model = page._profile  # noqa: SLF001 - when the profile is there, only the model knows
    watch = WindowWatch(stage.window)

    def opened(shop: UUID) -> float:
        took = watch.seconds_until_drawn(
            lambda: stage.workspace.open_customer(shop), lambda: model.customer_id == shop and model.profile is not None
        )
        stage.settle()
        return took

    figures: list[Figure] = []
    opened(_id(shops[0][0]))
    for name, place in (("median", 0.5), ("90th percentile", 0.9), ("largest", 1.0)):
        at = min(len(shops) - 1, round(place * (len(shops) - 1)))
        (shop, lines), (other, _) = shops[at], shops[0]
        ours: list[float] = []
        plain: list[float] = []
        for _ in range(_TURNS):
            plain.append(seconds(lambda key=shop: bare.execute(_LINES, (key,)).fetchall()))
            opened(_id(other))
            ours.append(opened(_id(shop)))
        mine, baseline = statistics.median(ours), statistics.median(plain)
        figures.append(
            Figure(f"open a customer, {name} shop of T1 ({lines:,} order lines)", ms(mine),
                   f"{ms(baseline)}, its order lines by bare SQL", f"{mine / baseline:.2f}", "≤ 150 ms", mine <= _GOAL)
        )  # fmt: skip
    bare.close()
    stage.close()
    return figures


def _id(stored: str | bytes) -> UUID:
    return UUID(bytes=stored) if isinstance(stored, bytes) else UUID(stored)
