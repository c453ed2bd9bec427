"""Brings the totals of orders and of each customer's months up to date after their lines have changed."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from app.runtime.cancel import CancelToken, Report

_ORDER_TOTALS = (
    "UPDATE purchase_order SET (qty, amount, line_count) = ("
    "SELECT coalesce(sum(l.qty), 0), coalesce(sum(l.amount), 0), count(*) FROM order_line l "
    "WHERE l.order_id = purchase_order.id) WHERE id "
)
_FORGET_MONTHS = "DELETE FROM customer_month WHERE customer_id = ? AND month >= ?"
_ADD_MONTHS = (
    "INSERT INTO customer_month (customer_id, month, qty, amount, orders, skus) "
    "SELECT o.customer_id, CAST(substr(o.order_date, 1, 4) || substr(o.order_date, 6, 2) AS INTEGER), "
    "sum(l.qty), sum(l.amount), count(DISTINCT o.id), count(DISTINCT l.product_no) "
    "FROM purchase_order o JOIN order_line l ON l.order_id = o.id "
    "WHERE o.customer_id = ? AND o.order_date >= ? GROUP BY 2"
)


def refresh_orders(connection: Connection, first_new: int, stored: Sequence[int]) -> None:
    """Add up the lines of all orders from `first_new` on, and of these stored ones."""
    connection.exec_driver_sql(_ORDER_TOTALS + ">= ?", (first_new,))
    if stored:
        connection.exec_driver_sql(_ORDER_TOTALS + "= ?", [(order_id,) for order_id in stored])


def refresh_months(connection: Connection, since: Mapping[str, str], cancel: CancelToken, report: Report) -> None:
    """Add up the months of these customers again, each from the month of the given day on (as 2022-04-30)."""
    for done, (customer, day) in enumerate(since.items(), 1):
        cancel.check()
        connection.exec_driver_sql(_FORGET_MONTHS, (customer, int(day[:4] + day[5:7])))
        connection.exec_driver_sql(_ADD_MONTHS, (customer, f"{day[:7]}-01"))
        report(done, len(since))
