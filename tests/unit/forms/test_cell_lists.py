"""Lists of indicators inside cells: every way to number, part and close them, with the right reading."""

from __future__ import annotations

import itertools

import pytest
from tests.unit.forms.grids import read

from budgetkg.records import DocumentRecord, Indicator

FACTS = (
    ("产出指标", "数量指标", "修剪行道树", "≥400株"),
    ("产出指标", "数量指标", "巡查绿地", "12次"),
    ("产出指标", "时效指标", "完成期限", "2024年11月底前"),
    ("效益指标", "社会效益指标", "投诉下降幅度", "10%以上"),
)
NUMBERS = ("", "{}.", "{}、", "（{}）", "{}）", "①", "指标{}：")
PARTINGS = ("{}，{}", "{}：{}", "{}（{}）", "{} {}", "{}——{}")
ENDS = ("；", "\n", "；\n", "。")
TIERS = ("{0}-{1}：", "【{0}-{1}】", "{0}：{1}：", "{1}：")


def table(*cells: str) -> str:
    """A table of projects with indicators inside cells, lines parted by ``\\n``."""
    rows = [f"养护{at}|9.00|完成养护。|" + cell.replace("\n", "\\n") for at, cell in enumerate(cells)]
    return "\n".join(["项目名称|预算金额|绩效目标|绩效指标", *rows])


def cell_of(number: str, parting: str, end: str, tiers: str) -> str:
    """The facts as one list, a tier said once for all of its indicators."""
    items = []
    for pair, group in itertools.groupby(FACTS, lambda fact: fact[:2]):
        for at, fact in enumerate(group, 1):
            counted = "①②"[at - 1] if number == "①" else number.format(at)
            head = tiers.format(*pair) if at == 1 else ""
            items.append(head + counted + parting.format(*fact[2:]))
    return end.join(items)


def found(record: DocumentRecord) -> list[Indicator]:
    """Every indicator of a record."""
    return [row for unit in record.units_of_use for project in unit.projects for row in project.indicators]


@pytest.mark.parametrize("end", ENDS, ids=repr)
@pytest.mark.parametrize("parting", PARTINGS)
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("tiers", TIERS)
def test_each_item_is_read(number: str, parting: str, end: str, tiers: str) -> None:
    record = read("2024年项目支出绩效目标表", table(cell_of(number, parting, end, tiers)))
    rows = [(row.tier1, row.tier2, row.name, row.annual_value) for row in found(record)]
    first = "{0}" in tiers
    assert rows == [(one if first else None, two, *rest) for one, two, *rest in FACTS]
    assert not [finding for finding in record.findings if finding.code == "text-unread"]


@pytest.mark.parametrize(
    ("cell", "name", "value"),
    [
        ("数量指标：1.走访农户：春季30户；秋季40户；2.发放种苗：900株", "走访农户", "春季30户；秋季40户"),
        ("数量指标：1.展板内容：①防火②防汛；2.发放种苗：900株", "展板内容", "①防火②防汛"),
        ("数量指标：走访农户（30户）发放种苗（900株）", "走访农户", "30户"),
        ("数量指标：走访农户：3类：老人、儿童、病人；发放种苗：900株", "走访农户", "3类：老人、儿童、病人"),
        ("（一）数量指标\n走访农户30户\n发放种苗900株", "走访农户", "30户"),
    ],
)
def test_lists_inside_values_stay_there(cell: str, name: str, value: str) -> None:
    record = read("2024年项目支出绩效目标表", table(cell))
    first, second = found(record)
    assert (first.name, first.annual_value) == (name, value)
    assert (second.name, second.annual_value) == ("发放种苗", "900株")
    assert first.tier2 == second.tier2 == "数量指标"


@pytest.mark.parametrize(
    "cell",
    [
        "数量指标：走访农户（老人）发放种苗（若干）",
        "数量指标：1.走访农户，02.发放种苗，900株",
        "数量指标：①走访农户：30户质量指标：①成活率：95%",
        "数量指标：组织培训，提高能力；开展活动，丰富生活",
    ],
)
def test_what_is_not_certain_is_quoted(cell: str) -> None:
    record = read("2024年项目支出绩效目标表", table(cell))
    unread = [finding for finding in record.findings if finding.code == "text-unread"]
    quoted = "".join(place.quote for finding in unread for place in finding.evidence)
    for row in found(record):
        assert row.name in {"走访农户", "发放种苗", "成活率"}, row.name
        assert len(row.annual_value or "") < 8
    assert quoted
