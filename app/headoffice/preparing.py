"""Makes a database ready for this program, with the key of head office for which laptops seal handover files."""

import base64

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.headoffice.database import OfficeDatabase

_SETTING = "handover_key"


def prepare(database: OfficeDatabase) -> None:
    """Bring the database to this program's version and give it a key if it has none."""
    database.create()
    handover_key(database)


def handover_key(database: OfficeDatabase) -> bytes:
    """Return the raw private key that opens handover files; the first who asks makes it."""
    held = database.setting(_SETTING)
    if held is None:
        held = base64.b64encode(X25519PrivateKey.generate().private_bytes_raw()).decode()
        database.put_setting(_SETTING, held)
    return base64.b64decode(held)


def handover_public_key(database: OfficeDatabase) -> str:
    """Return the public key, raw, in base64, as a laptop is told it."""
    key = X25519PrivateKey.from_private_bytes(handover_key(database))
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()
