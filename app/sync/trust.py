"""Whom a laptop believes to be head office: a private authority or pinned keys, TLS 1.2 at least, and no way round it.

What is trusted stands in one text file, given at enrolment (`--ca FILE`) and kept in the store: certificates of
authorities as PEM, and lines `pin-sha256: BASE64` that name the public keys head office may show (of its certificate,
SHA-256 of the SubjectPublicKeyInfo). With certificates only those authorities count, without them the system's; with
pins the key must be one of them as well. Two pins at least: one is the spare, for the day the other is lost.
"""

import base64
import binascii
import hashlib
import re
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.sync.trouble import TrustFlaw, Untrusted

FEWEST_PINS = 2
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_PIN = re.compile(r"^[ \t]*pin-sha256[ \t]*[:=][ \t]*\"?([A-Za-z0-9+/=]+)\"?[ \t]*$", re.MULTILINE)
_HERE = frozenset({"127.0.0.1", "::1", "localhost"})
_SHA256_BYTES = 32
# OpenSSL's numbers of what is wrong with a certificate (x509_vfy.h)
_TIME, _NAME = frozenset({9, 10}), frozenset({62, 63, 64})
_OLD = frozenset({"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "NO_PROTOCOLS_AVAILABLE"})


@dataclass(frozen=True, slots=True)
class Trust:
    """What a text of trust names."""

    authorities: str = ""
    """Certificates as PEM; empty for those of the system."""
    pins: frozenset[bytes] = frozenset()


def read_trust(text: str) -> Trust:
    """Return what the text names. Raises ValueError where it names nothing, a key that is none, or one pin alone."""
    if not text.strip():
        return Trust()
    authorities = "\n".join(_PEM.findall(text))
    pins = frozenset(_digest(found) for found in _PIN.findall(text))
    if not authorities and not pins:
        raise ValueError("neither a certificate nor a pin")
    if 0 < len(pins) < FEWEST_PINS:
        raise ValueError("one pin alone: there must be a spare")
    return Trust(authorities, pins)


def context_of(text: str) -> ssl.SSLContext:
    """Return the TLS of a laptop that trusts what the text names. Raises ValueError."""
    trust = read_trust(text)
    try:
        context = ssl.create_default_context(cadata=trust.authorities or None)
    except ssl.SSLError as error:
        raise ValueError("no certificate can be read") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if trust.pins:
        context.sslsocket_class = _pinned(ssl.SSLSocket, trust.pins)
        context.sslobject_class = _pinned(ssl.SSLObject, trust.pins)
    return context


def check_url(url: str) -> None:
    """Raise Untrusted for an address without TLS, but on this machine itself."""
    parts = urlsplit(url)
    if parts.scheme.lower() != "https" and (parts.hostname or "") not in _HERE:
        raise Untrusted(TrustFlaw.PLAIN)


def pin_of(certificate: bytes) -> str:
    """Return the pin of a certificate (DER), as a line of trust names it."""
    return base64.b64encode(_key_digest(certificate)).decode()


def flaw_of(error: BaseException | None) -> TrustFlaw | None:
    """Return why head office was not believed, None where the line broke for another reason."""
    for _ in range(8):
        if error is None:
            return None
        if isinstance(error, _WrongKeyError):
            return TrustFlaw.KEY
        if isinstance(error, ssl.SSLCertVerificationError):
            code = error.verify_code
            return TrustFlaw.TIME if code in _TIME else TrustFlaw.NAME if code in _NAME else TrustFlaw.AUTHORITY
        if isinstance(error, ssl.SSLError) and error.reason in _OLD:
            return TrustFlaw.OLD_TLS
        error = error.__cause__ or error.__context__
    return None


class _WrongKeyError(ssl.SSLError):
    """The certificate is in order, its key is none of those that are pinned."""


def _pinned(kind: type[Any], pins: frozenset[bytes]) -> type[Any]:
    """Return a connection that shows the peer's key against the pins before anything is sent."""

    class Pinned(kind):
        def do_handshake(self, *arguments: Any, **named: Any) -> None:
            super().do_handshake(*arguments, **named)
            certificate = self.getpeercert(binary_form=True)
            if not certificate or _key_digest(certificate) not in pins:
                raise _WrongKeyError("the key of the certificate is not one of those that are pinned")

    return Pinned


def _key_digest(certificate: bytes) -> bytes:
    key = x509.load_der_x509_certificate(certificate).public_key()
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()


def _digest(text: str) -> bytes:
    try:
        digest = base64.b64decode(text, validate=True)
    except binascii.Error:
        digest = b""
    if len(digest) != _SHA256_BYTES:
        raise ValueError(f"{text} is no pin")
    return digest
