"""The calls to head office over HTTPS: gzip both ways, a limit on each wait, nothing believed that is not our JSON."""

import gzip
import secrets
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

import httpx2
from pydantic import BaseModel

from app.runtime.cancel import CancelledError, CancelToken
from app.sync.http_answers import (
    Each,
    body_of,
    bounded,
    read_answer,
    read_part,
    refusal_of,
    told_moment,
    working_seconds,
)
from app.sync.link import LinkMeter, LinkSpeed
from app.sync.protocol import (
    ASKED_HEADER,
    BY_A_PERSON,
    CALL_HEADER,
    EPOCH_HEADER,
    Answer,
    BlobAnswer,
    BlobRequest,
    EnrolAnswer,
    EnrolRequest,
    EstimateAnswer,
    EstimateRequest,
    FarewellRequest,
    HelloAnswer,
    HelloRequest,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    ReceiptAnswer,
    ReceiptRequest,
    RenewAnswer,
    RenewRequest,
    RoundPart,
    RoundRequest,
    TokenAnswer,
    TokenRequest,
    VerdictsAnswer,
    VerdictsRequest,
)
from app.sync.secrets import Secrets
from app.sync.trouble import NoConnection, Refused, Untrusted
from app.sync.trust import check_url, context_of, flaw_of

_TIMEOUT = httpx2.Timeout(connect=10, read=60, write=60, pool=5)
_SMALL = 512
_OFFSET = "Upload-Offset"
_WATCH_SECONDS = 0.2
_NOT_FOUND = 404
_JSON = "application/json"
_CUT = (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError, RuntimeError, ValueError, zlib.error)
"""What the network and those who stand in it can cause; anything else is a fault of the program."""
_T = TypeVar("_T", bound=BaseModel)
_TOKENS: dict[tuple[str, str, Secrets], str] = {}
"""Access tokens that this process holds, by head office, replica and its secrets; never on a disk.

They outlive a round, so that each of them but the first saves a round trip.
"""


