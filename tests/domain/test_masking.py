"""What is hidden from whoever looks over the shoulder, and what is not."""

from app.domain.masking import is_private, mask_field
from app.playbooks.loader import load_playbook


def _hidden(key: str) -> bool:
    field = load_playbook().archive.field(key)
    assert field is not None
    return is_private(field)


def test_persons_of_the_shop_and_the_licence_are_hidden() -> None:
    assert all(map(_hidden, ("license_no", "phone_main", "operator_name")))


def test_the_code_of_the_manager_who_sits_before_it_is_not() -> None:
    field = load_playbook().archive.field("manager_id")
    assert field is not None
    assert not is_private(field)
    assert mask_field(field, "JL0307") == "JL0307"
