"""Indicator cells of other grammars: 【产出指标-数量指标】指标1:…(≥77台), 数量指标：…≥77台；质量指标：….

A layout declares how tiers are said and how an indicator with its value. Every way to say indicators is
tried on the text between two tiers; the one that leaves the fewest characters over wins for the whole
cell. What is left over becomes a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from budgetkg.forms.checks.indicators import parent_notation
from budgetkg.forms.indicators.cell_doubts import is_doubtful
from budgetkg.forms.indicators.cell_items import holds_another, items_of
from budgetkg.forms.indicators.cell_patterns import compiled, patterns_of
from budgetkg.forms.indicators.tier_labels import first_tier_of, form_allows, tier_of
from budgetkg.forms.layout.layouts import Layout
from budgetkg.late import late_pattern
from budgetkg.reading.source import Healed
from budgetkg.text import fold_width as fold

_LONGEST = 20_000  # of a cell; a longer one is no cell of indicators
_NUMBER = re.compile(
    r"(?<!\d)\d{1,3}[.、)]|\(\d{1,2}\)|[①-⑳]|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、"
)
_OPENING, _PARTING = "【[〖<《", "；; \n"
_BESIDE_NAME = "；;。，,、 ：:-—–/|\\>"
_VALUE = re.compile(r"\s*(?:[≥≤≧≦<>=]\s*)?\d+(?:[,.]\d+)*(?![\d.、)])[^;。:≥≤<>=、]{0,12}[;。]?\s*")
# Each part begins with characters of its own, so that no text can be cut up in two ways; an opening bracket
# is one of the first part.
_BETWEEN = late_pattern(r"(?>(?:[^\w≥≤≧≦<>=%①-⑳]|[_①-⑳]|\d{1,2}[).、]|[一二三四五六七八九十]{1,3}[)、.])*)")


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


def read_list(cell: Healed, layout: Layout) -> Spoken | None:
    """A cell read as a list whose items are all said in one way; ``None`` where it is none."""
    items = patterns_of(layout, "items")
    if not items or len(cell.text) > _LONGEST:
        return None
    return _listed(list(_parts(cell, layout)), items[:2])


def read_spoken(cell: Healed, layout: Layout) -> Spoken:
    """The best reading of a cell by the grammars of a layout; nothing read where none fits."""
    items = patterns_of(layout, "items")
    if not items or len(cell.text) > _LONGEST:
        return Spoken(left=(cell,))
    parts = list(_parts(cell, layout))
    if len(parts) > 1:
        items = (*items, *patterns_of(layout, "items_under_tiers"))
    readings = [_reading(cell, parts, item, layout) for item in items]
    if len(parts) > 1:
        by_comma = (_reading(cell, parts, item, layout) for item in patterns_of(layout, "items_by_comma"))
        readings += [reading for reading in by_comma if _counts(reading)]
    best = min(readings, key=lambda reading: reading.price)
    return best if best.indicators and best.price * 2 <= len(cell.text) else Spoken(left=(cell,))


def _listed(parts: list[_Part], labelled: tuple[str, ...]) -> Spoken | None:
    """A list whose items are all said in one way; ``labelled`` are items whose values have labels."""
    told = [part for part in parts if not (part.label and _VALUE.fullmatch(fold(part.body.text)))]
    texts = [fold(part.body.text) for part in told]
    if any(pattern.search(text) for pattern in compiled(labelled) for text in texts):
        return None
    found = items_of(texts, tiered=len(parts) > 1)
    if found is None:
        return None
    indicators, marks = [], [part.mark for part in told]
    items = iter(found)
    for part in parts:
        if part not in told:
            indicators.append(_named_by_tier(part))
            continue
        at = 0
        for item in next(items):
            marks.append(part.body[at : item.start])
            at = item.end
            name, value = part.body[slice(*item.name)], part.body[slice(*item.value)]
            if holds_another(value.text):
                return None
            indicators.append(_said(part, name, None, value, part.body[item.start : item.end]))
        marks.append(part.body[at:])
    return Spoken(tuple(indicators), tuple(marks))


def _counts(reading: Spoken) -> bool:
    """Whether at least half of the values hold a number."""
    values = [one.annual.text for one in reading.indicators if one.annual is not None]
    return sum(any(char.isdecimal() for char in value) for value in values) * 2 >= len(values)


@dataclass(frozen=True, slots=True)
class _Part:
    """The text under one tier mark."""

    tier1: str | None
    tier2: str | None
    mark: Healed
    body: Healed
    label: Healed


def _parts(cell: Healed, layout: Layout) -> Iterator[_Part]:
    marks = list(_tier_marks(fold(cell.text), layout))
    first = marks[0].start() if marks else len(cell.text)
    tier1: str | None = None
    above: tuple[str | None, str | None] | None = None  # the tiers in brackets right before a label
    yield _Part(None, None, Healed(), cell[:first], Healed())
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
        label = cell[slice(*mark.span(mark.lastgroup or 0))].strip()
        body = cell[mark.end() : end]
        if above is not None and _names_item(label.text, body.text):
            tier1, tier2 = above
        opened = fold(cell.text)[mark.start()] in _OPENING and not body.text.strip(_PARTING)
        above = (tier1, tier2) if opened else None
        yield _Part(tier1, tier2, cell[mark.start() : mark.end()], body, label)


def _names_item(label: str, body: str) -> bool:
    """Whether what reads like a tier names an indicator: 【服务对象满意度指标】群众满意度：≥92%."""
    return not label.endswith("指标") and _VALUE.fullmatch(fold(body)) is not None


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
    # Each pattern's next match is kept, so that a long cell is searched once and not once for each mark.
    ahead: dict[re.Pattern[str], re.Match[str]] = {
        pattern: match
        for pattern in compiled(patterns_of(layout, "tiers"))
        if (match := pattern.search(plain)) is not None
    }
    while ahead:
        start = min(match.start() for match in ahead.values())
        found = (match for match in ahead.values() if match.start() == start)
        best = next((match for match in found if _is_tier(plain, match)), None)
        at = best.end() if best is not None else start + 1
        if best is not None:
            yield best
        for pattern, match in list(ahead.items()):
            if match.start() < at:
                following = pattern.search(plain, at)
                if following is None:
                    del ahead[pattern]
                else:
                    ahead[pattern] = following


def _is_tier(plain: str, match: re.Match[str]) -> bool:
    labels = [text for text in match.groupdict().values() if text]
    opened = plain[match.start()] in _OPENING
    ahead = plain[: match.start()].rstrip()[-1:]
    numbered = _NUMBER.match(plain, match.start()) is not None
    paired = len(labels) == 2 and all(label.endswith("指标") for label in labels)
    starts = opened or numbered or paired or not ahead or ahead in ";。,、)】]:" or not ahead.isalnum()
    known = [tier_of(label) is not None for label in labels]
    return starts and (any(known) if opened else all(known))


def _reading(cell: Healed, parts: list[_Part], item: str, layout: Layout) -> Spoken:
    indicators: list[SpokenIndicator] = []
    marks: list[Healed] = []
    left: list[Healed] = []
    (pattern,) = compiled((item,))
    for part in parts:
        if part.label and _VALUE.fullmatch(fold(part.body.text)):
            indicators.append(_named_by_tier(part))
            continue
        marks.append(part.mark)
        at = 0
        for match in pattern.finditer(fold(part.body.text)):
            _keep(part.body[at : match.start()], marks, left)
            at = match.end()
            said = _indicator(part, match, layout)
            if is_doubtful(fold(part.body.text), match, said.name.text):
                left.append(part.body[match.start() : at])
            else:
                indicators.append(said)
        _keep(part.body[at:], marks, left)
    return Spoken(tuple(indicators), tuple(marks), tuple(left))


def _named_by_tier(part: _Part) -> SpokenIndicator:
    """服务对象满意度：≥90%: the tier's own words name the indicator."""
    whole = Healed(part.mark.text + part.body.text, part.mark.offsets + part.body.offsets)
    value = part.body.strip()
    value = value[: len(value.text.rstrip("；;。"))]
    return SpokenIndicator(part.tier1, part.tier2, part.label, None, value, whole.strip())


