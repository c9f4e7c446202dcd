"""Whether a name is an organisation's: by the word on which it ends, codes, brackets and list numbers aside.

A table of projects prints units and groups alike, in a row over their projects: 某局, 一、人员类. Only what
stands under a header of units, or ends in such a word, is a unit.
"""

from __future__ import annotations

import re

from budgetkg.text import comparison_key as key

_ENDING = re.compile(
    r"(?:局|厅|委|办|办公室|部|处|科|室|股|中心|馆|院|宫|台|站|所|队|校|学|园|会|联|社|团|厂|场|库|段|公司|集团"
    r"|银行|基地|政府|街道|镇|乡|村|本级|机关|单位|[省市县区旗州盟])$"
)
# What money is for, not who spends it, where such a word ends it or stands before a bracket.
_PURPOSE = re.compile(r"(?:类|项目|经费|支出|资金|工程|补助|补贴|专项|费用?)$")
# The words behind an organisation in a title that says only whose money it is: 某局部门预算专项资金.
_MONEY_OF = re.compile(r"(?:部门|整体|年度|项目|财政|专项|资金|经费|预算|支出|补助|补贴|工程)$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NUMERAL = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.．])"
)
_CODE = re.compile(r"^[\[(【]?[0-9A-Za-z]+[\])】]?[-—_]?|[-—_]?(?<!\d)\d++$")


def numeral_of(text: str) -> str:
    """The list number that a name begins with, its digits left out: ``、`` for 一、人员类; else nothing."""
    found = _NUMERAL.match(key(text))
    return re.sub(r"\d+|[一二三四五六七八九十]+", "#", found[0]) if found else ""


def is_organisation(text: str) -> bool:
    """Whether a name ends as organisations' names do: 一、某县司法局（本级）, 123456某中心."""
    plain = key(text)
    plain = _CODE.sub("", _BRACKETS.sub("", plain[_end_of_numeral(plain) :]))
    return _ENDING.search(plain) is not None


def is_money_of_organisation(text: str) -> bool:
    """Whether a name says only whose money it is: 某局专项资金, 某中学."""
    plain = key(text)
    while found := _MONEY_OF.search(plain):
        plain = plain[: found.start()]
    return is_organisation(plain)


def is_unit(text: str, under_units: bool) -> bool:
    """Whether a row's name is a unit of use's; ``under_units`` is whether its column is headed 单位."""
    if is_organisation(text):
        return True
    plain = _BRACKETS.sub("", key(text))
    return under_units and not numeral_of(text) and ":" not in plain and not _PURPOSE.search(plain)


def _end_of_numeral(plain: str) -> int:
    found = _NUMERAL.match(plain)
    return found.end() if found else 0
