"""Charts of answers: bars whose text is text of the page, and the same as one SVG to take away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgetkg.queries import Question, header_of
from budgetkg.report import charts as drawing
from budgetkg.report.charts import Bar, Chart, Group
from budgetkg.report.contents import Part
from budgetkg.report.figures import drawn
from budgetkg.report.markup import Markup as Svg
from budgetkg.report.markup import joined, tag
from budgetkg.report.plan import PartPlan, Words, plan
from budgetkg.report.rules import number
from budgetkg.report.wording import cell_of, is_money, is_price, wan, written
from budgetkg.report.years import Row
from budgetkg.web.pages.cells import columns_for, heading, in_language
from budgetkg.web.pages.fitting import ems

TREEMAP = "treemap"
"""The kind of chart that :mod:`budgetkg.web.pages.areas` draws."""
MOST_BARS = 24
_LONG_LABEL = 15.5
_SCOPES = ("scope_zh", "scope")
_VIEW = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
_FONT = '13px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'


Leads = Callable[[Row], "str | None"]
"""Where a bar leads, by the row that it draws."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, how many bars it leaves out, and why some of them don't compare.

    ``after`` is what the figure behind a bar is, where it isn't the bar's length.
    """

    chart: Chart
    left: int = 0
    remarks: tuple[str, ...] = ()
    leads: Leads | None = None
    after: str = ""

    @property
    def long(self) -> bool:
        """Whether a label needs more than the usual room."""
        return any(ems(bar.label) > _LONG_LABEL for group in self.chart.groups for bar in group.bars)

    def href(self, bar: Bar) -> str | None:
        """Where a bar leads: to the page of what it is about, or to the rows that it sums up."""
        return self.leads(bar.row) if self.leads and bar.row is not None else None  # type: ignore[arg-type]

    def rows(self) -> Iterator[tuple[str, list[tuple[Bar, list[tuple[Decimal, Decimal]]]]]]:
        """Each group's heading and bars, a bar with the beginning and width of its parts in percent."""
        longest = max((bar.total for group in self.chart.groups for bar in group.bars), default=Decimal(0))
        for group in self.chart.groups:
            yield group.heading, [(bar, _parts(bar, self._full(bar, longest))) for bar in group.bars]

    def _full(self, bar: Bar, longest: Decimal) -> Decimal:
        return (bar.total if self.chart.share else longest) or Decimal(1)


def _parts(bar: Bar, full: Decimal) -> list[tuple[Decimal, Decimal]]:
    found, x = [], Decimal(0)
    for part in bar.parts:
        width = (part / full * 100).quantize(Decimal("0.01"))
        found.append((x, width))
        x += width
    return found


def pictures(
    question: Question, rows: Sequence[Row], language: str, leads: Leads | None = None
) -> tuple[Picture, ...]:
    """The charts of an answer: as its header declares, else as the report draws it, else none."""
    declared = header_of(question.text).get("chart")
    if declared:
        bars = [line for line in declared if line.split()[0] != TREEMAP]
        found = (each for line in bars for each in _declared(line, question, rows, language))
        return tuple(replace(each, leads=leads) for each in found)
    planned = next(
        (part for section in plan().sections for part in section.parts if part.question == question.slug),
        PartPlan(question.slug, ()),
    )
    part = Part(planned, question, rows)
    chart = planned.chart
    after = heading(chart.order, language) if chart is not None and chart.share and chart.order else ""
    return tuple(Picture(each.chart, each.left, each.remarks, leads, after) for each in drawn(part, language))


def _declared(line: str, question: Question, rows: Sequence[Row], language: str) -> Iterator[Picture]:
    """``bar LABEL VALUE… [by GROUP]`` or ``share LABEL VALUE… [by GROUP]``; a label may be ``a+b``.

    Amounts of different scopes are never in one picture.
    """
    words = line.split()
    kind, label, values = words[0], words[1], words[2:]
    by = values[values.index("by") + 1] if "by" in values else ""
    values = values[: values.index("by")] if "by" in values else values
    label, by = (_said_in(words, question.columns, language) for words in (label, by))
    scope = next((name for name in columns_for(question.columns, language) if name in _SCOPES), "")
    panels: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        panels[cell_of(row, scope, language) if scope else ""].append(row)
    title = Words(question.summary_zh, question.summary).said(language)
    for panel, members in panels.items():
        found = _chart(title, panel, members, (label, values, by, kind == "share"), language)
        if found is not None:
            yield found


