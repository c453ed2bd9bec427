"""One folder a page; pages do not import each other."""
