"""Cuts the demo territory out of the public Iowa data, byte for byte the same each time.

Run it from the project folder, with the public data set beside the project or at the folder given:

    python tools/extract_sample.py [IOWA_FOLDER]

It writes `resources/sample_data/{stores,products,orders}.csv.gz` with the columns of the source. What is taken:
territory T3; its stores that have coordinates and ordered in the last 24 months; the 150 items with the most bottles
in that time (ties by item number); the lines of these stores and items in that time. Nothing is changed or invented.
"""

import csv
import gzip
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1]
_SOURCE = _PROJECT.parent / "shared" / "data" / "iowa"
_TARGET = _PROJECT / "resources" / "sample_data"
_TERRITORY = "T3"
_ITEMS = 150
_FIRST_DAY = date(2020, 5, 1).isoformat()  # the data end on 2022-04-30: 24 months


def _rows(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def _table(path: Path) -> tuple[list[str], list[list[str]]]:
    header, *rows = _rows(path)
    return header, rows


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", compresslevel=9, fileobj=raw, mtime=0) as packed:
        packed.write(text.getvalue().encode("utf-8"))


def _best_selling(header: Sequence[str], lines: Iterable[Sequence[str]]) -> frozenset[str]:
    item, bottles = header.index("item_no"), header.index("bottles")
    sold: Counter[str] = Counter()
    for line in lines:
        sold[line[item]] += int(line[bottles])
    return frozenset(sorted(sold, key=lambda number: (-sold[number], number))[:_ITEMS])


def extract(source: Path, target: Path) -> dict[str, int]:
    """Write the three files and return how many rows each has."""
    store_header, stores = _table(source / "stores.csv.gz")
    column = {name: place for place, name in enumerate(store_header)}
    placed = {
        row[column["store_no"]] for row in stores if row[column["territory"]] == _TERRITORY and row[column["lat"]]
    }
    order_header, all_lines = _table(source / f"orders_{_TERRITORY}.csv.gz")
    day, store, item = (order_header.index(name) for name in ("order_date", "store_no", "item_no"))
    lines = [line for line in all_lines if line[day] >= _FIRST_DAY and line[store] in placed]
    items = _best_selling(order_header, lines)
    lines = [line for line in lines if line[item] in items]
    ordering = {line[store] for line in lines}
    product_header, products = _table(source / "products.csv.gz")
    target.mkdir(parents=True, exist_ok=True)
    stores = [row for row in stores if row[column["store_no"]] in ordering]
    products = [row for row in products if row[product_header.index("item_no")] in items]
    _write(target / "stores.csv.gz", store_header, stores)
    _write(target / "products.csv.gz", product_header, products)
    _write(target / "orders.csv.gz", order_header, lines)
    return {"stores": len(stores), "products": len(products), "orders": len(lines)}


if __name__ == "__main__":
    counts = extract(Path(sys.argv[1]) if len(sys.argv) > 1 else _SOURCE, _TARGET)
    for name, count in counts.items():
        size = (_TARGET / f"{name}.csv.gz").stat().st_size
        print(f"{name}.csv.gz: {count} rows, {size} bytes")
