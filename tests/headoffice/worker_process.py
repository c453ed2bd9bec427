"""A worker in a process of its own: pushes what a file holds, in the way of a laptop that never gives up."""

import json
import random
import sys
import threading
from datetime import datetime
from pathlib import Path

from app.headoffice.database import OfficeDatabase
from app.headoffice.problems import Busy
from app.headoffice.push import push
from app.sync.protocol import PushRequest


def main() -> None:
    """Push every request of the file; tell each answer as it comes, and how often head office was busy."""
    url, file, now = sys.argv[1:4]
    database = OfficeDatabase(url)
    chance, again = random.Random(file), 0  # noqa: S311
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        request = PushRequest.model_validate_json(line)
        while True:
            try:
                answer = push(database, request, datetime.fromisoformat(now))
            except Busy:
                again += 1
                threading.Event().wait(chance.uniform(0, 0.05))
            else:
                break
        told = {"last": answer.last, "statuses": [one.status for one in answer.results]}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
    sys.stdout.write(json.dumps({"again": again}) + "\n")


if __name__ == "__main__":
    main()
