"""From the rows of an answer to the bars of its chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetkg.graph import Cell
from budgetkg.report.charts import COLOURS, Bar, bars
from budgetkg.report.contents import Part, Row
from budgetkg.report.markup import Markup
from budgetkg.report.plan import ChartPlan
from budgetkg.report.wording import column, number, written

OTHERS = "其余 others"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, and the number of rows that it has no bar for."""

    picture: Markup
    left: int


def figure(part: Part) -> Figure | None:
    """The chart of an answer; ``None`` where none is planned or every length is 0."""
    chart = part.plan.chart
    if chart is None or not part.rows:
        return None
    series, chart_bars = _bars(chart, part.rows)
    if not any(bar.total > 0 for bar in chart_bars):
        return None
    drawn = chart_bars[: chart.most]
    name = "yuan" if chart.unit == "yuan" else "count"
    picture = bars(
        f"{part.title.zh} {part.title.en}", series, drawn, lambda value: number(name, value), chart.share
    )
    return Figure(picture, len(chart_bars) - len(drawn))


def _bars(chart: ChartPlan, rows: Sequence[Row]) -> tuple[list[str], list[Bar]]:
    """The names of the series, and the bars: the longest first for amounts, else as the answer has them."""
    stacks: dict[tuple[int, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for index, row in enumerate(rows):
        label = _label(chart, row)
        for name, value in _parts(chart, row):
            stacks[0 if chart.stack else index, label][name] += value
    series = list(dict.fromkeys(name for parts in stacks.values() for name in parts))
    coloured = series if len(series) <= len(COLOURS) else series[: len(COLOURS) - 1]
    if coloured != series:
        series = [*coloured, OTHERS]
    chart_bars = [Bar(label, _lengths(parts, coloured, series)) for (_, label), parts in stacks.items()]
    if chart.unit == "yuan":
        chart_bars.sort(key=lambda bar: -bar.total)
    return series, chart_bars


def _parts(chart: ChartPlan, row: Row) -> Iterator[tuple[str, Decimal]]:
    """The lengths that one row adds to its bar, each with the name of its series."""
    for name in chart.values:
        if chart.series is not None:
            yield written(chart.series, row[chart.series]) or "—", _number(row[name])
        else:
            title = f"{column(name).zh} {column(name).en}" if len(chart.values) > 1 else ""
            yield title, _number(row[name])


def _lengths(parts: Mapping[str, Decimal], coloured: list[str], series: list[str]) -> tuple[Decimal, ...]:
    """A length for each series; those beyond the colours are added up under the last one."""
    rest = sum((value for name, value in parts.items() if name not in coloured), Decimal(0))
    return tuple(rest if name not in coloured else parts.get(name, Decimal(0)) for name in series)


def _label(chart: ChartPlan, row: Row) -> str:
    words = (written(name, row[name]) for name in chart.label)
    return " · ".join(text for text in words if text) or "—"


def _number(cell: Cell) -> Decimal:
    """The length of a bar: 0 where no number is printed or it is negative."""
    return max(Decimal(cell), Decimal(0)) if isinstance(cell, int | Decimal) else Decimal(0)
