"""The words of the shelf step."""

from PySide6.QtCore import QObject


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
