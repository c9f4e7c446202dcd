"""Printed names looked up: a field's variants, compared without marks, brackets, numbers and years."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache

from budgetkg.forms.settings import LONGEST_LABEL
from budgetkg.text import comparison_key as key

_BRACKET = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_MARK = re.compile(r"[★☆※*●◆▲△#]|^(?:\(?[一二三四五六七八九十\d]{1,2}[)、.](?!\d))")
_JOINT = re.compile("[及和与、/(]")
_YEAR = re.compile(r"20\d\d(?:年度?)?(?:[-—至]20\d\d(?:年度?)?)?")

_OF_PROJECT = "项目"  # 项目主管部门 is the 主管部门
_LIKE_PROJECT = re.compile("政策|专项资金|专项")  # 政策目标 is what 项目目标 is in another form
# 编报部门, 申报单位名称: who hands the form in, by whatever verb.
_FILED = "填报单位"
_FILED_BY = tuple(
    f"{verb}{who}{more}"
    for verb in ("填报", "编报", "编制", "申报", "填表", "制表", "报送", "填制", "申请")
    for who in ("单位", "部门")
    for more in ("", "名称")
)
# 市县主管部门, 省级财政部门: the level of government before what a label names.
_OF_LEVEL = re.compile("(?:其中:)?(?:中央|地方|上级|本级|[省市县区州盟旗乡镇]{1,3}级?)")
# 当年整体绩效目标, 中期总目标: whose goal it is, in whichever order the words stand.
_OF_YEAR = "本年度?|当年度?|年度|全年"
_OF_SEVERAL_YEARS = "中长期|中期|长期|远期|实施期|实施周期|项目周期|周期|三年|五年"
_GOAL = re.compile(
    rf"(?>(?:{_OF_YEAR}|{_OF_SEVERAL_YEARS}|项目|专项|政策|资金|总体|整体|预期|绩效|总|支出|阶段)+)目标(?:描述|内容|概述|简述)?"
)
_FUNCTIONS = re.compile(
    "(?:部门|单位|[()])*(?:主要|基本|履行)?(?:职能|职责)+(?:简述|概述|简介|描述|概况|情况)?"
)
_DIGITS = "123456789"  # 年度目标1, 年度目标2
_MONEY_OF_DEPARTMENT = re.compile(
    "(?:部门|单位)(?:整体|年度|本年度?|当年度?|全年|总|支出|收入|预算|资金)*(?:总额|总金额|总计|合计|金额|总数|预算数|预算|资金)"
)
_MONEY_OF_LEVEL = re.compile("(?:财政)?(?:补助|资金|配套|配套资金|补助资金|投入|安排)")


class Names(Mapping[str, tuple[str, ...]]):
    """Field → the headers or labels that name it."""

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        self._table = dict(table)
        self._index: dict[str, str] = {}
        for name, variants in self._table.items():
            for variant in variants:
                self._index.setdefault(key(variant).rstrip(":"), name)
        self._sorted = sorted(self._index)
        self._signs = frozenset("".join(self._sorted))

    __hash__ = object.__hash__  # compared by what they are read from, so that a layout can be a key

    def __eq__(self, other: object) -> bool:
        return self is other

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._table[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    def lookup(self, text: str) -> str | None:
        """The field that a printed header or label names."""
        return next((self._index[form] for form in spellings(text) if form in self._index), None)

    def cut(self, text: str, least: int = 3) -> str | None:
        """The one field whose header begins with a text that a page edge has cut (说明及公)."""
        plain = key(text)
        if len(plain) < least:
            return None
        hits = set()
        for variant in self._sorted[bisect_left(self._sorted, plain) :]:
            if not variant.startswith(plain):
                break
            hits.add(self._index[variant])
        return hits.pop() if len(hits) == 1 else None

    def damaged(self, text: str, least: int = 4) -> str | None:
        """The one field that a header names in which one character is another (三级指杯).

        A character that other headers have is no damage: 年初目标 is another word than 年度目标.
        """
        plain = key(text)
        if len(plain) < least or self.lookup(text) is not None:
            return None
        hits = set()
        for variant, name in self._index.items():
            if len(variant) != len(plain):
                continue
            wrong = [char for char, right in zip(plain, variant, strict=True) if char != right]
            if len(wrong) == 1 and wrong[0] not in self._signs:
                hits.add(name)
        return hits.pop() if len(hits) == 1 else None


class Labels(Names):
    """Field → the labels that name it; labels that are composed of known words are known too."""

    def lookup(self, text: str) -> str | None:
        """The field that a label names, in its own words or in those that it is composed of."""
        name = super().lookup(text)
        if name is not None or len(text) > LONGEST_LABEL:
            return name
        plain = key(text).rstrip(":")
        if plain in _FILED_BY:
            return super().lookup(_FILED)
        if kind := _LIKE_PROJECT.match(plain):
            name = super().lookup(_OF_PROJECT + plain[kind.end() :])
        elif plain.startswith(_OF_PROJECT):
            name = super().lookup(plain.removeprefix(_OF_PROJECT))
        elif level := _OF_LEVEL.match(plain):
            name = self._of_level(plain[level.end() :])
        if name is None and _FUNCTIONS.fullmatch(plain) and "functions" in self:
            return "functions"
        return name or (self._goal(plain) if _GOAL.fullmatch(plain.rstrip(_DIGITS)) else None)

    def spelt(self) -> tuple[str, ...]:
        """Every label by its words, for patterns that look for labels within a line."""
        own = tuple(variant for variants in self.values() for variant in variants)
        return (*own, *(_FILED_BY if super().lookup(_FILED) else ()))

    def _goal(self, plain: str) -> str | None:
        """The field of a goal by the words that say whose it is: the year's, or that of several years."""
        if re.match(_OF_SEVERAL_YEARS, plain):
            return next((kind for kind in ("period_goal", "attribute") if kind in self), None)
        kind = "year_goal" if re.search(_OF_YEAR, plain) else "goal"
        return next((name for name in (kind, "overall_goal") if name in self), None)

    def _of_level(self, rest: str) -> str | None:
        """The field of a label behind a level of government: a department, or money of that level alone."""
        if _MONEY_OF_LEVEL.fullmatch(rest) or rest == "财政部门":
            return "attribute" if "attribute" in self else None
        return "department" if super().lookup(rest) == "department" else None


class AmountLabels(Names):
    """Source → the labels of its amounts in a department's form, a composed one of its whole money, too."""

    def lookup(self, text: str) -> str | None:
        """The source that a label names; 部门支出预算数 is the department's total."""
        name = super().lookup(text)
        if name is None and "total" in self and len(text) <= LONGEST_LABEL:
            whole = _MONEY_OF_DEPARTMENT.fullmatch(_BRACKET.sub("", key(text).rstrip(":")))
            return "total" if whole else None
        return name


def joined_parts(text: str) -> tuple[str, ...]:
    """The headers that one header joins: 三级指标及指标值, 三级指标（指标值）."""
    return tuple(part for part in _JOINT.split(key(text).rstrip(":)")) if part)


@lru_cache(maxsize=4096)
def spellings(text: str) -> tuple[str, ...]:
    """The ways in which a printed header is compared, the fullest first."""
    plain = key(text).rstrip(":")
    found = [plain]
    for pattern, other in ((_BRACKET, ""), (_MARK, ""), (_YEAR, "年度"), (_YEAR, "")):
        found += [pattern.sub(other, form).rstrip(":") for form in found]
        found = list(dict.fromkeys(found))
    return tuple(form for form in found if form)
