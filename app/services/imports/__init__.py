"""Bringing files of head office in: reading tables, mapping profiles, refusing bad rows, writing to the store.

Here is what pages and the command line need to speak of imports, light to import; the deed itself is
`app.services.imports.service.Imports`.
"""

from app.services.imports.reasons import Cause, FileRefusedError, ProfileError, Reason, RefusedRow, RowProblem
from app.services.imports.tally import ImportResult
from app.services.imports.targets import Target

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
