"""What an unknown column probably is: by its cells and its place, with reasons that can be checked."""

from __future__ import annotations

import tomllib

import pytest
from tests.unit.forms.grids import page

from budgetkg.forms.drafting import draft_layout
from budgetkg.forms.proposing import Beside, propose, propose_all
from budgetkg.reading import read_document

UNKNOWN = """
考核类|考核子类|考核点|性质|比较|计划数|量词|占比|进度安排|说明文字
产出指标|数量指标|改造路灯|正向|≥|120|盏|50|6月底前|照区里的路灯台账逐盏登记核对，换下的旧灯一并回收
产出指标|质量指标|验收合格率|正向|=|100|%|30|12月底前|由监理单位会同社区逐条街道验收，留存照片与签字
效益指标|社会效益指标|夜间照明投诉下降|反向|≤|15|件|10|12月底前|以政务热线登记的照明类投诉件数为准，按月统计比较
"""


@pytest.mark.parametrize(
    ("cells", "left", "field", "reason"),
    [
        (["≥95%", "100%", "98%"], ("name",), "annual_value", "3 of 3 cells are percentages"),
        (["120", "6"], ("name",), "annual_value", "2 of 2 cells hold a number"),
        (["95%", "100%"], ("annual_value", "name"), "actual_value", "2 of 2 cells are percentages"),
        (["50", "30", "20"], ("annual_value", "name"), "weight", "they add up to 100"),
        (["50", "40", "90"], ("annual_value", "name"), "weight", "they add up to 90"),
        (["48", "42"], ("weight", "name"), "score", "they add up to 90"),
        (["6月底前", "2024年底前"], ("annual_value", "name"), None, "2 of 2 cells are dates"),
        (["1", "2", "3"], (), "row_number", "its cells count from 1 to 3"),
        (["", " "], ("name",), None, "all cells are blank"),
        (["", "5"], ("name",), None, "only 1 of its cells are filled"),
        (["甲", "甲", "乙"], ("name",), None, "its cells fit no field better than another"),
    ],
)
def test_a_column_of_indicators(
    cells: list[str], left: tuple[str, ...], field: str | None, reason: str
) -> None:
    found = propose(cells, Beside("tier_columns", left))
    assert found.field == field
    assert reason in found.reasons


def test_a_field_that_is_known_already_is_not_proposed_again() -> None:
    found = propose_all(["name", "weight", None], [["甲", "乙"], ["60", "40"], ["55", "35"]], "tier_columns")
    assert {at: told.field for at, told in found.items()} == {2: "score"}


def test_columns_of_projects() -> None:
    cells = [["1", "2"], ["路灯改造", "公园养护"], ["30.00", "1,200.50"]]
    found = propose_all([None, None, None], cells, "columns")
    assert [found[at].field for at in range(3)] == ["row_number", "name", "total"]
    assert "2 of 2 cells have two decimals" in found[2].reasons


def test_a_draft_proposes_every_unknown_column_and_stays_a_layout() -> None:
    draft = draft_layout(read_document(page("路灯改造考核表", UNKNOWN), "form.html"))
    lines = draft.splitlines()
    told = {line.split('"')[1]: lines[at + 1].split("probably ")[-1].split(" of ")[0].strip("# ")
            for at, line in enumerate(lines) if line.startswith('#   "')}  # fmt: skip
    fields = {
        "考核类": "tier1", "考核子类": "tier2", "考核点": "name", "性质": "direction", "比较": "operator",
        "计划数": "annual_value", "占比": "weight", "说明文字": "explanation",
    }  # fmt: skip
    assert {name: told.get(name) for name in fields} == fields
    assert "#       what it is doesn't show: 3 of 3 cells are dates" in draft
    assert tomllib.loads(draft)["uses"]