class HttpClient:
    """Speaks with one head office for one laptop; not for two threads at once."""

    def __init__(
        self,
        url: str,
        replica: str,
        secrets: Secrets,
        *,
        ca: str = "",
        cancel: CancelToken | None = None,
        transport: httpx2.BaseTransport | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._url = url
        self._replica = replica
        self._secrets = secrets
        self._now = now
        self._wire = _Wire(url, ca, cancel or CancelToken(), transport)
        self.epoch = ""
        """The epoch of head office in its last answer."""
        self.is_asked = False
        """A person asked for this round and waits for it: head office keeps places for that."""

    @property
    def speed(self) -> LinkSpeed | None:
        """How fast the line is, as far as the calls so far tell."""
        return self._wire.meter.speed(self._now())

    @property
    def bytes_sent(self) -> int:
        """Bytes of all bodies sent so far, as they travelled."""
        return self._wire.sent

    @property
    def bytes_received(self) -> int:
        """Bytes of all bodies received so far, as they travelled."""
        return self._wire.received

    def hello(self, request: HelloRequest) -> HelloAnswer:
        """Open a round."""
        return self._post("hello", request, HelloAnswer)

    def push(self, request: PushRequest) -> PushAnswer:
        """Send operations."""
        return self._post("push", request, PushAnswer)

    def verdicts(self, request: VerdictsRequest) -> VerdictsAnswer:
        """Ask what became of operations that were parked."""
        return self._post("verdicts", request, VerdictsAnswer)

    def open_round(self, request: RoundRequest, take: Callable[[RoundPart], object]) -> None:
        """Make hello, push and pull one call; `take` gets each part as it comes."""
        self._authorised("POST", "v1/round", body_of(request), each=lambda line: take(read_part(line)))

    def pull(self, request: PullRequest) -> PullAnswer:
        """Ask for what is new."""
        return self._post("pull", request, PullAnswer)

    def estimate(self, request: EstimateRequest) -> EstimateAnswer:
        """Ask how much a pull would bring."""
        return self._post("estimate", request, EstimateAnswer)

    def renew(self, request: RenewRequest) -> RenewAnswer:
        """Ask for another replica; the calls that follow are made under it."""
        answer = self._post("renew", request, RenewAnswer)
        self._replica = answer.replica
        return answer

    def receipt(self, request: ReceiptRequest) -> ReceiptAnswer:
        """Compare a day."""
        return self._post("receipt", request, ReceiptAnswer)

    def announce_blob(self, request: BlobRequest) -> BlobAnswer:
        """Announce the bytes of a photo."""
        return self._post("blobs", request, BlobAnswer)

    def blob_offset(self, upload: str) -> int:
        """Ask how much of an upload has arrived."""
        response = self._authorised("HEAD", f"v1/blobs/{upload}")
        try:
            return int(response.headers[_OFFSET])
        except (KeyError, ValueError) as error:
            raise NoConnection("no offset in the answer") from error

    def append_blob(self, upload: str, offset: int, chunk: bytes) -> BlobAnswer:
        """Send bytes at an offset."""
        headers = {_OFFSET: str(offset), "Content-Type": "application/octet-stream"}
        return read_answer(self._authorised("PATCH", f"v1/blobs/{upload}", chunk, headers), BlobAnswer)

    def read_blob(self, sha256: str, start: int = 0) -> bytes:
        """Return the bytes of a photo from `start` on."""
        headers = {"Range": f"bytes={start}-"} if start else {}
        response = self._authorised("GET", f"v1/blobs/{sha256}", headers=headers)
        if response.headers.get("Content-Type", "").startswith("text/"):
            raise NoConnection("a page came instead of a photo")
        return response.content

    def read_picture(self, photo: str, kind: str, start: int, length: int) -> tuple[bytes, int]:
        """Return bytes of the picture of a photo row from `start` on, and how many there are in all."""
        headers = {"Range": f"bytes={start}-{start + length - 1}"}
        response = self._authorised("GET", f"v1/blobs/of/{photo}/{kind}", headers=headers)
        _, _, whole = response.headers.get("Content-Range", "").rpartition("/")
        if not whole.isdecimal() or not response.content:
            raise NoConnection("something else than a part of a photo came")
        return response.content, int(whole)

    def farewell(self, last_no: int, epoch: str) -> None:
        """Say that this laptop is given back; signed, as it may have been heard once and get no token any more."""
        response = self._call_proven(
            "v1/farewell",
            self._replica,
            lambda proven: FarewellRequest(**proven.model_dump(), last_no=last_no, epoch=epoch),
        )
        read_answer(response, Answer)

    def ack_wipe(self, replica: str) -> None:
        """Say that this laptop has wiped itself; signed, as no access token is given to it any more."""
        self._call_proven("v1/ack-wipe", replica)

    def close(self) -> None:
        """Let go of the connection."""
        self._wire.close()

    @property
    def _token(self) -> str:
        return _TOKENS.get((self._url, self._replica, self._secrets), "")

    @_token.setter
    def _token(self, token: str) -> None:
        _TOKENS[self._url, self._replica, self._secrets] = token

    def _post(self, name: str, request: BaseModel, answer: type[_T]) -> _T:
        return read_answer(self._authorised("POST", f"v1/{name}", body_of(request)), answer)

    def _authorised(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None,
        *, each: Each | None = None,
    ) -> httpx2.Response:  # fmt: skip
        """Make a call under an access token, asking for one first, and for another where it has ended."""
        for attempt in (1, 2):
            if not self._token:
                self._token = read_answer(self._call_proven("v1/token", self._replica), TokenAnswer).access_token
            try:
                bearer = {**(headers or {}), "Authorization": f"Bearer {self._token}"}
                if self.is_asked:
                    bearer[ASKED_HEADER] = BY_A_PERSON
                if self.epoch:
                    bearer[EPOCH_HEADER] = self.epoch
                response = self._wire.call(method, path, body, bearer, each)
            except Refused as refused:
                if refused.trouble.error == "epoch_changed":
                    self.epoch = ""  # the hello that follows is to be answered
                if refused.trouble.error != "token" or attempt == 2:  # noqa: PLR2004
                    raise
                self._token = ""
            else:
                self.epoch = response.headers.get(EPOCH_HEADER, self.epoch)
                return response
        raise AssertionError("the second attempt returns or raises")

    def _call_proven(
        self, path: str, replica: str, told: Callable[[TokenRequest], BaseModel] = lambda proven: proven
    ) -> httpx2.Response:
        """Make a call that the laptop's key signs; where its clock is too wrong, once more at the moment it is told."""
        moment = self._now().astimezone(UTC).isoformat()
        try:
            return self._wire.call("POST", path, body_of(told(self._proven(replica, moment))))
        except Refused as refused:
            right = told_moment(refused.trouble)
            if right is None:
                raise
            return self._wire.call("POST", path, body_of(told(self._proven(replica, right))))

    def _proven(self, replica: str, moment: str) -> TokenRequest:
        return TokenRequest(
            replica=replica,
            refresh_token=self._secrets.refresh_token,
            moment=moment,
            proof=self._secrets.proof(replica, moment),
        )


def enrol_over_http(
    url: str, request: EnrolRequest, *, ca: str = "", transport: httpx2.BaseTransport | None = None
) -> EnrolAnswer:
    """Make the one call that needs no identity."""
    wire = _Wire(url, ca, CancelToken(), transport)
    try:
        return read_answer(wire.call("POST", "v1/enrol", body_of(request)), EnrolAnswer)
    finally:
        wire.close()


class _Wire:
    """One connection: sends, waits no longer than it must, and tells our answers from a hotel's page."""

    def __init__(self, url: str, ca: str, cancel: CancelToken, transport: httpx2.BaseTransport | None) -> None:
        check_url(url)
        context = context_of(ca)
        self._cancel = cancel
        self._client = httpx2.Client(
            base_url=url.rstrip("/") + "/",
            verify=context,
            timeout=_TIMEOUT,
            follow_redirects=False,
            transport=transport,
            headers={"Accept": _JSON, "Accept-Encoding": "gzip"},
        )
        self.sent = self.received = 0
        self.meter = LinkMeter()

    def call(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None,
        each: Each | None = None,
    ) -> httpx2.Response:  # fmt: skip
        """Send and return the answer, but for what is given to `each`, line by line.

        Raises NoConnection, Refused or CancelledError (within a second).
        """
        self._cancel.check()
        sent = {**(headers or {}), CALL_HEADER: secrets.token_hex(8)}
        if body:
            sent.setdefault("Content-Type", _JSON)
            if len(body) > _SMALL and sent["Content-Type"] == _JSON:
                body = gzip.compress(body, 6)
                sent["Content-Encoding"] = "gzip"
        outcome = _Outcome()
        worker = threading.Thread(target=self._send, args=(outcome, method, path, body, sent, each), daemon=True)
        worker.start()
        while not outcome.ready.wait(_WATCH_SECONDS):
            if self._cancel.cancelled:
                # The connection is closed under the worker, which then ends by itself.
                self._client.close()
                raise CancelledError
        self.sent += len(body)
        if outcome.seconds is not None:
            self.meter.note(len(body), outcome.seconds[0], outcome.travelled, outcome.seconds[1])
        return self._judged(outcome, method)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _send(
        self, outcome: "_Outcome", method: str, path: str, body: bytes, headers: Mapping[str, str], each: Each | None
    ) -> None:
        begun = time.monotonic()
        try:
            with self._client.stream(method, path, content=body or None, headers=dict(headers)) as response:
                answered = time.monotonic()
                _refuse_other(response, headers[CALL_HEADER])
                outcome.response = response
                outcome.content = bounded(response, each if response.is_success else None)
                outcome.travelled = response.num_bytes_downloaded
                working = working_seconds(response)
                outcome.seconds = max(0.0, answered - begun - working), time.monotonic() - answered
        except Exception as error:  # noqa: BLE001 - it is raised again in the thread that waits
            outcome.error = error
        finally:
            outcome.ready.set()

    def _judged(self, outcome: "_Outcome", method: str) -> httpx2.Response:
        if (flaw := flaw_of(outcome.error)) is not None:
            raise Untrusted(flaw) from outcome.error
        if isinstance(outcome.error, _CUT):
            raise NoConnection(str(outcome.error)) from outcome.error
        if outcome.error is not None:
            raise outcome.error
        assert outcome.response is not None  # noqa: S101 - there is an answer where there is no error
        self.received += outcome.travelled
        response = outcome.response
        headers = [(name, value) for name, value in response.headers.items() if name.lower() != "content-encoding"]
        whole = httpx2.Response(
            response.status_code, headers=headers, content=outcome.content, request=response.request
        )  # fmt: skip
        if whole.is_success:
            return whole
        raise refusal_of(whole, method)


def _refuse_other(response: httpx2.Response, call: str) -> None:
    """Raise ValueError where a proxy answers from its memory; an older head office repeats no header."""
    if response.headers.get(CALL_HEADER, call) != call:
        raise ValueError("an answer to another call")


class _Outcome:
    """What a call came to; filled in by the thread that waits on the line."""

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.response: httpx2.Response | None = None
        self.content = b""
        self.travelled = 0
        self.seconds: tuple[float, float] | None = None
        """Until the answer began, and until it was here; None where it was cut."""
        self.error: Exception | None = None
