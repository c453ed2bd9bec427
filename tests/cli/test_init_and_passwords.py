"""Setting a store up, and where the password may come from."""

import codecs
import os
from pathlib import Path

import pytest

from app.cli.passwords import VARIABLE
from app.domain.problems import Problem, TroubleError
from app.storage.vault import Vault
from tests.cli.program import POSIX, Zoufang
from tests.conftest import PASSWORD


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    file = tmp_path / "pw.txt"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return file


def test_a_second_set_up_is_refused_and_leaves_the_first_alone(
    nothing: Zoufang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert nothing("--json", "init").worked().data == {"data_dir": str(nothing.folder.root)}
    before = nothing.folder.store.read_bytes()
    assert "already" in nothing("init").refused_with(2)
    assert "已经有数据" in nothing("init", lang="zh").refused_with(2)
    assert nothing.folder.store.read_bytes() == before


def test_what_a_set_up_cut_short_left_behind_does_not_bar_the_next(
    nothing: Zoufang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    nothing.folder.root.mkdir(parents=True)
    Vault(nothing.folder.vault, use_keyring=False).create("another password")
    nothing("init").worked()
    nothing("check").worked()


def test_a_set_up_that_fails_leaves_nothing(nothing: Zoufang, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_the_disk(*_arguments: object, **_more: object) -> None:
        raise TroubleError(Problem.DISK_FULL, "no space")

    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setattr("app.storage.store.migrate", fill_the_disk)
    assert "disk is full" in nothing("init").refused_with(2)
    assert not nothing.folder.root.exists()


def test_a_short_password_is_refused_in_words(nothing: Zoufang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "short")
    assert "8 characters" in nothing("init").refused_with(2)
    assert not nothing.folder.vault.exists()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PASSWORD.encode(), id="no line end"),
        pytest.param(f"{PASSWORD}\r\nmore\r\n".encode(), id="CRLF"),
        pytest.param(codecs.BOM_UTF8 + f"{PASSWORD}\n".encode(), id="BOM"),
        pytest.param(f"{PASSWORD}\r\n".encode("utf-16"), id="UTF-16 of PowerShell"),
    ],
)
def test_a_password_file_is_read_however_its_editor_wrote_it(
    zoufang: Zoufang, tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "the file goes before the environment")
    file = tmp_path / "pw.txt"
    file.write_bytes(content)
    zoufang("--password-file", file, "today").worked()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"\nsecond line\n", "empty"), ("密码".encode("gbk"), "UTF-8"), (None, "cannot be read")],
)
def test_a_password_file_that_gives_none_ends_with_3_and_says_why(
    zoufang: Zoufang, tmp_path: Path, content: bytes | None, words: str
) -> None:
    file = tmp_path / "pw.txt"
    if content is not None:
        file.write_bytes(content)
    line = zoufang("--password-file", file, "today").refused_with(3)
    assert words in line
    assert str(file) in line


@pytest.mark.parametrize("value", [None, ""])
def test_without_password_and_terminal_it_says_how_to_give_one(
    zoufang: Zoufang, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv(VARIABLE)
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)
    for lang in ("en", "zh"):
        line = zoufang("today", lang=lang).refused_with(3)
        assert "--password-file" in line
        assert VARIABLE in line


def test_wrong_passwords_end_with_3_and_the_wait_grows(zoufang: Zoufang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "not the password")
    for _ in range(3):
        assert "does not open" in zoufang("today").refused_with(3)
    assert "2 s" in zoufang("today").refused_with(3)
    assert "2 秒" in zoufang("today", lang="zh").refused_with(3)
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert "2 s" in zoufang("today").refused_with(3)
    attempts = zoufang.folder.root / "unlock-attempts.json"
    attempts.write_text(attempts.read_text().replace('"failures": 3', '"failures": 6'))
    assert "16 s" in zoufang("today").refused_with(3)


def test_a_password_on_the_command_line_is_refused_and_not_repeated(
    zoufang: Zoufang,
) -> None:
    for words in (["--password", PASSWORD, "today"], [f"--password={PASSWORD}", "today"], ["today", "--password", "x"]):
        result = zoufang(*words)
        assert (result.code, result.out) == (2, "")
        assert "--password-file" in result.err
        assert PASSWORD not in result.err


@POSIX
def test_at_a_terminal_the_password_is_asked_twice_and_not_shown(nothing: Zoufang) -> None:
    ours, theirs = os.openpty()
    seen = b""
    with nothing.start("init", stdin=theirs, stderr=theirs) as process:
        os.close(theirs)
        for prompt in (b"Password: ", b"Again: "):
            while prompt not in seen:
                seen += os.read(ours, 1000)
            os.write(ours, f"{PASSWORD}\n".encode())
        out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0
    assert str(nothing.folder.root) in out.decode()
    assert PASSWORD.encode() not in seen
    assert nothing.folder.store.exists()


def test_two_different_entries_set_nothing_up(nothing: Zoufang, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = iter(["first password", "second password"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(entries))
    assert "differ" in nothing("init").refused_with(3)
    assert not nothing.folder.root.exists()


def test_an_end_of_input_at_the_prompt_is_told(zoufang: Zoufang, monkeypatch: pytest.MonkeyPatch) -> None:
    def end(_prompt: str) -> str:
        raise EOFError

    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", end)
    assert "No password was typed" in zoufang("today").refused_with(3)
