"""The names under which bytes of photos lie: ours, of plain letters, so that none leads out of where they belong."""


def check_name(name: str) -> tuple[str, ...]:
    """Return the parts of a name. Raises ValueError for one that we did not make."""
    parts = tuple(name.split("/"))
    if any(not part or part.startswith(".") or not _is_plain(part) for part in parts):
        raise ValueError(f"{name!r} is no name of ours")
    return parts


def _is_plain(part: str) -> bool:
    return all(letter.isascii() and (letter.isalnum() or letter in "-_.") for letter in part)
