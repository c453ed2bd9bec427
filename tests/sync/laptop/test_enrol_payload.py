"""The line of an enrolment code: written, read back through every input method, and told from everything else."""

from hypothesis import given
from hypothesis import strategies as st

from app.sync.enrol_payload import EnrolPayload, looks_like_payload, read_payload, write_payload

_WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=60)


@given(url=_WORDS, code=_WORDS)
def test_what_is_written_is_read_back(url: str, code: str) -> None:
    line = write_payload(url, code)
    assert line.isascii()
    assert looks_like_payload(line)
    assert read_payload(line) == EnrolPayload(url, code)


def test_full_width_marks_and_blanks_of_an_input_method_are_read() -> None:
    full = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in "zoufang://enrol?url=a")
    assert read_payload(f" {full}＆code＝AB-CD \n") == EnrolPayload("a", "AB-CD")
    assert read_payload("ZOUFANG://ENROL?url=a&code=AB&later=1") == EnrolPayload("a", "AB")


@given(st.text(max_size=80))
def test_anything_else_is_no_payload_and_no_error(text: str) -> None:
    found = read_payload(text)
    assert found is None or text.strip().lower().startswith("z")
    for part in ("zoufang://enrol?url=a", "zoufang://enrol?code=a", "zoufang://other?url=a&code=b", "https://a?code=b"):
        assert read_payload(part) is None
