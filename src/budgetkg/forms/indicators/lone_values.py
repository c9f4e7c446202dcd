"""The column of targets under a header that no layout lists: told by its place and its cells.

Where no header of a table says which column holds the year's values, one of the columns that nothing else
claims may be the only one, right of the names, whose cells look like targets. It is the year's then. Of
several such columns the year over them or a word of planning decides; where neither does, none is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetkg.forms.indicators.leaves import Leaf, says_part_of_year, says_time
from budgetkg.forms.indicators.neighbours import EARLIER, best_of
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.settings import BLANKS, EXACT, LONE, LONGEST_TARGET, SHARE
from budgetkg.late import late_pattern
from budgetkg.text import comparison_key as key
from budgetkg.values import parse_amount

# a text that begins with a sign, a figure or a comparison in words, or says how something is to change
_TARGET = re.compile(
    r"(?:[前于在第约每全年月日天人次个均力争确保控制达到增长提高降低至]{0,6})(?:[≥≤≧≦<>=＝±~\d]|[一二三四五六七八九十百]+[个次月年天]"
    r"|不[低少高多大小超]|至少|超过|大于|小于|高于|低于)"
    r"|[优良]|达标|较?[好高]|.{0,6}(?:提[升高]|改善|完善|增[强加]|下降|降低|减[少小]|持续|长期|显著|明显|有效|稳定|及时|合格|满意|完成|全覆盖|清零)"
)
_FORMULA = late_pattern(r"[÷/×*]\s{0,2}[\u4e00-\u9fff]{2}")
_PLANNED = re.compile("计划|预期|预计|目标|拟|应达|要求|设定|本年|当年|今年|本期")
_OTHERWISE = re.compile(
    "实际|完成|现[有状]|目前|执行|历史|参考|基准|行业|先进|平均|得分|评分|分值|权重|依据|来源|公式|解释|说明|编码|序号|科室|部门|单位|责任|负责|地点|名称"
)
_IN_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
_NAMING = (None, "name", "explanation")  # what 指标内容 over a value may be taken for
_BARE = re.compile(r"[\d.,]+")
_PERCENT = re.compile(r"\d{1,3}(?:\.\d{1,2})?")


def lone_values(
    part: Sequence[Leaf], points: list[dict[str, float]], cells: Sequence[Sequence[str]], year: int | None
) -> list[dict[str, float]]:
    """Points with those of the only column that can hold the year's values; ``year`` is the form's."""
    best = list(map(best_of, points))
    names = [at for at, role in enumerate(best) if role == "name"]
    if not names or "annual_value" in best:
        return points
    open_to = [
        at
        for at, leaf in enumerate(part)
        if at > names[-1]
        and not points[at]
        and _may_head(leaf, year)
        and _targets(cells[at], "unit" in best or _year(leaf) is not None)
    ]
    open_to = _decided(part, open_to, year)
    return [{"annual_value": LONE} if [at] == open_to else own for at, own in enumerate(points)]


def between_sign_and_unit(part: Sequence[Leaf], points: list[dict[str, float]]) -> list[dict[str, float]]:
    """Points with those of a column that only its place tells: 三级指标 | 运算符号 | 指标内容 | 度量单位.

    What stands between a sign and a unit is the value of both, where no header says another and another
    column names the indicators.
    """
    best = list(map(best_of, points))
    at = next(
        (at for at in range(1, len(best) - 1) if (best[at - 1], best[at + 1]) == ("operator", "unit")), 0
    )
    named = "name" in best[:at]
    if not at or not named or {"annual_value", "period_value"} & set(best) or best[at] not in _NAMING:
        return points
    heads = [key(cell.text) for cell in part[at].over]
    if any(EARLIER.match(head) or _OTHERWISE.search(head) or says_part_of_year(head) for head in heads):
        return points
    return [{"annual_value": EXACT} if other == at else own for other, own in enumerate(points)]


def report_lone(reader: Reader, leaf: Leaf, points: Sequence[tuple[str, float]]) -> None:
    """Say that a column was read as targets though no layout knows its header."""
    if tuple(points) == (("annual_value", LONE),):
        reader.log.add("column-told-by-cells", "", reader.at(leaf.over[-1].place), header=leaf.text)


def _decided(part: Sequence[Leaf], open_to: list[int], year: int | None) -> list[int]:
    """Of several columns the one headed by the form's year, else the only one headed as planned."""
    if len(open_to) < 2:
        return open_to
    own = [at for at in open_to if year is not None and _year(part[at]) == year]
    planned = [at for at in open_to if _PLANNED.search(key(part[at].text))]
    return own if len(own) == 1 else planned if len(planned) == 1 else []


def _may_head(leaf: Leaf, year: int | None) -> bool:
    """Whether a header may stand over the year's values: not another time's, not what was reached."""
    heads = [key(cell.text) for cell in leaf.over]
    if any(EARLIER.match(head) or _OTHERWISE.search(head) or says_part_of_year(head) for head in heads):
        return False
    own = _year(leaf)
    return (own == year or year is None) if own else not says_time(leaf.text)


def _year(leaf: Leaf) -> int | None:
    """The year that a header says: 2024年, 2024年拟达水平."""
    found = _IN_YEAR.search(key(leaf.text))
    return int(found[0]) if found else None


def _targets(texts: Sequence[str], counted: bool) -> bool:
    """Whether a column's cells look like targets, and can't be weights, numbers of rows or formulas.

    Bare numbers may be anything unless ``counted``: where a unit stands beside them or a year over them.
    """
    filled = [key(text) for text in texts if text.strip() and key(text) not in BLANKS]
    fit = sum(len(text) <= LONGEST_TARGET and bool(_TARGET.match(text)) for text in filled)
    if not filled or fit < SHARE * len(filled) or any(map(_FORMULA.search, filled)):
        return False
    bare = all(_BARE.fullmatch(text) for text in filled)
    return not _counts(filled) and (counted or not bare)


def _counts(filled: Sequence[str]) -> bool:
    """Whether bare numbers count rows or sum up as weights do."""
    numbers = [found.value for text in filled if _PERCENT.fullmatch(text) and (found := parse_amount(text))]
    if len(numbers) < len(filled):
        return False
    return sum(numbers) in (10, 50, 90, 100) or numbers == list(range(1, len(numbers) + 1))
