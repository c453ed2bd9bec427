"""The figures of a whole month of T1 with the shops behind them: from the wish to the data of the page."""

from datetime import date

from app.storage.database import connect
from benchmarks.measuring import Figure, in_turns, ms, seconds
from benchmarks.territory import open_t1

_TURNS = 7
_MONTH = date(2022, 3, 1)
_GOAL = 1.0
_LINES = """
SELECT o.customer_id, l.product_no, l.qty, l.amount FROM purchase_order o CROSS JOIN order_line l ON l.order_id = o.id
WHERE o.order_date BETWEEN '2022-02-01' AND '2022-03-31' OR o.order_date BETWEEN '2021-03-01' AND '2021-03-31'
"""


def measure() -> list[Figure]:
    """Return the time of a month without its forecast, which the page reads afterwards."""
    application = open_t1()
    bare = connect(application.folder.store, application.database.key)
    kpis = application.kpis
    lines = len(bare.execute(_LINES).fetchall())
    mine, plain = in_turns(
        lambda: seconds(lambda: kpis.month(_MONTH, with_forecast=False)),
        lambda: seconds(lambda: bare.execute(_LINES).fetchall()),
        _TURNS,
    )
    bare.close()
    return [
        Figure(f"the figures of a month of T1 ({lines:,} order lines)", ms(mine),
               f"{ms(plain)}, those lines by bare SQL", f"{mine / plain:.1f}", "≤ 1 s", mine <= _GOAL)
    ]  # fmt: skip
