"""The log of head office: one JSON object a line, with ids and counts, never with names, texts, keys or tokens."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

from typing_extensions import override

LOG = logging.getLogger("zoufang.office")
_QUIET = ("uvicorn.access", "httpx2", "alembic")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; of an error it tells the place in the program, not the values in it."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        facts: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage() if not record.exc_info else str(record.msg),
            "worker": record.process,
        }
        facts |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0] is not None:
            facts["error"] = record.exc_info[0].__name__
            facts["where"] = _places(record.exc_info[2])
        return json.dumps(facts, ensure_ascii=False, default=str)


def start_logging(level: int = logging.INFO) -> None:
    """Send the log of this process to stderr, where the service manager of the machine takes it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _places(trace: Any) -> list[str]:
    """Return where the error went through our own files; the values it spoke of may be somebody's data."""
    found: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename.rpartition('/app/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found[-12:]
