"""The code lists that the columns of a list are held against, as the playbook has them."""

from app.domain.archive import Owner
from app.lists.mapping import Choices
from app.lists.targets import Target
from app.playbooks.loader import Playbook


def choices_for(target: Target, playbook: Playbook) -> Choices:
    """Return the code list of each field that has one."""
    lists = playbook.enumerations
    if target is Target.PRODUCTS:
        return {"price_class": lists["price_class"]}
    if target is Target.TARGETS:
        return {"kpi": lists["target_kpi"], "price_class": lists["price_class"]}
    if target is Target.CUSTOMERS:
        return {field.key: lists[field.enum] for field in playbook.archive.fields if field.enum is not None}
    return {}


def fields_of_head_office(playbook: Playbook) -> frozenset[str]:
    """Return the fields of a customer that head office alone writes: a list changes them whoever wrote last."""
    return frozenset(field.key for field in playbook.archive.fields if field.owner is Owner.HEAD_OFFICE)
