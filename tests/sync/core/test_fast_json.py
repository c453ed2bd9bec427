"""The encoder that is made once writes what the standard one writes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.core.fast_json import encoder_of

leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("半\ud800")
values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12)
tight = encoder_of(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
usual = encoder_of()


@given(values)
def test_it_writes_what_the_standard_encoder_writes(value: object) -> None:
    assert usual(value) == json.dumps(value)
    assert tight(value) == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_what_json_cannot_carry_is_refused() -> None:
    for value in (b"x", [object()], {"a": {1, 2}}):
        with pytest.raises(TypeError):
            tight(value)
