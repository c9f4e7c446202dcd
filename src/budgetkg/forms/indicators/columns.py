"""What each column of an indicator table holds: settled for all columns together, by header and content.

Each column gets points for each field it may hold (what its header says, what its cells look like) and the
assignment of fields to columns with the most points wins; no two columns of a set hold the same field. How
far a column's reading is ahead of the next best is its margin; a column that isn't far enough ahead is not
read, and a finding quotes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from budgetkg.forms.indicators.assignment import VALUES, assigned
from budgetkg.forms.indicators.changes import before_change
from budgetkg.forms.indicators.column_sets import column_sets, share_out_tiers
from budgetkg.forms.indicators.leaves import (
    Leaf,
    heads_names,
    roles_of,
    roles_said,
    says_part_of_year,
    says_time,
    says_whole_year,
)
from budgetkg.forms.indicators.lone_values import between_sign_and_unit, lone_values
from budgetkg.forms.indicators.neighbours import (
    EARLIER,
    FOURTH,
    MEASURE,
    THIRD,
    as_approved,
    beside_earlier,
    best_of,
    in_periods,
    nearest_points,
    nearest_standard,
    of_the_year,
    under_one_head,
    under_tiers,
    under_value_heads,
    with_fourth,
    worded_values,
)
from budgetkg.forms.indicators.periods import group_of
from budgetkg.forms.indicators.tier_labels import joined_tiers, tier_of
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.settings import ALSO, CONTRARY, CUT, EXACT, FITTING, KEPT, MARKED, SHARE, TELLING
from budgetkg.reading.grid import Cell
from budgetkg.text import comparison_key as key
from budgetkg.values import parse_amount

_TIMED = {"period": "period_value", "annual": "annual_value"}
_SIGN = re.compile(
    r"[≥≤≧≦<>=＝]{1,2}|定性(?:指标)?|定量(?:指标)?|(?:大于|小于)(?:或?等于)?|等于|不(?:少|低|高|大|小|超)[于过]|区间"
)
_DIRECTION = re.compile(r"(?:正|反|负|逆)向(?:指标)?")
_NATURE = re.compile(r"定[量性](?:指标)?")
_A_YEAR = re.compile(r"20\d\d(?:年度?)?")
_IN_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
_EXPECTED = re.compile("预计|预期|计划")
_POINTS = re.compile(r"\d{1,3}(?:\.\d{1,4})?[分%]?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as read: its place, its field (``None`` where it is not known), its margin in points.

    ``points`` are what each field got that it may hold.
    """

    leaf: Leaf
    role: str | None
    margin: float = 0.0
    number: int = 0
    points: tuple[tuple[str, float], ...] = ()


def settled(
    layout: Layout, leaves: Sequence[Leaf], cells: Sequence[Sequence[str]], year: int | None = None
) -> tuple[Column, ...]:
    """The fields of some columns; ``cells`` are the texts below each.

    Of values of several years side by side those of ``year``, the form's own, are the year's.
    """
    found: list[Column] = []
    others = _of_other_years(leaves, year) | before_change(leaves)
    sets = column_sets(layout, leaves)
    halves = len(sets) > 1 and not share_out_tiers(layout, leaves, cells, sets)
    for number, members in enumerate(sets):
        part = [leaves[at] for at in members]
        tiered = any(roles_of(layout, leaf.text)[:1] == ("tier2",) for leaf in part)
        points = [{} if at in others else scores(layout, leaf, cells[at], tiered)
                  for leaf, at in zip(part, members, strict=True)]  # fmt: skip
        points = nearest_points(part, under_tiers(part, with_fourth(part, nearest_standard(part, points))))
        texts = [cells[at] for at in members]
        points = under_value_heads(layout, part, under_one_head(part, points, texts))
        points = beside_earlier(layout, part, worded_values(part, as_approved(part, points), texts))
        points = between_sign_and_unit(part, of_the_year(layout, part, points, year))
        points = lone_values(part, points, texts, year)
        points = in_periods(layout, part, points, number if halves and not part[0].under else None)
        found += [
            Column(leaf, role, margin, number, tuple(sorted(own.items())))
            for leaf, (role, margin), own in zip(part, assigned(points), points, strict=True)
        ]
    return tuple(found)


