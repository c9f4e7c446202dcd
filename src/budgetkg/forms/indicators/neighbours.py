"""What the columns of one table say about each other: a fourth tier, a value and its unit under one head."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from budgetkg.forms.indicators.leaves import Leaf, roles_of
from budgetkg.forms.indicators.periods import group_of, year_of_head
from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.settings import EXACT, FITTING, SHARE, TELLING
from budgetkg.reading.grid import Cell
from budgetkg.text import comparison_key as key

MEASURE = re.compile(r"[^\d≥≤<>=。；]{1,8}")
_APPROVED = re.compile("批复|核定|审定|批准")
_APPLIED = re.compile("申报|申请|上报|送审")
_WHENCE = re.compile("来源|依据")
EARLIER = re.compile("(?:上年|上一年|上一?期|去年|往年|前年|前[两三]年|以前年度|基期)")
_THIS = re.compile("本年|当年|今年|本期")
THIRD = re.compile("三级(?:指标|目标)?(?:名称)?")
FOURTH = re.compile("四级(?:指标|目标)?(?:名称)?")
_VALUES = ("period_value", "annual_value")
_REACHED = "actual_value"
_OF_VALUES = frozenset({"unit", "operator", "direction", "nature"})
_TWO = 2  # heads of values: what was promised, and what was reached
_WORDED = frozenset({*_VALUES, "explanation", "standard", "note"})


def under_one_head(
    part: Sequence[Leaf], points: list[dict[str, float]], cells: Sequence[Sequence[str]]
) -> list[dict[str, float]]:
    """Columns that share one header say by their cells what they are: a sign, a number, a measure word."""
    found = []
    first: dict[tuple[Cell, ...], Leaf] = {}
    for leaf, own, texts in zip(part, points, cells, strict=True):
        shared = leaf is not first.setdefault(leaf.over, leaf)  # the value stands before its unit
        filled = [key(text) for text in texts if text.strip()]
        measures = sum(MEASURE.fullmatch(text) is not None and tier_of(text) is None for text in filled)
        if shared and filled and measures >= SHARE * len(filled) and "operator" not in own:
            own = {"unit": TELLING} | {role: worth - EXACT for role, worth in own.items() if role in _VALUES}
        found.append(own)
    return found


def under_value_heads(
    layout: Layout, part: Sequence[Leaf], points: list[dict[str, float]]
) -> list[dict[str, float]]:
    """Heads of values say whose the columns below are: 目标值 and 实际值, each over 数值 | 单位.

    Under each the one column that is no sign and no unit is its value; what was reached has no unit field.
    A head that stands alone says so of a column that nothing else names: 指标值 over 符号 | 数值及单位.
    """
    heads: dict[Cell, list[int]] = {}
    for at, leaf in enumerate(part):
        if len(leaf.over) > 1 and set(roles_of(layout, leaf.over[-2].text)[:1]) & {*_VALUES, _REACHED}:
            heads.setdefault(leaf.over[-2], []).append(at)
    roles = {head: roles_of(layout, head.text)[0] for head in heads}
    both = _REACHED in roles.values() and len(set(roles.values())) >= _TWO
    found = list(points)
    for head, members in heads.items():
        values = [at for at in members if best_of(found[at]) not in _OF_VALUES]
        for at in members if len(members) > 1 else ():
            if values == [at] and (both or not found[at]):
                found[at] = {roles[head]: EXACT}
            elif both and roles[head] == _REACHED and best_of(found[at]) in (*_VALUES, "unit"):
                found[at] = {}
    return found


def worded_values(
    part: Sequence[Leaf], points: list[dict[str, float]], cells: Sequence[Sequence[str]]
) -> list[dict[str, float]]:
    """Of two columns headed as values the one without figures explains the other: 指标值 | 指标值内容.

    Its header says whose explanation it is: of 指标值 | 目标 neither names the other.
    """
    valued = [at for at, found in enumerate(points) if best_of(found) == "annual_value"]
    shares = {at: sum(any(map(str.isdigit, text)) for text in cells[at]) / len(cells[at])
              for at in valued if cells[at]}  # fmt: skip
    worded = [at for at, share in shares.items() if share <= 1 - SHARE and points[at].keys() <= _WORDED]
    if len(valued) != 2 or len(worded) != 1 or max(shares.values()) < SHARE or part[0].under:
        return points
    other = next(at for at in valued if at not in worded)
    if not key(part[worded[0]].text).startswith(key(part[other].text)):
        return points
    told = any("explanation" in found for at, found in enumerate(points) if best_of(found) == "explanation")
    return [
        ({} if told else {"explanation": EXACT}) if at in worded else own for at, own in enumerate(points)
    ]


def as_approved(part: Sequence[Leaf], points: list[dict[str, float]]) -> list[dict[str, float]]:
    """Of two columns of values the approved one counts: 申报指标值 | 批复指标值. The other is quoted."""
    valued = [at for at, found in enumerate(points) if best_of(found) == "annual_value"]
    approved = [at for at in valued if _APPROVED.search(key(part[at].text))]
    applied = [at for at in valued if _APPLIED.search(key(part[at].text))]
    if len(valued) != _TWO or len(approved) != 1 or len(applied) != 1 or approved == applied:
        return points
    return [{} if [at] == applied else own for at, own in enumerate(points)]


def under_tiers(part: Sequence[Leaf], points: list[dict[str, float]]) -> list[dict[str, float]]:
    """Under a tier, what stands beside a name is its value, whatever its header says: 指标 | 值."""
    best = list(map(best_of, points))
    names = [at for at, role in enumerate(best) if role == "name"]
    if not part[0].under or len(names) != 1 or names[0] + 1 >= len(part) or set(best) & set(_VALUES):
        return points
    beside = names[0] + 1
    return [{"annual_value": EXACT} if at == beside and not own else own for at, own in enumerate(points)]


def in_periods(
    layout: Layout, part: Sequence[Leaf], points: list[dict[str, float]], number: int | None
) -> list[dict[str, float]]:
    """Values under 中期 are the period's; so are those of the first of two sets, the first of two alike."""
    groups = [next((group for cell in reversed(leaf.over)
                    if (group := group_of(layout, cell.text)) in ("period", "annual")), None)
              for leaf in part]  # fmt: skip
    valued = [at for at, found in enumerate(points) if best_of(found) == "annual_value"]
    printed = any(best_of(found) == "period_value" for found in points)
    heads = [key(part[at].text) for at in valued]
    alike = len(heads) == 2 and heads[0] == heads[1] and part[valued[0]].over != part[valued[1]].over
    moved = {at for at in valued if groups[at] == "period"}
    if not moved and not printed and valued and (number == 0 or alike) and groups[valued[0]] != "annual":
        moved = {valued[0]}
    return [
        {("period_value" if role == "annual_value" else role): worth for role, worth in found.items()
         if role != "period_value"} if at in moved else found
        for at, found in enumerate(points)
    ]  # fmt: skip


