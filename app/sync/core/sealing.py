"""The sealed file of a handover (spec, 9): blocks that only head office can open, and that cannot be cut or changed.

`ZFHO1` ␀, eight bytes that tell which office key it is for, the sender's one-time public key (32 bytes), then blocks:
length (4 bytes, of the sealed content), kind (1 byte), sealed content. The key is HKDF-SHA-256 of the X25519 secret;
each block is sealed by AES-256-GCM with its number as nonce, bound to the preamble and to its kind. The last block
carries the SHA-256 of all that went before, signed by the laptop's own key, so that nobody can hand in for another.
"""

import hashlib
from collections.abc import Callable, Generator
from enum import IntEnum, StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"ZFHO1\0"
LARGEST_BLOCK = 9 << 20
_KEY, _MARK, _TAG = 32, 8, 16
_INFO = b"zoufang handover 1"


class Kind(IntEnum):
    """What a block holds."""

    HEADER = 1
    OPERATIONS = 2
    PHOTO = 3
    END = 4


class Flaw(StrEnum):
    """Why a file is refused; each has words for a person."""

    NOT_A_HANDOVER = "not_a_handover"
    OTHER_OFFICE = "other_office"
    CUT_SHORT = "cut_short"
    CHANGED = "changed"
    LONGER = "longer"
    """Something was added behind its end."""
    UNKNOWN_LAPTOP = "unknown_laptop"
    WRONG_SIGNATURE = "wrong_signature"
    GAP = "gap"
    """An earlier file, or an earlier sync, is missing."""
    FORKED = "forked"
    """The laptop was restored from a backup since; it must sync over the network once."""


class SealError(Exception):
    """The file is refused, whole; nothing of it was taken in."""

    def __init__(self, flaw: Flaw, detail: str = "") -> None:
        super().__init__(f"{flaw}: {detail}" if detail else flaw.value)
        self.flaw = flaw
        self.detail = detail


class Sealer:
    """Seals one file, block by block, for the office whose public key is given."""

    def __init__(self, office_key: bytes) -> None:
        own = X25519PrivateKey.generate()
        self.preamble = MAGIC + _mark(office_key) + own.public_key().public_bytes_raw()
        secret = own.exchange(X25519PublicKey.from_public_bytes(office_key))
        self._cipher = AESGCM(_derived(secret, self.preamble))
        self._number = 0
        self._hash = hashlib.sha256(self.preamble)

    def block(self, kind: Kind, content: bytes) -> bytes:
        """Return the content as the next block of the file."""
        if len(content) > LARGEST_BLOCK:
            raise ValueError("a block this large could not be opened again")
        sealed = self._cipher.encrypt(_nonce(self._number), content, self.preamble + bytes([kind]))
        self._number += 1
        _take_in(self._hash.update, kind, content)
        return len(sealed).to_bytes(4, "big") + bytes([kind]) + sealed

    def digest(self) -> bytes:
        """Return the SHA-256 of everything so far, which the end block names and the laptop signs."""
        return self._hash.digest()


class Opener:
    """Opens one file at head office; `read` gives at most that many bytes and fewer only at the end of the file."""

    def __init__(self, private_key: bytes, read: Callable[[int], bytes]) -> None:
        self._read = read
        own = X25519PrivateKey.from_private_bytes(private_key)
        self._preamble = self._exactly(len(MAGIC) + _MARK + _KEY, Flaw.NOT_A_HANDOVER)
        if not self._preamble.startswith(MAGIC):
            raise SealError(Flaw.NOT_A_HANDOVER)
        mark = self._preamble[len(MAGIC) : len(MAGIC) + _MARK]
        if mark != _mark(own.public_key().public_bytes_raw()):
            raise SealError(Flaw.OTHER_OFFICE)
        try:
            secret = own.exchange(X25519PublicKey.from_public_bytes(self._preamble[-_KEY:]))
        except ValueError as error:
            raise SealError(Flaw.CHANGED) from error
        self._cipher = AESGCM(_derived(secret, self._preamble))
        self._hash = hashlib.sha256(self._preamble)

    def blocks(self) -> Generator[tuple[Kind, bytes, bytes]]:
        """Give kind, content and the digest of all that went before. Raises SealError where the file is not whole."""
        number = 0
        while True:
            before = self._hash.digest()
            kind, content = self._next(number)
            yield kind, content, before
            if kind is Kind.END:
                if self._read(1):
                    raise SealError(Flaw.LONGER)
                return
            _take_in(self._hash.update, kind, content)
            number += 1

    def _next(self, number: int) -> tuple[Kind, bytes]:
        head = self._exactly(5, Flaw.CUT_SHORT)
        length = int.from_bytes(head[:4], "big")
        if not _TAG <= length <= LARGEST_BLOCK + _TAG:
            raise SealError(Flaw.CHANGED)
        sealed = self._exactly(length, Flaw.CUT_SHORT)
        try:
            content = self._cipher.decrypt(_nonce(number), sealed, self._preamble + head[4:])
            return Kind(head[4]), content
        except (InvalidTag, ValueError) as error:
            raise SealError(Flaw.CHANGED) from error

    def _exactly(self, count: int, flaw: Flaw) -> bytes:
        content = self._read(count)
        if len(content) < count:
            raise SealError(flaw)
        return content


def _take_in(update: Callable[[bytes], None], kind: Kind, content: bytes) -> None:
    update(bytes([kind]) + len(content).to_bytes(8, "big"))
    update(content)


def _derived(secret: bytes, preamble: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=preamble, info=_INFO).derive(secret)


def _mark(public_key: bytes) -> bytes:
    return hashlib.sha256(b"zoufang office key" + public_key).digest()[:_MARK]


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")
