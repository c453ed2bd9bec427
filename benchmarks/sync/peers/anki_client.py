"""Anki's own client library with a note for each record: `python anki_client.py URL FOLDER [RECORDS]`.

Run by the Python of Anki's own environment. Prints how long the sync took.
"""

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any


def _add(collection: Any, records: list[str]) -> None:
    requests = import_module("anki.collection").AddNoteRequest
    kind = collection.models.by_name("Basic")
    deck = collection.decks.id("Default")
    made = []
    for line in records:
        note = collection.new_note(kind)
        note["Front"], note["Back"] = json.loads(line)["id"], line
        made.append(requests(note=note, deck_id=deck))
    if made:
        collection.add_notes(made)


def _sync(collection: Any, url: str) -> Any:
    auth = collection.sync_login("bench", "bench", url)
    output = collection.sync_collection(auth, False)
    if output.required in {output.NO_CHANGES, output.NORMAL_SYNC}:
        return collection
    upload = output.required == output.FULL_UPLOAD or (
        output.required == output.FULL_SYNC and collection.note_count() > 0
    )
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=auth, server_usn=None, upload=upload)
    collection.reopen(after_full_sync=True)
    return collection


def main() -> None:
    """Make one sync and print its seconds."""
    url, folder = sys.argv[1], Path(sys.argv[2])
    records = Path(sys.argv[3]).read_text().splitlines() if len(sys.argv) > 3 else []
    folder.mkdir(parents=True, exist_ok=True)
    collection = import_module("anki.collection").Collection(str(folder / "collection.anki2"))
    _add(collection, records)
    before = collection.note_count()
    began = time.perf_counter()
    collection = _sync(collection, url)
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "sent": len(records), "received": collection.note_count() - before}))
    collection.close()


if __name__ == "__main__":
    main()
