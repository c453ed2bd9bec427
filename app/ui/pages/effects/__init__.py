"""The marketing-effect page: what a month achieved against its targets, and the shops behind each figure."""
