"""The words of the shelf step."""

from PySide6.QtCore import QObject

from app.domain.count_sense import Contradiction


class ShelfWords(QObject):
    """Puts counts and checks into the language shown."""

    def count(self, field: str) -> tuple[str, str]:
        """Return the name and the unit of a count."""
        return {
            "sku_on_sale": (self.tr("SKUs on sale"), self.tr("SKUs")),
            "sku_shown": (self.tr("SKUs shown"), self.tr("SKUs")),
            "sku_tagged": (self.tr("SKUs with a tag"), self.tr("SKUs")),
            "slots": (self.tr("Display slots"), self.tr("slots")),
        }[field]

    def contradiction(self, found: Contradiction) -> str:
        """Say which counts cannot both be right."""
        words = self.tr("%1 %2, but %3 only %4: which of them is right?")
        parts = (self.count(found.part)[0], found.part_count, self.count(found.whole)[0], found.whole_count)
        for number, part in enumerate(parts, 1):
            words = words.replace(f"%{number}", str(part))
        return words

    def check(self, field: str) -> str:
        """Return what is to be checked."""
        return {
            "fixture_ok": self.tr("Own counter or rack, in good order"),
            "position_ok": self.tr("Well placed, near the till"),
            "in_order": self.tr("In order of price or brand"),
            "fresh": self.tr("Samples clean, changed within a month"),
            "license_shown": self.tr("Licence shown openly"),
            "minors_sign": self.tr("Sign 'no sale to minors'"),
            "tags_complete": self.tr("One tag each, with name, price and unit"),
            "price_as_tagged": self.tr("Sold at the price tagged (5 SKUs tried)"),
        }[field]
