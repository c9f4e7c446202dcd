"""Money units: forms under lines of their own, two units in one form; money by source and by year."""

from __future__ import annotations

from typing import Any

from tests.unit.forms.test_audited_forms import HEAD, ROWS, page

from budgetkg.forms import parse_document
from budgetkg.schema_json import document_json

LINES = ["项目支出绩效目标表", "（2023年度）", "单位：万元"]


def rows_of(name: str, money: list[list[Any]]) -> list[Any]:
    """One project's form."""
    return [
        ["项目名称", (name, 4)],
        ["主管部门", ("凤庆县水务局", 2), "实施单位", "凤庆县水利工程管理站"],
        *money,
        ["年度目标", ("渠道全线通水。", 4)],
        HEAD,
        *ROWS,
    ]


def read(data: bytes) -> Any:
    """The only document of a page, as JSON."""
    (record,) = parse_document(data, "form.html")
    return document_json(record, personal=False)


def codes(document: Any) -> list[str]:
    """The findings' codes."""
    return [finding["code"] for finding in document["findings"]]


def projects(document: Any) -> dict[str, Any]:
    """Its projects by name."""
    return {one["name"]: one for unit in document["units_of_use"] for one in unit["projects"]}


def stacked(unit: str) -> bytes:
    """Two forms one below the other, each under a line with its money unit."""
    first = page(rows_of("渠道衬砌", [["预算金额", ("30", 4)]]), LINES).decode()
    second = page(rows_of("泵站检修", [["预算金额", ("150000", 4)], ["其中：财政拨款", ("150000", 4)]]),
                  [LINES[0], LINES[1], f"单位：{unit}"]).decode()  # fmt: skip
    inner = second.removeprefix("<html><body>")
    return (first.removesuffix("</body></html>") + inner).encode()


def test_each_form_has_the_money_unit_of_the_line_over_it() -> None:
    found = read(stacked("元"))
    assert found["unit"] == "万元"
    amounts = {name: (one["total"], one["fiscal_appropriation"]) for name, one in projects(found).items()}
    assert amounts == {"渠道衬砌": ("30.00", None), "泵站检修": ("15.00", "15.00")}
    assert codes(found).count("money-units-differ") == 1


def test_one_money_unit_is_no_finding() -> None:
    assert "money-units-differ" not in codes(read(stacked("万元")))


def test_a_label_in_another_unit_than_the_line_is_said() -> None:
    found = read(page(rows_of("渠道衬砌", [["年度资金总额（元）", ("300000", 4)]]), LINES))
    assert "money-units-differ" in codes(found)


def test_money_by_source_below_a_heading_of_amounts() -> None:
    money: list[list[Any]] = [
        [("资金来源（万元）", 1, 4), ("来源", 2), "金额", "备注"],
        [("合计", 2), "46", ""],
        [("财政拨款", 2), "40", "县级"],
        [("村级自筹", 2), "6", ""],
    ]
    found = read(page(rows_of("渠道衬砌", money), LINES[:2]))
    (one,) = projects(found).values()
    assert (one["total"], one["fiscal_appropriation"]) == ("46.00", "40.00")
    assert [line["label"] for line in one["funds"]] == ["合计", "财政拨款", "村级自筹"]
    assert "header-unknown" not in codes(found)


def test_amounts_of_several_years_in_a_departments_form() -> None:
    data = page(
        [
            ["部门名称", ("凤庆县水务局", 4)],
            [("预算情况", 1, 3), "年度", "2022年", "2023年", "2024年"],
            ["预算总额", "80", "95", "90"],
            ["财政拨款", "80", "90", "85"],
            ["年度绩效目标", ("保障农田灌溉。", 4)],
            HEAD,
            *ROWS,
        ],
        ["部门整体支出绩效目标表", *LINES[1:]],
    )
    found = read(data)
    assert found["totals"]["printed_total"] == "95.00"
    assert found["totals"]["fiscal_appropriation"] == "90.00"
    assert codes(found).count("amount-of-another-year") == 4


def test_an_amount_with_ten_thousand_behind_it_prints_its_unit() -> None:
    found = read(page(rows_of("渠道衬砌", [["预算金额", ("30.5万", 4)]]), LINES[:2]))
    assert (found["unit"], projects(found)["渠道衬砌"]["total"]) == ("万元", "30.50")
    assert "money-unit-not-printed" not in codes(found)
