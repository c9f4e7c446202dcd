"""Which concept a printed tier normalises to; a contradiction normalises to none."""

from __future__ import annotations

import pytest

from budgetkg.mapping import iri
from budgetkg.mapping.indicators import first_tier, second_tier


@pytest.mark.parametrize(
    ("code", "label", "notation"),
    [
        ("1", "产出指标", "1"),
        (None, "效益指标", "2"),
        ("3", None, "3"),
        ("2", "满意度指标", None),
        (None, "数量指标", None),
        ("9", "产出指标", "1"),
        ("11", None, None),
        ("11", "产出指标", None),
        (None, None, None),
    ],
)
def test_first_tier(code: str | None, label: str | None, notation: str | None) -> None:
    assert first_tier(code, label) == (iri.code("tier", notation) if notation else None)


@pytest.mark.parametrize(
    ("code", "label", "notation"),
    [
        ("22", "社会效益", "22"),
        (None, "环境效益", "23"),
        (None, "服务满意度指标", "31"),
        ("31", "社会公众满意程度", "31"),
        ("11", "质量指标", None),
        ("1.3", "时效指标", "13"),
        (None, "数量、质量、时效、成本方面的指标", None),
        (None, "-", None),
        ("2", None, None),
    ],
)
def test_second_tier(code: str | None, label: str | None, notation: str | None) -> None:
    assert second_tier(code, label) == (iri.code("tier", notation) if notation else None)


def test_costs_as_a_first_tier_are_concepts_of_their_own_edition() -> None:
    edition = "https://w3id.org/budgetkg/code/tier-2021/"
    first = first_tier(None, "成本指标")
    second = {second_tier(None, label) for label in ("经济成本指标", "社会成本", "生态环境成本指标")}
    assert first is not None
    assert first.value == edition + "cost"
    assert {found.value for found in second if found} == {
        edition + name for name in ("cost-economic", "cost-social", "cost-environmental")
    }
