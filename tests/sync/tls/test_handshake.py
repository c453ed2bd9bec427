"""Real TLS: the laptop believes head office alone, says why it does not believe another, and sends nothing to it."""

import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from app.cli.sync_trouble_words import TRUST_WORDS, sync_trouble
from app.headoffice import people
from app.sync.core.registry import SCHEMA
from app.sync.http_client import HttpClient, enrol_over_http
from app.sync.protocol import EnrolRequest, PullRequest
from app.sync.secrets import Secrets, new_key
from app.sync.trouble import NoConnection, TrustFlaw, Untrusted
from tests.headoffice.http.served import Served
from tests.sync.tally import tally
from tests.sync.tls.certificates import Authority, Certificate
from tests.sync.tls.certificates import new_key as new_tls_key
from tests.sync.tls.lines import Ear, Listener, Proxy, server_context


def _round(office: Served, trust: str, url: str = "") -> HttpClient:
    """Enrol and pull over the line, as a laptop does; return its client."""
    with office.world.database.write() as session:
        code = people.enrol_code(session, "M1", office.world.now)
    private, public = new_key()
    url = url or office.url
    told = enrol_over_http(url, EnrolRequest(code=code, public_key=public, device="laptop"), ca=trust)
    secrets = Secrets(told.refresh_token, private)
    client = HttpClient(url, told.replica, secrets, ca=trust, now=lambda: office.world.now)
    page = client.pull(PullRequest(replica=told.replica, schema_version=SCHEMA, cursors={}))
    assert page.done
    assert "terr:T1" in page.scopes
    client.close()
    return client


def _refused(url: str, trust: str) -> Untrusted:
    """Try to enrol where nobody proves to be head office; return what the laptop says."""
    request = EnrolRequest(code="SECRET-CODE", public_key=new_key()[1], device="laptop")
    with pytest.raises(Untrusted) as refused:
        enrol_over_http(url, request, ca=trust)
    return refused.value


def _ear(files: tuple[Path, Path], newest: ssl.TLSVersion | None = None) -> Ear:
    return Ear(server_context(files, newest=newest))


def test_a_round_goes_over_tls_with_the_company_s_own_authority(office: Served, authority: Authority) -> None:
    _round(office, authority.pem)
    _round(office, authority.pem, office.url.replace("127.0.0.1", "localhost"))


def test_a_text_may_stand_around_the_certificates(office: Served, authority: Authority, stranger: Authority) -> None:
    _round(office, f"# head office, until 2036\n{stranger.pem}\nsecond:\n{authority.pem}\n")


def test_a_key_that_is_pinned_is_believed_and_so_is_the_spare(
    office: Served, authority: Authority, certificate: Certificate
) -> None:
    spare = authority.gives()
    for pins in ((certificate, spare), (spare, certificate)):
        lines = "".join(f"pin-sha256: {one.pin}\n" for one in pins)
        _round(office, authority.pem + lines)


def test_after_the_key_is_lost_head_office_goes_on_with_the_spare(
    office: Served, authority: Authority, certificate: Certificate, tmp_path: Path
) -> None:
    spare_key = new_tls_key()
    spare = authority.gives(key=spare_key)
    trust = f'{authority.pem}pin-sha256="{certificate.pin}"\npin-sha256="{spare.pin}"\n'
    _round(office, trust)
    renewed = authority.gives(key=spare_key, days=(-1, 90))  # another certificate, the same key
    with Listener(ear := _ear(renewed.files(tmp_path / "spare"))) as one:
        with pytest.raises(NoConnection) as cut:
            enrol_over_http(
                f"https://127.0.0.1:{one.port}",
                EnrolRequest(code="SECRET-CODE", public_key="", device="x"),
                ca=trust,
            )
        assert not isinstance(cut.value, Untrusted)  # it was believed; the ear only does not answer
    assert b"POST /v1/enrol" in ear.heard


