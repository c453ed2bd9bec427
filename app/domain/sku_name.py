"""How a SKU is called wherever a person reads it: its name with its size, since one name comes in several sizes."""


def size_words(content_ml: int | None) -> str:
    """Return the size of a bottle; empty where there is none, as for cartons."""
    return "" if content_ml is None else f"{content_ml} ml"


def sku_name(name: str, content_ml: int | None) -> str:
    """Return the name with the size, unless the name already says it."""
    size = size_words(content_ml)
    if not size or name.casefold().replace(" ", "").endswith(size.replace(" ", "")):
        return name
    return f"{name} {size}"
