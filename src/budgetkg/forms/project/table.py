"""项目支出绩效目标表: rows, repeats, units and indicator cells put together."""

from __future__ import annotations

from budgetkg.forms.indicators.cell_lines import read_lines
from budgetkg.forms.indicators.numbered import NumberedIndicator, read_cell
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.policies import cited_policies
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.project.flow import Columns, Flow, read_flow
from budgetkg.forms.project.grid import read_grid
from budgetkg.forms.project.grouping import Group, group_by_column, group_rows
from budgetkg.forms.project.heading_rules import read_headings
from budgetkg.forms.project.headings import sort_lines
from budgetkg.forms.project.heads import project_header, run_header
from budgetkg.forms.project.matching import match_blocks
from budgetkg.forms.project.rows import Block, PrintedRow, Row
from budgetkg.forms.project.runs import rejoin_runs
from budgetkg.reading.source import Healed
from budgetkg.records import Amounts, Indicator, Project, UnitOfUse
from budgetkg.text import comparison_key as key

_HEADER_ROWS = 4


def read_project_table(reader: Reader) -> Parts:
    """Read every line of a project table into the parts of a document record."""
    parts = Parts()
    flow = _flow(reader, parts)
    by_column = any(row.unit for row in flow.rows)
    grouping = (
        group_by_column(flow.rows, flow.heads, reader.layout)
        if by_column
        else group_rows(flow.rows, reader.layout)
    )
    rows, unmatched = match_blocks(grouping.rows, flow.blocks) if flow.blocks else (grouping.rows, [])
    if flow.blocks:
        _report_run(reader, flow)
    for block in unmatched:
        reader.remark(
            "indicators-unmatched", f"p. {block.first_page}", block.cell, text=block.cell.text[:200]
        )
    if grouping.total is not None:
        for printing in grouping.total.printings:
            parts.totals_evidence += reader.record(Healed("", printing.offsets))
        parts.totals = grouping.total.first.amounts
        parts.attributes += _under_sum(grouping.total.first)
    if grouping.department is not None:
        name = grouping.department.name
        parts.heading("department", name.text, reader.record(name))
    for row in grouping.asides:
        place = Healed(row.printed, row.offsets)
        reader.remark("group-row", f"p. {row.first_page}", place, text=place.text[:200])
    first = next((row for row in flow.rows if row.inferred), None)
    if first is not None:
        evidence = reader.source.evidence_of(first.offsets)
        reader.log.add("column-inferred", "", evidence, column="、".join(_source_labels(reader)))
    by_row = iter(rows)
    parts.units_of_use = tuple(_unit(reader, group, [next(by_row) for _ in group.projects], parts)
                               for group in grouping.groups)  # fmt: skip
    if not rows:
        evidence = tuple(found for unit in parts.units_of_use for found in unit.evidence)
        reader.log.add("no-project-rows", "", evidence or parts.totals_evidence, units=len(grouping.groups))
    return parts


def _flow(reader: Reader, parts: Parts) -> Flow:
    """The printed rows: by their cells where the document has them, by their order where it lost them."""
    if any(_heads_table(reader, at) for at in range(len(reader.rows))):
        return read_grid(reader, parts, rejoin_runs(reader, read_headings(reader, parts)))
    page = sort_lines(reader, parts)
    columns = Columns(page.headers, page.labels, page.under_units)
    flow = read_flow(page.texts, page.column_run, columns, reader.layout)
    flow.run_head = page.run_head
    for line in flow.leading:
        reader.remark("text-unread", f"p. {line.page}", line, text=line.text.strip()[:200])
    return flow


def _report_run(reader: Reader, flow: Flow) -> None:
    """Say that a column is printed on pages of its own, at its header, or else at its first cell."""
    if flow.run_head is not None:
        at = reader.source.evidence(flow.run_head.start, flow.run_head.end)
        reader.log.add("columns-split", "绩效指标", (at,), column=at.quote.strip())
    else:
        first = reader.source.evidence_of(flow.blocks[0].cell.offsets)
        reader.log.add("columns-split", "绩效指标", first, column="绩效指标")


