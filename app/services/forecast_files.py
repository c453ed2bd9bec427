"""A month of the desk and its follow-up as rows of a CSV file, with the words of the playbook's lists."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from app.domain.enumerations import Enumerations
from app.domain.text import Language, Text
from app.services.forecast_views import Correction, DeskView, ShopsView, TrackRow, TrackView

Row = tuple[Any, ...]

_SKU_COLUMNS = (
    Text("月份", "month"), Text("品规编码", "product"), Text("品规名称", "name"), Text("类别", "class"),
    Text("品牌类别", "kind"), Text("上月", "last_month"), Text("去年同月", "same_month_last_year"),
    Text("系统预测", "system"), Text("下限", "low"), Text("上限", "high"), Text("上月准确率%", "last_accuracy_pct"),
    Text("本人预测", "own"), Text("确定值", "final"), Text("可订量", "allowed"), Text("修正原因", "reason"),
    Text("说明", "note"), Text("市场机会", "opportunity"),
)  # fmt: skip
_SHOP_COLUMNS = (
    Text("月份", "month"), Text("品规编码", "product"), Text("品规名称", "name"), Text("客户编码", "customer"),
    Text("客户名称", "customer_name"), Text("上月", "last_month"), Text("去年同月", "same_month_last_year"),
    Text("系统预测", "system"), Text("下限", "low"), Text("上限", "high"), Text("本人预测", "own"),
    Text("确定值", "final"), Text("修正原因", "reason"), Text("说明", "note"), Text("市场机会", "opportunity"),
)  # fmt: skip
_TRACK_COLUMNS = (
    Text("月份", "month"), Text("层级", "level"), Text("编码", "code"), Text("名称", "name"), Text("类别", "class"),
    Text("预测", "forecast"), Text("系统预测", "system"), Text("实际需求", "actual"), Text("差异", "difference"),
    Text("准确率%", "accuracy_pct"), Text("差异原因", "cause"), Text("说明", "note"),
)  # fmt: skip
_SKU, _SHOP = Text("品规", "item"), Text("客户", "store")


def sku_rows(view: DeskView, lists: Enumerations, *, chinese: bool) -> Iterator[Row]:
    """Yield the head and a row for each SKU."""
    language = _language(chinese)
    yield _head(_SKU_COLUMNS, language)
    for row in view.rows:
        kind = lists["brand_kind"].label(row.kind.kind.value).of(language)
        yield (
            view.month.strftime("%Y-%m"), row.code, row.name, _class(row.group, lists, language), kind, row.last_month,
            row.same_month_last_year, row.model_value, _figure(row.low), _figure(row.high), _percent(row.last_accuracy),
            row.manager_value, row.final_value, row.allowed, *_why(row.correction, lists, language),
        )  # fmt: skip


def shop_rows(views: Iterable[ShopsView], lists: Enumerations, *, chinese: bool) -> Iterator[Row]:
    """Yield the head and a row for each SKU at each shop; what belongs to no shop yet has no customer."""
    language = _language(chinese)
    yield _head(_SHOP_COLUMNS, language)
    for view in views:
        for shop in view.shops:
            if shop.final_value or shop.model_value or shop.correction:
                yield (
                    view.month.strftime("%Y-%m"), view.row.code, view.row.name, shop.code, shop.name, shop.last_month,
                    shop.same_month_last_year, shop.model_value, _figure(shop.low), _figure(shop.high),
                    None if shop.correction is None else shop.correction.value, shop.final_value,
                    *_why(shop.correction, lists, language),
                )  # fmt: skip


def track_rows(view: TrackView, lists: Enumerations, *, chinese: bool) -> Iterator[Row]:
    """Yield the head, a row for each SKU and a row for each shop."""
    language = _language(chinese)
    yield _head(_TRACK_COLUMNS, language)
    for level, rows in ((_SKU, view.skus), (_SHOP, view.shops)):
        for row in rows:
            yield (view.month.strftime("%Y-%m"), level.of(language), *_tracked(row, lists, language))


def as_csv(rows: Iterable[Row]) -> tuple[str, int]:
    """Return the text of a file, and how many lines it has."""
    text, count = io.StringIO(), 0
    writer = csv.writer(text)
    for row in rows:
        writer.writerow(["" if value is None else _harmless(value) for value in row])
        count += 1
    return text.getvalue(), count


def _tracked(row: TrackRow, lists: Enumerations, language: Language) -> Row:
    cause = ("", "") if row.cause is None else (_cause(row.cause.code, lists, language), row.cause.note)
    figures = (row.forecast, row.model_value, row.actual, row.difference, _percent(row.accuracy))
    return (row.code, row.name, _class(row.group, lists, language), *figures, *cause)


def _class(group: str, lists: Enumerations, language: Language) -> str:
    return lists["price_class"].label(group).of(language)


def _cause(code: str, lists: Enumerations, language: Language) -> str:
    found = (one.name for group in lists["forecast_cause"].choices for one in group.details if one.code == code)
    return next(found, Text(code, code)).of(language)


def _why(correction: Correction | None, lists: Enumerations, language: Language) -> tuple[str, str, str]:
    if correction is None:
        return "", "", ""
    reason = lists["forecast_reason"].label(correction.reason).of(language)
    return reason, correction.note, correction.opportunity


def _head(columns: Iterable[Text], language: Language) -> Row:
    return tuple(column.of(language) for column in columns)


def _language(chinese: bool) -> Language:
    return Language.ZH if chinese else Language.EN


def _figure(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _percent(value: float | None) -> float | None:
    return None if value is None else round(100 * value, 1)


def _harmless(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
