"""Pictures of areas: money as a treemap, districts as tiles; drawn in percent, so they fit a phone too.

No geometry of the districts is at hand, and none is made up: a tile stands for a district, under its city, in
the order of the codes of GB/T 2260.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil

from budgetkg.gazetteer import under_code
from budgetkg.queries import Question, header_of
from budgetkg.report.charts import WIDTH
from budgetkg.report.markup import Markup, joined, tag
from budgetkg.report.rules import number
from budgetkg.report.wording import cell_of
from budgetkg.report.years import Row
from budgetkg.web.pages.cells import in_language
from budgetkg.web.pages.charts import TREEMAP, size_of, unit_of
from budgetkg.web.pages.fitting import ems
from budgetkg.web.pages.linking import linked
from budgetkg.web.pages.names import Names
from budgetkg.web.pages.view import View

HEIGHT, TILE = 420, 66
"""Pixels: of a treemap, which fits a screen with its heading; of a tile, which has two lines of text."""
COLUMNS = 6
"""Tiles in a row: on a phone each is still as wide as the name of a district."""
LEAST = 80
"""Pixels of a treemap's height; a smaller one gets narrower, so that areas compare from year to year."""
MOST_CELLS = 60
"""Rectangles of a treemap; smaller ones could neither be read nor touched, and are counted below it."""
_SHADES = ("#e4ebf2", "#c9d8e6", "#a9c1d8", "#8fb0cf")
"""From little to much; dark text can be read on each."""
_INK = "#1b1b1a"
_FONT, _SECOND_LINE, _TWO_LINES = 13, 42, 60
"""Pixels: of a letter, and of rectangles in which a label has its size below it, and two lines."""

