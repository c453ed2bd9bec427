"""The key: wrapped by the password, never stored in clear, dear to guess."""

import json
import time

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError
from typing_extensions import override

from app.domain.problems import Problem, TroubleError
from app.runtime.paths import DataFolder
from app.storage.vault import Vault
from tests.conftest import CHEAP, PASSWORD


class KeyringInMemory(KeyringBackend):
    """A real backend of the keyring library that keeps its secrets in this process."""

    priority = 1  # pyright: ignore[reportAssignmentType]

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}

    @override
    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password

    @override
    def delete_password(self, service: str, username: str) -> None:
        if self.secrets.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


@pytest.fixture
def vault(data_folder: DataFolder) -> Vault:
    data_folder.root.mkdir()
    return Vault(data_folder.vault, use_keyring=False, cost=CHEAP)


def test_the_password_gives_the_key_back(vault: Vault) -> None:
    key = vault.create(PASSWORD)
    assert len(key) == 32
    assert vault.unlock(PASSWORD) == key


def test_neither_key_nor_password_lies_in_the_file(vault: Vault, data_folder: DataFolder) -> None:
    key = vault.create(PASSWORD)
    text = data_folder.vault.read_text()
    assert key.hex() not in text
    assert PASSWORD not in text
    assert json.loads(text)["kdf"] == "argon2id"


def test_a_wrong_password_is_told_and_the_wait_grows(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr("app.storage.vault.time.time", lambda: now)
    vault.create(PASSWORD)
    waits: list[int] = []
    for _ in range(5):
        with pytest.raises(TroubleError) as trouble:
            vault.unlock("not the password")
        assert trouble.value.problem is Problem.WRONG_PASSWORD
        waits.append(vault.seconds_to_wait())
        now += waits[-1]
    assert waits == [0, 0, 2, 4, 8]


def test_while_waiting_even_the_right_password_is_not_looked_at(vault: Vault) -> None:
    vault.create(PASSWORD)
    for _ in range(3):
        with pytest.raises(TroubleError):
            vault.unlock("not the password")
    with pytest.raises(TroubleError) as trouble:
        vault.unlock(PASSWORD)
    assert trouble.value.problem is Problem.WAIT_BEFORE_RETRY
    assert int(trouble.value.detail) in {1, 2}


def test_setting_the_clock_back_does_not_shorten_the_wait(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.create(PASSWORD)
    for _ in range(3):
        with pytest.raises(TroubleError):
            vault.unlock("not the password")
    monkeypatch.setattr("app.storage.vault.time.time", lambda: 0.0)
    assert vault.seconds_to_wait() == 2


def test_the_right_password_clears_the_count(vault: Vault) -> None:
    vault.create(PASSWORD)
    for _ in range(2):
        with pytest.raises(TroubleError):
            vault.unlock("not the password")
    vault.unlock(PASSWORD)
    with pytest.raises(TroubleError):
        vault.unlock("not the password")
    assert vault.seconds_to_wait() == 0


def test_a_new_password_opens_the_same_key_and_the_old_one_no_longer_does(vault: Vault) -> None:
    key = vault.create(PASSWORD)
    vault.change_password(PASSWORD, "another fine password")
    assert vault.unlock("another fine password") == key
    with pytest.raises(TroubleError) as trouble:
        vault.unlock(PASSWORD)
    assert trouble.value.problem is Problem.WRONG_PASSWORD


def test_a_short_password_is_refused(vault: Vault) -> None:
    with pytest.raises(TroubleError) as trouble:
        vault.create("1234567")
    assert trouble.value.problem is Problem.PASSWORD_TOO_SHORT


def test_a_chinese_password_works(vault: Vault) -> None:
    key = vault.create("河东三线的密码很长")
    assert vault.unlock("河东三线的密码很长") == key


def test_a_keyring_opens_without_the_password_and_forgets_on_request(data_folder: DataFolder) -> None:
    data_folder.root.mkdir()
    before = keyring.get_keyring()
    keyring.set_keyring(KeyringInMemory())
    try:
        vault = Vault(data_folder.vault, cost=CHEAP)
        key = vault.create(PASSWORD)
        assert Vault(data_folder.vault, cost=CHEAP).unlock_from_keyring() == key
        vault.forget_in_keyring()
        assert vault.unlock_from_keyring() is None
    finally:
        keyring.set_keyring(before)


def test_without_a_keyring_the_password_is_asked(data_folder: DataFolder) -> None:
    data_folder.root.mkdir()
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        vault = Vault(data_folder.vault, cost=CHEAP)
        key = vault.create(PASSWORD)
        assert vault.unlock_from_keyring() is None
        assert vault.unlock(PASSWORD) == key
    finally:
        keyring.set_keyring(before)