def _of_other_years(leaves: Sequence[Leaf], year: int | None) -> frozenset[int]:
    """The columns headed by another year than the form's, where one is headed by its own: 2025年指标值."""
    said = {at: int(match[0]) for at, leaf in enumerate(leaves) if (match := _IN_YEAR.search(key(leaf.text)))}
    return frozenset(at for at, one in said.items() if one != year and year in said.values())


def scores(layout: Layout, leaf: Leaf, texts: Sequence[str], tiered: bool) -> dict[str, float]:
    """The points of each field for one column; ``tiered`` is whether the table heads its second tiers.

    Where it does, names may be words that tiers have too (满意度); where it doesn't, such a column
    is the tiers'.
    """
    points = dict(_worded(layout, leaf.headers, leaf.told))
    filled = [key(text) for text in texts if text.strip()]
    if not filled:
        return points
    if all(map(_A_YEAR.fullmatch, filled)):
        return {role: worth for role, worth in points.items() if role not in VALUES}  # 年度 over 2024年
    shares = _shares(filled)
    for role, share in shares.items():
        if share >= SHARE and role in _TELLING:
            points[role] = points.get(role, 0.0) + (TELLING if leaf.over else 0.0)
        elif role in _CONTRARY and share < 1 - SHARE and role in points and len(filled) > 1:
            points[role] -= CONTRARY
        elif role in points:
            points[role] += FITTING * share
    if shares["tier1"] >= SHARE:
        points.pop("nature", None)  # 指标类型 over 产出指标: no 定量
        seconds = sum(bool((tier := tier_of(text)) and tier.broader) for text in filled)
        if seconds >= SHARE * len(filled) and leaf.over:
            points["tier2"] = points.get("tier2", 0.0) + TELLING
            if not tiered and len(filled) > 1 and all(map(_may_be_second, filled)):
                points.pop("tier1", None)  # their first tiers stand in rows of their own, or nowhere
        for role in (*VALUES, "name"):
            if role in points and not (tiered and role == "name"):
                points[role] -= TELLING
    return points


_TELLING = frozenset({"operator", "direction", "tier1"})
_CONTRARY = frozenset({"operator", "direction"})  # a first tier may be a word that no edition knows


def _shares(filled: list[str]) -> dict[str, float]:
    """What share of a column's cells look like each field."""

    def share(test: re.Pattern[str]) -> float:
        return sum(test.fullmatch(text) is not None for text in filled) / len(filled)

    natures = share(_NATURE)
    return {
        "operator": 0.0 if natures == 1 and len(filled) > 2 else share(_SIGN),
        "direction": share(_DIRECTION),
        "nature": natures,
        "tier1": sum(_says_tiers(text) for text in filled) / len(filled),
        "unit": share(MEASURE),
        "weight": share(_POINTS) + (1.0 if _sums_up(filled) else 0.0),
        "score": share(_POINTS),
        "annual_value": sum(bool(re.search(r"\d", text)) for text in filled) / len(filled),
        "name": sum(len(text) > 3 for text in filled) / len(filled),
    }


def _says_tiers(text: str) -> bool:
    return (tier_of(text) is not None and not text.isdigit()) or joined_tiers(text) is not None


def _may_be_second(text: str) -> bool:
    """Whether a tier stands below another in some edition: 满意度指标 is printed as either."""
    tier = tier_of(text)
    return tier is not None and (tier.broader is not None or "满意" in text)


def _sums_up(filled: list[str]) -> bool:
    numbers = [parse_amount(text.rstrip("分%")) for text in filled]
    total = sum((number.value for number in numbers if number is not None), Decimal(0))
    return total in (10, 90, 100)


@lru_cache(maxsize=KEPT)  # asked of a table's columns for each of its rows
def _worded(layout: Layout, texts: tuple[str, ...], told: str | None) -> Mapping[str, float]:
    """What the headers over a column say; what a part of the year reached isn't what the year did."""
    points = _said(layout, texts, told)
    part = any(map(says_part_of_year, texts))
    foreseen = "actual_value" not in points and any(_EXPECTED.search(key(text)) for text in texts)
    return {} if part and not foreseen else points  # 1-8月完成值, 全年预计完成值, 半年指标值


