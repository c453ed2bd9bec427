"""`zoufang sync [--dry-run] [--no-photos | --all-photos]`: one round with head office."""

import argparse
from collections.abc import Callable
from datetime import UTC
from typing import Any

from app.bootstrap.application import Application
from app.bootstrap.link_allowance import photo_megabytes
from app.bootstrap.sync_rounds import SyncRounds
from app.cli.output import ExitCode, Output
from app.cli.signals import cancelling
from app.cli.sync_ahead_words import ahead_data, ahead_lines
from app.cli.sync_count_words import amount, standing
from app.cli.sync_photo_words import battery_lines, photo_lines, room_lines
from app.cli.sync_trouble_words import TRUST_WORDS, UNTRUSTED, sync_trouble
from app.domain.text import Text
from app.runtime.cancel import CancelToken, no_report
from app.runtime.clock import Clock
from app.sync.client import OfficeClient
from app.sync.engine import Outcome, RoundResult
from app.sync.enrolment import client_for
from app.sync.look_ahead import look_ahead
from app.sync.overview import Overview, read_overview
from app.sync.state import read_identity
from app.sync.trouble import SyncError, TrustFlaw

_ENDED = {
    Outcome.DONE: Text("已同步", "Synced"),
    Outcome.OFFLINE: Text("连不上总部，都保存在本机", "Head office was not reached; everything is kept here"),
    Outcome.LATER: Text("总部现在忙，稍后再试", "Head office is busy; it will be tried again"),
    Outcome.STOPPED: Text("已停止，下次接着来", "Stopped; the next round goes on from here"),
    Outcome.UNTRUSTED: UNTRUSTED,
    Outcome.NO_ROOM: Text(
        "待上传的都已上传；磁盘空间不足，没有接收更新",
        "What waited went up; nothing came down: the disk has too little room",
    ),
    Outcome.UPGRADE: Text("请先升级程序，才能再接收数据", "Update the program before rows can come down again"),
    Outcome.REVOKED: Text("总部已停用这台电脑", "Head office has revoked this laptop"),
    Outcome.WIPED: Text("总部已停用这台电脑，数据已清除", "Head office has revoked this laptop; its data were wiped"),
    Outcome.ENROL_AGAIN: Text(
        "总部不认识这台电脑，请重新登记", "Head office does not know this laptop: enrol it again"
    ),
    Outcome.FAILED: Text(
        "总部读不懂发去的内容，什么也没丢", "Head office could not read what was sent; nothing is lost"
    ),
}
_LINE_LOST = Text("网络断了，其余的连上后再上传", "The line was lost; the rest goes up when there is a network")
_CONFIRMED = Text("已上传的总部都已确认", "Head office has confirmed what was sent")
_GOOD = frozenset({Outcome.DONE, Outcome.STOPPED})


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Make one round and say what went, came, waits, was refused and is to be decided."""
    try:
        rounds = _rounds(arguments, application)
        if arguments.dry_run:
            return _say_what_would_happen(application, rounds, output, photos=not arguments.no_photos)
        before = read_overview(application.database, Clock().now()).photos_waiting
        with cancelling() as cancel:
            result = rounds.run(cancel, no_report, is_asked=True)
    except SyncError as error:
        raise sync_trouble(error) from error
    data: dict[str, Any] = {
        "outcome": result.outcome,
        "went": result.verdicts,
        "came": result.received,
        "photos": _photos(rounds),
        "room": None if rounds.room is None else {"free": rounds.room.free, "needed": rounds.room.needed},
        "next": None if result.next is None else result.next.at,
        "detail": result.detail,
        **(_standing(result.overview) if result.overview else {}),
    }
    output.result(data, _lines(result, rounds, before, output))
    if result.outcome is Outcome.STOPPED:
        return ExitCode.STOPPED
    refused = result.overview is not None and result.overview.refused
    return ExitCode.BAD_USAGE if result.outcome not in _GOOD else ExitCode.SOME_REFUSED if refused else ExitCode.DONE


def _rounds(arguments: argparse.Namespace, application: Application) -> SyncRounds:
    """Return what makes the round; over a link paid by volume originals go as far as the window would send them."""
    megabytes = None if arguments.all_photos or arguments.no_photos else photo_megabytes(application.folder)
    return SyncRounds(
        application,
        photos=not arguments.no_photos,
        photo_megabytes=lambda: megabytes,
        connect=_connect(application),
    )


def _photos(rounds: SyncRounds) -> dict[str, Any]:
    lane = rounds.lane
    if lane is None:
        return {}
    return {
        "stored": lane.stored,
        "waiting": lane.waiting,
        "held_for": rounds.held_for,
        "bytes_left_today": rounds.photo_cap(),
    }


def _say_what_would_happen(application: Application, rounds: SyncRounds, output: Output, *, photos: bool) -> int:
    """Look ahead: what goes, what comes, how long it takes; nothing is sent, and nothing changes at head office."""
    database = application.database
    identity = read_identity(database)
    client = client_for(database)
    client.is_asked = True
    try:
        ahead = look_ahead(database, client, photos=photos, photo_cap=rounds.photo_cap())
    finally:
        client.close()
    view = read_overview(database, Clock().now().astimezone(UTC))
    data = {"dry_run": True, "url": identity.url, **ahead_data(ahead), **_standing(view), "bytes": view.waiting_bytes}
    output.result(data, ahead_lines(ahead, output))
    return ExitCode.DONE


def _connect(application: Application) -> Callable[[CancelToken], OfficeClient]:
    """Return how a round connects that a person waits for."""

    def connect(cancel: CancelToken) -> OfficeClient:
        client = client_for(application.database, cancel)
        client.is_asked = True
        return client

    return connect


def _standing(view: Overview) -> dict[str, Any]:
    return {
        "waits": view.work,
        "waits_by_table": view.work_by_table,
        "planned_stops": view.waiting_stops,
        "refused": view.refused,
        "conflicts": view.conflicts,
        "proposals": view.proposals,
        "photos_waiting": view.photos_waiting,
        "loading": view.loading,
        "last_round": view.last_round,
    }


def _lines(result: RoundResult, rounds: SyncRounds, photos_before: int, output: Output) -> list[str]:
    view = result.overview
    lines = [_ended(result, rounds).of(output.language)]
    if result.outcome is Outcome.UNTRUSTED:
        lines.append(f"  {TRUST_WORDS[TrustFlaw(result.detail)].of(output.language)}")
    photos = 0 if view is None else max(0, photos_before - view.photos_waiting)
    sent = amount(result.sent, photos)
    lines.append(
        output.say(
            f"  已上传 {sent.zh}，已接收 {result.received} 条", f"  Sent: {sent.en}; received: {result.received}"
        )
    )
    if view is not None:
        lines.append(f"  {standing(view).of(output.language)}")
    lines += [*photo_lines(rounds, output), *battery_lines(rounds, output), *room_lines(rounds.room, output)]
    return [*lines, *(f"  {message}" for message in result.messages)]


def _ended(result: RoundResult, rounds: SyncRounds) -> Text:
    """Say how the round ended; *synced* stands only where nothing waits, as in the window."""
    if result.outcome is Outcome.OFFLINE and (result.sent or result.received or rounds.is_cut):
        return _LINE_LOST
    view = result.overview
    if result.outcome is Outcome.DONE and view is not None and (view.work or view.photos_waiting):
        return _CONFIRMED
    return _ENDED[result.outcome]
