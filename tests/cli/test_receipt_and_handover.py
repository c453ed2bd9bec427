"""`zoufang receipt` and `zoufang handover` as a person or a script calls them."""

import base64
import json
from dataclasses import asdict
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.cli.handover_words import flaw_text
from app.domain.day_receipt import DayReceipt, ReceiptLine
from app.storage.facts import PRACTICE, put_fact
from app.storage.store import close_store, open_store
from app.storage.vault import Vault
from app.sync.core.sealing import Flaw, Kind, Opener, SealError
from app.sync.secrets import Secrets, keep_secrets, new_key
from app.sync.state import Identity, put_identity
from tests.builders import a_customer, a_visit
from tests.cli.program import Zoufang
from tests.conftest import PASSWORD

OFFICE = X25519PrivateKey.generate()
OFFICE_KEY = base64.b64encode(OFFICE.public_key().public_bytes_raw()).decode()
DAY = date(2022, 4, 29)
ANSWERED = "2022-04-29T15:30:00.123456+05:30"
REPLICA = "0190b1c0-0000-7000-8000-000000000001"


@pytest.fixture
def enrolled(zoufang: Zoufang) -> Zoufang:
    """Give the program on a store that is enrolled at a head office that cannot be reached."""
    key = Vault(zoufang.folder.vault, use_keyring=False).unlock(PASSWORD)
    database = open_store(zoufang.folder, key).database
    with database.note() as cursor:
        put_identity(cursor, Identity("https://127.0.0.1:9", REPLICA, "M1", "王经理", "T1", OFFICE_KEY, "e"))
    keep_secrets(database, REPLICA, Secrets("token", new_key()[0]), use_keyring=False)
    with database.write() as session:
        visit = a_visit(session, a_customer(session, "C9"), DAY, "done", serial=1)
        line = ReceiptLine(str(visit.id), 1, "C9", "老周食杂店", "done", 1, 0, 0, 0, 0, "1", "same")
    receipt = DayReceipt("2022-04-29", "M1", REPLICA, False, "", "2022-04-29T18:00:00", ANSWERED, (line,), (), (7,))
    with database.note() as cursor:
        put_fact(cursor, "day_receipt:2022-04-29", json.dumps(asdict(receipt)))
    close_store(database)
    return zoufang


def test_a_handover_file_is_written_for_head_office_only(enrolled: Zoufang, tmp_path: Path) -> None:
    file = tmp_path / "优盘" / "day.zfho"
    file.parent.mkdir()
    result = enrolled("handover", str(file), "--json")
    assert result.code == 0
    assert result.data["file"] == str(file)
    assert result.data["bytes"] == file.stat().st_size
    kinds = [kind for kind, _, _ in Opener(OFFICE.private_bytes_raw(), BytesIO(file.read_bytes()).read).blocks()]
    assert (kinds[0], kinds[-1]) == (Kind.HEADER, Kind.END)
    assert Kind.OPERATIONS in kinds


def test_an_earlier_file_is_never_overwritten(enrolled: Zoufang, tmp_path: Path) -> None:
    file = tmp_path / "day.zfho"
    file.write_bytes(b"earlier")
    result = enrolled("handover", str(file), lang="zh")
    assert result.code == 2
    assert "已存在" in result.err
    assert file.read_bytes() == b"earlier"


@pytest.mark.parametrize("words", [("handover", "day.zfho"), ("receipt",)])
def test_a_laptop_that_is_not_enrolled_is_told_how(
    zoufang: Zoufang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = zoufang(*words, lang="zh")
    assert result.code == 2
    assert "zoufang enrol" in result.err
    assert list(tmp_path.glob("*.zfho")) == []


def test_a_practice_store_is_never_handed_over(enrolled: Zoufang, tmp_path: Path) -> None:
    key = Vault(enrolled.folder.vault, use_keyring=False).unlock(PASSWORD)
    database = open_store(enrolled.folder, key).database
    with database.note() as cursor:
        put_fact(cursor, PRACTICE, "yes")
    close_store(database)
    result = enrolled("handover", str(tmp_path / "day.zfho"), lang="en")
    assert result.code == 2
    assert "practice store" in result.err
    assert not (tmp_path / "day.zfho").exists()


@pytest.mark.enable_socket
def test_without_a_network_nothing_that_was_changed_since_is_called_delivered(enrolled: Zoufang) -> None:
    result = enrolled("receipt", "--date", "2022-04-29", lang="zh")
    assert result.code == 1
    first, *lines = result.out.splitlines()
    assert first == "2022-04-29 当日回执"
    assert lines[0] == "现在连不上总部，以下是 2022-04-29 18:00:00 核对的结果"
    assert lines[1] == "核对之后又有改动，待重新核对，不能作为送达凭证"
    assert "总部从没收到的拜访编号：7" in lines
    assert lines[-1] == "本机现在有 2 条待上传，尚未送达"
    assert "一致" not in result.out
    assert "完成" not in result.out
    here = datetime.fromisoformat(ANSWERED).astimezone()
    assert f"总部答复时间 {here:%Y-%m-%d %H:%M:%S}\n" in result.out
    as_json = enrolled("receipt", "--date", "2022-04-29", "--json").data
    told = {name: as_json[name] for name in ("complete", "fresh", "is_outdated", "missing_serials", "waits")}
    assert told == {"complete": False, "fresh": False, "is_outdated": True, "missing_serials": [7], "waits": 2}


@pytest.mark.enable_socket
def test_without_a_network_a_day_that_has_not_changed_is_told_as_of_then(enrolled: Zoufang) -> None:
    day, number = "2022-04-28", "2022-04-28-M1-1"
    receipt = DayReceipt(day, "M1", REPLICA, True, number, f"{day}T18:00:00", ANSWERED, (), (), ())
    _keep(enrolled, receipt)
    out = enrolled("receipt", "--date", day, lang="zh").out.splitlines()
    assert out[1] == f"现在连不上总部，以下是 {day} 18:00:00 核对的结果"
    assert out[-1] == "本机现在有 2 条待上传，尚未送达"


def _keep(zoufang: Zoufang, receipt: DayReceipt) -> None:
    database = open_store(zoufang.folder, Vault(zoufang.folder.vault, use_keyring=False).unlock(PASSWORD)).database
    with database.note() as cursor:
        put_fact(cursor, f"day_receipt:{receipt.day}", json.dumps(asdict(receipt)))
    close_store(database)


@pytest.mark.enable_socket
def test_without_a_network_and_without_a_receipt_one_is_told(enrolled: Zoufang) -> None:
    result = enrolled("receipt", "--date", "2022-04-27", lang="en")
    assert result.code == 2
    assert "cannot be reached" in result.err


def test_every_reason_against_a_file_is_told_in_both_languages() -> None:
    told = [flaw_text(SealError(flaw, "12-15")) for flaw in Flaw]
    assert all(text.zh and text.en and "{}" not in text.zh + text.en for text in told)
    assert len({text.zh for text in told}) == len(Flaw)
    assert "12-15" in flaw_text(SealError(Flaw.GAP, "12-15")).zh
