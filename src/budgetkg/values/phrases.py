"""Targets without a value: empty cells, gaps of a template, placeholders, formulas, names of measures.

Every text here is in the form of `spelling.target_form`.
"""

from __future__ import annotations

import re

from budgetkg.late import late_pattern

_EMPTY = re.compile(r"[-—/\\_、.…·~|]*|无|暂无|不适用|N/?A|null", re.IGNORECASE)
# ≥**人, XX场, ____%, （ ）: a gap of the template that somebody was to fill in.
_HOLE = re.compile(
    r"\*{1,}(?![0-9])(?<![0-9%)\]]\*)|(?<![A-Za-z])[Xx×]{1,6}(?![A-Za-z0-9])(?=[一-鿿%‰]|$|以)|_{1,}|□|■|○{1,}|△|【】|\(\)|"
    r"(?<![0-9)])×{2,}|(?<!\.)\.{3,}+(?=[个场次人%])|(?<!…)…++(?=[个场次人%])"
)
_COMPARATOR_ALONE = re.compile(
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
_METRIC = late_pattern(
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
# A whole scale to choose from: 优/良/中/差, 高中低, 是/否.
_BEST = "优秀|优良|优|良好|良|较好|好|较高|高|合格|达标|满意|是|有"
_WORST = "不合格|不达标|不满意|较差|差|较低|低|否|无"
_SCALE = re.compile(
    f"(?=.*(?:{_WORST}))(?:(?:{_BEST}|中等|中|一般|基本满意|基本合格|{_WORST})[/、,;|或]?){{2,}}"
)
_REPEATED_SHARE = 0.6  # of the characters of an indicator's name, in a target that only repeats it


def is_empty(text: str) -> bool:
    """Whether a cell holds nothing, or only what stands for nothing: a dash, 无, N/A."""
    return bool(_EMPTY.fullmatch(text))


def has_hole(text: str) -> bool:
    """Whether a gap of the template stands where the number should, or a comparator without a number."""
    return bool(_HOLE.search(text)) or bool(_COMPARATOR_ALONE.fullmatch(text))


def names_no_value(text: str) -> bool:
    """Whether it is 控制数 or the like, which leaves the value to another document."""
    plain = text.removesuffix("。")
    return plain in _NO_VALUE or bool(_SCALE.fullmatch(plain))


def has_formula(text: str) -> bool:
    """Whether a text tells how a value is computed: 完成数÷计划数×100%."""
    return bool(_FORMULA.search(text))


def without_formula(text: str) -> str:
    """A target without the formulas that it prints in brackets: ≥90%（完成数÷计划数×100%） becomes ≥90%."""
    return _BRACKET.sub(lambda found: "" if _FORMULA.search(found[0]) else found[0], text)


def repeats(text: str, name: str) -> bool:
    """Whether a target is its indicator's name again, or most of it, and no more."""
    words = text.rstrip("。.;,")
    if not words or not name or _WORDS_OF_DEGREE.fullmatch(words):
        return False
    if words == name:
        return len(words) > 3
    most = len(words) >= 6 and len(words) >= _REPEATED_SHARE * len(name)
    return most and words in name and not _GOAL.search(words)


def names_a_measure(text: str) -> bool:
    """Whether a target only names what is counted: 学习资料的编印期数, 群众满意度."""
    if _GOAL.search(text) or _WORDS_OF_DEGREE.fullmatch(text):
        return False
    clauses = [part for part in re.split("[,;。、]", text) if part]
    return any(len(part) > 2 and re.search(f"{_METRIC.pattern}$", part) for part in clauses)
