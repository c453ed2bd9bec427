"""Photos that head office refuses again and again: they hold up shop and laptop until a person lets them go."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from app.runtime.files import write_atomically
from app.services.day_reading import SHOWN_NAME
from app.services.sync_facts import Place
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.storage.stuck_pictures import IS_STUCK
from app.storage.trouble import trouble_of_system

LET_GO = "let_go"
"""How the queue calls a picture that is not sent any more, and the log that it was let go."""


@dataclass(frozen=True, slots=True)
class StuckPhoto:
    """A photo that was refused in so many rounds."""

    sha256: str
    place: Place
    added_at: datetime
    tries: int


class StuckPhotos:
    """Reads them, and lets one go once it lies in a file of the person."""

    def __init__(self, database: Database, files: PhotoFiles) -> None:
        self._database = database
        self._files = files

    def read(self) -> tuple[StuckPhoto, ...]:
        """Return the photos that head office refused in five rounds or more, oldest first."""
        with self._database.look() as cursor:
            rows = cursor.execute(
                f"SELECT b.sha256, max(b.tries), min(p.added_at), {SHOWN_NAME}, v.customer_id, v.id"  # noqa: S608
                " FROM blob_queue b JOIN photo p ON p.sha256 = b.sha256 AND p.deleted_at IS NULL"
                " JOIN visit v ON v.id = p.visit_id LEFT JOIN customer c ON c.id = v.customer_id"
                f" WHERE {IS_STUCK} GROUP BY b.sha256 ORDER BY min(p.added_at)"
            ).fetchall()
        return tuple(
            StuckPhoto(
                sha256,
                Place(shop or "", UUID(customer), UUID(visit)),
                datetime.fromisoformat(added).replace(tzinfo=UTC),
                tries,
            )
            for sha256, tries, added, shop, customer, visit in rows
        )

    def let_go(self, sha256: str, target: Path) -> None:
        """Write the photo to a file, and send it no more; it stays in its visit here, and the log tells of it.

        Raises TroubleError with FILE_NOT_READABLE, DISK_FULL or FOLDER_READ_ONLY; then nothing has changed.
        """
        content = self._files.get(sha256)
        try:
            write_atomically(target, content)
        except OSError as error:
            raise trouble_of_system(error) from error
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
        with self._database.note() as cursor:
            cursor.execute(
                "UPDATE blob_queue SET state = ?, upload = '' WHERE sha256 = ? AND direction = 'up'"
                " AND state = 'waiting'",
                (LET_GO, sha256),
            )
            detail = json.dumps({"photos": 1, "sha256": sha256})
            cursor.execute("INSERT INTO sync_log (at, event, detail) VALUES (?, 'photo_let_go', ?)", (now, detail))