def of_the_year(
    layout: Layout, part: Sequence[Leaf], points: list[dict[str, float]], year: int | None
) -> list[dict[str, float]]:
    """A column headed by the form's own year, or the only one so headed, under a head of values: the year's.

    指标值 over 规划期 | 2024年.
    """
    years = [year_of_head(leaf.text) for leaf in part]
    said = {one for one in years if one is not None}
    own = year if year in said else said.pop() if len(said) == 1 and year is None else None
    heads = [leaf.over[-2] for leaf, one in zip(part, years, strict=True)
             if one is not None and one == own and len(leaf.over) > 1]  # fmt: skip
    if not heads or not _heads_values(layout, heads[0].text):
        return points
    found: list[dict[str, float]] = []
    for leaf, one, worth in zip(part, years, points, strict=True):
        beside = len(leaf.over) > 1 and leaf.over[-2] == heads[0] and group_of(layout, leaf.text) != "period"
        if beside and one == own:
            worth = {"annual_value": EXACT}
        elif beside:
            worth = {role: points_of for role, points_of in worth.items() if role != "annual_value"}  # 上期
        found.append(worth)
    return found


def beside_earlier(
    layout: Layout, part: Sequence[Leaf], points: list[dict[str, float]]
) -> list[dict[str, float]]:
    """Under a head of values, the only column beside those of earlier years is this year's.

    指标值 over 前年 | 上年 | 预计当年实现.
    """
    found = list(points)
    heads: dict[tuple[int, ...], list[int]] = {}
    for at, leaf in enumerate(part):
        if len(leaf.over) > 1:
            heads.setdefault(leaf.over[-2].place.offsets[:1], []).append(at)
    for under in heads.values():
        head = part[under[0]].over[-2]
        now = [at for at in under if not EARLIER.match(key(part[at].text))]
        if len(now) == 1 < len(under) and not points[now[0]] and _heads_values(layout, head.text):
            found[now[0]] = {"annual_value": EXACT}
    return _this_years(part, found)


