"""A client of Kinto as its guide describes one: batches up, changes since the last time down, kept in SQLite.

Run by the Python of Kinto's own environment: `python kinto_client.py URL FOLDER [RECORDS]`; what RECORDS holds counts
as made here before. Prints how long the sync took.
"""

import base64
import http.client
import json
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_BATCH = 200
_HEADERS = {
    "Authorization": "Basic " + base64.b64encode(b"bench:bench").decode(),
    "Content-Type": "application/json",
    "Accept-Encoding": "gzip",
}
_COLLECTION = "/v1/buckets/bench/collections/records"


class _Server:
    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=300)

    def ask(self, method: str, path: str, body: object = None) -> tuple[dict[str, str], Any]:
        told = None if body is None else json.dumps(body)
        self._connection.request(method, path, told, _HEADERS)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:200]!r}")
        return dict(answer.getheaders()), json.loads(content or b"{}")


def _prepare(server: _Server) -> None:
    server.ask("PUT", "/v1/buckets/bench", {"data": {}})
    server.ask("PUT", _COLLECTION, {"data": {}})


def _push(server: _Server, records: list[dict[str, Any]]) -> None:
    for start in range(0, len(records), _BATCH):
        requests = [
            {"method": "PUT", "path": f"{_COLLECTION}/records/{one['id']}", "body": {"data": one}}
            for one in records[start : start + _BATCH]
        ]
        _, answer = server.ask("POST", "/v1/batch", {"requests": requests})
        if any(one["status"] >= 400 for one in answer["responses"]):
            raise RuntimeError("a record was refused")


def _pull(server: _Server, store: sqlite3.Connection) -> int:
    (since,) = store.execute("SELECT coalesce(max(modified), 0) FROM record").fetchone()
    path: str | None = f"{_COLLECTION}/records?_sort=last_modified&_since={since}"
    count = 0
    while path:
        headers, answer = server.ask("GET", path)
        with store:
            store.executemany(
                "INSERT OR REPLACE INTO record VALUES (?, ?, ?)",
                [(one["id"], one["last_modified"], json.dumps(one)) for one in answer["data"]],
            )
        count += len(answer["data"])
        following = headers.get("Next-Page")
        path = None if following is None else f"{urlsplit(following).path}?{urlsplit(following).query}"
    return count


def main() -> None:
    """Make one sync and print its seconds."""
    url, folder = sys.argv[1], Path(sys.argv[2])
    records = [json.loads(line) for line in Path(sys.argv[3]).read_text().splitlines()] if len(sys.argv) > 3 else []
    is_new = not (folder / "store.db").exists()
    folder.mkdir(parents=True, exist_ok=True)
    store = sqlite3.connect(folder / "store.db")
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("CREATE TABLE IF NOT EXISTS record (id TEXT PRIMARY KEY, modified INTEGER, body TEXT)")
    if is_new:
        _prepare(_Server(url))
    began = time.perf_counter()
    server = _Server(url)
    _push(server, records)
    received = _pull(server, store)
    print(json.dumps({"seconds": time.perf_counter() - began, "sent": len(records), "received": received}))


if __name__ == "__main__":
    main()
