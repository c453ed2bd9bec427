"""Takes away rows that left this manager or were deleted, with what hangs off them; never what waits to go up."""

# ruff: noqa: S608  names of tables and columns come from our own mapped classes, values are always bound

import json
from collections import defaultdict
from collections.abc import Set as AbstractSet
from typing import Any

from app.storage.row_writer import stamp
from app.sync.holding import Held, rows_that_stay
from app.sync.orders import order_values, remove_orders
from app.sync.rows import DELETED, RowStore
from app.sync.shapes import ORDER, Shape, hex_of, key_of, rules, shapes


def remove_gone(store: RowStore) -> None:
    """Remove every row whose scope says that it is to go, children before parents; what cannot go yet stays marked."""
    going: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table, key, scope in store.cursor.execute("SELECT tbl, pk, scope FROM row_state WHERE scope IN ('', '-')"):
        going[table].append((key, scope))
    remover = _Remover(store, rows_that_stay(store.cursor, store.now) if going else frozenset())
    for table in reversed(list(rules())):
        remover.remove_rows(table, going[table])
    store.cursor.execute(
        "DELETE FROM quarantine_row WHERE NOT EXISTS (SELECT 1 FROM row_state r WHERE r.tbl = quarantine_row.tbl"
        " AND r.pk = quarantine_row.pk AND r.scope NOT IN ('', '-'))"
    )


def wire_values(cursor: Any, table: str, key: str) -> dict[str, Any] | None:
    """Return a row of the store as the wire carries it, None where there is none."""
    if table == ORDER:
        return order_values(cursor, key)
    shape = shapes()[table]
    found = cursor.execute(f'SELECT * FROM "{table}" WHERE id = ?', (hex_of(key),))
    names = [column[0] for column in found.description]
    row = found.fetchone()
    if row is None:
        return None
    return {n: shape.told(n, value) for n, value in zip(names, row, strict=True) if n not in shape.stays}


class _Remover:
    """Removes rows one table after another."""

    def __init__(self, store: RowStore, stays: AbstractSet[Held] = frozenset()) -> None:
        self._store = store
        self._stays = stays
        self._cursor = store.cursor
        self._changed = store.changed

    def remove_rows(self, table: str, found: list[tuple[str, str]]) -> None:
        shape = shapes()[table]
        gone = [key for key, scope in found if self._remove(shape, key, scope)]
        self._cursor.executemany(
            "DELETE FROM row_state WHERE tbl = ? AND pk = ?", [(table, key) for key in gone]
        )  # fmt: skip

    def _remove(self, shape: Shape, key: str, scope: str) -> bool:
        """Remove one row, if nothing of it waits to go up; one that was deleted stays for what hangs off it."""
        held = key if shape.name == ORDER else hex_of(key)
        if (shape.name, held) in self._stays:
            # Whoever works on it is told: the row did not change, what becomes of it did.
            self._changed.put[shape.name].add(held)
            return False
        if shape.name == ORDER:
            remove_orders(self._cursor, [key], self._changed.months)
            self._changed.removed[ORDER].add(key)
            return True
        if self._is_held(shape, held):
            return False
        children = self._children(shape, held)
        if scope == DELETED and children:
            self._cursor.execute(
                f'UPDATE "{shape.name}" SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL',
                (stamp(self._store.now), held),
            )
            self._changed.put[shape.name].add(held)
            return False
        for child, keys in children.items():
            for one in keys:
                self.set_apart(child, one)
        self._delete(shape, held)
        return True

    def _is_held(self, shape: Shape, held: str) -> bool:
        if (shape.name, held) in self._store.waiting or (shape.name, held) in self._stays:
            return True
        return any(
            self._is_held(shapes()[child], one)
            for child, column in shape.children
            if child in shapes() and child != ORDER
            for (one,) in self._cursor.execute(f'SELECT id FROM "{child}" WHERE "{column}" = ?', (held,)).fetchall()
        )

    def _children(self, shape: Shape, held: str) -> dict[str, list[str]]:
        """Return the keys of the synced rows that hang off a row, by table."""
        found: dict[str, list[str]] = {}
        for child, column in shape.children:
            if child not in shapes():
                continue
            name = "order_no" if child == ORDER else "id"
            rows = self._cursor.execute(f'SELECT "{name}" FROM "{child}" WHERE "{column}" = ?', (held,)).fetchall()
            if rows:
                found[child] = [one if child == ORDER else key_of(one) for (one,) in rows]
        return found

    def set_apart(self, table: str, key: str) -> None:
        """Take a row away whose parent goes; what head office still delivers comes back if the parent does."""
        shape = shapes()[table]
        if table != ORDER:
            for child, keys in self._children(shape, hex_of(key)).items():
                for one in keys:
                    self.set_apart(child, one)
        values = wire_values(self._cursor, table, key)
        if values is not None:
            self._store.set_apart(table, key, values)
        if table == ORDER:
            remove_orders(self._cursor, [key], self._changed.months)
            self._changed.removed[ORDER].add(key)
        else:
            self._delete(shape, hex_of(key))

    def _delete(self, shape: Shape, held: str) -> None:
        for child, column in shape.children:
            if child not in shapes():
                self._cursor.execute(f'DELETE FROM "{child}" WHERE "{column}" = ?', (held,))
        if shape.name == "photo":
            found = self._cursor.execute("SELECT sha256 FROM photo WHERE id = ?", (held,)).fetchone()
            if found is not None:
                self._changed.removed_photos.add(found[0])
        if shape.name == "visit":
            self._cursor.execute("DELETE FROM visit_cursor WHERE visit_id = ?", (held,))
        self._cursor.execute(f'DELETE FROM "{shape.name}" WHERE id = ?', (held,))
        self._changed.removed[shape.name].add(held)
        self._changed.months.pop(held, None)


