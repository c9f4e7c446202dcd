"""What holds for every document: read back as printed, nothing lost, nothing decided by chance."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.printers.flat import Paper, PrintedProject, PrintedUnit, cell_block, print_table

from budgetkg.divisions import recognise
from budgetkg.errors import BudgetkgError
from budgetkg.forms import parse_document
from budgetkg.records import DocumentRecord
from budgetkg.text import comparison_key, fold_width, without_wrap_blanks
from budgetkg.values import parse_amount

bounded = settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)

DEPARTMENT = "中共广州市黄埔区委员会宣传部"
HEAD = (
    "文明创建",
    "网络安全宣传教育",
    "农村数字电影放映",
    "公共文化服务",
    "版权登记大厅运营",
    "群众文艺创作",
)
FOOT = ("经费", "专项资金", "补助", "工作经费（2024年）", "项目", "“一街一品”活动经费")
SENTENCE = (
    "组织志愿者在主要路口值勤", "按要求完成放映任务", "办好第5届音乐季", "给予“版权”类补助",
    "做好舆情监测和研判", "1、订阅报刊", "落实《管理办法》（穗埔府规〔2021〕14号）", "改善场馆条件",
)  # fmt: skip
NAME = ("完成率", "群众满意度（%）", "“学习强国”推广数", "放映场次", "Twitter粉丝量", "资金支付及时性")
VALUE = ("100%", "≥90%", "不少于4场", "1、办会2场。推荐1家；完成", "及时", "10个工作日；复审3日", "1,200人次")
TIERS = (
    ("1", "产出指标", "11", "数量指标"),
    ("2", "效益指标", "22", "社会效益"),
    ("3", "满意度指标", "31", "服务对象满意度"),
)


def cents(amount: int) -> str:
    return f"{Decimal(amount) / 100:,.2f}"


@st.composite
def indicators(draw: st.DrawFn) -> list[dict[str, str | None]]:
    rows: list[dict[str, str | None]] = []
    for _ in range(draw(st.integers(1, 4))):
        code1, tier1, code2, tier2 = draw(st.sampled_from(TIERS))
        rows.append({
            "tier1_code": code1, "tier1": tier1, "tier2_code": code2, "tier2": tier2,
            "name": draw(st.sampled_from(NAME)),
            "period_value": draw(st.sampled_from(VALUE)), "annual_value": draw(st.sampled_from(VALUE)),
        })  # fmt: skip
    return rows


Facts = list[tuple[str, str, list[tuple[str, str, str, list[tuple[str | None, ...]]]]]]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[PrintedUnit], tuple[str, ...], Facts]:
    """Units with projects, no two rows of a unit alike, sums that reconcile."""
    units: list[PrintedUnit] = []
    facts: Facts = []
    total = 0
    for number in range(draw(st.integers(1, 3))):
        names = draw(st.lists(st.tuples(st.sampled_from(HEAD), st.sampled_from(FOOT)), min_size=2,
                              max_size=4, unique=True))  # fmt: skip
        projects, told, spent = [], [], 0
        for head, foot in names:
            amount = draw(st.integers(1, 10_000_000))
            goal = "；".join(draw(st.lists(st.sampled_from(SENTENCE), min_size=1, max_size=6))) + "。"
            rows = draw(indicators())
            projects.append(PrintedProject(head + foot, (cents(amount),) * 2, goal, cell_block(rows)))
            told.append((head + foot, cents(amount), goal, [tuple(row.values()) for row in rows]))
            spent += amount
        unit = f"广州市黄埔区{['文化馆', '图书馆', '融媒体中心'][number]}"
        units.append(PrintedUnit(unit, (cents(spent),) * 2, tuple(projects)))
        facts.append((unit, cents(spent), told))
        total += spent
    return units, (cents(total),) * 2, facts


# Papers from which a reader can tell the columns for certain; others are measured by the benchmark.
papers = st.builds(
    Paper,
    name_width=st.sampled_from([26, 30, 40, 60]),
    body_width=st.sampled_from([52, 62, 68]),
    page_lines=st.sampled_from([30, 45, 1000]),
    split_columns=st.booleans(),
    indent=st.booleans(),
    header_on_every_page=st.booleans(),
    repeat_rows=st.booleans(),
    repeat_blocks=st.booleans(),
    page_numbers=st.booleans(),
    page_break=st.sampled_from(["\n\n\n\n", "\f", "\n\f\n"]),
    spacing=st.sampled_from(["\n", "\n\n"]),
)


def facts_of(record: DocumentRecord) -> Facts:
    return [
        (
            unit.name,
            unit.amounts.total.printed if unit.amounts.total else "",
            [
                (
                    project.name,
                    project.amounts.total.printed if project.amounts.total else "",
                    project.goal or "",
                    [
                        (i.tier1_code, i.tier1, i.tier2_code, i.tier2, i.name, i.period_value, i.annual_value)
                        for i in project.indicators
                    ],
                )
                for project in unit.projects
            ],
        )
        for unit in record.units_of_use
    ]


@bounded
@given(table=tables(), paper=papers)
def test_a_printed_table_reads_back_as_it_was(
    table: tuple[list[PrintedUnit], tuple[str, ...], Facts], paper: Paper
) -> None:
    units, total, facts = table
    (record,) = parse_document(print_table(units, total, DEPARTMENT, paper).encode(), "printed.txt")
    assert facts_of(record) == facts
    assert record.account.remainder == 0
    assert record.district == "黄埔区"


FRAGMENTS = (
    "项目支出绩效目标表", "部门整体绩效目标", "部门整体预算绩效目标申报表", "部门名称：", DEPARTMENT,
    "单位：万元", "项目名称 总计 财政拨款 绩效目标 绩效指标", "一级指标\t二级指标\t三级指标\t年度指标值",
    "名称\t主要实施内容\t拟投入的资金", "绩效指标", "合计 10.00 10.00", "甲项目 10.00 10.00",
    "1、1-产出指标；11-数量指标；甲；实施周期指标值:1；年度指标值:2。", "2、",
    "产出指标\t数量指标\t场次\t4场", "\t", "\n", "\n\n\n\n", "\f", "\r\n", "\x00", "\u202e", "。", "；；",
    "12", "- 1 -", "部门预算支出\t预算金额（万元）\t收入来源\t预算金额（万元）",
    "基本支出\t1, 499. 73\t财政拨款\t", "任务1", "填报人：李四", "项目名称\t甲\t\t", "总体目标\t好",
    "（2024年度）",
)  # fmt: skip
texts = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=12), max_size=40).map("".join)


def read_or_refused(data: bytes, name: str) -> tuple[DocumentRecord, ...] | str:
    """The records, or the one line that says why there are none; anything else is a bug."""
    try:
        return parse_document(data, name)
    except BudgetkgError as refusal:
        return str(refusal)


@bounded
@given(text=texts, encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_any_text_is_read_to_its_last_character_or_refused(text: str, encoding: str) -> None:
    data = ("项目支出绩效目标表\n" + text).encode(encoding, errors="replace")
    found = read_or_refused(data, "any.txt")
    assert found == read_or_refused(data, "any.txt")
    if isinstance(found, str):
        assert found.startswith("any.txt: ")
        assert "\n" not in found
    else:
        assert all(record.account.remainder == 0 for record in found)


@bounded
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    found = read_or_refused(data, "any.bin")
    assert not isinstance(found, str) or "any.bin" in found


@bounded
@given(cent=st.integers(-(10**12), 10**12), spaced=st.booleans(), wide=st.booleans())
def test_amounts_come_back_to_the_cent(cent: int, spaced: bool, wide: bool) -> None:
    printed = cents(cent)
    printed = printed.replace(",", ", ").replace(".", ". ") if spaced else printed
    printed = (
        "".join(chr(ord(c) + 0xFEE0) if c.isdigit() or c in ",." else c for c in printed) if wide else printed
    )
    amount = parse_amount(printed)
    assert amount is not None
    assert amount.value == Decimal(cent) / 100
    assert amount.printed == printed


@bounded
@given(text=st.text(alphabet="0123456789.,- 元万％%abc一\u3000", max_size=20))
def test_what_is_read_as_an_amount_is_one_number(text: str) -> None:
    amount = parse_amount(text)
    if amount is not None:
        assert re.fullmatch(r"-?\d+(\.\d+)?", re.sub(r"[\s,]", "", fold_width(text)))


@bounded
@given(text=st.text())
def test_folding_and_keys_settle_at_once(text: str) -> None:
    assert len(fold_width(text)) == len(text)
    assert fold_width(fold_width(text)) == fold_width(text)
    assert comparison_key(comparison_key(text)) == comparison_key(text)
    assert not re.search(r"\s", comparison_key(text))
    healed = without_wrap_blanks(text)
    assert without_wrap_blanks(healed) == healed
    assert re.sub(r"\s", "", healed) == re.sub(r"\s", "", text)


@bounded
@given(text=st.text(alphabet="中共国产党广东省州市黄埔区番禺县委宣传部新自治", max_size=16))
def test_a_division_is_named_by_the_text_it_was_found_in(text: str) -> None:
    place = recognise(text)
    if place is not None:
        assert place.name in comparison_key(text)
        assert place.name.endswith(("省", "市", "区", "县", "自治区"))


@pytest.mark.parametrize(("city", "code"), [("广州市", "440115"), ("三沙市", "460303"), ("佛山市", None)])
def test_a_district_of_another_city_is_another_place(city: str, code: str | None) -> None:
    place = recognise(f"中国共产党{city}南沙区委员会宣传部")
    assert place is not None
    assert place.name == "南沙区"
    assert (place.concept.notation if place.concept else None) == code
