"""`zoufang headoffice …`: set up, serve and administer the service that the laptops sync with."""

import argparse
import getpass
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import platformdirs
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from app.cli import headoffice_words as words
from app.cli.headoffice_enrol_code import make_code
from app.cli.output import CommandError, ExitCode, Output
from app.cli.passwords import ask_password
from app.headoffice import audit, corrections, people
from app.headoffice.console.deeds import told_deeds
from app.headoffice.database import OfficeDatabase, newest_schema
from app.headoffice.office import utc_now
from app.headoffice.overview import audit_lines, overview
from app.headoffice.preparing import prepare
from app.headoffice.problems import OfficeProblem
from app.headoffice.settings import OfficeSettings, settings_for
from app.sync.core.registry import CATALOGUE

URL_VARIABLE = "ZOUFANG_DATABASE_URL"
BLOBS_VARIABLE = "ZOUFANG_BLOBS"
_Deed = Callable[["_Desk"], int]


class _Desk:
    """One deed under way: what was asked, where the data lie, how it speaks."""

    def __init__(self, arguments: argparse.Namespace, output: Output, settings: OfficeSettings) -> None:
        self.arguments = arguments
        self.output = output
        self.settings = settings
        self.database = OfficeDatabase(settings.database_url)
        self.now = utc_now()
        self.by = f"cli:{getpass.getuser()}"

    def say(self, data: dict[str, object], zh: str, en: str) -> int:
        """Print what was done."""
        self.output.result(data, [self.output.say(zh, en)])
        return ExitCode.DONE


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Do one deed; the database must be there for all but `init` and the `serve` of an embedded one."""
    settings = _settings(arguments)
    try:
        desk = _Desk(arguments, output, settings)
        try:
            _need_tables(desk)
            return _DEEDS[arguments.deed](desk)
        finally:
            desk.database.dispose()
    except OfficeProblem as problem:
        raise CommandError(words.of_problem(problem)) from problem
    except (DBAPIError, ArgumentError) as error:
        raise CommandError(words.of_database(_shown_url(settings), error)) from error


def _settings(arguments: argparse.Namespace) -> OfficeSettings:
    folder = arguments.data_dir or Path(platformdirs.user_data_dir("ZoufangHeadOffice", appauthor=False))
    url = arguments.database_url or os.environ.get(URL_VARIABLE) or None
    if url is None:
        folder.mkdir(parents=True, exist_ok=True)
    return settings_for(folder.absolute(), url, _place_of_blobs(arguments))


def _place_of_blobs(arguments: argparse.Namespace) -> str:
    """Return where photos lie besides the usual folder: an address that can be read, or a whole path."""
    place: str = arguments.blobs or os.environ.get(BLOBS_VARIABLE) or ""
    if not place.startswith("s3:"):
        return str(Path(place).absolute()) if place else ""
    from app.headoffice.s3_store import read_address  # noqa: PLC0415

    try:
        read_address(place)
    except ValueError as error:
        raise CommandError(words.no_such_place(str(error))) from None
    return place


def _need_tables(desk: _Desk) -> None:
    embedded = not desk.database.is_postgres
    if desk.arguments.deed == "init" or (desk.arguments.deed == "serve" and embedded):
        return
    found = desk.database.schema_version()
    if found != newest_schema():
        raise CommandError(words.NOT_INITIALISED if found is None else words.OTHER_VERSION)


def _shown_url(settings: OfficeSettings) -> str:
    address = make_url(settings.database_url)
    is_file = address.get_backend_name() == "sqlite" and address.database
    return address.database or "" if is_file else address.render_as_string(hide_password=True)


def _init(desk: _Desk) -> int:
    was = desk.database.schema_version()
    prepare(desk.database)
    url = _shown_url(desk.settings)
    data: dict[str, object] = {"database": url, "photos": desk.settings.blobs or desk.settings.blob_folder}
    data |= {"schema": desk.database.schema_version(), "epoch": desk.database.epoch(), "is_new": was is None}
    return desk.say(data, f"总部已就绪：{url}", f"Head office is ready: {url}")


def _serve(desk: _Desk) -> int:
    from dataclasses import replace  # noqa: PLC0415

    from app.headoffice.serving import Address, serve  # noqa: PLC0415  uvicorn is for those who serve

    given = desk.arguments
    if (given.tls_cert is None) != (given.tls_key is None):
        raise CommandError(words.TLS_NEEDS_BOTH)
    if not desk.database.is_postgres:
        prepare(desk.database)
    desk.database.dispose()
    address = Address(given.host, given.port, given.tls_cert, given.tls_key)
    where = f"{'https' if given.tls_cert else 'http'}://{given.host}:{given.port}"
    desk.output.step(desk.output.say(f"总部服务：{where}", f"Head office listens on {where}"))
    serve(replace(desk.settings, workers=given.workers), address)
    return ExitCode.DONE


def _add_manager(desk: _Desk) -> int:
    code, name, territory = desk.arguments.code, desk.arguments.name, desk.arguments.territory
    desk.database.transaction(lambda session: people.add_manager(session, code, name, territory, desk.now, desk.by))
    data: dict[str, object] = {"manager": code, "name": name, "territory": territory}
    is_empty = not desk.database.transaction(lambda session: people.has_rows(session, f"terr:{territory}"))
    zh, en = words.NO_SHOPS_YET if is_empty else ("", "")
    return desk.say(
        data, f"已添加客户经理 {code} {name}，片区 {territory}{zh}", f"Added {code} {name}, territory {territory}{en}"
    )


def _add_office_user(desk: _Desk) -> int:
    name, role = desk.arguments.name, desk.arguments.role
    password = ask_password(desk.arguments.password_file, twice=True)
    territories = desk.arguments.territory or []
    desk.database.transaction(
        lambda session: people.add_office_user(session, name, password, role, desk.now, desk.by, territories)
    )
    data: dict[str, object] = {"user": name, "role": role, "territories": sorted(set(territories)) or None}
    zh, en = words.where(territories or None)
    return desk.say(data, f"已添加总部用户 {name}（{role}，{zh}）", f"Added {name} as {role}, {en}")


def _change_office_user(desk: _Desk) -> int:
    given = desk.arguments
    territories = [] if given.all_territories else given.territory
    shut = True if given.shut else False if given.open else None

    def change(session: Session) -> dict[str, object]:
        person = people.change_office_user(
            session, given.name, desk.now, desk.by, role=given.role, territories=territories, shut=shut
        )
        return {
            "user": person.name, "role": person.role, "territories": person.territories,
            "shut": person.disabled_at is not None,
        }  # fmt: skip

    data = desk.database.transaction(change)
    zh, en = words.where(data["territories"])
    end = ("，已停用", ", shut out") if data["shut"] else ("", "")
    role = data["role"]
    return desk.say(data, f"总部用户 {given.name}：{role}，{zh}{end[0]}", f"{given.name}: {role}, {en}{end[1]}")


def _grant(desk: _Desk) -> int:
    manager, scope = desk.arguments.manager, desk.arguments.scope
    _check_scope(desk, scope)
    number = desk.database.transaction(lambda session: people.grant(session, manager, scope, desk.now, desk.by))
    data: dict[str, object] = {"manager": manager, "scope": scope, "grant": number}
    return desk.say(data, f"{manager} 可以使用 {scope}", f"{manager} holds {scope}")


def _withdraw(desk: _Desk) -> int:
    manager, scope = desk.arguments.manager, desk.arguments.scope
    desk.database.transaction(lambda session: people.withdraw(session, manager, scope, desk.now, desk.by))
    return desk.say({"manager": manager, "scope": scope}, f"已收回 {manager} 的 {scope}", f"{manager} lost {scope}")


def _check_scope(desk: _Desk, scope: str) -> None:
    kind, _, name = scope.partition(":")
    if (kind not in {"terr", "mgr"} and scope != CATALOGUE) or not name:
        raise CommandError(words.NO_SCOPE)
    with desk.database.read() as session:
        if not people.is_known_scope(session, scope):
            raise CommandError(words.no_such_scope(scope))


def _corrections(desk: _Desk) -> int:
    given = desk.arguments.days
    if given is not None:
        desk.database.transaction(lambda session: corrections.allow(session, given, desk.now, desk.by))
    with desk.database.read() as session:
        days = corrections.days_allowed(session)
    return desk.say(
        {"days": days}, f"拜访 {days} 天内可以更正，以后由总部决定",
        f"A visit may be corrected for {days} days; after that head office decides",
    )  # fmt: skip


def _move(desk: _Desk) -> int:
    territory, codes = desk.arguments.territory, desk.arguments.customer
    _check_scope(desk, f"terr:{territory}")
    moved = desk.database.transaction(
        lambda session: people.move_customers(session, codes, territory, desk.now, desk.by)
    )
    data: dict[str, object] = {"territory": territory, "moved": moved}
    return desk.say(data, f"{moved} 户已移到片区 {territory}", f"{moved} customers moved into {territory}")


def _enrol_code(desk: _Desk) -> int:
    given = desk.arguments
    made = make_code(desk.database, given.manager, desk.now, desk.by, url=given.url, picture=given.qr)
    until = f"{(desk.now + people.CODE_HOLDS).astimezone():%Y-%m-%d %H:%M}"
    more = "".join(f"\n{made[name]}" for name in ("payload", "qr") if name in made)
    code = made["code"]
    return desk.say(made, f"{code}（一次有效，到 {until}）{more}", f"{code} (once, until {until}){more}")


def _revoke(desk: _Desk) -> int:
    replica, wipe = desk.arguments.replica, desk.arguments.wipe
    desk.database.transaction(lambda session: people.revoke(session, replica, desk.now, desk.by, wipe=wipe))
    end = ("，联网时清除", ", it wipes itself when it comes") if wipe else ("", "")
    return desk.say({"replica": replica, "wipe": wipe}, f"已停用 {replica}{end[0]}", f"Revoked {replica}{end[1]}")


def _import(desk: _Desk) -> int:
    from app.cli.headoffice_import import bring_in  # noqa: PLC0415

    return bring_in(desk.arguments, desk.output, desk.database, desk.now, desk.by)


def _import_handover(desk: _Desk) -> int:
    from app.cli.headoffice_import import bring_in_handover  # noqa: PLC0415

    done = bring_in_handover(desk.arguments.file, desk.settings, desk.database, desk.now, desk.by)
    return desk.say(asdict(done), words.handover_zh(done), words.handover_en(done))


def _status(desk: _Desk) -> int:
    with desk.database.read() as session:
        found = overview(session, desk.now)
    desk.output.result(asdict(found) | {"to_settle": found.to_settle}, words.status_lines(found, desk.output))
    return ExitCode.DONE


def _audit(desk: _Desk) -> int:
    names = ("chain", "no", "at", "actor", "deed", "subject", "detail")
    with desk.database.read() as session:
        found, broken = audit_lines(session, max(1, desk.arguments.last)), audit.verify(session)
        entries = [{name: getattr(entry, name) for name in names} for entry in found]
        lines = words.audit_lines(told_deeds(session, found, desk.output.language), broken, desk.output)
    desk.output.result({"whole": broken is None, "broken_at": broken, "entries": entries}, lines)
    return ExitCode.DONE if broken is None else ExitCode.STORE_DAMAGED


def _backup(desk: _Desk) -> int:
    from app.headoffice.keeping import NotEmbeddedError, backup  # noqa: PLC0415

    folder = desk.arguments.folder.absolute()
    try:
        size = backup(desk.settings, folder)
    except NotEmbeddedError:
        raise CommandError(words.USE_PG_DUMP) from None
    except FileExistsError:
        raise CommandError(words.folder_exists(folder)) from None
    return desk.say({"folder": folder, "bytes": size}, f"已备份到 {folder}", f"Backed up into {folder}")


def _restored(desk: _Desk) -> int:
    epoch = desk.database.renew_epoch()
    return desk.say(
        {"epoch": epoch},
        "已记下：数据库来自备份，各电脑会重新上报近 30 天的记录",
        "Noted: laptops offer their work of the last 30 days again",
    )


_DEEDS: dict[str, _Deed] = {
    "init": _init, "serve": _serve, "add-manager": _add_manager, "add-office-user": _add_office_user,
    "change-office-user": _change_office_user, "grant": _grant, "withdraw": _withdraw,
    "corrections": _corrections, "move": _move, "enrol-code": _enrol_code, "revoke": _revoke,
    "import": _import, "import-handover": _import_handover, "status": _status, "audit": _audit, "backup": _backup,
    "restored": _restored,
}  # fmt: skip