def set_dangling_apart(store: RowStore) -> list[tuple[str, str]]:
    """Quarantine rows whose parent is not here until none is left; return them."""
    remover = _Remover(store)
    tables = {
        child for table, gone in store.changed.removed.items() if gone for child, _ in shapes()[table].children
    }  # fmt: skip
    apart = list(dict.fromkeys(_written_without_parent(store)))
    for table, key in apart:
        remover.set_apart(table, key)
    while found := _without_parent(store, tables):
        for table, key in found:
            remover.set_apart(table, key)
        apart += found
        tables = {child for table, _ in found for child, _ in shapes()[table].children}
    return apart


def _written_without_parent(store: RowStore) -> list[tuple[str, str]]:
    """Return the written rows whose parent is not here, as (table, key); asks only for the parents that they name."""
    found: list[tuple[str, str]] = []
    for (table, column, parent), keys in store.named.items():
        asked = f'SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM "{parent}")'
        missing = [key for (key,) in store.cursor.execute(asked, (json.dumps(sorted(keys)),)).fetchall()]
        if missing:
            name = "order_no" if table == ORDER else "id"
            rows = store.cursor.execute(
                f'SELECT "{name}" FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))',
                (json.dumps(missing),),
            ).fetchall()
            found += [(table, key if table == ORDER else key_of(key)) for (key,) in rows]
    return found


def _without_parent(store: RowStore, tables: set[str]) -> list[tuple[str, str]]:
    """Return all rows of these tables whose parent is not here, as (table, key)."""
    found: list[tuple[str, str]] = []
    for table in tables & shapes().keys():
        name = "order_no" if table == ORDER else "id"
        for (rowid,) in store.cursor.execute(
            f"SELECT DISTINCT rowid FROM pragma_foreign_key_check('{table}')"
        ).fetchall():
            row = store.cursor.execute(f'SELECT "{name}" FROM "{table}" WHERE rowid = ?', (rowid,)).fetchone()
            if row is not None:
                found.append((table, key_of(row[0]) if table != ORDER else row[0]))
    return found
