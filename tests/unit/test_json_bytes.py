"""JSON as generations hold it: what the library writes with an indentation of one, byte for byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkg.store.manifest import json_bytes

# Characters that UTF-8 can say: half of a pair can't be written at all.
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(
    leaves,
    lambda held: (
        st.lists(held, max_size=4) | st.tuples(held, held) | st.dictionaries(texts, held, max_size=4)
    ),
    max_leaves=20,
)


@given(value=values)
def test_json_is_what_the_library_writes(value: object) -> None:
    assert json_bytes(value) == (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


@pytest.mark.parametrize("value", [{1}, b"", {"a": object()}])
def test_what_json_has_no_word_for_is_no_json(value: object) -> None:
    with pytest.raises(TypeError):
        json_bytes(value)
