"""Indicator cells of other grammars: 【产出指标-数量指标】指标1:…(≥77台), 数量指标：…≥77台；质量指标：….

A layout declares how tiers are said and how an indicator with its value. Every way to say indicators is
tried on the text between two tiers; the one that leaves the fewest characters over wins for the whole
cell. What is left over becomes a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from budgetkg.folding import fold
from budgetkg.forms.checks_indicators import parent_notation
from budgetkg.forms.layout import Layout
from budgetkg.forms.tier_labels import first_tier_of, form_allows, tier_of
from budgetkg.reading.source import Healed

_LONGEST = 20_000  # of a cell; a longer one is no cell of indicators
_NUMBER = re.compile(r"(?<!\d)\d{1,3}[.、)]")
_BETWEEN = re.compile(r"[\W\d_①-⑳]*")


@dataclass(frozen=True, slots=True)
class SpokenIndicator:
    """One indicator of a cell, with the tiers it stands under."""

    tier1: str | None
    tier2: str | None
    name: Healed
    period: Healed | None
    annual: Healed | None
    whole: Healed


@dataclass(frozen=True, slots=True)
class Spoken:
    """A cell read by one grammar: its indicators, the text of its tiers and marks, what is left over."""

    indicators: tuple[SpokenIndicator, ...] = ()
    marks: tuple[Healed, ...] = ()
    left: tuple[Healed, ...] = ()

    @property
    def price(self) -> int:
        """Characters left over; of equal readings the one wins that the layout says first."""
        return sum(len(text.text.strip()) for text in self.left)


def read_spoken(cell: Healed, layout: Layout) -> Spoken:
    """The best reading of a cell by the grammars of a layout; nothing read where none fits."""
    items = layout.cell_grammar.get("items", ())
    if not items or len(cell.text) > _LONGEST:
        return Spoken(left=(cell,))
    parts = list(_parts(cell, layout))
    if len(parts) > 1:
        items = (*items, *layout.cell_grammar.get("items_under_tiers", ()))
    readings = [_reading(cell, parts, item, layout) for item in items]
    best = min(readings, key=lambda reading: reading.price)
    return best if best.indicators and best.price * 3 <= len(cell.text) else Spoken(left=(cell,))


@dataclass(frozen=True, slots=True)
class _Part:
    """The text under one tier mark."""

    tier1: str | None
    tier2: str | None
    mark: Healed
    body: Healed


def _parts(cell: Healed, layout: Layout) -> Iterator[_Part]:
    marks = list(_tier_marks(fold(cell.text), layout))
    first = marks[0].start() if marks else len(cell.text)
    tier1: str | None = None
    yield _Part(None, None, Healed(), cell[:first])
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(cell.text)
        said = {
            name: cell.text[slice(*mark.span(name))].strip()
            for name, text in mark.groupdict().items()
            if text
        }
        tier2 = said.get("tier2")
        if "tier" in said:
            found = tier_of(said["tier"])
            first_level = found is None or found.broader is None or _heads(marks[index + 1 :], said["tier"])
            tier2 = None if first_level else said["tier"]
            tier1 = said["tier"] if tier2 is None else _above(tier1, tier2, layout)
        else:
            tier1 = said.get("tier1")
        yield _Part(tier1, tier2, cell[mark.start() : mark.end()], cell[mark.end() : end])


def _heads(following: list[re.Match[str]], label: str) -> bool:
    """Whether a label that may stand on either level (成本指标) has one of its own tiers behind it."""
    found = first_tier_of(label)
    second = tier_of(following[0].groupdict().get("tier")) if following else None
    return found is not None and second is not None and second.broader == found.iri


def _above(tier1: str | None, label: str, layout: Layout) -> str | None:
    """The first tier carried down, where the second is one of its own; none is invented."""
    first, second = first_tier_of(tier1), tier_of(label)
    if second is None or first is None:
        return None
    own = second.broader == first.iri or parent_notation(second) == first.notation
    return tier1 if own or form_allows(layout, tier1, label) else None


def _tier_marks(plain: str, layout: Layout) -> Iterator[re.Match[str]]:
    """The places where tiers are said, from the left; a way to say them earlier in the list goes first."""
    patterns = _compiled(layout.cell_grammar.get("tiers", ()))
    at = 0
    while at < len(plain):
        found = [match for pattern in patterns if (match := pattern.search(plain, at)) is not None]
        valid = [match for match in found if _is_tier(plain, match)]
        if not found:
            return
        if not valid:
            at = min(match.start() for match in found) + 1
            continue
        best = min(valid, key=lambda match: match.start())
        if any(match.start() < best.start() for match in found if match not in valid):
            at = min(match.start() for match in found) + 1
            continue
        yield best
        at = best.end()


def _is_tier(plain: str, match: re.Match[str]) -> bool:
    labels = [text for text in match.groupdict().values() if text]
    opened = plain[match.start()] in "【[〖<《"
    ahead = plain[: match.start()].rstrip()[-1:]
    numbered = _NUMBER.match(plain, match.start()) is not None
    starts = opened or numbered or not ahead or ahead in ";。,、)】]:" or not ahead.isalnum()
    known = [tier_of(label) is not None for label in labels]
    return starts and (any(known) if opened else all(known))


def _reading(cell: Healed, parts: list[_Part], item: str, layout: Layout) -> Spoken:
    indicators: list[SpokenIndicator] = []
    marks: list[Healed] = []
    left: list[Healed] = []
    (pattern,) = _compiled((item,))
    for part in parts:
        marks.append(part.mark)
        at = 0
        for match in pattern.finditer(fold(part.body.text)):
            _keep(part.body[at : match.start()], marks, left)
            at = match.end()
            indicators.append(_indicator(part, match, layout))
        _keep(part.body[at:], marks, left)
    return Spoken(tuple(indicators), tuple(marks), tuple(left))


def _keep(text: Healed, marks: list[Healed], left: list[Healed]) -> None:
    (marks if _BETWEEN.fullmatch(text.text) else left).append(text)


def _indicator(part: _Part, match: re.Match[str], layout: Layout) -> SpokenIndicator:
    body = part.body
    name = body[slice(*match.span("name"))].strip()
    while name and name.text[0] in "；;。，,、 ：:":
        name = name[1:].strip()
    for pattern in _compiled(layout.cell_grammar.get("numbers", ())):
        number = pattern.match(fold(name.text))
        if number is not None and number.end() < len(name.text):
            name = name[number.end() :].strip()
    period = body[slice(*match.span("period"))].strip() if match.groupdict().get("period") else None
    value = body[slice(*match.span("value"))].strip()
    return SpokenIndicator(
        part.tier1, part.tier2, name, period, value, body[match.start() : match.end()].strip()
    )


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)
