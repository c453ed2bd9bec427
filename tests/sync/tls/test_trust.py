"""The text of trust: what it may say, and what is refused before it could do harm."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.sync.trouble import TrustFlaw
from app.sync.trust import context_of, flaw_of, read_trust
from tests.sync.tls.certificates import Authority, Certificate

_PINS = [base64.b64encode(hashlib.sha256(bytes([number])).digest()).decode() for number in range(3)]


def test_nothing_is_the_system_s_own_authorities() -> None:
    for text in ("", "  \n"):
        trust = read_trust(text)
        assert (trust.authorities, trust.pins) == ("", frozenset())


def test_pins_are_read_as_they_are_written_elsewhere(authority: Authority) -> None:
    text = f'{authority.pem}\npin-sha256: {_PINS[0]}\n  pin-sha256="{_PINS[1]}"\n# pin-sha256: {_PINS[2]}\n'
    trust = read_trust(text)
    assert trust.pins == {base64.b64decode(one) for one in _PINS[:2]}
    assert trust.authorities == authority.pem.strip()


@pytest.mark.parametrize(
    "text",
    [
        "no certificate at all",
        f"pin-sha256: {_PINS[0]}",
        f"pin-sha256: {_PINS[0]}\npin-sha256: {_PINS[0]}",
        f"pin-sha256: {_PINS[0]}\npin-sha256: c2hvcnQ=",
        f"pin-sha256: {_PINS[0]}\npin-sha256: {_PINS[1][:-2]}",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nAAAA",
    ],
)
def test_a_text_that_would_trust_nobody_or_leave_no_spare_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"pin|certificate"):
        context_of(text)


def test_the_pin_is_that_of_the_public_key_as_everybody_counts_it(certificate: Certificate) -> None:
    key = certificate.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert certificate.pin == base64.b64encode(hashlib.sha256(key).digest()).decode()


def test_an_error_of_another_kind_is_no_flaw() -> None:
    chained = OSError("cut")
    chained.__cause__ = ValueError("x")
    assert flaw_of(chained) is None
    assert flaw_of(None) is None


def test_each_flaw_has_words() -> None:
    from app.cli.sync_trouble_words import TRUST_WORDS

    assert set(TRUST_WORDS) == set(TrustFlaw)
