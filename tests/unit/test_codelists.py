from __future__ import annotations

import pytest

from budgetkg.codelists import (
    catch_all_tier,
    concept,
    concepts,
    divisions,
    find_label,
    finding_message,
    finding_params,
    finding_severity,
    replaced_by,
    scheme_iri,
)
from budgetkg.errors import UnknownName


def test_concepts_are_sorted_by_notation() -> None:
    assert [tier.notation for tier in concepts("tier")] == [
        "1", "11", "12", "13", "14", "2", "21", "22", "23", "24", "3", "31",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "notation"),
    [
        ("产出指标", "1"),
        ("数量", "11"),
        ("数 量\n指标", "11"),
        ("经济效益", "21"),
        ("环境效益", "23"),
        ("服务满意度指标", "31"),
        ("服务对象满意度", "31"),
        ("满意度指标", "3"),
        ("经济效益、社会效益、环境效益、可持续影响等方面的指标", "2"),
        ("２２", "22"),
    ],
)
def test_tier_is_found_by_any_of_its_labels(printed: str, notation: str) -> None:
    found = find_label("tier", printed)
    assert found is not None
    assert found.notation == notation


@pytest.mark.parametrize("printed", ["-", "", "1.3", "效果", "指标"])
def test_what_no_edition_defines_is_no_tier(printed: str) -> None:
    assert find_label("tier", printed) is None


def test_catch_all_label_names_a_first_tier_and_no_second() -> None:
    found = catch_all_tier("数量、质量、时效、成 本方面的指标")
    assert found is not None
    assert (found.notation, found.parent) == ("1", None)
    assert catch_all_tier("数量指标") is None


def test_tier_knows_its_parent() -> None:
    assert concept("tier", "31").parent == "3"
    assert concept("tier", "31").broader == concept("tier", "3").iri


def test_money_units_know_their_yuan() -> None:
    factors = {unit.zh: float(unit.values("yuanFactor")[0]) for unit in concepts("money-unit")}
    assert factors == {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}


def test_divisions_are_those_of_guangzhou() -> None:
    codes = {division.zh: division.notation for division in divisions()}
    assert codes["黄埔区"] == "440112"
    assert codes["南沙区"] == "440115"
    assert len(codes) == 14
    assert find_label("division", "黄埔") == concept("division", "440112")


def test_replaced_division_names_its_successor() -> None:
    assert replaced_by(concept("division", "440116")) == "440112"
    assert replaced_by(concept("division", "440112")) is None


def test_message_is_filled_in_both_languages() -> None:
    params = {"inferred": "2023", "clue": "2023年"}
    assert "2023" in finding_message("year-not-printed", params)
    english = finding_message("year-not-printed", params, "en")
    assert english == "No budget year is printed; 2023 is inferred from “2023年”."
    assert finding_params("year-not-printed") == {"inferred", "clue"}


def test_a_part_in_brackets_is_left_out_where_nothing_fills_it() -> None:
    assert finding_message("year-not-printed", {}) == "未印预算年度。"
    assert finding_message("year-not-printed", {}, "en") == "No budget year is printed."


def test_hole_without_a_value_stays_visible() -> None:
    assert "{clue}" in finding_message("year-not-printed", {"inferred": "2023"})


def test_value_with_braces_is_not_filled_again() -> None:
    assert "{name}" in finding_message("goal-missing", {"name": "{name}{x}"})


def test_severity_is_that_of_the_code_list() -> None:
    assert finding_severity("amount-blank") == "Warning"
    assert finding_severity("row-printed-again") == "Info"


def test_unknown_names_are_said() -> None:
    with pytest.raises(UnknownName, match="no code list 'tears'"):
        concepts("tears")
    with pytest.raises(UnknownName, match="no '99'"):
        concept("tier", "99")
    with pytest.raises(UnknownName, match="language 'fr'"):
        finding_message("goal-missing", {}, "fr")


def test_scheme_iri() -> None:
    assert concept("tier", "1").iri == scheme_iri("tier") + "/1"
    assert concept("tier", "1").label("en") == "Output"
    assert concept("tier", "1").label() == "产出指标"
