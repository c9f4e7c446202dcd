"""The budget year: printed in the title, or inferred from the words of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from budgetkg.findings import Evidence
from budgetkg.forms.layout.parts import Parts
from budgetkg.text import fold_width as fold

_PRINTED = re.compile(r"(?<!\d)(20\d\d)\s{0,9}(?:[)〕\]】]\s{0,9})?年|年度?\s{0,9}(?:[(:]\s{0,9})?(20\d\d)")
YEAR_LABEL = re.compile("(?:预算|项目|申报|填报|自评|评价)?年[度份]:?")
"""What labels the year of a form."""
_CHINESE = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_NAMED = re.compile(r"(?<!\d)(20\d\d)\s*年")

_PERIOD = re.compile(r"起止|项目期|实施期|实施周期|项目周期")
_DATED = re.compile(r"(?<!\d)(20\d\d)(?!\d)|(?<!\d)(20\d\d)(?=(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d))")

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


@dataclass(frozen=True, slots=True)
class Dated:
    """A budget year, the rule by which it is known (a notation of the list of bases), words that say it.

    ``evidence`` is where what it was inferred from is printed.
    """

    year: int
    rule: str
    clue: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """A text that may name a year: who says it, whether it is a goal or a name, and where it is printed."""

    who: str
    text: str
    places: tuple[Evidence, ...]
    goal: bool = False
    name: bool = False


def inferred_year(parts: Parts) -> Dated | None:
    """The year that the printed period lies in, or that several projects or tasks agree on.

    The wording of projects alone never dates a form: a name may carry the year of a plan, of a policy
    or of money left over, and last year's names are often taken over. So a date of the goals or targets
    must say the year too. Names carry the year their money is for; an older year beside it belongs to
    money that was handed down before, so among names the latest year counts, where two or more name
    it and no other year has as many. Of goals and targets all that name a year must name the same.
    Where the period says another year than the names or texts, none is known.
    """
    period, agreed = _of_periods(parts), _of_names(parts) or _of_texts(parts)
    if period and agreed and period.year != agreed.year:
        return None
    return period or agreed


def _of_periods(parts: Parts) -> Dated | None:
    """The one year in which every printed period lies: 起止时间 2024年1月至2024年12月."""
    projects = [project for unit in parts.units_of_use for project in unit.projects]
    printed = [(label, value, parts.evidence) for label, value in parts.attributes]
    printed += [(label, value, one.evidence) for one in projects for label, value in one.attributes]
    said = [_Said("", value, places) for label, value, places in printed if _PERIOD.search(fold(label))]
    years = {int(one or two) for each in said for one, two in _DATED.findall(fold(each.text))}
    if len(years) != 1:
        return None
    (year,) = years
    return _dated(year, "period", [each for each in said if str(year) in fold(each.text)])


def _of_names(parts: Parts) -> Dated | None:
    named = [_Said(p.name, p.name, p.evidence) for unit in parts.units_of_use for p in unit.projects]
    named += [_Said(task.name, task.name, task.evidence) for task in parts.tasks]
    clues = _clues(each for each in named if each.text)
    if not clues:
        return None
    year = max(clues)
    rivals = [_voices(said) for other, said in clues.items() if other != year]
    agreed = _voices(clues[year]) >= _AGREEING and all(_voices(clues[year]) > rival for rival in rivals)
    dates = [said for said in _texts(parts) if not said.name and str(year) in _NAMED.findall(fold(said.text))]
    return _dated(year, "names-agree", clues[year] + dates) if agreed and dates else None


def _of_texts(parts: Parts) -> Dated | None:
    clues = _clues(_texts(parts))
    if len(clues) != 1:
        return None
    ((year, said),) = clues.items()
    if _voices(said) < _AGREEING or all(each.name for each in said):
        return None
    return _dated(year, "goal-dates" if all(each.goal for each in said) else "statements-agree", said)


def _dated(year: int, rule: str, said: list[_Said]) -> Dated:
    """The year with a clue around it, and the rows that print it, in their order."""
    clue = min(each.text for each in said)
    at = fold(clue).find(str(year))
    if rule != "names-agree":
        clue = clue[max(0, at - 10) : at + 15]
    rows = {place for each in said for place in each.places if str(year) in fold(place.quote)}
    return Dated(year, rule, clue, tuple(sorted(rows, key=lambda place: (place.start, place.end))))


def _clues(texts: Iterable[_Said]) -> dict[int, list[_Said]]:
    """Each year with what names it."""
    found: dict[int, list[_Said]] = {}
    for said in texts:
        for year in dict.fromkeys(_NAMED.findall(fold(said.text))):
            found.setdefault(int(year), []).append(said)
    return found


def _voices(said: Iterable[_Said]) -> int:
    return len({each.who for each in said})


def _texts(parts: Parts) -> Iterator[_Said]:
    """The texts below names, each with whose it is: those of one project are one statement."""
    indicators = [("", indicator) for indicator in parts.indicators]
    if parts.overall_goal:
        yield _Said("goal", parts.overall_goal, parts.evidence, goal=True)
    for place, project in enumerate(p for unit in parts.units_of_use for p in unit.projects):
        whose = f"project {place}"
        yield _Said(whose, project.name, project.evidence, name=True)
        if project.goal:
            yield _Said(whose, project.goal, project.evidence, goal=True)
        indicators += [(whose, indicator) for indicator in project.indicators]
    for place, task in enumerate(parts.tasks):
        yield _Said(f"task {place}", task.name, task.evidence, name=True)
        texts = (task.content, task.expected)
        yield from (_Said(f"task {place}", text, task.evidence, goal=True) for text in texts if text)
    for whose, indicator in indicators:
        who = whose or f"indicator {indicator.name}"
        yield _Said(who, indicator.name, indicator.evidence, name=True)
        for text in filter(None, (indicator.period_value, indicator.annual_value)):
            yield _Said(who, text, indicator.evidence)
