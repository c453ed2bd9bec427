"""Puts values into translated words."""


def fill(text: str, *values: object) -> str:
    """Put values in the place of %1, %2 and so on."""
    for number, value in enumerate(values, 1):
        text = text.replace(f"%{number}", str(value))
    return text
