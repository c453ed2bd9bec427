"""A text of the trade in both languages."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages of the product; Chinese first."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """A label or sentence in both languages."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        """Return the text in that language."""
        return self.zh if language is Language.ZH else self.en
