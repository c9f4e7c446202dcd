"""项目支出绩效目标表 from a flattened dump: rows, repeats, units and indicator cells put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetkg.folding import fold, key
from budgetkg.forms.flow import header_fields, read_flow
from budgetkg.forms.grouping import Group, group_rows
from budgetkg.forms.layout import cut_lookup
from budgetkg.forms.matching import match_blocks
from budgetkg.forms.numbered import NumberedIndicator, read_cell
from budgetkg.forms.parts import Parts
from budgetkg.forms.policies import cited_policies
from budgetkg.forms.reader import Reader, labelled
from budgetkg.forms.rows import Block, Row
from budgetkg.reading.source import Healed, Line
from budgetkg.records import Amounts, Indicator, PersonalDatum, Project, UnitOfUse


@dataclass(slots=True)
class Page:
    """The lines of a table by what they are."""

    texts: list[Line] = field(default_factory=list)
    column_run: list[Line] = field(default_factory=list)
    headers: tuple[str, ...] = ()


def read_project_table(reader: Reader) -> Parts:
    """Read every line of a project table into the parts of a document record."""
    parts = Parts()
    page = _sort_lines(reader, parts)
    flow = read_flow(page.texts, page.column_run, page.headers, reader.layout)
    for line in flow.leading:
        reader.remark("text-unread", f"p. {line.page}", line, text=line.text.strip()[:200])
    grouping = group_rows(flow.rows, reader.layout)
    rows, unmatched = match_blocks(grouping.rows, flow.blocks) if flow.blocks else (grouping.rows, [])
    if flow.blocks:
        evidence = reader.source.evidence_of(flow.blocks[0].cell.offsets[:1])
        reader.log.add("columns-split", "绩效指标", evidence, column="绩效指标")
    for block in unmatched:
        reader.remark(
            "indicators-unmatched", f"p. {block.first_page}", block.cell, text=block.cell.text[:200]
        )
    if grouping.total is not None:
        for printing in grouping.total.printings:
            parts.totals_evidence += reader.record(Healed("", printing.offsets))
        parts.totals = grouping.total.first.amounts
    if any(row.inferred for row in flow.rows):
        reader.log.add("column-inferred", "", (), column="、".join(_source_labels(reader)))
    by_row = iter(rows)
    parts.units_of_use = tuple(_unit(reader, group, [next(by_row) for _ in group.projects], parts)
                               for group in grouping.groups)  # fmt: skip
    return parts


def _source_labels(reader: Reader) -> list[str]:
    names = ("fiscal_appropriation", "fiscal_special_account", "other")
    return [reader.layout.columns[name][0] for name in names]


def _sort_lines(reader: Reader, parts: Parts) -> Page:
    """Take titles, labels, headers and page marks out; the rest is the table's text."""
    page = Page()
    in_column_run = False
    lines = [line for line in reader.source.lines if not line.blank]
    skip = 0
    for index, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        headers, skip = _headers(reader, lines, index)
        if headers:
            in_column_run = headers == ("indicators",)
            page.headers = page.headers if in_column_run else headers
            for header in lines[index : index + skip + 1]:
                reader.furniture(header)
        elif not _is_heading(reader, parts, line) and not _is_page_mark(reader, lines, index):
            (page.column_run if in_column_run else page.texts).append(line)
    return page


def _headers(reader: Reader, lines: list[Line], index: int) -> tuple[tuple[str, ...] | None, int]:
    """The columns named by a header line, and how many further lines it is wrapped over."""
    found = header_fields(lines[index].text, reader.layout)
    if found:
        return found, 0
    first = lines[index].text.split()[0]
    if cut_lookup(reader.layout.columns, first) is not None:
        for further in (1, 2):
            joined = "".join(line.text.strip() for line in lines[index : index + further + 1])
            found = header_fields(joined, reader.layout)
            if found:
                return found, further
    return None, 0


def _is_heading(reader: Reader, parts: Parts, line: Line) -> bool:
    plain = key(line.text)
    if any(mark in plain for mark in reader.layout.signature) and len(plain) <= 60:
        if parts.title is None:
            parts.title = line.text.strip()
            parts.evidence += reader.record(line)
        else:
            reader.furniture(line)
        return True
    pairs = labelled(line, reader.layout)
    for pair in pairs:
        place = Healed(reader.source.text[pair.start : pair.end], tuple(range(pair.start, pair.end)))
        evidence = reader.record(place.strip())
        if pair.name == "person":
            parts.people += (PersonalDatum(pair.label, pair.value, evidence),)
        else:
            parts.heading(pair.name, pair.value, evidence)
    return bool(pairs)


