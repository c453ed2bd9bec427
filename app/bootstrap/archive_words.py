"""The values of a clash in words: those of the archive as its page shows them, private ones hidden."""

from decimal import InvalidOperation

from app.domain.masking import is_private, mask_field
from app.domain.playbook import Playbook
from app.services.archive_values import stored_value
from app.services.customer_profile import ArchiveValue
from app.ui.look.formats import NO_VALUE
from app.ui.look.translations import current_language
from app.ui.pages.customers.archive_lines import value_words


class ArchiveWords:
    """Words fields and values; called from the sync page, which knows no other page."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook

    def __call__(self, table: str, field: str, value: object) -> str:
        """Return a value in words; without a field, `value` is a field whose name is asked for."""
        if not field:
            found = self._playbook.archive.field(str(value)) if table == "customer" else None
            return found.label.of(current_language()) if found is not None else str(value)
        archived = self._playbook.archive.field(field) if table == "customer" else None
        if archived is None or value is None:
            return NO_VALUE if value is None else str(value)
        try:
            held = value if isinstance(value, list) else stored_value(archived, str(value))
        except (ValueError, SyntaxError, ArithmeticError, InvalidOperation):
            return str(value)
        one = ArchiveValue(archived, held)  # pyright: ignore[reportUnknownArgumentType, reportArgumentType]
        words = value_words(one, self._playbook.enumerations, current_language())
        return mask_field(archived, words) if is_private(archived) else words