def _this_years(part: Sequence[Leaf], points: list[dict[str, float]]) -> list[dict[str, float]]:
    """Where no header says a value, this year's column beside an earlier year's is: 上年实际 | 本年计划."""
    if any(best_of(found) in (*_VALUES, "actual_value") for found in points):
        return points
    heads = [key(leaf.text) for leaf in part]
    now = [at for at, head in enumerate(heads) if _THIS.match(head) and not points[at]
           and any(EARLIER.match(other) for other in heads[max(0, at - 1) : at + 2])]  # fmt: skip
    return [{"annual_value": EXACT} if [at] == now else own for at, own in enumerate(points)]


def _heads_values(layout: Layout, text: str) -> bool:
    return bool(set(roles_of(layout, text)) & set(_VALUES)) or group_of(layout, text) == "value"


def nearest_points(part: Sequence[Leaf], points: list[dict[str, float]]) -> list[dict[str, float]]:
    """Where tiers have weights of their own, the indicator's is the one right behind its name.

    一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值: each stands behind what it weighs.
    """
    best = list(map(best_of, points))
    before = [best[at - 1] if at else None for at in range(len(best))]
    weights = [at for at, role in enumerate(best) if role == "weight"]
    if len(weights) < 2 or not any(before[at] == "name" for at in weights):
        return points
    of_tiers = {at for at in weights if before[at] in ("tier1", "tier2", "tier3")}
    return [{} if at in of_tiers else own for at, own in enumerate(points)]


def nearest_standard(part: Sequence[Leaf], points: list[dict[str, float]]) -> list[dict[str, float]]:
    """Of 指标值来源 | 绩效标准 the second is the standard: the first says whence the value is known."""
    own = [at for at, one in enumerate(points) if "standard" in one]
    whence = [at for at in own if _WHENCE.search(key(part[at].text))]
    if not 0 < len(whence) < len(own):
        return points
    return [{role: worth for role, worth in one.items() if role != "standard"} if at in whence else one
            for at, one in enumerate(points)]  # fmt: skip


def best_of(points: Mapping[str, float]) -> str | None:
    """The field with the most points."""
    return max(points, key=lambda role: points[role]) if points else None


def with_fourth(part: Sequence[Leaf], points: list[dict[str, float]]) -> list[dict[str, float]]:
    """Where a fourth tier is headed, the third is one, however much its words look like names."""
    heads = [key(leaf.text) for leaf in part]
    if not any(FOURTH.fullmatch(head) for head in heads):
        return points
    return [{"tier3": EXACT} if THIRD.fullmatch(head)
            else {"name": EXACT + FITTING} if FOURTH.fullmatch(head) else own
            for head, own in zip(heads, points, strict=True)]  # fmt: skip
