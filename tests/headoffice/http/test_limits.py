"""Bodies by hand: bombs, depths, odd JSON, odd headers, cut-off streams; each a polite refusal, in little memory."""

import gc
import gzip
import json
import socket
import tracemalloc
import zlib

import pytest

from app.headoffice.limits import parse_json
from app.headoffice.problems import OfficeProblem
from tests.headoffice.http.served import HttpLaptop, Served
from tests.sync.soak import SOAK

_MIB = 1 << 20


@pytest.fixture
def laptop(on_sqlite: Served) -> HttpLaptop:
    """Give a laptop of a head office on SQLite: no body of these comes as far as the database."""
    return on_sqlite.laptop()


ODD = {
    "nothing": b"",
    "no JSON": b"<html>login</html>",
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": -Infinity}',
    "a number out of all bounds": b'{"a": 1e999}',
    "a number of a million digits": b'{"a": ' + b"9" * 100_000 + b"}",
    "a key twice": b'{"a": 1, "a": 2}',
    "half a character": b'{"a": "\\ud800"}',
    "half a character as a key": b'{"\\udfff": 1}',
    "NUL": b'{"a": "\\u0000"}',
    "not UTF-8": b'{"a": "\xff\xfe"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "nine deep": b'{"a":' * 9 + b"1" + b"}" * 9,
    "deeper than the stack": b"[" * 500_000,
    "a list": b"[]",
    "a text": b'"push"',
    "two values": b"{} {}",
    "a wrong type everywhere": b'{"replica": {}, "ops": 7, "clock": [], "batch": null}',
}


def test_an_odd_body_is_malformed_whatever_the_call(on_sqlite: Served) -> None:
    laptop = on_sqlite.laptop()
    calls = ("push", "pull", "hello", "receipt", "blobs", "renew", "diag", "token", "enrol", "ack-wipe", "farewell")
    for path in calls:
        for name, body in ODD.items() if SOAK or path in {"push", "token"} else list(ODD.items())[::4]:
            told = laptop.post(f"/v1/{path}", body)
            assert (told.status_code, told.json()["error"]) == (422, "malformed"), (path, name)


@pytest.mark.parametrize(
    "body",
    [
        '{"a": 1, "a": 2}', '{"a" : 1, "a" : 2}', '{"a":1,"a"  :2}', '{"a": ":", "a" \t:1}',
        '{"a":":x","b":{"a"\n:1,"a":1}}',
        '[{"a":[{"b":1,"b":1}]}]', '{"a":"\\n","a":1}', '{"走":1,"走":2}', '{"":":","":1}', '{"a\\u0062":1,"ab":1}',
    ],
)  # fmt: skip
def test_a_key_that_stands_twice_is_found_however_it_is_written(body: str) -> None:
    with pytest.raises(OfficeProblem, match="twice"):
        parse_json(body.encode())


@pytest.mark.parametrize(
    "body",
    [
        '{"a":":x",":":[":"]}',
        '{"a" : {"b" :[1.5,-0,2]}}',
        '{"a":"x : y \\" :","b":"\\\\"}',
        '[{},{"a":1},[{"a":1}]]',
        '":"',
    ],
)
def test_colons_and_blanks_anywhere_are_no_trouble(body: str) -> None:
    assert parse_json(body.encode()) == json.loads(body)


def test_a_text_is_measured_wherever_it_stands() -> None:
    for before in ("", "x" * 40_000, '","'.join(["x" * 30_000] * 3)):
        assert parse_json(f'["{before}","{"a" * 65_536}","走"]'.encode())
        with pytest.raises(OfficeProblem):
            parse_json(f'["{before}","{"a" * 65_537}","走"]'.encode())


def test_eight_deep_is_no_trouble_and_nine_is() -> None:
    assert parse_json(b"[" * 8 + b"]" * 8) == [[[[[[[[]]]]]]]]
    with pytest.raises(OfficeProblem, match="too deep"):
        parse_json(b"[" * 9 + b"]" * 9)


def test_a_text_above_64_kib_is_too_large(laptop: HttpLaptop) -> None:
    for text in ("a" * 65_537, "走" * 22_000):
        told = laptop.post("/v1/diag", json.dumps({"a": text}, ensure_ascii=False).encode())
        assert told.status_code == 413


def test_a_packing_that_is_not_whole_or_not_gzip_is_malformed(laptop: HttpLaptop) -> None:
    whole = gzip.compress(b"{}")
    for coding, body in (
        ("gzip", b"not gzip"), ("gzip", whole[:-4]), ("gzip", whole + b"more"), ("br", b"{}"), ("gzip, gzip", b"{}"),
        ("deflate", zlib.compress(b"{}")),
    ):  # fmt: skip
        told = laptop.post("/v1/push", body, headers={"Content-Encoding": coding})
        assert (told.status_code, told.json()["error"]) == (422, "malformed"), (coding, body)


def test_a_bomb_is_defused_before_it_grows(laptop: HttpLaptop) -> None:
    bomb = gzip.compress(b" " * (200 * _MIB), 9)
    assert len(bomb) < _MIB
    tracemalloc.start()
    try:
        told = laptop.post("/v1/push", bomb, headers={"Content-Encoding": "gzip"})
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert told.status_code == 413
    assert peak < 6 * _MIB


def test_a_body_that_is_far_too_regular_is_refused_though_it_is_small(laptop: HttpLaptop) -> None:
    told = laptop.post("/v1/push", gzip.compress(b" " * 900_000), headers={"Content-Encoding": "gzip"})
    assert told.status_code == 413


def test_memory_stays_flat_over_many_large_odd_bodies(on_sqlite: Served) -> None:
    laptop = on_sqlite.laptop()
    body = b"[" + b"[]," * 150_000 + b"[]]"
    laptop.post("/v1/push", body)
    tracemalloc.start()
    try:
        for _ in range(1):
            assert laptop.post("/v1/push", body).status_code == 422
        gc.collect()  # what waits to be collected is no leak
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(2):
            assert laptop.post("/v1/push", body).status_code == 422
        peak = tracemalloc.get_traced_memory()[1]
        gc.collect()
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert after - before < 16 * _MIB  # the last body may still be in the hands of a thread of the server
    assert peak < 24 * _MIB


def _raw(served: Served, text: bytes) -> bytes:
    host, port = served.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 20) as line:
        line.sendall(text)
        line.shutdown(socket.SHUT_WR)
        answer = bytearray()
        while piece := line.recv(65_536):
            answer += piece
    return bytes(answer)