def _is_page_mark(reader: Reader, lines: list[Line], index: int) -> bool:
    """Whether a line is a page number or another declared mark.

    A bare number is one only at the edge of its page, and never before the 、 of a numbering that
    was wrapped apart from it.
    """
    line = lines[index]
    if not reader.layout.is_furniture(line.text):
        return False
    if key(line.text).isdigit():
        last = index + 1 == len(lines) or lines[index + 1].page != line.page
        follows = fold(lines[index + 1].text).lstrip()[:1] if index + 1 < len(lines) else ""
        if not last or follows in ("、", "-", "."):
            return False
    reader.furniture(line)
    return True


def _unit(reader: Reader, group: Group, rows: list[Row], parts: Parts) -> UnitOfUse:
    name, amounts = parts.department or "", Amounts()
    evidence = parts.evidence
    if group.head is not None:
        name, amounts = group.head.first.name.text, group.head.first.amounts
        evidence = ()
        for printing in group.head.printings:
            evidence += reader.record(Healed("", printing.offsets))
        _report_printings(reader, group.head, name)
    projects = tuple(_project(reader, row, name) for row in rows)
    return UnitOfUse(name, amounts, projects, evidence)


def _report_printings(reader: Reader, row: Row, where: str) -> None:
    if len(row.printings) == 1:
        return
    evidence = tuple(e for printing in row.printings for e in reader.source.evidence_of(printing.offsets))
    name, times = row.first.name.text, len(row.printings)
    reader.log.add("row-printed-again", where, evidence, name=name, times=times)
    if row.undecided:
        reader.log.add("repeat-undecided", where, evidence, name=name)


def _project(reader: Reader, row: Row, unit: str) -> Project:
    first = row.first
    where = f"{unit} / {first.name.text}"
    _report_printings(reader, row, where)
    evidence = tuple(e for p in row.printings for e in reader.record(Healed("", p.offsets)))
    blocks = [*row.blocks, *(printing.block for printing in row.printings if printing.block)]
    return Project(
        name=first.name.text,
        amounts=first.amounts,
        goal=first.goal.text or None,
        printed_times=len(row.printings),
        indicators=_indicators(reader, blocks, where),
        policies=cited_policies(reader.source, first.goal),
        evidence=evidence,
    )


def _indicators(reader: Reader, blocks: list[Block], where: str) -> tuple[Indicator, ...]:
    """The indicators of a row; a cell printed twice gives each of them two evidences."""
    if not blocks:
        return ()
    readings = []
    for block in blocks:
        records, prelude = read_cell(block.cell, reader.layout)
        if prelude:
            reader.remark("text-unread", where, prelude.strip(), text=prelude.text.strip()[:200])
        readings.append(records)
    main = max(readings, key=len)
    printings: dict[int, list[Healed]] = {}
    for record in (record for reading in readings for record in reading):
        printings.setdefault(record.seq, []).append(record.whole)
    if len(blocks) > 1:
        evidence = tuple(e for block in blocks for e in reader.source.evidence_of(block.cell.offsets))
        reader.log.add("block-printed-again", where, evidence, name=where.rpartition(" / ")[2])
    return tuple(_indicator(reader, record, printings[record.seq], where) for record in main)


def _indicator(reader: Reader, record: NumberedIndicator, printings: list[Healed], where: str) -> Indicator:
    evidence = tuple(e for printing in printings for e in reader.record(printing))
    if record.seq != record.expected:
        reader.log.add("numbering-broken", where, evidence, expected=record.expected, printed=record.seq)
    if record.doubled:
        reader.log.add("separator-doubled", where, evidence, text=f"{record.name.text}；；")
    return Indicator(
        seq=record.seq,
        tier1_code=key(record.tier1_code),
        tier1=record.tier1.text.strip(),
        tier1_printed=record.tier1.text.strip(),
        tier2_code=key(record.tier2_code),
        tier2=record.tier2.text.strip(),
        tier2_printed=record.tier2.text.strip(),
        name=record.name.text,
        period_value=record.period.text or None if record.period is not None else None,
        annual_value=record.annual.text or None if record.annual is not None else None,
        evidence=evidence,
    )
