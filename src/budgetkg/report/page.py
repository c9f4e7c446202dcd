"""The report as one HTML page that stands alone: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from budgetkg.report.blocks import AppendixStart, Block, Command, Figure, Heading, Points, Table, Text, Tiles
from budgetkg.report.charts import legend, patterns, picture
from budgetkg.report.markup import Markup, tag
from budgetkg.report.plan import Words
from budgetkg.report.sheet import rows_of, whole

_LANGUAGES = {"zh": "zh-Hans", "en": "en"}


def render(blocks: Iterable[Block], language: str) -> str:
    """The page."""
    blocks = list(blocks)
    title = next(block.text for block in blocks if isinstance(block, Heading))
    body, rest = _parted(blocks)
    main = tag("main", *map(written, body))
    appendix = tag("section", *map(written, rest), id="appendix", class_="appendix")
    return whole(Words(title, ""), patterns(), main, appendix, language=_LANGUAGES[language])


def _parted(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks before the appendix, and those from its start on."""
    at = next((at for at, block in enumerate(blocks) if isinstance(block, AppendixStart)), len(blocks))
    return blocks[:at], blocks[at:]


@singledispatch
def written(block: Block) -> Markup:
    """A block as HTML."""
    raise NotImplementedError(type(block).__name__)


@written.register
def _(block: Heading) -> Markup:
    return tag(f"h{block.level}", block.text, id=block.anchor)


@written.register
def _(block: AppendixStart) -> Markup:
    return tag("h2", block.title)


@written.register
def _(block: Text) -> Markup:
    return tag("p", block.text, class_="quiet" if block.quiet else None)


@written.register
def _(block: Command) -> Markup:
    return tag("p", tag("code", block.text), class_="quiet")


@written.register
def _(block: Tiles) -> Markup:
    return tag(
        "ul", *(tag("li", tag("b", count), tag("span", name)) for count, name in block.items), class_="tiles"
    )


@written.register
def _(block: Points) -> Markup:
    return tag("ul", *_points(block), class_="points")


def _points(block: Points) -> Iterator[Markup]:
    for point in block.items:
        kicker = tag("strong", point.kicker) if point.kicker else ""
        yield tag("li", kicker, point.text, " ", tag("a", f"[{point.number}]", href=f"#{point.anchor}"))


@written.register
def _(block: Table) -> Markup:
    return rows_of([(head,) for head in block.heads], block.rows, block.right)


@written.register
def _(block: Figure) -> Markup:
    head = tag("p", block.chart.panel, class_="panel") if block.chart.panel else ""
    keys = legend(block.chart) if block.chart.series else ""
    return tag("figure", head, keys, picture(block.chart), tag("figcaption", block.caption))
