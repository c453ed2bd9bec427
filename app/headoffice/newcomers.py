"""Reads the values of all new rows of a push at once: a column of many rows costs little more than that of one."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.headoffice.fields import KEY
from app.headoffice.registry import Shape, rules, shapes
from app.headoffice.rows import Plain
from app.sync.core.registry import Kind
from app.sync.protocol import OperationMessage


def read_together(
    by_table: Mapping[str, Sequence[OperationMessage]], passed_over: frozenset[str]
) -> dict[str, Plain]:  # fmt: skip
    """Return by operation the values of new rows that their authors write, each exactly as the column would tell it.

    Operations whose values do not all fit are not among them: what is wrong with each is found one by one. Values
    that are `passed_over` are left out.
    """
    read: dict[str, Plain] = {}
    for table, operations in by_table.items():
        if not _is_authored(table):
            continue
        alike: dict[tuple[str, ...], list[OperationMessage]] = {}
        for op in operations:
            if op.kind == "insert" and KEY.fullmatch(op.key) is not None:
                alike.setdefault(tuple(op.set), []).append(op)
        for told, some in alike.items():
            names = [name for name in told if name not in passed_over]
            columns = _columns(shapes()[table], names, [op.set for op in some])
            if columns is not None:
                rows = zip(*columns, strict=True) if columns else [()] * len(some)
                read |= {op.id: dict(zip(names, row, strict=True)) for op, row in zip(some, rows, strict=True)}
    return read


def _is_authored(table: str) -> bool:
    rule = rules().get(table)
    return rule is not None and rule.kind is Kind.AUTHORED


def _columns(shape: Shape, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> list[Sequence[Any]] | None:
    if not shape.required <= set(names) <= set(shape.columns):
        return None
    try:
        return [_column(shape, name, [row[name] for row in rows]) for name in names]
    except (ValueError, OverflowError, RecursionError):
        return None


def _column(shape: Shape, name: str, values: list[Any]) -> Sequence[Any]:
    given = [value for value in values if value is not None]
    if len(given) == len(values):
        return shape.together[name](values)
    if name in shape.required:
        raise ValueError(f"{name} is empty")
    read = iter(shape.together[name](given) if given else ())
    return [None if value is None else next(read) for value in values]
