"""The grammar inside an indicator cell: N、1-产出指标；11-数量指标；NAME；实施周期指标值:…；年度指标值:… .

A value may hold ；, 。 and even 1、, so a record begins only at the expected number followed by two
tier codes; the 。 that ends a record is no part of its annual value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from budgetkg.forms.layout.layouts import Layout
from budgetkg.reading.source import Healed
from budgetkg.text import fold_width as fold

# No tier runs over the end of a sentence or into another number of a list: 2、4-6年级）。11、2-效益指标.
_HEADER = re.compile(
    r"(?P<seq>\d{1,6})\s*+、\s*+(?P<code1>\d{1,2})\s*+-\s*+(?P<tier1>(?:(?!\d\s*、)[^;:。]){1,30}?)\s*+;"
    r"\s*+(?P<code2>\d{1,3})\s*+-\s*+(?P<tier2>[^;:]{1,40}?)\s*+;"
)


@dataclass(frozen=True, slots=True)
class NumberedIndicator:
    """One record of a cell; each part a healed text with its offsets."""

    seq: int
    expected: int
    tier1_code: str
    tier1: Healed
    tier2_code: str
    tier2: Healed
    name: Healed
    period: Healed | None
    annual: Healed | None
    doubled: bool
    whole: Healed


def read_cell(cell: Healed, layout: Layout) -> tuple[list[NumberedIndicator], Healed]:
    """The records of a cell, and what stands before the first of them (nothing, as a rule)."""
    plain = fold(cell.text)
    starts = _starts(plain)
    records = []
    for number, match in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(plain)
        records.append(_record(cell, plain, match, end, number + 1, layout))
    prelude = cell[: starts[0].start()] if starts else cell
    return records, prelude


def _starts(plain: str) -> list[re.Match[str]]:
    starts: list[re.Match[str]] = []
    for match in _HEADER.finditer(plain):
        before = plain[: match.start()].rstrip()[-1:] if match.start() < 200 else plain[
            match.start() - 100 : match.start()].rstrip()[-1:]  # fmt: skip
        expected = int(match["seq"]) == len(starts) + 1
        if before in ("", "。") or (expected and starts):
            starts.append(match)
    return starts


def _record(
    cell: Healed, plain: str, match: re.Match[str], end: int, expected: int, layout: Layout
) -> NumberedIndicator:
    period, annual = _labels(layout)
    period_at = period.search(plain, match.end(), end)
    annual_at = annual.search(plain, period_at.end() if period_at else match.end(), end)
    first = period_at or annual_at
    name = cell[match.end() : first.start() if first else end].strip()
    doubled = name.text.endswith(("；", ";")) and first is not None
    if doubled:
        name = name[: len(name.text.rstrip("；; "))]
    last = _without_terminator(cell[annual_at.end() : end] if annual_at else None)
    middle = cell[period_at.end() : annual_at.start() if annual_at else end] if period_at else None
    return NumberedIndicator(
        seq=int(match["seq"]),
        expected=expected,
        tier1_code=match["code1"],
        tier1=cell[slice(*match.span("tier1"))],
        tier2_code=match["code2"],
        tier2=cell[slice(*match.span("tier2"))],
        name=name,
        period=middle.strip() if middle and annual_at else _without_terminator(middle),
        annual=last,
        doubled=doubled,
        whole=cell[match.start() : end].strip(),
    )


def _without_terminator(value: Healed | None) -> Healed | None:
    if value is None:
        return None
    value = value.strip()
    return value[: len(value.text) - 1].strip() if value.text.endswith("。") else value


@cache
def _patterns(variants: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(fold(name)) for name in sorted(variants, key=len, reverse=True))
    return re.compile(rf";\s*(?:{names})\s*:")


def _labels(layout: Layout) -> tuple[re.Pattern[str], re.Pattern[str]]:
    cell = layout.indicator_cell
    return _patterns(cell["period"]), _patterns(cell["annual"])