def _said_in(label: str, columns: Sequence[str], language: str) -> str:
    return "+".join(in_language(name, columns, language) for name in label.split("+"))


def _chart(
    title: str, panel: str, rows: Sequence[Row], wish: tuple[str, list[str], str, bool], language: str
) -> Picture | None:
    label, values, by, share = wish
    groups: dict[str, list[Bar]] = defaultdict(list)
    used = [row for row in rows if any(number(row.get(name)) > 0 for name in values)]
    for row in used[:MOST_BARS]:
        name = " · ".join(filter(None, (cell_of(row, part, language) for part in label.split("+"))))
        lengths = tuple(max(number(row.get(value)), Decimal(0)) for value in values)
        text = "" if share else size_of(values[0], sum(lengths, Decimal(0)), language)
        groups[cell_of(row, by, language) if by else ""].append(Bar(name or "—", lengths, text, row=row))
    if not groups:
        return None
    series = tuple(heading(value, language) for value in values) if len(values) > 1 else ()
    made = tuple(Group(name, tuple(bars)) for name, bars in groups.items())
    chart = Chart(
        " · ".join(filter(None, (title, panel))),
        panel,
        "" if share else unit_of(values[0], language),
        series,
        made,
        share,
    )
    return Picture(chart, max(0, len(used) - MOST_BARS))


def size_of(name: str, value: Decimal, language: str) -> str:
    """What a bar's length is, in words; ``name`` is its column."""
    return wan(value) if is_money(name) and not is_price(name) else written(name, value, language)


def unit_of(name: str, language: str) -> str:
    """What the lengths of bars are counted in."""
    kind = "unit_yuan" if is_price(name) else "unit_wan" if is_money(name) else ""
    return plan().columns[kind].said(language) if kind else heading(name, language)


def standalone(
    found: Iterable[Picture], source: str, others: Sequence[tuple[str, str, int, Svg]] = ()
) -> str:
    """The charts below each other as one SVG, with a line that says where they are from.

    ``others`` are pictures of another kind, each with its title, its unit, its height and its SVG.
    """
    pieces: list[Svg] = []
    y = 10
    for title, unit, height, drawn_otherwise in others:
        pieces.append(tag("text", title, x=10, y=y + 16, font_weight="600"))
        pieces.append(tag("text", unit, x=10, y=y + 34, fill="#555"))
        inner = tag("svg", drawn_otherwise, x=10, y=y + 44, width=drawing.WIDTH, height=height)
        pieces.append(inner)
        y += 44 + height + 14
    for each in found:
        pieces.append(tag("text", each.chart.title, x=10, y=y + 16, font_weight="600"))
        pieces.append(tag("text", each.chart.unit, x=10, y=y + 34, fill="#555"))
        picture = drawing.picture(each.chart)
        size = _VIEW.search(picture)
        height = int(size[2]) if size else 0
        at = f'<svg x="10" y="{y + 44}" width="{drawing.WIDTH}" height="{height}" '
        pieces.append(Svg(picture.replace("<svg ", at, 1)))
        y += 44 + height + 14
    pieces.append(tag("text", source, x=10, y=y + 10, fill="#555", font_size="11"))
    width, height = drawing.WIDTH + 20, y + 24
    defs = re.sub(r"^<svg[^>]*>|</svg>$", "", drawing.patterns())
    style = tag("style", Svg(f"text{{font:{_FONT}}} .head{{font-weight:600}}"))
    back = tag("rect", width=width, height=height, fill="#fff")
    return tag(
        "svg", style, Svg(defs), back, joined(*pieces), xmlns="http://www.w3.org/2000/svg",
        width=width, height=height, viewBox=f"0 0 {width} {height}",
    )  # fmt: skip
