"""Charts of horizontal bars as SVG. A label stands above its bar, so its width needn't be known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from budgetkg.report.markup import Markup, joined, tag

Write: TypeAlias = Callable[[Decimal], str]

# Pixels: the picture's width, the longest bar, the height of a bar with its label, the margin above.
WIDTH, ROOM, ROW, TOP = 720, 560, 40, 8
# Characters; a longer label is cut.
LONGEST_LABEL = 44
# Okabe and Ito's colours, told apart by colour-blind readers; the order keeps neighbours apart in grey too.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#F0E442", "#CC79A7", "#56B4E9", "#D55E00", "#999999")
_LIGHT_TEXT = COLOURS[0]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: a label, and the length of its part for each series."""

    label: str
    parts: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        """The length of the whole bar."""
        return sum(self.parts, Decimal(0))


def bars(
    title: str, series: Sequence[str], chart_bars: Sequence[Bar], write: Write, share: bool = False
) -> Markup:
    """A chart with one bar below the other, and a legend where there are several series.

    ``series`` names the parts of a bar, ``write`` makes text of a length. With ``share`` all bars are equally
    long, so that the parts show shares.
    """
    longest = max((bar.total for bar in chart_bars), default=Decimal(0))
    drawn = [
        _bar(bar, index, bar.total if share else longest, series, write)
        for index, bar in enumerate(chart_bars)
    ]
    height = TOP + ROW * len(chart_bars)
    picture = tag(
        "svg", tag("title", title), *drawn,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}", role="img",
    )  # fmt: skip
    return joined(_legend(series) if len(series) > 1 else "", picture)


def _legend(series: Sequence[str]) -> Markup:
    keys = [tag("li", _swatch(index), name) for index, name in enumerate(series)]
    return tag("ul", *keys, class_="legend")


def _swatch(index: int) -> Markup:
    square = tag("rect", width=12, height=12, fill=_colour(index))
    return tag("svg", square, width=12, height=12, viewBox="0 0 12 12", aria_hidden="true")


def _bar(bar: Bar, index: int, full: Decimal, series: Sequence[str], write: Write) -> Markup:
    y = TOP + index * ROW
    label = bar.label if len(bar.label) <= LONGEST_LABEL else bar.label[: LONGEST_LABEL - 1] + "…"
    pieces = [tag("text", tag("title", bar.label), label, x=0, y=y + 12)]
    x = Decimal(0)
    several = sum(part > 0 for part in bar.parts) > 1
    for number, part in enumerate(bar.parts):
        width = (part / full * ROOM) if full else Decimal(0)
        if part > 0:
            pieces.append(_part(x, y + 17, width, number, write(part), series[number], several))
            x += width
    pieces.append(tag("text", write(bar.total), x=f"{x + 6:.1f}", y=y + 29, class_="sum"))
    return tag("g", *pieces)


def _part(x: Decimal, y: int, width: Decimal, index: int, amount: str, series: str, several: bool) -> Markup:
    tip = tag("title", f"{series} {amount}".strip())
    shape = tag(
        "rect", tip, x=f"{x:.1f}", y=y, width=f"{width:.1f}", height=16, fill=_colour(index), stroke="#fff"
    )
    if not several or width < 8 * len(amount) + 6:
        return shape
    ink = "#fff" if _colour(index) == _LIGHT_TEXT else "#111"
    return joined(shape, tag("text", amount, x=f"{x + 4:.1f}", y=y + 12, fill=ink, class_="part"))


def _colour(index: int) -> str:
    return COLOURS[min(index, len(COLOURS) - 1)]