BAD: dict[str, tuple[TrustFlaw, Callable[[Authority, Authority], Certificate]]] = {
    "another authority": (TrustFlaw.AUTHORITY, lambda _, stranger: stranger.gives()),
    "another authority of the same name": (TrustFlaw.AUTHORITY, lambda own, _: Authority(own.name).gives()),
    "no longer valid": (TrustFlaw.TIME, lambda own, _: own.gives(days=(-30, -1))),
    "not yet valid": (TrustFlaw.TIME, lambda own, _: own.gives(days=(1, 30))),
    "another name": (TrustFlaw.NAME, lambda own, _: own.gives("office.example")),
    "another address": (TrustFlaw.NAME, lambda own, _: own.gives("127.0.0.2", "localhost")),
}


@pytest.mark.parametrize("case", BAD)
def test_whoever_is_not_head_office_is_told_apart_and_hears_nothing(
    authority: Authority, stranger: Authority, tmp_path: Path, case: str
) -> None:
    flaw, made = BAD[case]
    ear = _ear(made(authority, stranger).files(tmp_path))
    with Listener(ear) as one:
        assert _refused(f"https://127.0.0.1:{one.port}", authority.pem).flaw is flaw
        assert one.connections == 1, "it does not try another way"
    assert ear.heard == b""
    tally("TLS: a certificate that is not head office's", 1, note=case)


def test_a_certificate_signed_by_itself_is_not_believed(authority: Authority, tmp_path: Path) -> None:
    alone = Authority("head office")
    files = Certificate(alone.certificate, alone.key).files(tmp_path)
    with Listener(_ear(files)) as one:
        assert _refused(f"https://127.0.0.1:{one.port}", authority.pem).flaw is TrustFlaw.AUTHORITY


def test_without_a_file_only_the_system_s_authorities_count(authority: Authority, tmp_path: Path) -> None:
    with Listener(_ear(authority.gives().files(tmp_path))) as one:
        assert _refused(f"https://127.0.0.1:{one.port}", "").flaw is TrustFlaw.AUTHORITY


def test_with_a_private_authority_those_of_the_system_do_not_count(
    authority: Authority, stranger: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = tmp_path / "system.pem"
    system.write_text(stranger.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(system))
    with Listener(ear := _ear(stranger.gives().files(tmp_path / "tls"))) as one:
        url = f"https://127.0.0.1:{one.port}"
        with pytest.raises(NoConnection) as believed:
            enrol_over_http(url, EnrolRequest(code="SECRET-CODE", public_key="", device="x"))
        assert not isinstance(believed.value, Untrusted)  # the file stands for the system's store
        heard = len(ear.heard)
        assert heard
        assert _refused(url, authority.pem).flaw is TrustFlaw.AUTHORITY
    assert len(ear.heard) == heard


def test_a_key_that_is_not_pinned_is_refused_though_its_certificate_is_in_order(
    authority: Authority, certificate: Certificate, tmp_path: Path
) -> None:
    pins = f"pin-sha256: {certificate.pin}\npin-sha256: {authority.gives().pin}\n"
    ear = _ear(authority.gives().files(tmp_path))
    with Listener(ear) as one:
        assert _refused(f"https://127.0.0.1:{one.port}", authority.pem + pins).flaw is TrustFlaw.KEY
        assert one.connections == 1
    assert ear.shaken == 1
    assert ear.heard == b"", "the handshake was in order, and yet nothing was said"


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_nothing_older_than_tls_1_2_is_spoken(authority: Authority, tmp_path: Path, newest: ssl.TLSVersion) -> None:
    ear = _ear(authority.gives().files(tmp_path), newest)
    with Listener(ear) as one:
        assert _refused(f"https://127.0.0.1:{one.port}", authority.pem).flaw is TrustFlaw.OLD_TLS
        assert one.connections == 1
    assert ear.shaken == 0


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_head_office_speaks_nothing_older_than_tls_1_2_either(office: Served, authority: Authority) -> None:
    port = int(office.url.rpartition(":")[2])
    for newest, works in ((ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True)):
        context = ssl.create_default_context(cadata=authority.pem)
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version, context.maximum_version = ssl.TLSVersion.MINIMUM_SUPPORTED, newest
        with socket.create_connection(("127.0.0.1", port), 10) as line:
            if works:
                with context.wrap_socket(line, server_hostname="localhost") as inside:
                    assert inside.version() == "TLSv1.2"
            else:
                with pytest.raises((ssl.SSLError, ConnectionResetError)):
                    context.wrap_socket(line, server_hostname="localhost")


def test_an_address_without_tls_is_refused_before_anything_is_sent() -> None:
    for url in ("http://office.example", "http://10.0.0.1:8420", "HTTP://office.example", "ftp://office.example"):
        assert _refused(url, "").flaw is TrustFlaw.PLAIN


def test_a_plain_answer_on_the_port_is_no_connection_and_no_reason_to_go_on_without_tls(authority: Authority) -> None:
    heard = bytearray()

    def portal(line: socket.socket) -> None:
        heard.extend(line.recv(65_536))
        line.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://hotel.example/\r\nContent-Length: 0\r\n\r\n")

    with Listener(portal) as one:
        with pytest.raises(NoConnection) as cut:
            enrol_over_http(
                f"https://127.0.0.1:{one.port}",
                EnrolRequest(code="SECRET-CODE", public_key="", device="x"),
                ca=authority.pem,
            )
        assert not isinstance(cut.value, Untrusted)
        assert one.connections == 1
    assert b"SECRET" not in heard
    assert heard[0] == 0x16, "a TLS greeting and nothing else"


# ---- proxies ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch) -> Callable[[Listener], None]:
    """Give a way to set the proxy that the system names."""

    def use(proxy: Listener) -> None:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)

    return use