def test_a_body_longer_than_promised_or_cut_off_never_is_a_fault_of_the_server(on_sqlite: Served) -> None:
    head = b"POST /v1/hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    for rest in (
        b"Content-Length: 100\r\n\r\n{}",
        b"Content-Length: -5\r\n\r\n{}",
        b"Content-Length: abc\r\n\r\n{}",
        b"Content-Length: 99999999999999999999\r\n\r\n{}",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        b"Authorization: Bearer \xff\xfe\x00\r\nContent-Length: 2\r\n\r\n{}",
    ):
        answer = _raw(on_sqlite, head + rest)
        assert not answer or answer.split()[1][:1] == b"4", answer
    assert on_sqlite.http.get("/health").status_code == 200


def test_a_body_that_does_not_come_is_not_waited_for_for_ever(on_sqlite: Served) -> None:
    on_sqlite.settings(body_seconds=0.05)
    host, port = on_sqlite.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 20) as line:
        line.sendall(b"POST /v1/hello HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        assert b"503" in line.recv(65_536)


def test_a_path_that_is_no_name_of_ours_is_refused(laptop: HttpLaptop) -> None:
    for path in (
        "/v1/snapshot/terr:%00", "/v1/snapshot/x", "/v1/snapshot/terr:T1?limit=0", "/v1/snapshot/terr:T1?seq=1e9",
        "/v1/snapshot/terr:T1?grant=99999999999999999999", "/v1/snapshot/terr:%F0%9F%98%80%FF?limit=5001",
        "/v1/blobs/..%2f..%2fetc%2fpasswd", "/v1/blobs/" + "g" * 64, "/v1/blobs/%00", "/v1/blobs/" + "A" * 64,
    ):  # fmt: skip
        assert laptop.call("GET", path).status_code in {404, 422}, path


def test_an_offset_that_is_no_number_is_malformed(laptop: HttpLaptop) -> None:
    for offset in ("-1", "abc", "99999999999999999999", "", "1.5"):
        told = laptop.call("PATCH", "/v1/blobs/abc", b"x", {"Upload-Offset": offset})
        assert (told.status_code, told.json()["error"]) == (422, "malformed"), offset
