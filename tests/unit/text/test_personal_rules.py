"""What is quick to look for before a rule for personal data: where it isn't there, the rule finds nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgetkg.text import personal

PAIRS = (
    *personal._RULES,
    (personal._NUMBER, personal._DIGITS),
    (personal._LABELLED_NUMBER, personal._NUMBERED),
)


@pytest.mark.parametrize(("rule", "needed"), PAIRS, ids=range(len(PAIRS)))
def test_a_rule_finds_nothing_where_what_it_needs_is_missing(
    rule: re.Pattern[str], needed: re.Pattern[str]
) -> None:
    """A word added to the rule alone would leave those names in every output."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(rule))
    def holds(text: str) -> None:
        assert rule.search(text) is None or needed.search(text)

    holds()
