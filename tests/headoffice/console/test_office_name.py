"""Head office is no person: where nobody of it was named, the console says so in the reader's language."""

import pytest

from app.cli.headoffice_words import THE_OFFICE
from app.domain.text import Language
from app.headoffice.console.telling import Teller


@pytest.mark.parametrize("stored", ["office", THE_OFFICE.zh, THE_OFFICE.en])
def test_head_office_is_told_in_the_language_that_is_read(stored: str) -> None:
    assert (Teller(Language.ZH).who(stored), Teller(Language.EN).who(stored)) == ("总部", "Head office")
    assert Teller(Language.ZH).who("office:chen") == "chen"
