"""The forecast page: the territory by SKU and month, its shops, corrections, submission and follow-up."""
