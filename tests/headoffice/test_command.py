"""`zoufang headoffice`: why a handover file is refused in words for a person, and counts that are true however many."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.cli.handover_words import flaw_text
from app.cli.main import run
from app.sync.core.sealing import Flaw, Kind, Sealer, SealError


class Command:
    """The program on a fresh head office."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._capsys = capsys
        assert self("init")[0] == 0

    def __call__(self, *words: object, lang: str = "en") -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = run(["--data-dir", str(self._folder), "--lang", lang, "headoffice", *map(str, words)])
        told = self._capsys.readouterr()
        return code, told.out, told.err


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Give the program on a head office of its own."""
    return Command(tmp_path / "office", capsys)


def test_people_of_the_office_are_limited_to_territories_widened_and_shut_out(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZOUFANG_PASSWORD", "a long password")
    for code, territory in (("M1", "T1"), ("M2", "T2")):
        assert command("add-manager", code, "Li", "--territory", territory)[0] == 0
    add = ("add-office-user", "chen", "--role", "clerk", "--territory", "T2", "--territory", "T1")
    told = json.loads(command(*add, "--json")[1])
    assert (told["role"], told["territories"]) == ("clerk", ["T1", "T2"])
    code, _, problem = command("add-office-user", "wu", "--territory", "T9")
    assert (code, "T9" in problem) == (2, True)
    for words, expected in (
        (("--territory", "T2"), ("clerk", ["T2"], False)), (("--role", "chief"), ("chief", ["T2"], False)),
        (("--shut",), ("chief", ["T2"], True)), (("--open", "--all-territories"), ("chief", None, False)),
    ):  # fmt: skip
        told = json.loads(command("change-office-user", "chen", *words, "--json")[1])
        assert (told["role"], told["territories"], told["shut"]) == expected
    assert "片区 T1" in command("change-office-user", "chen", "--territory", "T1", lang="zh")[1]
    deeds = [one["deed"] for one in json.loads(command("audit", "--json")[1])["entries"]]
    assert deeds.count("change_office_user") == 5
    assert "wu" not in command("audit", "--last", 100)[1]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_handover_file_is_refused_in_the_words_of_the_reader(command: Command, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "day.zfho"
    file.write_bytes(b"no such thing")
    code, out, err = command("import-handover", file, lang=lang)
    words = flaw_text(SealError(Flaw.NOT_A_HANDOVER))
    assert (code, out) == (2, "")
    assert (words.zh if lang == "zh" else words.en) in err
    assert len(err.splitlines()) == 1


def test_a_file_for_another_office_says_so(command: Command, tmp_path: Path) -> None:
    other = X25519PrivateKey.generate().public_key().public_bytes_raw()
    file = tmp_path / "day.zfho"
    sealer = Sealer(other)
    file.write_bytes(sealer.preamble + sealer.block(Kind.HEADER, b"{}"))
    assert flaw_text(SealError(Flaw.OTHER_OFFICE)).zh in command("import-handover", file, lang="zh")[2]


def test_every_row_that_is_refused_is_counted_though_only_some_are_told(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    rows = [f"O{number},1,2026/3/1,C{number},S1,5,427.50" for number in range(1_100)]
    file.write_text("\n".join(["订单号,行号,订货日期,客户编码,品规编码,订购量,金额", *rows]), encoding="utf-8")
    code, out, err = command("import", "orders", file, "--profile", "zh-standard", "--json")
    assert code == 1
    assert json.loads(out)["refused"] == 1_100
    assert len(err.splitlines()) == 21
    assert "1080" in err.splitlines()[-1].replace(",", "")
