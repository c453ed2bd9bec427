"""The card of one SKU."""
