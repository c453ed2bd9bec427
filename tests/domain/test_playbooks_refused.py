"""Playbook files that are wrong: refused with file and line, all problems at once, never with another error."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.playbooks import PlaybookError, PlaybookProblem, check_playbook, load_playbook
from app.playbooks.lines import read_document
from app.runtime import resources

SHIPPED = resources.path("playbooks")
FILES = ("enumerations.yaml", "archive.yaml", "formulas.yaml", "params.yaml", "diagnosis.yaml")
LEANED_ON = ("enumerations.yaml", "formulas.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "playbooks"))


def broken(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the first occurrence and return its line."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems(folder: Path, cache: Path | None = None) -> tuple[PlaybookProblem, ...]:
    with pytest.raises(PlaybookError) as refused:
        check_playbook(load_playbook(folder, cache))
    return refused.value.problems


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("diagnosis.yaml", "b_min: 0.7}", "b_mim: 0.7}", "is not a key that belongs here"),
        ("diagnosis.yaml", "a_min: 1.0", "a_min: viel", "items.0.criteria.1.metric.a_min: must be a number"),
        ("diagnosis.yaml", "formula: P01", "formula: P99", "there is no formula 'P99'"),
        ("diagnosis.yaml", "{key: slots_per_sku", "{key: slots", "nobody computes the metric 'slots'"),
        ("diagnosis.yaml", "a_min: 95, b_min: 80", "a_min: 80, b_min: 95", "b_min must not be above a_min"),
        ("diagnosis.yaml", "a_max: 30, b_max: 90", "a_max: 90, b_max: 30", "b_max must not be below a_max"),
        ("diagnosis.yaml", "a_max: 30, b_max: 90", "a_max: 30, b_min: 90", "must come in pairs"),
        ("diagnosis.yaml", "- code: D02\n", "- code: D01\n", "'D01' occurs twice"),
        ("diagnosis.yaml", "- key: D01.k2", "- key: D01.k1", "must have the key D01.k2"),
        ("diagnosis.yaml", "- code: D03-2", "- code: D03-3", "must have the code D03-2"),
        ("diagnosis.yaml", "evidence: [count]", "evidence: [guess]", "items.0.criteria.1.evidence.0"),
        ("diagnosis.yaml", "zh: 陈列设施, en: Display fixtures", 'zh: 陈列设施, en: ""', "items.0.name.en"),
        ("diagnosis.yaml", "internal: true", "internal: yes", "internal: Input should be a valid boolean"),
        ("enumerations.yaml", "- {code: B,", "- {code: Z,", "'Z' occurs twice"),
        ("enumerations.yaml", "id: market_type\n", "id: business_format\n", "'business_format' occurs twice"),
        ("enumerations.yaml", 'code: "1"', "code: 1", "lists.5.choices.0.code: Input should be a valid string"),
        ("enumerations.yaml", "low: 7000, high: 10000", "low: 7000, high: 700", "the band of '2' is empty"),
        ("enumerations.yaml", "grade: A}", "grade: E}", "grade"),
        ("archive.yaml", "enum: trading_status", "enum: trading_state", "there is no code list 'trading_state'"),
        ("archive.yaml", "type: enum, enum: trading_status", "type: enum", "needs the id of its code list"),
        ("archive.yaml", "{key: license_no,", "{key: cust_code,", "'cust_code' occurs twice"),
        ("archive.yaml", "owner: HO}", "owner: head office}", "fields.0.owner"),
        ("archive.yaml", "pii: 1}", "pii: 3}", "pii"),
        ("archive.yaml", '"\\\\d{12}"', '"(\\\\d{12}"', "is no regular expression"),
        ("formulas.yaml", "- id: F07", "- id: F06", "'F06' occurs twice"),
        ("formulas.yaml", "source: [seed]", "source: [hearsay]", "formulas.0.source.0"),
        ("params.yaml", "[0.5, 0.3, 0.2]", "[0.5, 0.3, 0.3]", "the weights must add up to 1"),
        ("params.yaml", '"16:00"', '"26:00"', "ordering.cutoff_time"),
        ("params.yaml", "cutoff_days_before: 0", "cutoff_days_before: -1", "ordering.cutoff_days_before"),
        ("params.yaml", "cover_high: 2.5", "cover_high: 0.5", "cover_high must be above cover_low"),
        ("params.yaml", "max_measures: 3", "max_measures: 4", "diagnosis.max_measures"),
    ],
)
def test_a_wrong_value_is_refused_with_its_file_and_line(
    folder: Path, file: str, old: str, new: str, what: str
) -> None:
    line = broken(folder, file, old, new)
    found = problems(folder)
    assert [(p.file, p.line) for p in found if what in p.what] == [(file, line)], [str(p) for p in found]


def test_a_missing_text_is_refused_at_the_place_where_it_belongs(folder: Path) -> None:
    line = broken(folder, "diagnosis.yaml", "{zh: 商品展示, en: Presentation}", "{zh: 商品展示}")
    assert problems(folder) == (PlaybookProblem("diagnosis.yaml", line, "items.1.name.en: is missing"),)


def test_a_missing_measure_is_refused_at_its_item(folder: Path) -> None:
    path = folder / "diagnosis.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("      - code: D01-3"), text.index("  - code: D02\n")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    (problem,) = problems(folder)
    assert problem.line == text[: text.index("    measures:")].count("\n") + 1
    assert "items.0.measures" in problem.what


def test_a_key_that_occurs_twice_is_refused(folder: Path) -> None:
    line = broken(folder, "params.yaml", "  slow_months: 3", "  slow_months: 3\n  slow_months: 4")
    assert problems(folder) == (PlaybookProblem("params.yaml", line + 1, "the key 'slow_months' occurs twice"),)


def test_what_is_no_yaml_is_refused_at_its_line(folder: Path) -> None:
    line = broken(folder, "formulas.yaml", "  - id: F07", "  - id: [F07")
    (problem,) = problems(folder)
    assert problem.file == "formulas.yaml"
    assert line <= problem.line <= line + 2


def test_bytes_that_are_no_utf8_are_refused_at_their_line(folder: Path) -> None:
    path = folder / "params.yaml"
    content, word = path.read_bytes(), "每周期一访"
    line = content[: content.index(word.encode())].count(b"\n") + 1
    path.write_bytes(content.replace(word.encode(), word.encode("gbk")))
    assert problems(folder) == (PlaybookProblem("params.yaml", line, "is not UTF-8 text"),)


@pytest.mark.parametrize("content", [b"", b"# only a comment\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(folder: Path, content: bytes) -> None:
    (folder / "params.yaml").write_bytes(content)
    assert problems(folder) == (PlaybookProblem("params.yaml", 1, "is empty"),)


def test_a_control_character_is_refused_at_its_line(folder: Path) -> None:
    line = broken(folder, "params.yaml", "slow_months: 3", "slow_months: \x07")
    assert [(p.file, p.line) for p in problems(folder)] == [("params.yaml", line)]


def test_a_file_that_refers_to_itself_is_refused() -> None:
    document = read_document("x.yaml", b"a: &me\n  b: *me\n")
    assert [(p.line, p.what) for p in document.problems] == [(1, "refers to itself")]


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "archive.yaml").unlink()
    (problem,) = problems(folder)
    assert (problem.file, problem.line) == ("archive.yaml", 1)
    assert "cannot be read" in problem.what


def test_the_problems_of_all_files_are_told_at_once(folder: Path) -> None:
    broken(folder, "params.yaml", "max_measures: 3", "max_measures: 4")
    broken(folder, "params.yaml", "cutoff_days_before: 0", "cutoff_days_before: -1")
    broken(folder, "archive.yaml", "owner: HO}", "owner: nobody}")
    found = problems(folder)
    assert [p.file for p in found] == ["archive.yaml", "params.yaml", "params.yaml"]


def test_a_problem_reads_as_file_line_and_what() -> None:
    error = PlaybookError(PlaybookProblem("b.yaml", 2, "is bad"), PlaybookProblem("a.yaml", 9, "is worse"))
    assert str(error) == "a.yaml:9: is worse\nb.yaml:2: is bad"


def test_words_that_other_yaml_readers_take_for_booleans_stay_words() -> None:
    document = read_document("x.yaml", b"off: true\ncodes: [N, Y, no, on, 007, 12:30, 1_000, 20-49]\n")
    assert document.data == {"off": True, "codes": ["N", "Y", "no", "on", "007", "12:30", "1_000", "20-49"]}


def test_a_byte_order_mark_is_no_hindrance(folder: Path) -> None:
    path = folder / "params.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    check_playbook(load_playbook(folder))


def test_a_changed_file_is_validated_again(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    check_playbook(load_playbook(folder, cache))
    line = broken(folder, "params.yaml", "max_measures: 3", "max_measures: 4")
    assert [(p.file, p.line) for p in problems(folder, cache)] == [("params.yaml", line)]


def test_a_file_is_validated_again_when_what_it_leans_on_changed(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    check_playbook(load_playbook(folder, cache))
    broken(folder, "formulas.yaml", "- id: P01", "- id: P77")
    assert [p.file for p in problems(folder, cache)] == ["diagnosis.yaml"]


@pytest.mark.parametrize("damage", ["", "{}", "\nnull", '\n["Text",1]', '\n["os.system","x"]', "\n[[]]", "\n[["])
def test_a_damaged_copy_is_made_anew(folder: Path, tmp_path: Path, damage: str) -> None:
    check_playbook(load_playbook(folder, tmp_path))
    kept = tmp_path / "params.yaml.json"
    stamp = kept.read_text(encoding="utf-8").partition("\n")[0]
    kept.write_text(f"{stamp}{damage}", encoding="utf-8")
    assert load_playbook(folder, tmp_path).parameters == load_playbook(folder).parameters
    assert kept.read_text(encoding="utf-8").startswith(f'{stamp}\n["Parameters"')


def test_a_cache_that_cannot_be_written_does_no_harm(folder: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    check_playbook(load_playbook(folder, in_the_way))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), st.data())
def test_whatever_is_done_to_a_file_it_loads_or_is_refused_with_lines_of_that_file(
    folder: Path, file: str, data: st.DataObject
) -> None:
    original = (SHIPPED / file).read_text(encoding="utf-8")
    lines = original.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    deed = data.draw(st.sampled_from(["drop", "double", "indent", "cut", "type"]))
    if deed == "drop":
        del lines[at]
    elif deed == "double":
        lines.insert(at, lines[at])
    elif deed == "indent":
        lines[at] = "  " + lines[at]
    else:
        place = data.draw(st.integers(0, len(lines[at])))
        typed = data.draw(st.text(max_size=3)) if deed == "type" else ""
        lines[at] = lines[at][:place] + typed + (lines[at][place:] if deed == "type" else "")
    (folder / file).write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    found: tuple[PlaybookProblem, ...] = ()
    try:
        check_playbook(load_playbook(folder))
    except PlaybookError as error:
        found = error.problems or (PlaybookProblem("nobody", 0, "says what is wrong"),)
    finally:
        (folder / file).write_text(original, encoding="utf-8")
    assert all(1 <= p.line <= _line_count(p.file) + 3 and p.what for p in found)
    assert all(p.file == file or file in LEANED_ON for p in found)


def _line_count(file: str) -> int:
    return len((SHIPPED / file).read_text(encoding="utf-8").split("\n"))
