"""The connection: what is believed of an answer, how it is packed, and how fast a person can stop it."""

import gzip
import json
import threading
import time
from collections.abc import Callable

import httpx2
import pytest

from app.runtime.cancel import CancelledError, CancelToken
from app.sync.http_client import HttpClient
from app.sync.protocol import PullRequest
from app.sync.secrets import Secrets, new_key
from app.sync.trouble import NoConnection, Refused

Handler = Callable[[httpx2.Request], httpx2.Response]
TOKEN = {"access_token": "a", "seconds": 900, "server_time": "2022-04-29T10:00:00+00:00"}
PULL = PullRequest(replica="r", schema_version=2, cursors={})


def _raw(status: int, body: bytes, **headers: str) -> httpx2.Response:
    """Return an answer as it lies on the wire: the library itself would unpack it at once."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx2.Response(status, stream=httpx2.ByteStream(body), headers=named)


def _json(status: int, content: object, **headers: str) -> httpx2.Response:
    return _raw(status, json.dumps(content).encode(), **headers)


def _client(handler: Handler, cancel: CancelToken | None = None) -> HttpClient:
    def with_token(request: httpx2.Request) -> httpx2.Response:
        return _json(200, TOKEN) if request.url.path == "/v1/token" else handler(request)

    private, _ = new_key()
    transport = httpx2.MockTransport(with_token)
    return HttpClient("https://office.example", "r", Secrets("t", private), cancel=cancel, transport=transport)


def test_a_packed_answer_is_unpacked() -> None:
    body = gzip.compress(json.dumps({"done": True, "left": 0}).encode())
    client = _client(lambda _request: _raw(200, body, Content_Encoding="gzip"))
    assert client.pull(PULL).done
    client.close()


@pytest.mark.parametrize(
    "answer",
    [
        _raw(200, b"<html>Welcome to the hotel</html>", Content_Type="text/html"),
        _raw(302, b"", Location="https://hotel.example/login"),
        _raw(500, b"oops"),
        _json(200, {"hello": "world"}),
        _raw(200, gzip.compress(b"x" * 5000)[:-9], Content_Encoding="gzip"),
        _raw(200, b"no gzip", Content_Encoding="gzip"),
        _raw(200, gzip.compress(b" " * (80 << 20)), Content_Encoding="gzip"),
        _json(503, {"error": "something new"}),
    ],
    ids="portal redirect crash foreign cut garbage bomb unknown".split(),
)
def test_whatever_is_none_of_our_answers_is_no_connection(answer: httpx2.Response) -> None:
    client = _client(lambda _request: answer)
    with pytest.raises(NoConnection):
        client.pull(PULL)
    client.close()


def test_an_error_of_the_closed_set_comes_with_the_wait_that_is_asked_for() -> None:
    answer = _json(503, {"error": "busy"}, Retry_After="7")
    client = _client(lambda _request: answer)
    with pytest.raises(Refused) as refused:
        client.pull(PULL)
    assert refused.value.trouble.error == "busy"
    assert refused.value.retry_after == 7
    client.close()


def test_a_token_that_has_ended_is_renewed_once() -> None:
    answers = [_json(401, {"error": "token"}), _json(200, {"done": True})]
    client = _client(lambda _request: answers.pop(0))
    assert client.pull(PULL).done
    client.close()


def test_large_requests_are_packed() -> None:
    seen: list[httpx2.Request] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return _json(200, {"done": True})

    client = _client(handler)
    cursors = {f"terr:{at}": (1, at, 0) for at in range(200)}
    client.pull(PULL.model_copy(update={"cursors": cursors}))
    assert seen[0].headers["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(seen[0].content))["cursors"]) == 200
    client.close()


def test_a_person_can_stop_a_call_that_hangs() -> None:
    token, hanging, go = CancelToken(), threading.Event(), threading.Event()

    def handler(_request: httpx2.Request) -> httpx2.Response:
        hanging.set()
        go.wait(30)
        return _json(200, {"done": True})

    client = _client(handler, token)

    def stop() -> None:
        hanging.wait(10)
        token.cancel()

    threading.Thread(target=stop).start()
    begun = time.monotonic()
    with pytest.raises(CancelledError):
        client.pull(PULL)
    assert time.monotonic() - begun < 5
    go.set()
