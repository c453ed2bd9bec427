"""A street of six shops whose assortments are known, for what is said about what to add, drop or take instead."""

from datetime import date, timedelta
from uuid import UUID

from app.models.customer import Customer
from app.models.trade import Allocation, Product
from app.models.visit import StockCount
from app.storage.database import Database
from tests.builders import a_customer, a_product, a_visit, an_order

DAY = date(2022, 4, 29)  # a Friday
STAPLE, COMMON, RARE, OLD, FORMER = range(1, 6)


class Street:
    """Six shops that order on Fridays; all but the first sell COMMON, and the first bought OLD until last year."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.deliver(source="trade") as session:
            shops = [a_customer(session, f"C{n}", order_weekday=5) for n in range(6)]
            skus = {n: a_product(session, n, price_class="1", wholesale_price=20000 + 500 * n) for n in range(1, 6)}
            for week in range(1, 20):
                day = DAY - timedelta(days=7 * week)
                for number, shop in enumerate(shops):
                    lines = {skus[STAPLE]: 4}
                    lines |= {skus[COMMON]: number, skus[RARE]: 1} if number and number < 5 else {}
                    lines |= {skus[OLD]: 3} if number == 0 and week > 14 else {}
                    an_order(session, shop, day, lines)
            an_order(session, shops[0], DAY - timedelta(days=600), {skus[FORMER]: 9})
            self.shop = shops[0].id
            self.skus = {number: sku.id for number, sku in skus.items()}

    def allow(self, **allowed: int) -> None:
        with self.database.deliver(source="trade") as session:
            for name, quantity in allowed.items():
                session.add(
                    Allocation(
                        customer_id=self.shop,
                        product_id=self.skus[globals()[name.upper()]],
                        valid_from=DAY,
                        valid_to=DAY + timedelta(days=7),
                        allowed=quantity,
                    )
                )

    def change(self, number: int, **values: object) -> None:
        with self.database.deliver(source="trade") as session:
            sku = session.get_one(Product, self.skus[number])
            for key, value in values.items():
                setattr(sku, key, value)

    def count(self, number: int, on_hand: int, days_ago: int = 0) -> UUID:
        with self.database.deliver(source="trade") as session:
            visit = a_visit(session, session.get_one(Customer, self.shop), DAY - timedelta(days=days_ago))
            session.add(StockCount(visit_id=visit.id, product_id=self.skus[number], on_hand=on_hand))
            return visit.id