def _said(layout: Layout, texts: tuple[str, ...], told: str | None) -> dict[str, float]:
    if not texts or any(EARLIER.match(key(text)) for text in texts):
        return {}  # last year's value is no value of this year
    if any(layout.column_groups.lookup(text) == "other" for text in texts):
        return {}
    lowest = texts[-1]
    if says_time(lowest) and not says_whole_year(lowest):
        return {}  # a quarter's value is no year's
    roles = roles_said(layout, texts, told)
    if len(texts) > 1:
        above = texts[-2]
        joined = roles_of(layout, above + lowest) or roles_of(layout, lowest + above)
        if not joined and _marked(layout, lowest + above) == "actual_value":
            joined = ("actual_value",)  # 计划 | 实际 under 绩效指标值
        short = len(key(lowest).removesuffix("值")) <= 2  # 年初值 under 年度指标值
        roles = roles or joined or (roles_of(layout, above) if short else ())
        timed = group_of(layout, lowest) in ("period", "annual") or says_whole_year(lowest)
        if not roles and timed:
            roles = roles_of(layout, above)
    points = {role: EXACT if at == 0 else ALSO for at, role in enumerate(roles)}
    if THIRD.fullmatch(key(lowest)):
        points["tier3"] = CUT  # a tier where a fourth names the indicators
    if "name" in points:
        points.setdefault("explanation", CUT)
    if not points and told:
        points = {told: MARKED}
    if not points and heads_names(layout, lowest):
        points = {"name": MARKED}
    if not points:
        timed_role = _TIMED.get(group_of(layout, lowest) or "")
        cut = layout.tier_columns.cut(lowest) or layout.tier_columns.damaged(lowest)
        marked = "annual_value" if says_whole_year(lowest) else timed_role or _marked(layout, lowest)
        points = {cut: CUT} if cut else {marked: MARKED} if marked else {}
    return points


def _marked(layout: Layout, text: str) -> str | None:
    """The field of which a header holds a word: 年度计划完成指标值 is a target, …原因分析 a reason."""
    plain = key(text)
    found = next((role for role, mark in _marks(layout) if mark.search(plain)), None)
    return None if found == "actual_value" and _EXPECTED.search(plain) else found


@cache
def _marks(layout: Layout) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (role, re.compile("|".join(patterns))) for role, patterns in layout.tier_column_marks.items()
    )


def swapped(own: dict[str, Cell]) -> dict[str, Cell]:
    """The cells of a row, 正向 and ≥ where they belong: some forms print both in one column, by the row."""
    sign, way = own.get("operator"), own.get("direction")
    if sign is not None and _DIRECTION.fullmatch(sign.key) and (way is None or _SIGN.fullmatch(way.key)):
        own = {role: cell for role, cell in own.items() if role not in ("operator", "direction")}
        return own | {"direction": sign} | ({"operator": way} if way is not None else {})
    if way is not None and sign is None and _SIGN.fullmatch(way.key):
        return {role: cell for role, cell in own.items() if role != "direction"} | {"operator": way}
    return own


def named_leaves(
    layout: Layout, leaves: Sequence[Leaf]
) -> tuple[list[Leaf], list[Leaf], list[Leaf], list[Leaf]]:
    """The leaves that hold names, tiers, points (weights, scores) and values by their headers alone."""
    roles = [(leaf, best_of(_worded(layout, leaf.headers, leaf.told))) for leaf in leaves]
    names = [leaf for leaf, role in roles if role == "name"]
    tiers = [leaf for leaf, role in roles if role in ("tier1", "tier2")]
    fourth = [leaf for leaf in names if FOURTH.fullmatch(key(leaf.text))]
    if fourth:
        names, tiers = fourth, [*tiers, *(leaf for leaf in names if THIRD.fullmatch(key(leaf.text)))]
    said = [leaf for leaf in names if "name" in roles_of(layout, leaf.text)]
    if said and len(names) > len(said):
        names, tiers = said, [*(leaf for leaf in names if leaf not in said), *tiers]  # 分解目标 heads tiers
    if not tiers and len(names) > 1:
        names, tiers = names[1:], names[:1]  # 指标 | 指标内容: the first holds the tiers
    points = [leaf for leaf, role in roles if role in ("weight", "score")]
    values = [leaf for leaf, role in roles if role in (*VALUES, "actual_value")]
    return names or tiers[-1:], tiers, points, values
