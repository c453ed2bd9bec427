"""Runs head office: one process, or several workers against one database, until it is asked to stop."""

import os
import shutil
import signal
import socket
import ssl
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from app.headoffice.blob_store import open_store
from app.headoffice.log import start_logging
from app.headoffice.metrics import FOLDER_VARIABLE
from app.headoffice.settings import OfficeSettings

_LAST_SECONDS = 30
"""How long requests under way may take after the signal to stop."""
_KEPT_OPEN_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Address:
    """Where head office listens; certificate and key where no proxy in front of it ends TLS."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None


def serve(settings: OfficeSettings, address: Address) -> None:
    """Serve until SIGTERM or Ctrl-C; requests under way are answered first.

    Raises OSError at once where the port is taken or the certificate cannot be read, StoreAway where photos cannot be
    kept.
    """
    _check(address)
    open_store(settings.blobs, settings.blob_folder).check()
    os.environ.update(settings.to_environment())
    figures = tempfile.mkdtemp(prefix="zoufang-office-") if settings.workers > 1 else None
    if figures is not None:
        os.environ[FOLDER_VARIABLE] = figures
    start_logging()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _end)  # the server gives the signal back to us when all is answered
    try:
        uvicorn.run(
            "app.headoffice.app:app_of_worker",
            factory=True,
            host=address.host,
            port=address.port,
            workers=settings.workers,
            ssl_certfile=address.certificate,
            ssl_keyfile=address.key,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=_KEPT_OPEN_SECONDS,
            timeout_worker_healthcheck=_LAST_SECONDS,
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
    finally:
        if figures is not None:
            shutil.rmtree(figures, ignore_errors=True)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _check(address: Address) -> None:
    """Try what every worker will need: a worker that cannot begin would be started again and again."""
    if address.certificate is not None:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(address.certificate, address.key)
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((address.host, address.port))
