"""What a printed name holds beside the name: a code before or behind it, and words for the department itself.

A budget's own codes are long or marked off: 123456某中心, 某局（247）, [030101]某项目, and those of the
national system for budgets with a letter for the kind of project: 51000023T000000123456-某项目.
12345热线 and 2023年 are names as they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width

_NO_YEAR = r"(?!(?:19|20)\d\d(?!\d))"
_CODE = rf"{_NO_YEAR}(?=[0-9A-Z-]*\d)[0-9A-Z](?:[0-9A-Z-]*[0-9A-Z])?"
_BRACKETED = rf"[\[(【〔]\s*+(?P<in>(?=[^\])】〕]{{3}}){_CODE})\s*+[\])】〕]"
_MARKED = rf"(?P<marked>{_NO_YEAR}(?:\d{{3,}}|[A-Z]{{1,3}}\d{{6,}})(?:-\d+)*)"
# Ten characters and more with six digits in a row: no word looks like that.
_LONG = r"(?P<long>\d{6,}(?![0-9A-Za-z])|(?=[A-Z]{0,3}\d{6})[0-9A-Z]{10,}(?![0-9A-Za-z]))"
_BEFORE = re.compile(
    rf"\s*+(?:{_BRACKETED}\s*+[-—_:]?|{_MARKED}(?:\s*+[-—_]+|\s)|{_LONG}(?:\s*+[-—_]+)?)\s*+"
    r"(?:(?![\d\s年月日元万亿千百个人次户亩米平吨件.,%—_-]|公[里斤顷吨分])|(?<=[-—_])(?=[^\d—_-]|(?:19|20)\d\d年))"
)
_BEHIND = re.compile(rf"(?<=[\u4e00-\u9fff)])\s*(?:{_BRACKETED}|[-—_]+{_MARKED}|{_LONG})\s*$")
_ITSELF = re.compile(r"\(?(?:本级|机关|机关本级|本级机关|本部)\)?$")
_OWN = re.compile(r"(?:本?(?:局|委|厅|办|部|院|会|部门|单位))?")


@dataclass(frozen=True, slots=True)
class Named:
    """A name without its code, and the code as printed."""

    name: str
    code: str | None = None


def named(printed: str) -> Named:
    """A printed name and the code that stands before or behind it, apart."""
    plain = fold_width(printed)
    before, behind = _BEFORE.match(plain), _BEHIND.search(plain)
    found = before or behind
    if found is None or len(plain) != len(printed):
        return Named(printed)
    name = printed[found.end() :] if before else printed[: found.start()]
    code = found["in"] or found["marked"] or found["long"]
    return Named(name.strip(), code) if name.strip() else Named(printed)


def is_department_itself(unit: str, department: str | None) -> bool:
    """Whether a unit is its department by another word: 本级, 局机关, 某县司法局（本级）.

    A short name stands for a long one where its characters stand in it in that order: 县委宣传部本级.
    """
    plain = key(named(unit).name)
    match = _ITSELF.search(plain)
    if match is None or not department:
        return False
    short = plain[: match.start()]
    return _OWN.fullmatch(short) is not None or _is_short_for(short, key(named(department).name))


def _is_short_for(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short)
