"""Commands past the lease: a laptop that has not spoken with head office for too long shows no customers."""

from datetime import datetime

from app.bootstrap.application import Application
from app.bootstrap.sync_lease import terms_of
from app.cli.output import CommandError
from app.domain.lease import LEASE
from app.domain.text import Text

_OPEN = frozenset({"sync", "enrol", "handover", "leave", "receipt", "backup", "check"})
"""What proves the laptop, brings its work to head office, or shows nothing of what is in the store."""


def refuse_past_lease(application: Application, command: str, now: datetime) -> None:
    """Raise CommandError where the lease is over and the command would show or change what is in the store."""
    if command in _OPEN or terms_of(application.database).at(now).holds:
        return
    days = LEASE.days
    raise CommandError(
        Text(
            f"这台电脑已有 {days} 天没有联系总部，为保护客户资料先不打开。没有丢失任何内容；"
            "请连接网络后运行 zoufang sync（没有网络时可用 zoufang handover FILE 交接）",
            f"For {days} days this laptop has not spoken with head office, so its data stay closed. Nothing is lost: "
            "connect it and run `zoufang sync` (without any network: `zoufang handover FILE`)",
        )
    )
