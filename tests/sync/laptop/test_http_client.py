"""The connection: what is believed of an answer, how it is packed, and how fast a person can stop it."""

import base64
import gzip
import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

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


def _with_a_wrong_clock(answers: list[httpx2.Response]) -> tuple[HttpClient, list[dict[str, str]], Ed25519PublicKey]:
    signed: list[dict[str, str]] = []
    private, public = new_key()

    def handler(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/v1/pull":
            return _json(200, {"done": True})
        signed.append(json.loads(gzip.decompress(request.content) if b"{" not in request.content else request.content))
        return answers.pop(0)

    transport = httpx2.MockTransport(handler)
    client = HttpClient(
        "https://office.example", "r", Secrets("t", private), transport=transport,
        now=lambda: datetime(2001, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    return client, signed, Ed25519PublicKey.from_public_bytes(base64.b64decode(public))


def test_a_laptop_whose_clock_is_wrong_signs_the_moment_that_head_office_names() -> None:
    refusal = _json(401, {"error": "token", "detail": "moment 2022-04-29T10:00:00+00:00"})
    client, signed, key = _with_a_wrong_clock([refusal, _json(200, TOKEN)])
    assert client.pull(PULL).done
    assert [one["moment"] for one in signed] == ["2001-01-01T00:00:00+00:00", "2022-04-29T10:00:00+00:00"]
    key.verify(base64.b64decode(signed[1]["proof"]), b"r\x1f2022-04-29T10:00:00+00:00")
    client.close()


def test_the_moment_that_is_named_is_signed_once_and_only_if_it_is_one() -> None:
    named = [_json(401, {"error": "token", "detail": "moment 2022-04-29T10:00:00+00:00"}) for _ in range(3)]
    client, signed, _ = _with_a_wrong_clock(named)
    with pytest.raises(Refused):
        client.pull(PULL)
    assert len(signed) == 2
    client.close()
    for detail in ("moment tomorrow", "moment", "worn out", ""):
        client, signed, _ = _with_a_wrong_clock([_json(401, {"error": "token", "detail": detail})])
        with pytest.raises(Refused):
            client.pull(PULL)
        assert len(signed) == 1
        client.close()


def test_the_receipt_of_a_wipe_is_signed_at_the_moment_that_is_named_too() -> None:
    refusal = _json(401, {"error": "token", "detail": "moment 2022-04-29T10:00:00+00:00"})
    client, signed, _ = _with_a_wrong_clock([refusal, _json(200, {})])
    client.ack_wipe("r")
    assert len(signed) == 2
    client.close()


@pytest.mark.parametrize("cursor", [(-1, 0, 0), (0, 1 << 63, 0), (0, 0, -5)])
def test_a_cursor_is_three_numbers_that_a_database_holds(cursor: tuple[int, int, int]) -> None:
    with pytest.raises(ValidationError):
        PullRequest(replica="r", schema_version=2, cursors={"terr:T1": cursor})


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


def test_a_head_office_that_was_restored_in_the_middle_of_a_round_is_noticed_by_the_next_call() -> None:
    said: list[str | None] = []
    epoch = "one"

    def office(request: httpx2.Request) -> httpx2.Response:
        said.append(request.headers.get("X-Zoufang-Epoch"))
        if said[-1] not in {None, epoch}:
            return _json(410, {"error": "epoch_changed", "epoch": epoch}, X_Zoufang_Epoch=epoch)
        return _json(200, {"done": True, "left": 0}, X_Zoufang_Epoch=epoch)

    client = _client(office)
    client.pull(PULL)
    client.pull(PULL)
    epoch = "two"
    with pytest.raises(Refused, match="epoch_changed"):
        client.pull(PULL)
    client.pull(PULL)
    assert said == [None, "one", "one", None], "the hello that follows is answered"
    client.close()
