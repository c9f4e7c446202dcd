"""From the rows of an answer to the bars of its chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgetkg.report.charts import FILLS, Bar, Chart, Group
from budgetkg.report.contents import Part
from budgetkg.report.plan import ChartPlan
from budgetkg.report.rules import number
from budgetkg.report.wording import cell_of, column, phrase, together, wan
from budgetkg.report.years import Row, year

# Bars of one group, and of one picture, which has to fit on a page; what is more is cut and counted.
MOST_BARS, MOST_IN_ALL = 8, 20
# Reasons why bars don't compare that stand under a picture; the appendix has all.
MOST_REMARKS = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart, how many groups and bars it leaves out, and why some of its bars don't compare."""

    chart: Chart
    left: int
    remarks: tuple[str, ...]


def drawn(part: Part, language: str) -> Iterator[Drawn]:
    """The charts of an answer, one for each panel; none where none is planned or every length is 0."""
    chart = part.plan.chart
    if chart is None:
        return
    panels: dict[str, list[Row]] = defaultdict(list)
    for row in part.rows:
        panels[together(row, chart.panel, language) if chart.panel else ""].append(row)
    for name, rows in panels.items():
        title = " · ".join(filter(None, (part.title.said(language), name)))
        yield from _drawn(_without_unused(chart, rows), rows, title, name, language)


def _drawn(chart: ChartPlan, rows: Sequence[Row], title: str, panel: str, language: str) -> Iterator[Drawn]:
    remarks = tuple(dict.fromkeys(said for row in rows if (said := _remark(row, language))))
    groups = _ordered(chart, _groups(chart, rows, remarks, language))
    shown = list(_fitting(groups[: chart.most]))
    bars = [bar for group in shown for bar in group.bars]
    if not any(bar.total > 0 for bar in bars):
        return
    series = tuple(column(name).said(language) for name in chart.values) if len(chart.values) > 1 else ()
    unit = column(f"unit_{chart.unit}").said(language)
    picture = Chart(title, panel, unit, series[: len(FILLS)], tuple(shown), chart.share)
    used = {bar.mark for bar in bars}
    marked = ((f"※{at}", said) for at, said in enumerate(remarks, 1))
    told = tuple(f"{mark} {said}" for mark, said in marked if mark in used)
    more = ("…",) if len(told) > MOST_REMARKS else ()
    yield Drawn(picture, len(rows) * max(1, len(chart.pairs)) - len(bars), told[:MOST_REMARKS] + more)


def _fitting(groups: Sequence[Group]) -> Iterator[Group]:
    """The groups, cut to what fits into one picture."""
    room = MOST_IN_ALL
    for group in groups:
        bars = group.bars[: min(MOST_BARS, room)]
        room -= len(bars)
        if bars:
            yield Group(group.heading, bars)


def _without_unused(chart: ChartPlan, rows: Sequence[Row]) -> ChartPlan:
    """The plan without parts that are 0 in every row, so that the legend names what can be seen."""
    used = tuple(name for name in chart.values if any(number(row.get(name)) for row in rows))
    return replace(chart, values=used) if len(chart.values) > 1 else chart


@dataclass(slots=True)
class _Size:
    """What decides the place of a group: how many districts it has, and its largest value."""

    districts: int
    value: Decimal


def _groups(
    chart: ChartPlan, rows: Sequence[Row], remarks: Sequence[str], language: str
) -> list[tuple[_Size, Group]]:
    """The groups in the order of the answer, each with its size."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[_joined(row, chart.group, language)].append(row)
    return [_group(chart, heading, members, remarks, language) for heading, members in found.items()]


def _group(
    chart: ChartPlan, heading: str, rows: list[Row], remarks: Sequence[str], language: str
) -> tuple[_Size, Group]:
    ordered = sorted(rows, key=lambda row: (str(row.get("district") or ""), year(row)))
    bars = tuple(bar for row in ordered for bar in _bars(chart, row, remarks, language))
    largest = max(
        (abs(number(row.get(chart.order))) if chart.order else bar.total for row in rows for bar in bars),
        default=Decimal(0),
    )
    return _Size(len({row.get("district") for row in rows}), largest), Group(heading, bars)


def _ordered(chart: ChartPlan, groups: list[tuple[_Size, Group]]) -> list[Group]:
    if chart.pairs and chart.order:
        groups = [item for item in groups if item[0].value]
    if not chart.keep:
        groups = sorted(
            groups, key=lambda item: (-(item[0].districts > 1) if chart.side_by_side else 0, -item[0].value)
        )
    return [group for _, group in groups]


def _bars(chart: ChartPlan, row: Row, remarks: Sequence[str], language: str) -> Iterator[Bar]:
    label = _joined(row, chart.label, language)
    remark = _remark(row, language)
    mark = f"※{remarks.index(remark) + 1}" if remark else ""
    if not chart.pairs:
        parts = tuple(_length(chart, row, name) for name in chart.values)
        yield Bar(label or "—", parts, _text(chart, row, sum(parts, Decimal(0)), language), mark, row)
    for name, value in chart.pairs:
        length = _length(chart, row, value)
        said = " ".join(filter(None, (label, cell_of(row, name, language))))
        yield Bar(said or "—", (length,), _text(chart, row, length, language), mark, row)


def _remark(row: Row, language: str) -> str:
    """Why a row doesn't compare with the others; empty where it does."""
    if row.get("comparable") is not False:
        return ""
    return phrase(str(row.get("why_not") or "—"), language)


def _text(chart: ChartPlan, row: Row, total: Decimal, language: str) -> str:
    if chart.share:
        return f"{number(row.get(chart.order)) * 100:.1f}%" if chart.order else ""
    if chart.unit == "wan":
        return wan(total)
    return f"{total:,.2f}" if chart.unit == "yuan" else f"{total:,f}"


def _length(chart: ChartPlan, row: Row, name: str) -> Decimal:
    """The length of a part: 0 where no number is printed or it is negative."""
    return max(number(row.get(name)), Decimal(0))


def _joined(row: Row, names: Sequence[str], language: str) -> str:
    words = (together(row, name, language) for name in names)
    return " · ".join(dict.fromkeys(text for text in words if text))
