"""Charts of horizontal bars as SVG that can be read without colour.

What a bar stands for is written beside it, so no colour has to be looked up. Parts of a bar differ in
brightness and pattern. Slanting hatches are kept for one meaning: this bar doesn't compare with the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from unicodedata import east_asian_width

from budgetkg.report.markup import Markup, joined, tag

# Pixels: width of the picture, the widest column of labels, the room for the number after a bar.
WIDTH, WIDEST_LABEL, NUMBER = 720, 268, 132
# Pixels: the height of a heading, of a row and of its bar, and the space after a group.
HEAD, ROW, BAR, GAP = 21, 21, 15, 7
FONT = 13
# Fills of the parts, from dark to light; the rest are patterns of the same page.
FILLS = ("#1f3a5f", "#9db8d2", "url(#dots)", "#5f7f9f", "url(#lines)", "#dfe7ef", "url(#grid)")
HATCHED = "url(#hatched)"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, the length of each part, its number as text, and a mark where it doesn't compare."""

    label: str
    parts: tuple[Decimal, ...]
    text: str
    mark: str = ""
    row: Mapping[str, object] | None = field(default=None, compare=False, repr=False)
    """The row of the answer that it draws, for whoever makes a link of it."""

    @property
    def total(self) -> Decimal:
        """The length of the whole bar."""
        return sum(self.parts, Decimal(0))


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that stand together under one heading."""

    heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Groups of bars, under ``panel`` where the answer has several pictures.

    ``series`` names the parts of a bar; with ``share`` all bars are equally long.
    """

    title: str
    panel: str
    unit: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]
    share: bool = False


def patterns() -> Markup:
    """The patterns that bars are filled with, once for a page."""
    drawn = (
        _pattern("hatched", 6, tag("path", d="M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", stroke="#1f3a5f")),
        _pattern("dots", 5, tag("circle", cx=2.5, cy=2.5, r=1.1, fill="#1f3a5f")),
        _pattern("lines", 4, tag("path", d="M0,2 h4", stroke="#1f3a5f")),
        _pattern("grid", 6, tag("path", d="M0,3 h6 M3,0 v6", stroke="#1f3a5f", stroke_width=0.6)),
    )
    return tag("svg", tag("defs", *drawn), width=0, height=0, class_="patterns", aria_hidden="true")


def picture(chart: Chart) -> Markup:
    """The chart as SVG; it needs :func:`patterns` on its page."""
    column = min(WIDEST_LABEL, max((_width(bar.label) for bar in _bars(chart)), default=0)) + 10
    longest = max((bar.total for bar in _bars(chart)), default=Decimal(0))
    pieces, y = [tag("title", chart.title)], 4
    for group in chart.groups:
        if group.heading:
            shown = shortened(group.heading, WIDTH)
            pieces.append(tag("text", tag("title", group.heading), shown, x=0, y=y + 14, class_="head"))
            y += HEAD
        for bar in group.bars:
            full = bar.total if chart.share else longest
            pieces.append(_row(bar, chart, column, y, full))
            y += ROW
        y += GAP
    return tag(
        "svg", *pieces, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {y}", role="img"
    )  # fmt: skip


def legend(chart: Chart) -> Markup:
    """What the parts stand for."""
    keys = [tag("li", _swatch(fill), name) for fill, name in zip(FILLS, chart.series, strict=False)]
    return tag("ul", *keys, class_="legend")


def _bars(chart: Chart) -> list[Bar]:
    return [bar for group in chart.groups for bar in group.bars]


def _row(bar: Bar, chart: Chart, column: int, y: int, full: Decimal) -> Markup:
    pieces = [
        tag("text", tag("title", bar.label), shortened(bar.label, WIDEST_LABEL), x=0, y=y + 12),
        tag("path", d=f"M{column},{y - 2} v{ROW}", stroke="#444"),
    ]
    x, room = Decimal(column), WIDTH - column - NUMBER
    for index, part in enumerate(bar.parts):
        if part > 0 and full:
            width = part / full * room
            fill = HATCHED if bar.mark else FILLS[min(index, len(FILLS) - 1)]
            pieces.append(_part(x, y, width, fill))
            if len(bar.parts) > 1 and width > 8 * len(f"{part}") + 4:
                pieces.append(_inside(x + width / 2, y, f"{part}", index))
            x += width
    pieces.append(tag("text", f"{bar.text} {bar.mark}".strip(), x=f"{x + 6:.1f}", y=y + 12, class_="sum"))
    return tag("g", *pieces)


def _part(x: Decimal, y: int, width: Decimal, fill: str) -> Markup:
    return tag(
        "rect", x=f"{x:.1f}", y=y, width=f"{width:.1f}", height=BAR, fill=fill,
        stroke="#1f3a5f", stroke_width=0.7,
    )  # fmt: skip


def _inside(x: Decimal, y: int, text: str, index: int) -> Markup:
    dark = index < len(FILLS) and FILLS[index] in ("#1f3a5f", "#5f7f9f")
    back = tag(
        "rect", x=f"{x - 4 * len(text) - 2:.1f}", y=y + 2, width=8 * len(text) + 4, height=11, fill="#fff"
    )
    ink = "#fff" if dark else "#111"
    number = tag("text", text, x=f"{x:.1f}", y=y + 12, fill=ink, text_anchor="middle", class_="part")
    return number if dark else joined(back, number)


def _swatch(fill: str) -> Markup:
    square = tag("rect", x=0.5, y=0.5, width=19, height=11, fill=fill, stroke="#1f3a5f", stroke_width=0.7)
    return tag("svg", square, width=20, height=12, viewBox="0 0 20 12", aria_hidden="true")


def _pattern(name: str, side: int, *shapes: Markup) -> Markup:
    back = tag("rect", width=side, height=side, fill="#fff")
    return tag("pattern", back, *shapes, id=name, width=side, height=side, patternUnits="userSpaceOnUse")


def _width(text: str) -> int:
    """Pixels that a text takes at most: wide characters are as wide as the font is high."""
    return round(sum(FONT if east_asian_width(mark) in "WFA" else FONT * 0.58 for mark in text))


def shortened(text: str, width: int) -> str:
    """The text, cut with "…" where it would be wider than so many pixels."""
    if _width(text) <= width:
        return text
    while text and _width(text + "…") > width:
        text = text[:-1]
    return text + "…"
