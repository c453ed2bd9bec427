"""What `zoufang headoffice` says: states, refusals and lists in both languages."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.cli.output import Output
from app.domain.office_name import OFFICE_EN, OFFICE_ZH
from app.domain.text import Text
from app.headoffice.blob_problems import StoreAway
from app.headoffice.console.deeds import ToldDeed
from app.headoffice.console.telling import Teller
from app.headoffice.handover import Imported
from app.headoffice.list_work import Outcome
from app.headoffice.overview import LaptopState, Overview, RefusedOperation
from app.headoffice.problems import Busy, Malformed, NotFound, OfficeProblem
from app.lists.targets import Target

THE_OFFICE = Text(OFFICE_ZH, OFFICE_EN)
NOT_INITIALISED = Text(
    "总部数据库还没有建立。请先运行 zoufang headoffice init",
    "Head office has no tables yet. Run `zoufang headoffice init` first",
)
OTHER_VERSION = Text(
    "数据库的版本与程序不一致。请用新版程序运行 zoufang headoffice init 升级",
    "The database is of another version than this program. Run `zoufang headoffice init` of the newer one",
)
TLS_NEEDS_BOTH = Text("--tls-cert 和 --tls-key 要一起给", "--tls-cert and --tls-key go together")
NO_SCOPE = Text(
    "范围写成 terr:片区、mgr:工号 或 ref:catalogue",
    "A scope is written as terr:TERRITORY, mgr:MANAGER or ref:catalogue",
)
USE_PG_DUMP = Text(
    "PostgreSQL 请用 pg_dump 或物理备份；恢复后运行 zoufang headoffice restored",
    "Back PostgreSQL up with pg_dump or base backups; after a restore run `zoufang headoffice restored`",
)

_COUNTED = {
    Target.CUSTOMERS: Text("客户", "customers"),
    Target.PRODUCTS: Text("品规", "products"),
    Target.ORDERS: Text("订单", "orders"),
    Target.ALLOCATIONS: Text("可订量", "allocations"),
    Target.TASKS: Text("任务", "tasks"),
    Target.TARGETS: Text("指标目标", "targets"),
}


def of_problem(problem: OfficeProblem) -> Text:
    """Return why a deed was not done."""
    subject = str(problem)
    if isinstance(problem, NotFound):
        return Text(f"找不到：{subject}。没有任何改动", f"Not found: {subject}. Nothing was changed")
    if isinstance(problem, Malformed):
        return Text(f"不能这样：{subject}。没有任何改动", f"Not possible: {subject}. Nothing was changed")
    if isinstance(problem, StoreAway):
        return Text(f"照片存储连不上：{subject}", f"The store of photos cannot be used: {subject}")
    if isinstance(problem, Busy):
        return Text("数据库正忙，请再试一次。没有任何改动", "The database is busy; try again. Nothing was changed")
    return Text(f"没有做成：{subject}", f"Not done: {subject}")


def of_database(url: str, error: Exception) -> Text:
    """Return what is wrong with the database, without its password."""
    kind = type(getattr(error, "orig", None) or error).__name__
    return Text(
        f"数据库用不了：{url}（{kind}）。没有任何改动",
        f"The database is of no use: {url} ({kind}). Nothing was changed",
    )


def no_such_place(form: str) -> Text:
    """Return how the place of photos is written."""
    return Text(f"照片的位置写成 {form}", f"The place of photos is written as {form}")


def folder_exists(folder: Path) -> Text:
    """Return that a backup never writes over anything."""
    return Text(f"{folder} 已经存在。备份要写到新文件夹", f"{folder} exists. A backup goes into a new folder")


def no_such_person(name: str) -> Text:
    """Return that nobody of the office has this name."""
    return Text(
        f"总部没有名为 {name} 的用户。请先用 add-office-user 添加，或不写 --as。没有任何改动",
        f"Nobody of the office is called {name}. Add the person with add-office-user, or leave --as out. "
        "Nothing was changed",
    )


def list_counts(done: Outcome) -> Text:
    """Return what became of a list: rows of the file first, then what they speak of."""
    what = _COUNTED[done.target]
    zh = f"读 {done.read} 行，拒收 {done.refused} 行；{what.zh}：新增 {done.added}，改动 {done.changed}"
    en = f"read {done.read} rows, refused {done.refused}; {what.en}: {done.added} added, {done.changed} changed"
    moved = (f"（其中 {done.moved} 户换了片区）", f" ({done.moved} of them moved)") if done.moved else ("", "")
    return Text(f"{zh}{moved[0]}，未变 {done.unchanged}", f"{en}{moved[1]}, {done.unchanged} unchanged")


NO_SHOPS_YET = (
    "（该片区还没有客户，导入客户时请用同一名称）",
    " (it has no customers yet: import them under this name)",
)


def list_warnings(done: Outcome) -> list[Text]:
    """Return what a person should look at although nothing was refused."""
    warnings: list[Text] = []
    if done.unheld:
        zh, en = "、".join(done.unheld), ", ".join(done.unheld)
        warnings.append(
            Text(
                f"片区 {zh} 还没有客户经理，这些客户不会下发给任何人。请用 add-manager 或 grant 指定",
                f"No manager has territory {en}: nobody gets these customers. See add-manager and grant",
            )
        )
    if done.kept:
        warnings.append(
            Text(
                f"{done.kept} 个值保留了客户经理录入的内容，没有用文件里的值",
                f"{done.kept} values stay as managers have entered them; those of the file were not taken",
            )
        )
    return warnings


def handover_zh(done: Imported) -> str:
    """Return what a handover file brought, in Chinese."""
    return f"{done.manager}：新记录 {done.operations}，已有 {done.known}，照片 {done.photos}"


def handover_en(done: Imported) -> str:
    """Return what a handover file brought, in English."""
    return f"{done.manager}: {done.operations} new, {done.known} known, {done.photos} photos"


def where(territories: Any) -> tuple[str, str]:
    """Return in both languages for which territories somebody works; none named means all."""
    if territories is None:
        return "全部片区", "all territories"
    return "片区 " + "、".join(sorted(set(territories))), "territories " + ", ".join(sorted(set(territories)))


def status_lines(found: Overview, output: Output) -> list[str]:
    """Return the state of head office for a person."""
    lines = [_laptop(laptop, output) for laptop in found.laptops]
    if found.without_laptop:
        lines.append(output.say("没有电脑：", "without a laptop: ") + " ".join(found.without_laptop))
    tell, devices = Teller(output.language), {one.replica: f"{one.manager} {one.device}" for one in found.laptops}
    lines += [_refused(one, devices.get(one.replica, one.replica), tell) for one in found.refused]
    counts = output.say(
        "客户经理 {managers} 人，待办理 {settle} 条（搁置 {parked}，待阅 {look}），7 天内退回 {refused} 条，"
        "待定冲突 {conflicts} 处，待批变更申请 {proposals} 条",
        "managers {managers}, to settle {settle} (parked {parked}, to look at {look}), refused in 7 days {refused}, "
        "open clashes {conflicts}, open proposals {proposals}",
    )
    lines.append(
        counts.format(
            managers=found.managers,
            settle=found.to_settle,
            parked=found.parked,
            look=found.to_look_at,
            refused=found.refused_of_week,
            conflicts=found.open_conflicts,
            proposals=found.open_proposals,
        )
    )
    return lines


def audit_lines(entries: Sequence[ToldDeed], broken: tuple[str, int] | None, output: Output) -> list[str]:
    """Return the log of deeds for a person."""
    between = output.say("；", "; ")
    lines = [
        "  ".join(
            filter(None, (f"{one.at.astimezone():%Y-%m-%d %H:%M:%S}", one.actor, one.deed, one.subject,
                          between.join(one.details)))
        )
        for one in entries
    ]  # fmt: skip
    if broken is None:
        lines.append(output.say("日志完整", "The log is whole"))
    else:
        chain, number = broken
        lines.append(output.say(f"日志在 {chain} 第 {number} 条被改过", f"The log was changed at {chain} {number}"))
    return lines


def _refused(one: RefusedOperation, laptop: str, tell: Teller) -> str:
    reason = tell.reason(one.status, one.reason, one.table)
    return f"  {tell.when(one.received_at)}  {laptop}  {tell.table(one.table)} #{one.no}  {reason}"


def no_such_scope(scope: str) -> Text:
    """Return that nobody works in a territory, or there is no such manager, and how it is made."""
    kind, _, name = scope.partition(":")
    if kind == "mgr":
        return Text(f"没有客户经理 {name}。请先用 add-manager 添加。没有任何改动",
                    f"There is no manager {name}. Add one with add-manager first. Nothing was changed")  # fmt: skip
    return Text(
        f"没有片区 {name}：没有客户经理在里面，也没有客户。"
        f"请先用 add-manager --territory {name} 添加客户经理，或用 import customers --territory {name} 导入客户。"
        "没有任何改动",
        f"There is no territory {name}: no manager works there and no customer lies in it. Make it with "
        f"add-manager --territory {name} or import customers --territory {name}. Nothing was changed",
    )


def _laptop(laptop: LaptopState, output: Output) -> str:
    seen = f"{laptop.last_seen.astimezone():%Y-%m-%d %H:%M}" if laptop.last_seen else output.say("从未", "never")
    state = Teller(output.language).state("devices", laptop.state)
    if laptop.left_at is not None:
        state += f" {laptop.left_at.astimezone():%Y-%m-%d %H:%M}"
    who = f"{laptop.manager} {laptop.manager_name} {laptop.territory}"
    words = output.say(
        f"{who}  {laptop.device}（{laptop.replica}）{state}，最近联系 {seen}",
        f"{who}  {laptop.device} ({laptop.replica}) {state}, last contact {seen}",
    )
    counts = output.say(
        f"收到 {laptop.operations} 条，退回 {laptop.refused}，搁置 {laptop.parked}",
        f"{laptop.operations} records, refused {laptop.refused}, parked {laptop.parked}",
    )
    gaps = " ".join(map(str, laptop.missing_serials))
    return f"{words}  {counts}" + (output.say(f"，缺号 {gaps}", f", missing {gaps}") if gaps else "")
