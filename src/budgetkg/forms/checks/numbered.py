"""Checks of cells whose indicators are numbered: what reading them heals."""

from __future__ import annotations

import re
from collections import defaultdict

from budgetkg.findings import Evidence
from budgetkg.forms.checks.places import EXAMPLES, holding, indicators_of, sum_up
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.records import Indicator, Project
from budgetkg.text import printed_width as width

_SPLIT = re.compile(r"(?<![\d.])\d{1,2}[ \t]*\n\s*、")
# Indicators are numbered 1、 2、: points of a goal in another form (1. 2.) are not to be taken for them.
_FIRST = re.compile(r"\s*(1\s*、)")
_SECOND = re.compile(r"[；;。]\s*(2\s*、)")


def check_numbered(reader: Reader, parts: Parts) -> None:
    """What the grammar of numbered cells heals: numbers that a line break splits, stray line breaks."""
    numbered = [(where, one) for where, one in indicators_of(parts) if one.seq is not None]
    if not numbered:
        return
    text, source = reader.source.text, reader.source
    split = (("｜".join(mark[0].split()), source.evidence(*mark.span())) for mark in _SPLIT.finditer(text))
    sum_up(reader, "numbering-split", split)
    sum_up(reader, "line-break-inside", _stray_breaks(text, [one for _, one in numbered]))
    _check_goals(reader, parts)


def _check_goals(reader: Reader, parts: Parts) -> None:
    """Goals whose points are numbered as the indicators are."""
    own: list[tuple[str, str, Project]] = []
    for project in (one for unit in parts.units_of_use for one in unit.projects):
        first, second = _FIRST.match(project.goal or ""), _SECOND.search(project.goal or "")
        if first and second:
            own.append((first[1], second[1], project))
    if own:
        evidence = tuple(place for _, _, one in own[:EXAMPLES]
                         for place in holding(one.evidence, one.goal or "")[:1])  # fmt: skip
        first_said, second_said, _ = own[0]
        reader.log.add("goal-numbered", "", evidence, count=len(own), first=first_said, second=second_said)


def _stray_breaks(text: str, indicators: list[Indicator]) -> list[tuple[str, Evidence | None]]:
    """Names that are followed by a line break wherever they are printed, and however long the line is.

    A printer breaks a line where it is full; a break that comes with a name was typed into its cell.
    """
    printings: dict[str, list[tuple[str | None, Evidence]]] = defaultdict(list)
    for one in indicators:
        for place in one.evidence[:1]:
            printings[one.name].append((_line_before_break(text, place, one.name), place))
    stray: list[tuple[str, Evidence | None]] = []
    for name, lines in printings.items():
        widths = {width(line) for line, _ in lines if line is not None}
        if len(lines) > 2 and all(line is not None for line, _ in lines) and len(widths) > 1:
            stray += [(f"{name}｜；", place) for _, place in lines]
    return stray


def _line_before_break(text: str, place: Evidence, name: str) -> str | None:
    """The line that ends with a name, where the mark behind it stands on the next; None where it doesn't."""
    if not any(line.lstrip().startswith(("；", ";")) for line in place.quote.split("\n")[1:]):
        return None  # as nearly everywhere: no pattern is made for the name
    letters = r"\s*".join(re.escape(char) for char in name if not char.isspace())
    found = re.search(rf"({letters})[^\S\n]*\n\s*[；;]", place.quote)
    if found is None:
        return None
    end = place.start + found.end(1)
    return text[text.rfind("\n", 0, end) + 1 : end]
