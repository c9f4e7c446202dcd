"""The budget year: printed in the title, or inferred from the words of the document."""

from __future__ import annotations

import re
from collections import Counter

from budgetkg.forms.layout.parts import Parts
from budgetkg.text import fold_width as fold

_PRINTED = re.compile(r"(?<!\d)(20\d\d)\s{0,9}(?:[)〕\]】]\s{0,9})?年|年度?\s{0,9}(?:[(:]\s{0,9})?(20\d\d)")
_CHINESE = str.maketrans("〇零一二三四五六七八九", "00123456789")
_NAMED = re.compile(r"(?<!\d)(20\d\d)\s*年")


def printed_year(text: str | None) -> int | None:
    """A year that a title or heading prints: 2024年…, …（2023）年, 预算年度：2023."""
    plain = fold(text or "")
    match = _PRINTED.search(plain) or _PRINTED.search(plain.translate(_CHINESE))
    return int(match[1] or match[2]) if match else None


def inferred_year(parts: Parts) -> tuple[int, str] | None:
    """The latest year that project names carry, else the one that goals and targets name most.

    Project names carry the year their money is for; an older year beside it belongs to money that
    was handed down before. The second value quotes the clue.
    """
    names = [project.name for unit in parts.units_of_use for project in unit.projects]
    names += [task.name for task in parts.tasks]
    years = [(int(year), name) for name in names for year in _NAMED.findall(fold(name))]
    if years:
        year = max(year for year, _ in years)
        return year, next(name for found, name in years if found == year)
    texts = _texts(parts)
    counted = Counter(int(year) for text in texts for year in _NAMED.findall(fold(text)))
    if not counted:
        return None
    year = max(counted, key=lambda found: (counted[found], found))
    clue = next(text for text in texts if str(year) in fold(text))
    at = fold(clue).find(str(year))
    return year, clue[max(0, at - 10) : at + 15]


def _texts(parts: Parts) -> list[str]:
    projects = [project for unit in parts.units_of_use for project in unit.projects]
    texts = [parts.overall_goal, *(project.goal for project in projects)]
    texts += [value for task in parts.tasks for value in (task.content, task.expected)]
    indicators = [*parts.indicators, *(i for p in projects for i in p.indicators)]
    texts += [value for i in indicators for value in (i.name, i.period_value, i.annual_value)]
    return [text for text in texts if text]
