"""The report as Markdown: what the page draws stands here as a table of the same numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch

from budgetkg.report.blocks import AppendixStart, Block, Command, Figure, Heading, Points, Table, Text, Tiles
from budgetkg.report.charts import Bar
from budgetkg.text import on_one_line

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")


def render(blocks: Iterable[Block], language: str) -> str:
    """The report; the language is that of the blocks already."""
    return "\n".join(line for block in blocks for line in written(block)) + "\n"


def plain(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", on_one_line(text))


@singledispatch
def written(block: Block) -> Iterator[str]:
    """A block as lines of Markdown."""
    raise NotImplementedError(type(block).__name__)


@written.register
def _(block: Heading) -> Iterator[str]:
    yield f"{'#' * block.level} {plain(block.text)}\n"


@written.register
def _(block: AppendixStart) -> Iterator[str]:
    yield f"## {plain(block.title)}\n"


@written.register
def _(block: Text) -> Iterator[str]:
    yield f"{plain(block.text)}\n"


@written.register
def _(block: Command) -> Iterator[str]:
    yield f"`{block.text}`\n"


@written.register
def _(block: Tiles) -> Iterator[str]:
    yield from (f"- {plain(name)}: {count}" for count, name in block.items)
    yield ""


@written.register
def _(block: Points) -> Iterator[str]:
    for point in block.items:
        kicker = f"**{plain(point.kicker)}** " if point.kicker else ""
        yield f"- {kicker}{plain(point.text)} {plain(f'[{point.number}]')}"
    yield ""


@written.register
def _(block: Table) -> Iterator[str]:
    yield _row([plain(head) for head in block.heads])
    yield _row(["---:" if at in block.right else "---" for at in range(len(block.heads))])
    yield from (_row([plain(cell) for cell in row]) for row in block.rows)
    yield ""


@written.register
def _(block: Figure) -> Iterator[str]:
    chart = block.chart
    if chart.panel:
        yield f"**{plain(chart.panel)}**\n"
    yield _row(["", "", *map(plain, chart.series), plain(chart.unit)])
    yield _row(["---", "---", *("---:" for _ in chart.series), "---:"])
    for group in chart.groups:
        for bar in group.bars:
            yield _row([plain(cell) for cell in (group.heading, bar.label, *_parts(bar), _number(bar))])
    yield ""
    yield f"{plain(block.caption)}\n"


def _parts(bar: Bar) -> Sequence[str]:
    return [f"{part:,f}" for part in bar.parts] if len(bar.parts) > 1 else []


def _number(bar: Bar) -> str:
    return f"{bar.text} {bar.mark}".strip()


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