Leads = Callable[[Row, str], "str | None"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle in percent of the picture's width and in pixels of its height, with what it stands for."""

    label: str
    text: str
    href: str | None
    box: tuple[float, float, float, float]
    shade: int


@dataclass(frozen=True, slots=True)
class Areas:
    """A picture of areas; ``panel`` says of which year or city it is, ``left`` the cells it leaves out."""

    title: str
    panel: str
    unit: str
    height: int
    cells: tuple[Cell, ...]
    left: int = 0
    tiles: bool = False
    wide: float = 0
    """Pixels, where the picture stands alone; else it is as wide as what it stands in."""

    @property
    def markup(self) -> Markup:
        """The picture as SVG."""
        return tag(
            "svg", tag("title", " · ".join(filter(None, (self.title, self.panel)))),
            *(_drawn(cell, self.wide) for cell in self.cells), width="100%", height=self.height,
            role="group" if any(cell.href for cell in self.cells) else "img",
        )  # fmt: skip


def areas_of(item: Question, rows: Sequence[Row], known: Names, view: View) -> list[Areas]:
    """The pictures of areas that a question's header declares: ``chart: treemap …`` and ``map: …``."""
    leads = linked(item, known, view)
    title = view.pick(item.summary_zh, item.summary)
    header = header_of(item.text)
    found: list[Areas] = []
    for line in header.get("chart", ()):
        kind, *words = line.split()
        if kind == TREEMAP:
            words[0] = in_language(words[0], item.columns, view.language)
            found += treemap(title, words, rows, view.language, leads)
    codes = {name: iri.rpartition("/")[2] for (kind, name), iri in known.things.items() if kind == "district"}
    for line in header.get("map", ()):
        words = [word.strip(",") for word in line.split()]
        found += tiles(title, words, rows, codes, leads, view.language)
    return found


def alone(areas: Sequence[Areas]) -> list[tuple[str, str, int, Markup]]:
    """The pictures for a file of their own: links of a page lead nowhere from there."""
    return [
        (
            " · ".join(filter(None, (each.title, each.panel))), each.unit, each.height,
            replace(each, cells=tuple(replace(cell, href=None) for cell in each.cells), wide=WIDTH).markup,
        )
        for each in areas
    ]  # fmt: skip


def treemap(
    title: str, words: Sequence[str], rows: Sequence[Row], language: str, leads: Leads
) -> Iterator[Areas]:
    """``LABEL VALUE``: for each year the values of each label, added up; years are never added."""
    label, value = words[0], words[1]
    years: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        years[cell_of(row, "fiscal_year", language) if "fiscal_year" in row else ""].append(row)
    totals = {year: sum(_sizes(members, value), Decimal(0)) for year, members in years.items()}
    for year, members in sorted(years.items()):
        sums: dict[str, Decimal] = defaultdict(Decimal)
        first: dict[str, Row] = {}
        for row in members:
            name = cell_of(row, label, language) or "—"
            sums[name] += max(number(row.get(value)), Decimal(0))
            first.setdefault(name, row)
        ranked = sorted(
            ((name, size) for name, size in sums.items() if size > 0), key=lambda it: (-it[1], it[0])
        )
        kept = ranked[:MOST_CELLS]
        if not kept:
            continue
        wide, high = _room(float(totals[year] / max(totals.values())))
        boxes = squarified([float(size) for _, size in kept], wide, high)
        cells = tuple(
            Cell(name, size_of(value, size, language), leads(first[name], label), box, _shade(at, len(kept)))
            for at, ((name, size), box) in enumerate(zip(kept, boxes, strict=True))
        )
        panel = " · ".join(filter(None, (year, size_of(value, totals[year], language))))
        yield Areas(title, panel, unit_of(value, language), ceil(high), cells, len(ranked) - len(kept))


def _sizes(rows: Sequence[Row], value: str) -> Iterator[Decimal]:
    return (max(number(row.get(value)), Decimal(0)) for row in rows)


def _room(share: float) -> tuple[float, float]:
    """Percent and pixels of a year's picture: its share of the largest one's area is that of its money."""
    high = max(share * HEIGHT, min(LEAST, HEIGHT))
    return 100.0 * share * HEIGHT / high, high


def tiles(
    title: str, words: Sequence[str], rows: Sequence[Row], codes: Mapping[str, str], leads: Leads,
    language: str,
) -> Iterator[Areas]:  # fmt: skip
    """``DISTRICT VALUE``: a tile for each district, by city; ``codes`` has the code of each name."""
    label, value = words[0], words[1]
    cities: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        cities[codes.get(str(row.get(label) or ""), "")[:4]].append(row)
    sizes = sorted({number(row.get(value)) for row in rows})
    for city, members in sorted(cities.items()):
        cells = []
        members = sorted(members, key=lambda row: codes.get(str(row.get(label) or ""), ""))
        for at, row in enumerate(members):
            size = number(row.get(value))
            box = (at % COLUMNS * 100 / COLUMNS, at // COLUMNS * TILE, 100 / COLUMNS, float(TILE))
            shade = sizes.index(size) * (len(_SHADES) - 1) // max(1, len(sizes) - 1)
            cells.append(
                Cell(
                    cell_of(row, label, language),
                    size_of(value, size, language),
                    leads(row, label),
                    box,
                    shade,
                )
            )
        names = under_code(f"{city}00") if city else ()
        height = TILE * -(-len(cells) // COLUMNS)
        panel = names[-1].name if names else ""
        yield Areas(title, panel, unit_of(value, language), height, tuple(cells), tiles=True)


def squarified(
    sizes: Sequence[float], width: float, height: float
) -> list[tuple[float, float, float, float]]:
    """Rectangles of these areas, largest first, that fill a rectangle and are as square as can be.

    The algorithm of Bruls, Huizing and van Wijk (2000); ``width`` is in percent, eight pixels each.
    """
    scale = 8.0
    x, y, wide, high = 0.0, 0.0, width * scale, height
    unit = wide * high / sum(sizes)
    left, found = [size * unit for size in sizes], []
    while left:
        side = min(wide, high)
        count = 1
        while count < len(left) and _worst(left[: count + 1], side) <= _worst(left[:count], side):
            count += 1
        row, left = left[:count], left[count:]
        thick = sum(row) / side
        at = 0.0
        for area in row:
            long = area / thick
            box = (x, y + at, thick, long) if wide >= high else (x + at, y, long, thick)
            found.append((box[0] / scale, box[1], box[2] / scale, box[3]))
            at += long
        if wide >= high:
            x, wide = x + thick, wide - thick
        else:
            y, high = y + thick, high - thick
    return found


def _worst(row: Sequence[float], side: float) -> float:
    total = sum(row)
    return max(side**2 * max(row) / total**2, total**2 / (side**2 * min(row)))


def _shade(at: int, count: int) -> int:
    return len(_SHADES) - 1 - at * len(_SHADES) // count


def _drawn(cell: Cell, wide: float) -> Markup:
    x, y, width, height = cell.box
    pieces = [
        tag("title", f"{cell.label} {cell.text}"),
        tag("rect", width="100%", height="100%", fill=_SHADES[cell.shade], stroke="#fff", stroke_width=2),
    ]
    if width >= 4 and height >= 24:
        pieces += _words(cell, wide * width / 100) if wide else [_wrapped(cell)]
    inner = joined(*pieces)
    if cell.href:
        inner = tag("a", inner, href=cell.href)
    return tag("svg", inner, x=f"{x:.3f}%", y=f"{y:.2f}", width=f"{width:.3f}%", height=f"{height:.2f}")


def _wrapped(cell: Cell) -> Markup:
    """The words of a rectangle of a page, which breaks them or ends them with dots as its width asks."""
    height = cell.box[3]
    label = tag("span", cell.label, class_="label" if height >= _TWO_LINES else "label one")
    text = tag("span", cell.text, class_="size") if height >= _SECOND_LINE else ""
    return tag(
        "foreignObject",
        tag("div", label, text, xmlns="http://www.w3.org/1999/xhtml"),
        width="100%",
        height="100%",
    )


def _words(cell: Cell, wide: float) -> Iterator[Markup]:
    """The words of a rectangle that stands alone, as far as they have room."""
    room = (wide - 10) / _FONT
    label = cell.label
    while label and ems(label) > room:
        label = label.removesuffix("…")[:-1].rstrip() + "…" if len(label) > 1 else ""
    if label not in ("", "…"):
        yield tag("text", label, x=7, y=19, fill=_INK)
        if cell.box[3] >= _SECOND_LINE and ems(cell.text) <= room:
            yield tag("text", cell.text, x=7, y=37, fill=_INK, opacity="0.8")
