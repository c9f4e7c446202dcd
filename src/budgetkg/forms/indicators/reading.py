"""The rows of a block → indicators: tiers carried down, each cell in the field of its column.

Merged tier cells hold for the rows that they cover, blank ones for what stands above. A cell counts as
recorded only where its text stands in a field; what stands in a column that is not read is quoted in a
finding that names its header.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from budgetkg.forms.indicators.assignment import VALUES
from budgetkg.forms.indicators.block import Block, Kind, Row, of_period
from budgetkg.forms.indicators.carried import (
    Carried,
    Pair,
    covers_second,
    enter_beside,
    heads_first,
    restore_parent,
    second_here,
    under_heading,
)
from budgetkg.forms.indicators.columns import Column, swapped
from budgetkg.forms.indicators.grades import grade_of, graded
from budgetkg.forms.indicators.hints import is_instruction_row, is_placeholder_row
from budgetkg.forms.indicators.lone_values import report_lone
from budgetkg.forms.indicators.missing_tiers import report_tiers
from budgetkg.forms.indicators.name_values import Pairs, pairs_of
from budgetkg.forms.indicators.page_breaks import rejoined
from budgetkg.forms.indicators.sections import sections_of
from budgetkg.forms.indicators.sums import read_sum
from budgetkg.forms.indicators.tier_labels import first_tier_of, joined_tiers, split_tiers, tier_of
from budgetkg.forms.layout.header import report_unknown
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key


@dataclass(frozen=True, slots=True)
class BlockReading:
    """What a block says: indicators in printed order, tiers without one, sums of points as printed."""

    indicators: tuple[Indicator, ...]
    empty: tuple[Pair, ...]
    sums: tuple[tuple[str, str], ...]


def read_block(reader: Reader, block: Block, owner: str, section: str | None = None) -> BlockReading:
    """Read the rows of a block and claim their text; ``section`` is the period that a title over it says."""
    _claim_head(reader, block)
    parts = [
        read_rows(reader, of_period(part) if period == "period" else part, owner)
        for period, part in sections_of(reader.layout, block, section)
    ]
    return BlockReading(
        tuple(one for part in parts for one in part.indicators),
        tuple(one for part in parts for one in part.empty),
        tuple(one for part in parts for one in part.sums),
    )


def read_rows(reader: Reader, block: Block, owner: str) -> BlockReading:
    """Read the rows of a block whose header is read already."""
    reader.tables.append((owner, block))
    sets = block.sets
    carried = [under_heading(columns, first=heads_first(sets)) for columns in sets]
    if block.heading is not None:
        carried[0].enter(block.heading.text, 1)
        reader.record(block.heading.place)
    if block.rows and block.rows[0].at == block.depth:
        enter_beside(reader, block, block.head.sides, carried[0])
    pairs = pairs_of(reader.layout, block)
    found: list[Indicator] = []
    sums: list[tuple[str, str]] = []
    for entry in rejoined(block):
        if entry.kind in (Kind.AGAIN, Kind.NUMBERS):
            _furniture(reader, entry.row.cells)
            enter_beside(reader, block, entry.row.cells, carried[0])
        elif entry.kind is Kind.SUM:
            sums += read_sum(reader, block, entry.row, found)
        elif entry.kind in (Kind.INDICATOR, Kind.TIERS):
            found += _row(reader, block, entry, sets, carried, owner, pairs)
    for one in carried:
        one.leave()
    empty = tuple(pair for one in carried for pair in one.empty)
    report_tiers(reader, owner, found, empty)
    return BlockReading(tuple(found), empty, tuple(sums))


def _claim_head(reader: Reader, block: Block) -> None:
    names = reader.layout.tier_columns
    for row in block.head.rows:
        _furniture(reader, row.cells)
    for column in block.columns:
        text = column.leaf.text
        over = column.leaf.over
        whole = len(over) > 1 and reader.layout.column_groups.lookup(over[-2].text) == "value"
        cut = column.role and over and not whole and names.lookup(text) is None  # 指标值 over 年初目标
        if cut and column.role in (names.cut(text), names.damaged(text)):
            place = over[-1].place
            page = block.head.rows[0].line.page
            code = "header-cut" if names.damaged(text) is None else "header-damaged"
            reader.log.add(code, f"p. {page}", reader.at(place), printed=text)
    for column in block.columns:
        report_lone(reader, column.leaf, column.points)
        if column.role is None and column.leaf.over and grade_of(column) is None:
            for cell in column.leaf.over[-1:]:
                report_unknown(reader, cell, cell.text, block.head.rows[0].line.page)


def _furniture(reader: Reader, cells: Sequence[Cell]) -> None:
    for cell in cells:
        reader.furniture(cell.place)


def _is_heading(reader: Reader, cell: Cell) -> bool:
    """Whether a cell beside the rows heads them (绩效指标); what says more isn't lost as furniture."""
    layout, text = reader.layout, cell.text
    known = layout.labels.lookup(text) or layout.columns.lookup(text) or layout.column_groups.lookup(text)
    return known is not None or layout.is_furniture(text) or tier_of(text) is not None


