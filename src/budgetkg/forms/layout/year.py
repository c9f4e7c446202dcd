"""The budget year: printed in the title, or inferred from the words of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from budgetkg.forms.layout.parts import Parts
from budgetkg.text import fold_width as fold

_PRINTED = re.compile(r"(?<!\d)(20\d\d)\s{0,9}(?:[)〕\]】]\s{0,9})?年|年度?\s{0,9}(?:[(:]\s{0,9})?(20\d\d)")
_CHINESE = str.maketrans("〇零一二三四五六七八九", "00123456789")
_NAMED = re.compile(r"(?<!\d)(20\d\d)\s*年")

_AGREEING = 2
"""How many must name a year, independently, before a form that prints none is dated by it."""


def printed_year(text: str | None) -> int | None:
    """A year that a title or heading prints: 2024年…, …（2023）年, 预算年度：2023."""
    plain = fold(text or "")
    match = _PRINTED.search(plain) or _PRINTED.search(plain.translate(_CHINESE))
    return int(match[1] or match[2]) if match else None


def year_of(parts: Parts) -> int | None:
    """The year that the form prints in its title or on a line of its own."""
    return printed_year(parts.title) or printed_year(parts.year_label)


def inferred_year(parts: Parts) -> tuple[int, str] | None:
    """The year that several projects or tasks agree on, by their names, else by goals and targets.

    The wording of one project alone never dates a form: it may name the year of a plan, of a policy
    or of money left over. Names carry the year their money is for; an older year beside it belongs to
    money that was handed down before, so among names the latest year counts, where two or more name
    it and no other year has as many. Of goals and targets all that name a year must name the same.
    The second value quotes a clue.
    """
    return _of_names(parts) or _of_texts(parts)


def _of_names(parts: Parts) -> tuple[int, str] | None:
    names = {project.name for unit in parts.units_of_use for project in unit.projects}
    clues = _clues((name, name) for name in sorted(filter(None, names | {task.name for task in parts.tasks})))
    if not clues:
        return None
    year = max(clues)
    rivals = [len(named) for other, named in clues.items() if other != year]
    agreed = len(clues[year]) >= _AGREEING and all(len(clues[year]) > rival for rival in rivals)
    return (year, min(clues[year])) if agreed else None


def _of_texts(parts: Parts) -> tuple[int, str] | None:
    clues = _clues(_texts(parts))
    if len(clues) != 1:
        return None
    ((year, said),) = clues.items()
    if len(said) < _AGREEING:
        return None
    clue = min(said.values())
    at = fold(clue).find(str(year))
    return year, clue[max(0, at - 10) : at + 15]


def _clues(texts: Iterable[tuple[str, str]]) -> dict[int, dict[str, str]]:
    """Each year with those who name it, and a text of theirs that does."""
    found: dict[int, dict[str, str]] = {}
    for who, text in texts:
        for year in _NAMED.findall(fold(text)):
            found.setdefault(int(year), {}).setdefault(who, text)
    return found


def _texts(parts: Parts) -> Iterator[tuple[str, str]]:
    """The texts below names, each with whose it is: those of one project are one statement."""
    indicators = [("", indicator) for indicator in parts.indicators]
    if parts.overall_goal:
        yield "goal", parts.overall_goal
    for place, project in enumerate(p for unit in parts.units_of_use for p in unit.projects):
        whose = f"project {place}"
        yield from ((whose, text) for text in (project.name, project.goal) if text)
        indicators += [(whose, indicator) for indicator in project.indicators]
    for place, task in enumerate(parts.tasks):
        yield from ((f"task {place}", text) for text in (task.name, task.content, task.expected) if text)
    for whose, indicator in indicators:
        texts = (indicator.name, indicator.period_value, indicator.annual_value)
        yield from ((whose or f"indicator {indicator.name}", text) for text in texts if text)