def _keep(text: Healed, marks: list[Healed], left: list[Healed]) -> None:
    (marks if _BETWEEN.fullmatch(text.text) else left).append(text)


def _indicator(part: _Part, match: re.Match[str], layout: Layout) -> SpokenIndicator:
    body = part.body
    period = body[slice(*match.span("period"))] if match.groupdict().get("period") else None
    name, value = (body[slice(*match.span(group))] for group in ("name", "value"))
    return _said(part, name, period, value, body[match.start() : match.end()], layout)


def _said(
    part: _Part,
    name: Healed,
    period: Healed | None,
    value: Healed,
    whole: Healed,
    layout: Layout | None = None,
) -> SpokenIndicator:
    """An indicator without the marks beside its name, and the number before it."""
    name = name.strip()
    while name and name.text[0] in _BESIDE_NAME:
        name = name[1:].strip()
    while name and name.text[-1] in _BESIDE_NAME:
        name = name[:-1].strip()
    for pattern in compiled(patterns_of(layout, "numbers")) if layout else ():
        number = pattern.match(fold(name.text))
        if number is not None and number.end() < len(name.text):
            name = name[number.end() :].strip()
    period = period and _printed(period.strip())
    return SpokenIndicator(
        part.tier1, part.tier2, _printed(name), period, _printed(value.strip()), whole.strip()
    )


def _printed(text: Healed) -> Healed:
    """A text without the marks put where a line break parts two indicators: they share a place."""
    kept = [at for at, offset in enumerate(text.offsets) if at == 0 or offset != text.offsets[at - 1]]
    return Healed("".join(text.text[at] for at in kept), tuple(text.offsets[at] for at in kept))


def begins_line(text: str, layout: Layout) -> bool:
    """Whether a line of a cell begins something of its own: a number, a bracket, a tier."""
    plain = fold(text).lstrip()
    if any(pattern.match(plain) for pattern in compiled(patterns_of(layout, "line_starts"))):
        return True
    marks = (pattern.match(plain) for pattern in compiled(patterns_of(layout, "tiers")))
    return any(mark is not None and _is_tier(plain, mark) for mark in marks)
