"""The log file: it names kinds and places of errors, never a customer or the person's folder."""

import logging
from pathlib import Path

import pytest

from app.domain.problems import Problem, TroubleError
from app.runtime.logs import describe_error, start_logging, stop_logging


def _fail_with(error: Exception) -> Exception:
    try:
        _raise(error)
    except type(error) as caught:
        return caught
    return AssertionError("nothing was raised")


def _raise(error: Exception) -> None:
    try:
        int("老周 13912345678")
    except ValueError as cause:
        raise error from cause


def test_an_exception_is_described_by_its_kind_and_its_places_but_not_by_its_values() -> None:
    text = describe_error(_fail_with(RuntimeError("老周食杂店 owes 300")))
    assert "RuntimeError" in text
    assert "ValueError" in text
    assert "tests/runtime/test_logs.py" in text
    assert "in _fail_with" in text
    assert "老周" not in text
    assert "139" not in text
    assert "300" not in text


def test_a_trouble_is_described_by_its_code_and_a_wrong_name_by_its_message() -> None:
    assert "disk_full" in describe_error(TroubleError(Problem.DISK_FULL, "C:/Users/周/…"))
    assert "周" not in describe_error(TroubleError(Problem.DISK_FULL, "C:/Users/周/…"))
    assert "no attribute 'walk'" in describe_error(AttributeError("'NoneType' object has no attribute 'walk'"))


def test_places_do_not_name_the_folder_of_the_person() -> None:
    assert str(Path.home()) not in describe_error(_fail_with(RuntimeError()))
    assert str(Path(__file__).parents[2]) not in describe_error(_fail_with(RuntimeError()))


def _in_a_ring(link: str, kinds: list[type[Exception]]) -> Exception:
    errors = [kind("老周食杂店") for kind in kinds]
    for error, because in zip(errors, errors[1:] + errors[:1], strict=True):
        setattr(error, link, because)
    return errors[0]


@pytest.mark.parametrize("link", ["__cause__", "__context__"])
@pytest.mark.parametrize("kinds", [[KeyError], [KeyError, OSError], [KeyError, OSError, RuntimeError]])
def test_causes_that_go_round_in_a_ring_are_each_told_once(link: str, kinds: list[type[Exception]]) -> None:
    told = describe_error(_in_a_ring(link, kinds)).splitlines()
    assert told == "\nbecause of\n".join(kind.__name__ for kind in kinds).splitlines()


def test_a_long_chain_of_causes_is_told_to_its_end() -> None:
    first = last = RuntimeError()
    for _ in range(5_000):
        last.__cause__ = last = RuntimeError()
    last.__cause__ = KeyError()
    assert describe_error(first).splitlines()[-1] == "KeyError"


def test_the_log_file_holds_what_was_logged_without_the_values_of_exceptions(tmp_path: Path) -> None:
    handler = start_logging(tmp_path / "logs")
    try:
        logging.getLogger("app.some.room").info("opened")
        try:
            _raise(RuntimeError("老周食杂店"))
        except RuntimeError:
            logging.getLogger("app.some.room").exception("it went wrong")
    finally:
        stop_logging(handler)
    text = (tmp_path / "logs" / "zoufang.log").read_text(encoding="utf-8")
    assert "INFO app.some.room: opened" in text
    assert "ERROR app.some.room: it went wrong" in text
    assert "RuntimeError" in text
    assert "老周" not in text


def test_a_log_that_grows_is_turned_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.runtime.logs._SIZE", 2_000)
    handler = start_logging(tmp_path)
    try:
        for number in range(200):
            logging.getLogger("app.test").info("line %d of many", number)
    finally:
        stop_logging(handler)
    assert len(list(tmp_path.glob("zoufang.log*"))) == 5