def _row(
    reader: Reader,
    block: Block,
    entry: Row,
    sets: tuple[tuple[Column, ...], ...],
    carried: list[Carried],
    owner: str,
    pairs: Mapping[str, Pairs] | None,
) -> list[Indicator]:
    row = entry.row
    beside = [cell for cell in row.cells if cell.column < block.head.start]
    _furniture(reader, [cell for cell in beside if _is_heading(reader, cell)])
    found: list[Indicator] = []
    read: list[Cell] = []
    for columns, tiers in zip(sets, carried, strict=True):
        numbers = {column.number for column in columns if column.role not in ("tier1", "tier2")}
        own = {}
        for cell in row.cells:
            column = block.at(cell.column)
            if column is not None and (column.number in numbers or column in columns) and column.role:
                own[_role(columns, column.role, cell)] = cell
        unsaid = pairs is not None and "name" in own and not pairs.get(own["name"].text)
        if unsaid:
            own.pop("name")  # it can't be said where its value begins: quoted below
        indicator, recorded = _indicator(reader, block, row, swapped(own), tiers, numbers, owner)
        read += recorded
        tiers.used |= unsaid
        if indicator is not None and found and _same_row(found[-1], indicator):
            found[-1] = replace(found[-1], evidence=(*found[-1].evidence, *indicator.evidence))
        elif indicator is not None:
            found += _each(indicator, pairs)
    columns_read = {cell.column for cell in read}
    for cell in row.cells:
        if cell.column not in columns_read and cell.column >= block.head.start:
            _unread(reader, block, cell, row, owner)
    return found


def _indicator(
    reader: Reader,
    block: Block,
    row: GridRow,
    own: dict[str, Cell],
    tiers: Carried,
    numbers: set[int],
    owner: str,
) -> tuple[Indicator | None, list[Cell]]:
    """The indicator of a row in one set of columns, and the cells that it is made of."""
    if is_instruction_row(own):
        _furniture(reader, list(own.values()))
        return None, list(own.values())
    printed = _enter_tiers(reader, block, row, own, tiers, owner)
    read = [own[role] for role in ("tier1", "tier2") if role in own]
    if "name" not in own:
        return None, read
    if is_placeholder_row(own):
        _furniture(reader, list(own.values()))  # ……: the form's own hint that more may follow
        return None, list(own.values())
    _without_tiers(block, tiers, own["name"])
    name, said = _name(reader, own)
    for label in said:
        tier = tier_of(label)
        tiers.enter(label, 1 if tier and tier.broader is None else 2)
    if not name:
        reader.record(own["name"].place)
        return None, [*read, own["name"]]
    grades = graded(block, row, numbers)
    read += [cell for role, cell in own.items() if role not in ("tier1", "tier2")]
    read += [cell for _, cell in grades]
    tiers.used = True
    tiers.tier3 = own["tier3"].text if "tier3" in own else tiers.tier3
    whole = sorted(offset for cell in read for offset in cell.place.offsets)
    texts = "".join(cell.place.text for cell in read)
    indicator = Indicator(
        name=name, tier1=tiers.tier1, tier2=tiers.tier2, tier3=tiers.tier3, tier1_basis=tiers.tier1_basis,
        evidence=reader.record(Healed(texts, tuple(whole))),
        grades=tuple((label, cell.text) for label, cell in grades),
    )  # fmt: skip
    printed |= {role: own[role].text for role in own if role not in ("tier1", "tier2", "name", "row_number")}
    return replace(indicator, **printed), read