def test_a_proxy_that_only_passes_on_is_no_trouble(
    office: Served, authority: Authority, certificate: Certificate, through: Callable[[Listener], None]
) -> None:
    trust = f"{authority.pem}pin-sha256: {certificate.pin}\npin-sha256: {authority.gives().pin}\n"
    with Listener(Proxy()) as proxy:
        through(proxy)
        _round(office, trust)
        assert proxy.connections >= 1


@pytest.mark.parametrize("installed", [False, True], ids=["unknown here", "its authority is installed here"])
def test_a_proxy_that_reads_along_is_refused_with_a_clear_message(
    office: Served,
    authority: Authority,
    stranger: Authority,
    certificate: Certificate,
    through: Callable[[Listener], None],
    tmp_path: Path,
    installed: bool,
) -> None:
    pins = f"pin-sha256: {certificate.pin}\npin-sha256: {authority.gives().pin}\n"
    trust = authority.pem + (stranger.pem + pins if installed else "")
    proxy = Proxy(server_context(stranger.gives().files(tmp_path)))
    with Listener(proxy) as listening:
        through(listening)
        refused = _refused(office.url, trust)
        assert listening.connections == 1
    flaw = TrustFlaw.KEY if installed else TrustFlaw.AUTHORITY
    assert refused.flaw is flaw
    assert proxy.read == b"", "it has read nothing"
    said = sync_trouble(refused).text
    assert TRUST_WORDS[flaw].zh in said.zh
    assert TRUST_WORDS[flaw].en in said.en
    assert "nothing was sent" in said.en
    tally("TLS: a proxy that reads along", 1)


def test_what_the_line_does_wrong_besides_is_no_question_of_trust(authority: Authority) -> None:
    def hangs_up(line: socket.socket) -> None:
        line.recv(100)

    with Listener(hangs_up) as one:
        with pytest.raises(NoConnection) as cut:
            enrol_over_http(
                f"https://127.0.0.1:{one.port}",
                EnrolRequest(code="SECRET-CODE", public_key="", device="x"),
                ca=authority.pem,
            )
        assert not isinstance(cut.value, Untrusted)


def test_nobody_else_s_client_is_let_in_without_tls(office: Served) -> None:
    with pytest.raises(httpx2.HTTPError), httpx2.Client() as client:
        client.get(office.url.replace("https", "http") + "/health")
