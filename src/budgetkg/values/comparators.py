"""Comparators: the words and signs before a number, behind it, or in a cell of their own."""

from __future__ import annotations

import re

_THING = "(?=[A-Za-z一-鿿])"
_NOT = "(?:不得|不能|不可|不应|不会|不宜|不许|不准|不允许|不再|不要|不|未|勿|严禁|禁止)"
_OVER = "(?:超过|超出|突破|大于|高于|多于|长于|晚于|迟于|超)"
_UNDER = "(?:少于|低于|小于|短于|早于|亚于|下于)"
_ABOUT = "(?<![节签预履契违合])约"  # and not the end of 节约 or 签约
# In this order: a negation before the word it turns round.
_BEFORE = (
    ("<=", f"{_NOT}{_OVER}|[小低少]于或?等于|≤|最[多高大长]|至多|上限为?|限于|控制[在到为]"),
    (">=", f"{_NOT}{_UNDER}|[大高多]于或?等于|达到或超过|≥|至少|最[少低小]|起码|下限为?|保底|保持在"),
    ("<", "小于|低于|少于|短于|不足|不到|不满|未达到?|未满|早于|<"),
    (">", "大于|高于|多于|长于|超过|超出|突破|逾|超|>"),
    ("~", f"大约|大概|大致|{_ABOUT}|将近|接近|近|~"),
    ("=", "达到|达|等于|=|时限为|为|共计|共|计"),
)  # fmt: skip
_FILLER = rf"(?>(?:[:(\"]|{_ABOUT}|为|于|在|到|至|有|了|共|计|总计|全年|每年|年均|人民币|达到|达){{0,16}})"
_PREFIX = re.compile("(?:" + "|".join(f"({words})" for _, words in _BEFORE) + f"){_FILLER}$")
# 至少放映一部: the verb may stand between. The level a verb leads to is no filler: 提升到90%.
_REACHING = re.compile("(?:(至少|最少|起码)|(至多|最多))[一-鿿]{1,6}$")
_WINDOW = 16  # characters
_INSIDE = "内(?![容部涵外地设资审控存])"
_OR = "(?:及其|及|或者|或|和|含)?"
_WITH = r"(?:\(含[^()]{0,12}\)|\([^()]{0,12}含\))?"
_BEHIND = (
    (">", re.compile(r"以上\((?:不含|不包含)[^()]{0,12}\)|\((?:不含)[^()]{0,12}\)以上")),
    ("<", re.compile(r"以下\((?:不含|不包含)[^()]{0,12}\)|\((?:不含)[^()]{0,12}\)以下")),
    (">=", re.compile(f"{_WITH}{_OR}以上{_WITH}|起步")),
    ("<=", re.compile(f"{_WITH}{_OR}(?:以下|以内|之内|{_INSIDE}){_WITH}|封顶|为限|为上限")),
    ("~", re.compile("左右|上下(?!限|级|游)|前后")),
    # 90%≤合格率: the number stands first.
    (">=", re.compile(f"≤{_THING}")),
    (">", re.compile(f"<{_THING}")),
    ("<=", re.compile(f"≥{_THING}")),
    ("<", re.compile(f">{_THING}")),
)  # fmt: skip
# 5场活动以上: the thing counted between the measure and the word that binds; 区级以上 is a rank.
_APART = re.compile(r"[一-鿿]{1,6}?(?<![级版及])(?:及|或)?以上(?=[,;。、()]|$)")
_SIDES = {">=": 1, ">": 1, "<=": -1, "<": -1, "=": 0, "~": 0, "between": 0}
_SPELLED = {
    ">=": (">=", "≥", "大于等于", "大于或等于", "不低于", "不少于", "至少", "不小于", "以上", "高于等于"),
    ">": (">", "大于", "高于", "超过", "多于"),
    "<=": (
        "<=",
        "≤",
        "小于等于",
        "小于或等于",
        "不高于",
        "不超过",
        "不多于",
        "不大于",
        "至多",
        "以内",
        "以下",
    ),
    "<": ("<", "小于", "低于", "少于"),
    "=": ("=", "等于", "达到"),
    "~": ("~", "约", "约等于", "≈"),
}
_CELLS = {word: comparator for comparator, words in _SPELLED.items() for word in words}


def before(text: str, start: int) -> tuple[str | None, int]:
    """The comparator whose words end where the number begins, and the offset where they begin."""
    low = max(0, start - _WINDOW)
    prefix = _PREFIX.search(text[low:start])
    if prefix is None:
        reaching = _REACHING.search(text[low:start])
        return ((">=" if reaching[1] else "<="), low + reaching.start()) if reaching else (None, start)
    return _BEFORE[(prefix.lastindex or 1) - 1][0], low + prefix.start()


def behind(text: str, end: int) -> tuple[str | None, int]:
    """The comparator whose words follow the number and its unit, and the offset where they end."""
    for comparator, words in _BEHIND:
        suffix = words.match(text, end)
        if suffix:
            return comparator, suffix.end()
    apart = _APART.match(text, end)
    return (">=", apart.end()) if apart else (None, end)


def joined(first: str | None, second: str | None) -> str | None:
    """The one comparator that two of one number amount to; ``None`` where they contradict each other."""
    if first is None or second is None:
        return first or second or "="
    if first == second or (_SIDES[second] == 0 and second != "~" and first != "~"):
        return first
    if _SIDES[first] == 0:
        return second
    if _SIDES[second] == 0 or _SIDES[first] == _SIDES[second]:
        return first
    return None


def printed_operator(cell: str) -> str | None:
    """The comparator that a cell of an operator column prints; ``None`` where it is unknown."""
    return _CELLS.get(cell)