def _enter_tiers(
    reader: Reader, block: Block, row: GridRow, own: dict[str, Cell], tiers: Carried, owner: str
) -> dict[str, Any]:
    """Take the tiers that a row prints, and say how it prints them."""
    printed: dict[str, Any] = {}
    for level, role in enumerate(("tier1", "tier2"), 1):
        if role not in own:
            continue
        joined = joined_tiers(own[role].text) if level == 1 and "tier2" not in own else None
        if joined is not None and joined != (tiers.tier1, tiers.tier2):
            for at, label in enumerate(joined, 1):
                tiers.enter(label, at)
                printed[f"tier{at}_printed"] = label
        elif joined is None and not _same(tiers, level, own[role].text, own):
            tiers.enter(own[role].text, 1 if _heads_rows(block, row) else level)
        printed.setdefault(f"{role}_printed", own[role].text)
        reader.record(own[role].place)
    if "tier1" in own:
        tiers.wide = covers_second(block, own["tier1"])
        tiers.reach = (row.table, row.number + own["tier1"].rows - 1) if own["tier1"].rows > 1 else None
    if tiers.wide and tiers.tier2 is None:
        printed["tier2_printed"] = tiers.tier1
    lone = "tier1" not in own and "tier2" in own and block.has("tier1")
    if lone and not second_here(block, own["tier2"].text):
        restore_parent(reader, tiers, row, owner)
    return printed


def _heads_rows(block: Block, row: GridRow) -> bool:
    """Whether a row prints only the first tier of those below it, for which the table has no column."""
    tier = first_tier_of(row.cells[0].text) if len(row.cells) == 1 else None
    return tier is not None and tier.broader is None and not block.has("tier1")


def _each(indicator: Indicator, pairs: Mapping[str, Pairs] | None) -> list[Indicator]:
    """The indicators that share a cell, each with its value."""
    if pairs is None or indicator.name not in pairs:
        return [indicator]
    return [replace(indicator, name=name, annual_value=value) for name, value in pairs[indicator.name]]


def _role(columns: tuple[Column, ...], role: str, cell: Cell) -> str:
    """The field of a cell; one merged over tiers and name is a name without them."""
    name = next((column for column in columns if column.role == "name"), None)
    if name is None or role not in ("tier1", "tier2"):
        return role
    return "name" if cell.column < name.leaf.start < cell.column + cell.span else role


def _without_tiers(block: Block, tiers: Carried, name: Cell) -> None:
    """A name merged over the columns of tiers stands under none of those that it covers."""
    for level in (1, 2):
        column = next((one for one in block.columns if one.role == f"tier{level}"), None)
        if column is not None and name.column <= column.leaf.start < name.column + name.span:
            tiers.leave(level)
            tiers.tier1, tiers.tier2 = (None, None) if level == 1 else (tiers.tier1, None)
            tiers.tier1_basis = tiers.tier1_basis if tiers.tier1 else None
            return


def _same_row(one: Indicator, other: Indicator) -> bool:
    """Whether the sets of a row print one indicator twice, without a value of either period."""
    blank = all(getattr(row, at) is None for row in (one, other) for at in VALUES)
    return blank and (one.tier1, one.tier2, one.name) == (other.tier1, other.tier2, other.name)


def _same(tiers: Carried, level: int, text: str, own: dict[str, Cell]) -> bool:
    """Whether a tier is printed again for the next of its rows."""
    if level == 1:
        return tiers.tier1 is not None and key(tiers.tier1) == key(text) and ("name" in own or tiers.used)
    return tiers.tier2 is not None and key(tiers.tier2) == key(text)


def _name(reader: Reader, own: dict[str, Cell]) -> tuple[str, list[str]]:
    """The name without tiers that share its cell (产出指标-数量指标-开放天数), and those tiers."""
    text = own["name"].text
    if len(own) == 1 and tier_of(text) is not None:
        return "", [text]  # a row that only says the tier of those below it
    separators = reader.layout.tier_cell.get("separators", ())
    labels, rest = split_tiers(text, separators, surely="tier2" in own or "tier1" in own)
    return (rest, labels) if labels and rest and "tier2" not in own else (text, [])


def _unread(reader: Reader, block: Block, cell: Cell, row: GridRow, owner: str) -> None:
    column = block.at(cell.column)
    if column is not None and column.role == "row_number":
        reader.furniture(cell.place)
    elif column is not None and column.leaf.over:
        report_unknown(reader, cell, column.leaf.text, row.line.page)
    else:
        reader.remark("text-unread", owner or f"p. {row.line.page}", cell.place, text=cell.text[:200])
