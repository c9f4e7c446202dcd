"""Targets in words: blanks, holes of a template, placeholders, formulas, names of what is measured."""

from __future__ import annotations

import re

from budgetkg.targets.spelling import has_word

_BLANK = re.compile(r"[-—/\\_、.…·~|]*|无|暂无|不适用|N/?A|null", re.IGNORECASE)
# ≥**人, XX场, ____%, （ ）: a hole that somebody was to fill in.
_HOLE = re.compile(
    r"\*{1,}(?![0-9])(?<![0-9%)\]]\*)|(?<![A-Za-z])[Xx×]{1,6}(?![A-Za-z0-9])(?=[一-鿿%‰]|$|以)|_{1,}|□|■|○{1,}|△|【】|\(\)|"
    r"(?<![0-9)])×{2,}|\.{3,}(?=[个场次人%])|…+(?=[个场次人%])"
)
_BOUND_TO_NOTHING = re.compile(
    r"(?:[≥≤<>=]|不少于|不低于|不超过|不高于|至少|超过|达到?)(?:%|‰|[个场次篇人家条项份期件]次?)?(?:以上|以下)?"
)
_NO_VALUE = frozenset({
    "控制数", "年度计划数", "计划数", "预算控制数", "预算数", "批复数", "年初计划数", "任务数", "目标数",
    "计划值", "目标值", "指标值", "标准值", "年度目标值", "行业标准", "计划标准", "历史标准", "待定",
    "另行确定", "据实填写", "见附件", "调查问卷", "问卷调查", "抽样调查", "满意度调查", "年度指标值",
    "实施周期指标值",
    "定量", "定性", "数值", "填写指标值",
})  # fmt: skip
_FORMULA = re.compile(
    r"÷|[*×xX]100%?|占[^,;。]{1,40}(?:百分比|比例|比重|比率)$|[一-鿿](?:数|量|额|人数|次数|总数|金额|人次)\)?/\(?[一-鿿]{2,}"
)
_BRACKET = re.compile(r"\([^()]*\)")
_METRIC = re.compile(
    "(?:数量|次数|场次|期数|人数|集数|篇数|条数|件数|户数|个数|家数|天数|份数|册数|时长|[一-鿿]率|[一-鿿]量|[一-鿿]{2}数|"
    "性|度|质量|能力|水平|情况|影响|能力水平|人次|金额|比例|占比|时间|成本|面积|数额|场次数|个次数)(?:/[年月日季周])?"
)
# A verb of change or of conduct makes a goal of what would else be the name of a measure.
_GOAL = re.compile(
    "提升|提高|加强|增强|促进|推动|改善|优化|完善|扩大|营造|持续|进一步|保障|保证|确保|弘扬|展现|展示|达到|规避|"
    "发挥|深化|丰富|实现|通过|不断|满足|降低|减少|增加|良好|有效|显著|较好|较高|明显|符合|按|如|若|及时(?!性)|落实|维护|稳定"
)
_WORDS_OF_DEGREE = re.compile(
    "[优良中差好高]|优秀|良好|合格|不合格|达标|较[好高]|中等|较差|是|否|有|满意|基本满意"
)
_REPEATS = 0.6  # a target that is most of its indicator's name, and nothing else


def is_blank(text: str) -> bool:
    """A cell with a dash or 无 in it is an empty cell."""
    return bool(_BLANK.fullmatch(text))


def has_hole(text: str) -> bool:
    """Whether a template's hole stands where the number should."""
    return bool(_HOLE.search(text)) or bool(_BOUND_TO_NOTHING.fullmatch(text))


def names_no_value(text: str) -> bool:
    """控制数 and its like: the value is said to be somewhere else."""
    return text.removesuffix("。") in _NO_VALUE


def formula_in(text: str) -> bool:
    """Whether it tells how to compute a value."""
    return bool(_FORMULA.search(text))


def without_formula(text: str) -> str:
    """The target beside a formula in brackets: ≥90%（完成数÷计划数×100%）."""
    return _BRACKET.sub(lambda found: "" if _FORMULA.search(found[0]) else found[0], text)


def repeats(text: str, name: str) -> bool:
    """Whether a target says its indicator's name again, or nearly all of it, and no more."""
    said = text.rstrip("。.;,")
    if not said or not name or _WORDS_OF_DEGREE.fullmatch(said):
        return False
    if said == name:
        return len(said) > 3
    return len(said) >= 6 and said in name and len(said) >= _REPEATS * len(name) and not _GOAL.search(said)


def names_a_measure(text: str) -> bool:
    """Whether it only names what is counted: 学习资料的编印期数, 群众满意度."""
    if _GOAL.search(text) or _WORDS_OF_DEGREE.fullmatch(text):
        return False
    clauses = [part for part in re.split("[,;。、]", text) if part]
    return any(len(part) > 2 and re.search(f"{_METRIC.pattern}$", part) for part in clauses)


def says_something(text: str) -> bool:
    """Whether there are words to call a qualitative target."""
    return has_word(text)
