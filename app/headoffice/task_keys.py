"""What makes two tasks the same task."""

from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5


def task_key(values: Mapping[str, object]) -> str:
    """Return the key of a task: the same manager, shop, title and day are the same task."""
    named = "/".join(str(values.get(name)) for name in ("manager", "customer_id", "title", "due_on"))
    return str(uuid5(NAMESPACE_URL, f"task/{named}"))
