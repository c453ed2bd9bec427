"""Bringing files of head office in: what `app.lists` reads is written to the store, what it refuses is counted.

Here is what pages and the command line need to speak of imports, light to import; the deed itself is
`app.services.imports.service.Imports`.
"""

from app.lists.reasons import Cause, FileRefusedError, ProfileError, Reason, RefusedRow, RowProblem
from app.lists.targets import Target
from app.services.imports.tally import ImportResult

__all__ = [
    "Cause",
    "FileRefusedError",
    "ImportResult",
    "ProfileError",
    "Reason",
    "RefusedRow",
    "RowProblem",
    "Target",
]