def _heads_table(reader: Reader, at: int) -> bool:
    rows = reader.rows[at : at + _HEADER_ROWS]
    return bool(project_header(reader.layout, rows) or run_header(reader.layout, rows))


def _source_labels(reader: Reader) -> list[str]:
    names = ("fiscal_appropriation", "fiscal_special_account", "other")
    return [reader.layout.columns[name][0] for name in names]


def _unit(reader: Reader, group: Group, rows: list[Row], parts: Parts) -> UnitOfUse:
    name, amounts = parts.department or "", Amounts()
    evidence = parts.evidence
    if group.name is not None:
        name, evidence = group.name, reader.source.evidence_of(rows[0].first.offsets)
    if group.head is not None:
        name, amounts = group.name or group.head.first.name.text, group.head.first.amounts
        evidence = ()
        parts.attributes += _under_sum(group.head.first, name)
        for printing in group.head.printings:
            evidence += reader.record(Healed("", printing.offsets))
        _report_printings(reader, group.head, name)
    projects = tuple(_project(reader, row, name, parts) for row in rows)
    return UnitOfUse(name, amounts, projects, evidence)


def _under_sum(row: PrintedRow, unit: str = "") -> tuple[tuple[str, str], ...]:
    """What a row of sums prints in columns that no amount of a record has: 合计 其中:中央资金."""
    named = unit or key(row.name.text)
    return tuple((f"{named} {label}", text) for label, text in row.attributes)


def _report_printings(reader: Reader, row: Row, where: str) -> None:
    if len(row.printings) == 1:
        return
    evidence = tuple(e for printing in row.printings for e in reader.source.evidence_of(printing.offsets))
    name, times = row.first.name.text, len(row.printings)
    reader.log.add("row-printed-again", where, evidence, name=name, times=times)
    if row.undecided:
        reader.log.add("repeat-undecided", where, evidence, name=name)


def _tabled(reader: Reader, row: Row, parts: Parts) -> tuple[Indicator, ...]:
    """The indicators in tier columns beside a row; printed again at a page break they are the same."""
    found: list[Indicator] = []
    seen: set[tuple[str | None, ...]] = set()
    for printing in row.printings:
        if printing.table is None:
            continue
        rows = printing.table.close(reader)
        found += [item for item in rows if _facts(item) not in seen]
        seen |= {_facts(item) for item in rows}
        parts.empty_tiers += tuple(printing.table.empty)
    return tuple(found)


def _facts(item: Indicator) -> tuple[str | None, ...]:
    return item.tier1, item.tier2, item.name, item.period_value, item.annual_value


def _project(reader: Reader, row: Row, unit: str, parts: Parts) -> Project:
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
        indicators=_tabled(reader, row, parts) or _indicators(reader, blocks, where),
        attributes=first.attributes,
        policies=cited_policies(reader.source, first.goal),
        evidence=evidence,
    )


def _indicators(reader: Reader, blocks: list[Block], where: str) -> tuple[Indicator, ...]:
    """The indicators of a row; a cell printed twice gives each of them two evidences."""
    if not blocks:
        return ()
    readings = []
    if not any(read_cell(block.cell, reader.layout)[0] for block in blocks):
        return _spoken(reader, blocks, where)
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


def _spoken(reader: Reader, blocks: list[Block], where: str) -> tuple[Indicator, ...]:
    """The indicators of a cell in another grammar than the numbered one."""
    readings = [read_lines(reader.source, block.cell, reader.layout) for block in blocks]
    for reading in readings:
        for text in (*reading.marks, *(item.whole for item in reading.indicators)):
            reader.record(text)
        for text in reading.left:
            if text:
                reader.remark("text-unread", where, text.strip(), text=text.text.strip("；; \n")[:200])
    main = max(readings, key=lambda reading: len(reading.indicators))
    return tuple(
        Indicator(
            name=item.name.text,
            tier1=item.tier1,
            tier2=item.tier2,
            tier1_printed=item.tier1,
            tier2_printed=item.tier2 or item.tier1,  # no cell of a second tier is blank here
            period_value=item.period.text if item.period else None,
            annual_value=item.annual.text if item.annual else None,
            evidence=reader.record(item.whole),
        )
        for item in main.indicators
    )


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
