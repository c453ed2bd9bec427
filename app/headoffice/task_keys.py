"""What makes two tasks the same task."""

from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5


def task_key(values: Mapping[str, object]) -> str:
    """Return the key of a task: the same shop, title and day are the same task, whoever has the shop by now.

    Without a shop it is the manager who makes it the same.
    """
    names = ("customer_id" if values.get("customer_id") else "manager", "title", "due_on")
    named = "/".join(str(values.get(name)) for name in names)
    return str(uuid5(NAMESPACE_URL, f"task/{named}"))
