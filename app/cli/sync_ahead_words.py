"""What a round would do, in words for the command line and as data for programs."""

from typing import Any

from app.cli.output import Output
from app.domain.quantities import minutes_left, size_words
from app.domain.text import Text
from app.sync.look_ahead import Coming, Going, LookAhead

_TABLES = {
    "customer": Text("客户档案", "customer archive"),
    "product": Text("品规", "products"),
    "purchase_order": Text("订单", "orders"),
    "allocation": Text("货源", "allocations"),
    "visit": Text("拜访记录", "visit records"),
    "planned_stop": Text("计划的拜访", "planned stops"),
    "stock_count": Text("库存与价格", "stock and prices"),
    "shelf_check": Text("货架检查", "shelf checks"),
    "diagnosis_rating": Text("诊断", "diagnoses"),
    "advice_line": Text("订货建议", "order guidance"),
    "improvement_plan": Text("提升计划", "improvement plans"),
    "promise": Text("约定", "agreements"),
    "photo": Text("照片", "photo records"),
    "task": Text("任务", "tasks"),
    "change_proposal": Text("变更申请", "change proposals"),
    "sync_conflict": Text("冲突的决定", "decisions on clashes"),
    "forecast_entry": Text("预测修正", "forecast corrections"),
    "forecast_submission": Text("已上报预测", "submitted forecasts"),
    "forecast_line": Text("上报明细", "figures of submitted forecasts"),
    "forecast_cause": Text("预测差异原因", "causes of forecast differences"),
    "forecast_kind": Text("品牌与客户类别", "kinds of brands and shops"),
    "kpi_target": Text("自定目标", "own targets"),
    "office_target": Text("总部目标", "targets of head office"),
    "cadence_choice": Text("拜访频次调整", "visit frequencies chosen"),
    "day_off": Text("休息与调班", "days off"),
}


def ahead_data(ahead: LookAhead) -> dict[str, Any]:
    """Return what a round would do as plain data."""
    going, coming, speed = ahead.going, ahead.coming, ahead.speed
    return {
        "reached": coming is not None,
        "goes": {
            "operations": going.operations, "by_table": going.by_table, "by_kind": going.by_kind,
            "bytes_packed": going.packed, "photos": going.photos, "photo_bytes": going.photo_bytes,
        },
        "comes": None if coming is None else {
            "rows": coming.rows, "by_table": coming.by_table, "by_scope": coming.by_scope, "leaving": coming.leaving,
            "loads": coming.loads, "drops": coming.drops, "bytes_packed": coming.packed,
        },
        "received_before": ahead.from_before,
        "speed": None if speed is None else {
            "up": _whole(speed.up), "down": _whole(speed.down), "latency_ms": round(speed.latency * 1000),
            "measured_at": speed.measured_at,
        },
        "seconds": None if ahead.seconds is None else round(ahead.seconds, 1),
    }  # fmt: skip


def ahead_lines(ahead: LookAhead, output: Output) -> list[str]:
    """Return what a round would do in words."""
    lines = [*_going_lines(ahead.going, output)]
    if ahead.coming is None:
        lines.append(
            output.say(
                "接收：现在连不上总部，无法知道；什么都没有上传",
                "To receive: head office cannot be reached now, so that is not known; nothing was sent",
            )
        )
    else:
        lines += _coming_lines(ahead.coming, output)
    return [*lines, *_time_lines(ahead, output), output.say("只是看一看，什么都没有上传", "Nothing was sent")]


def _going_lines(going: Going, output: Output) -> list[str]:
    size = size_text(going.packed)
    first = output.say(
        f"上传：{going.operations} 条记录（压缩后约 {size}）",
        f"To send: {counted(going.operations, 'record')} (about {size} packed)",
    )
    lines = [first, *_by_table(going.by_table, output)]
    if going.photos:
        size = size_text(going.photo_bytes)
        lines.append(output.say(f"  照片 {going.photos} 张（{size}）", f"  photos: {going.photos} ({size})"))
    return lines


def _coming_lines(coming: Coming, output: Output) -> list[str]:
    size = size_text(coming.packed)
    lines = [
        output.say(
            f"接收：约 {coming.rows} 条（压缩后约 {size}）",
            f"To receive: about {counted(coming.rows, 'row')} (about {size} packed)",
        ),
        *_by_table(coming.by_table, output),
    ]
    if coming.loads:
        names = "、".join(coming.loads)
        lines.append(output.say(f"  整体重新下载：{names}", f"  loaded whole: {', '.join(coming.loads)}"))
    if coming.leaving:
        lines.append(output.say(f"  移出本片区 {coming.leaving} 条", f"  leaving this laptop: {coming.leaving}"))
    return lines


def _by_table(counts: dict[str, int], output: Output) -> list[str]:
    names = {table: _TABLES[table].of(output.language) if table in _TABLES else table for table in counts}
    return [output.say(f"  {names[table]}：{count}", f"  {names[table]}: {count}") for table, count in counts.items()]


def _time_lines(ahead: LookAhead, output: Output) -> list[str]:
    if ahead.seconds is None or ahead.speed is None:
        return []
    coming = 0 if ahead.coming is None else ahead.coming.packed
    size, minutes = size_text(ahead.going.bytes + coming), minutes_left(ahead.seconds)
    zh, en = (f"约需 {minutes} 分钟", f"about {minutes} min") if minutes else ("不到 1 分钟", "less than a minute")
    lines = [output.say(f"合计约 {size}，{zh}", f"About {size} in all, {en}")]
    if ahead.speed.is_telling:
        up, down = (size_text(round(way or 0)) + "/s" for way in (ahead.speed.up, ahead.speed.down))
        lines.append(
            output.say(f"  按最近测得的上行 {up}、下行 {down}", f"  at {up} up and {down} down, as last measured")
        )
    return lines


def counted(count: int, thing: str) -> str:
    """Return a number with its English noun."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def size_text(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    return size_words(size)


def _whole(way: float | None) -> int | None:
    return None if way is None else round(way)
