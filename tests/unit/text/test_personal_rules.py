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
    @given(st.from_regex(re.compile(rule.pattern, rule.flags)))
    def holds(text: str) -> None:
        assert rule.search(text) is None or needed.search(text)
        assert not _is_told(rule, text) or _is_told(needed, text)

    holds()


_LABELS = ("联系人", "项目负责人", "填报员", "(签字)", "(联系电话)", "经办人员", "某某局")
_NAMES = ("王建国", "欧阳某", "张三、李四", "阿某某·某某", "王 某", "李**")
_WORDS = (
    ":",
    " ",
    "(",
    ")",
    "、",
    "由",
    "向",
    "局长",
    "主任",
    "负责",
    "组织实施",
    "同志",
    "13812345678",
    "。",
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from((*_LABELS, *_NAMES, *_WORDS)), min_size=2, max_size=9).map("".join))
def test_what_a_rule_needs_stands_wherever_it_finds_a_name(text: str) -> None:
    for rule, needed in personal._RULES:
        assert not _is_told(rule, text) or _is_told(needed, text)


def _is_told(pattern: re.Pattern[str], text: str) -> bool:
    return any(map(personal._is_told, pattern.finditer(text)))
