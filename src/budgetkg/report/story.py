"""The report before its appendix: headlines, then chapters with sentences, charts and short tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from budgetkg.graph import Cell
from budgetkg.report import phrases
from budgetkg.report.blocks import Block, Figure, Heading, Point, Points, Table, Text, Tiles
from budgetkg.report.contents import Contents, Part, Section
from budgetkg.report.figures import Drawn, drawn
from budgetkg.report.plan import SayPlan, ShortPlan, plan
from budgetkg.report.rules import facts, number
from budgetkg.report.wording import cell_of, column, numeric, of_language, seen, told
from budgetkg.report.years import Row

SEVERITIES = {"Violation": 0, "Warning": 1, "Info": 2}


def story(contents: Contents, language: str) -> Iterator[Block]:
    """All blocks before the appendix."""
    yield Heading(1, phrases.TITLE.said(language))
    yield Text(phrases.ABOUT.said(language))
    yield Text(phrases.MARKS.said(language), quiet=True)
    yield Tiles(tuple((f"{count:,}", column(name).said(language)) for name, count in contents.totals))
    yield Heading(2, phrases.HEADLINES.said(language), "headlines")
    points = says(plan().headlines, contents, language)
    yield Points(points) if points else Text(phrases.NO_HEADLINES.said(language))
    for section in contents.sections:
        yield from _section(section, contents, language)


def says(planned: Iterable[SayPlan], contents: Contents, language: str) -> tuple[Point, ...]:
    """The sentences whose rules find something."""
    points = []
    for say in planned:
        part = contents.part(say.question)
        options = say.options
        if options.get("newest_plans"):
            options = {**options, "plans": contents.part("budget-by-district").rows}
        found = facts(say.rule, part.rows, options)
        if found is not None:
            kicker = say.kicker.said(language) if say.kicker else ""
            points.append(Point(told(say.words, found, language), part.number, part.anchor, kicker))
    return tuple(points)


def _section(section: Section, contents: Contents, language: str) -> Iterator[Block]:
    points = says(section.plan.says, contents, language)
    shown = [block for part in section.parts for block in part_of_story(part, language)]
    if section.plan.name == "corpus":
        shown += _editions(contents, language)
    if points or shown:
        yield Heading(2, section.plan.title.said(language), section.plan.name)
        if points:
            yield Points(points)
        yield from shown


def part_of_story(part: Part, language: str) -> Iterator[Block]:
    """The chart and the short table of an answer; nothing where it has no rows."""
    if not part.rows or not (part.plan.chart or part.plan.short):
        return
    figures = [_figure(each, part, language) for each in drawn(part, language)]
    short = part.plan.short
    if short is not None and short.where and not _wanted(part.rows, short):
        short = None
    if not figures and short is None:
        return
    yield Heading(3, part.title.said(language))
    if part.plan.note:
        yield Text(part.plan.note.said(language), quiet=True)
    yield from figures
    if short:
        yield from _short(part, short, language)


def _figure(found: Drawn, part: Part, language: str) -> Figure:
    words = phrases.LEFT if found.left else phrases.SEE
    remarks = [
        phrases.UNIT.said(language).format(unit=found.chart.unit),
        words.said(language).format(count=found.left, number=part.number),
    ]
    if found.chart.panel:
        remarks.insert(0, found.chart.panel)
    if found.remarks:
        between = "；" if language == "zh" else "; "
        remarks.append(f"{phrases.HATCHED.said(language)} {between.join(found.remarks)}")
    return Figure(found.chart, _sentences(remarks, language))


def _sentences(texts: Iterable[str], language: str) -> str:
    """Texts after each other, each ended as the language does."""
    end, between = ("。", "") if language == "zh" else (".", " ")
    return between.join(text.rstrip("。.") + end for text in texts)


def _short(part: Part, short: ShortPlan, language: str) -> Iterator[Block]:
    rows = _wanted(part.rows, short)
    rows = _added(rows, short) if short.by else rows
    yield table(short.columns, [_explained(row, language) for row in rows[: short.most]], language)
    left = len(rows) - short.most
    words = phrases.LEFT_ROWS if left > 0 else phrases.SEE
    yield Text(words.said(language).format(count=left, number=part.number), quiet=True)


def _wanted(rows: Iterable[Row], short: ShortPlan) -> list[Row]:
    """The rows that a short table shows."""
    return [row for row in rows if all(row.get(name) == value for name, value in short.where.items())]


def _explained(row: Row, language: str) -> Row:
    """The row of a kind of finding with what the kind means in plain words."""
    words = plan().plainly.get(str(row.get("code")))
    return {**row, "plainly": words.said(language)} if words else row


def _added(rows: Sequence[Row], short: ShortPlan) -> list[Row]:
    """One row for the rows of each ``by``: the sum of their value and how many districts they are of."""
    groups: dict[tuple[Cell, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row.get(name) for name in short.by)].append(row)
    value = short.value or ""
    added: list[Row] = []
    for group in groups.values():
        total = sum((number(row.get(value)) for row in group), Decimal(0))
        whole = all(isinstance(row.get(value), int) for row in group)
        districts = len({row.get("district") for row in group})
        added.append({**group[0], value: int(total) if whole else total, "districts": districts})
    return sorted(added, key=lambda row: (SEVERITIES.get(str(row.get("severity")), 0), -number(row[value])))


def table(columns: Iterable[str], rows: Sequence[Row], language: str) -> Table:
    """Rows as a table; a column that the answer doesn't have, or that is empty in every row, is left out."""
    wanted = (of_language(name, language) for name in columns)
    names = [name for name in wanted if any(row.get(name) is not None for row in rows)]
    return Table(
        tuple(column(name).said(language) for name in names),
        tuple(tuple(cell_of(row, name, language) for name in names) for row in rows),
        frozenset(at for at, name in enumerate(names) if numeric(name, [row.get(name) for row in rows])),
    )


def _editions(contents: Contents, language: str) -> Iterator[Block]:
    """Which files count, and which were left out."""
    yield Heading(3, phrases.EDITIONS.said(language))
    if not contents.superseded:
        yield Text(phrases.ONE_EDITION.said(language))
        return
    names = {entry["key"]: seen(str(entry["source"])) for entry in contents.documents}
    yield Text(phrases.LEFT_OUT.said(language).format(count=len(contents.superseded)))
    shown = contents.superseded[: phrases.MOST_EDITIONS]
    number_of = contents.parts()
    said = phrases.EDITION.said(language)
    yield Points(
        tuple(
            Point(
                said.format(file=seen(str(entry["source"])), counted=names.get(entry["superseded_by"], "—")),
                f"A{len(number_of) + 1}",
                "documents",
            )
            for entry in shown
        )
    )
