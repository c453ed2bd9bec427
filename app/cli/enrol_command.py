"""`zoufang enrol --url URL --code CODE [--ca FILE]`: give this store its identity at head office."""

import argparse
from datetime import UTC

from app.bootstrap.application import Application
from app.cli.output import CommandError, ExitCode, Output
from app.cli.sync_trouble_words import enrol_trouble
from app.domain.text import Text
from app.runtime.clock import Clock
from app.sync.enrolment import enrol
from app.sync.trouble import SyncError


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Enrol and say who this store works for from now on."""
    if not arguments.url.startswith("https://") and not _is_here(arguments.url):
        raise CommandError(
            Text("总部地址必须以 https:// 开头", "The address of head office must begin with https://")
        )  # fmt: skip
    try:
        identity = enrol(
            application.database, arguments.url, arguments.code, now=Clock().now().astimezone(UTC), ca_file=arguments.ca
        )
    except SyncError as error:
        raise enrol_trouble(error) from error
    except ValueError as error:  # the system's TLS says so where the file holds no certificate
        raise CommandError(
            Text(f"证书文件不能用：{arguments.ca}", f"No certificate can be read from {arguments.ca}")
        ) from error
    output.result(
        {"manager": identity.manager, "name": identity.manager_name, "territory": identity.territory}
        | {"replica": identity.replica, "url": identity.url},
        [
            output.say(
                f"已登记：{identity.manager_name}（{identity.manager}），片区 {identity.territory}。"
                "现在可以同步：zoufang sync",
                f"Enrolled: {identity.manager_name} ({identity.manager}), territory {identity.territory}. "
                "Now you can sync: zoufang sync",
            )
        ],
    )
    return ExitCode.DONE


def _is_here(url: str) -> bool:
    """Return whether it is a head office on this machine, for trying it out: that needs no certificate."""
    return url.startswith(("http://127.0.0.1:", "http://localhost:", "http://[::1]:"))
