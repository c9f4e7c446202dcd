"""The rows of a block → indicators: tiers carried down, each cell in the field of its column.

Merged tier cells hold for the rows that they cover, blank ones for what stands above. A cell counts as
recorded only where its text stands in a field; what stands in a column that is not read is quoted in a
finding that names its header.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from budgetkg.codelists import catch_all_tier, concept
from budgetkg.forms.checks.indicators import parent_notation
from budgetkg.forms.indicators.block import Block, Kind, Row, of_period
from budgetkg.forms.indicators.columns import VALUES, Column, swapped
from budgetkg.forms.indicators.tier_labels import first_tier_of, form_allows, split_tiers, tier_of
from budgetkg.forms.layout.header import report_unknown
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.settings import CUT_ROWS, SUM_SLACK
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key
from budgetkg.values import parse_amount

_WRAPPING = frozenset({"name", "explanation", "formula", "standard", "note", "deviation_reason"})
_SATISFIED = "满意度"
_GRADES = frozenset("优良中差低")
_Pair = tuple[str | None, str | None]


def rejoined(block: Block) -> list[Row]:
    """The rows of a block, each whole: one that a page break has cut goes on as a name without anything beside it."""
    name = next((column for column in block.columns if column.role == "name"), None)
    kept: list[Row] = []
    for entry in block.rows:
        before = kept[-1] if kept else None
        if before is None or name is None or not _goes_on(block, before, entry, name):
            kept.append(entry)
            continue
        cells = {cell.column: cell for cell in before.row.cells}
        for cell in entry.row.cells:
            above = cells.get(cell.column)
            cells[cell.column] = cell if above is None else _joined(above, cell)
        row = replace(before.row, cells=tuple(cells[at] for at in sorted(cells)), last_page=entry.row.last_page)
        kept[-1] = replace(before, row=row)
    return kept


def _goes_on(block: Block, before: Row, entry: Row, name: Column) -> bool:
    """Whether a row at the head of a page is more of the last one of the page before.

    It has no values of its own, or completes a tier that was cut there, or lacks the weight that every row has.
    """
    if before.kind is not Kind.INDICATOR or entry.kind not in (Kind.INDICATOR, Kind.TIERS, Kind.OTHER):
        return False
    if entry.row.line.page <= before.row.line.page:
        return False
    own = {column.role: cell for cell in entry.row.cells if (column := block.at(cell.column))}
    above = {column.role: cell for cell in before.row.cells if (column := block.at(cell.column))}
    if "name" in own and set(own) <= _WRAPPING:
        return "name" in above and bool(above.keys() - {"name"})
    cut = [role for role in ("tier1", "tier2") if role in own and role in above
           and tier_of(above[role].text) is None and tier_of(above[role].text + own[role].text)]  # fmt: skip
    lacking = "weight" in above and "weight" not in own and "score" not in own
    tiered = any(role in own and tier_of(own[role].text) for role in ("tier1", "tier2"))
    return bool(cut) or (lacking and bool(own) and not tiered and "name" in own and not _weightless(block))


def _weightless(block: Block) -> bool:
    """Whether some rows inside a page have no weight either."""
    rows = [entry.row for entry in block.rows if entry.kind is Kind.INDICATOR]
    inside = [rows[at] for at in range(CUT_ROWS, len(rows))
              if rows[at - CUT_ROWS].line.page == rows[at].line.page]  # fmt: skip
    return any(all((column := block.at(cell.column)) is None or column.role != "weight" for cell in row.cells)
               for row in inside)  # fmt: skip


def _joined(one: Cell, other: Cell) -> Cell:
    place = Healed(one.place.text + other.place.text, one.place.offsets + other.place.offsets)
    return replace(one, text=one.text + other.text, place=place)


@dataclass(slots=True)
class _Carried:
    """The tiers in force in one set of columns, and whether the second has an indicator."""

    tier1: str | None = None
    tier2: str | None = None
    tier3: str | None = None
    used: bool = True
    reach: tuple[int, int] | None = None  # table and last row of the merged cell that prints the first tier
    empty: list[_Pair] = field(default_factory=list)

    def enter(self, label: str, level: int) -> None:
        """Take a printed tier; what it leaves behind without an indicator is noted."""
        self.leave(level)
        self.tier3 = None
        if level == 1:
            self.tier1, self.tier2 = label, None
        else:
            self.tier2 = label
        self.used = False

    def leave(self, level: int = 1) -> None:
        """Note a tier left behind without an indicator."""
        if not self.used and (self.tier2 is not None or level == 1):
            self.empty.append((self.tier1, self.tier2))
        self.used = True


@dataclass(frozen=True, slots=True)
class BlockReading:
    """What a block says: indicators in printed order, tiers without one, sums of points as printed."""

    indicators: tuple[Indicator, ...]
    empty: tuple[_Pair, ...]
    sums: tuple[tuple[str, str], ...]


def read_block(reader: Reader, block: Block, owner: str, section: str | None = None) -> BlockReading:
    """Read the rows of a block and claim their text; ``section`` is the period that a title over it says."""
    if section == "period" or _beside(reader, block) == "period":
        block = of_period(block)
    _claim_head(reader, block)
    return read_rows(reader, block, owner)


def read_rows(reader: Reader, block: Block, owner: str) -> BlockReading:
    """Read the rows of a block whose header is read already."""
    reader.tables.append((owner, block))
    sets = block.sets
    carried = [_Carried() for _ in sets]
    found: list[Indicator] = []
    sums: list[tuple[str, str]] = []
    for entry in rejoined(block):
        if entry.kind in (Kind.AGAIN, Kind.NUMBERS):
            _furniture(reader, entry.row.cells)
        elif entry.kind is Kind.SUM:
            sums += _sum(reader, block, entry.row, found)
        elif entry.kind in (Kind.INDICATOR, Kind.TIERS):
            found += _row(reader, block, entry, sets, carried, owner)
    for one in carried:
        one.leave()
    empty = tuple(pair for one in carried for pair in one.empty)
    for first, second in empty:
        reader.log.add("tier-empty", owner, (), tier1=first or "—", tier2=second or "—")
    return BlockReading(tuple(found), empty, tuple(sums))


def _beside(reader: Reader, block: Block) -> str | None:
    """The period that a heading beside the table says: 长期绩效指标."""
    groups = [reader.layout.column_groups.lookup(cell.text) for cell in block.head.sides]
    return next((group for group in groups if group in ("period", "annual")), None)


def _claim_head(reader: Reader, block: Block) -> None:
    for row in block.head.rows:
        _furniture(reader, row.cells)
    for column in block.columns:
        if column.role is None and column.leaf.over and _grade(column) is None:
            for cell in column.leaf.over[-1:]:
                report_unknown(reader, cell, cell.text, block.head.rows[0].line.page)


def _furniture(reader: Reader, cells: Sequence[Cell]) -> None:
    for cell in cells:
        reader.furniture(cell.place)


def _row(
    reader: Reader,
    block: Block,
    entry: Row,
    sets: tuple[tuple[Column, ...], ...],
    carried: list[_Carried],
    owner: str,
) -> list[Indicator]:
    row = entry.row
    _furniture(reader, [cell for cell in row.cells if cell.column < block.head.start])
    found: list[Indicator] = []
    read: list[Cell] = []
    for columns, tiers in zip(sets, carried, strict=True):
        numbers = {column.number for column in columns if column.role not in ("tier1", "tier2")}
        own = {}
        for cell in row.cells:
            column = block.at(cell.column)
            if column is not None and (column.number in numbers or column in columns) and column.role:
                own[column.role] = cell
        indicator, recorded = _indicator(reader, block, row, swapped(own), tiers, numbers, owner)
        read += recorded
        if indicator is not None and found and _same_row(found[-1], indicator):
            found[-1] = replace(found[-1], evidence=(*found[-1].evidence, *indicator.evidence))
        elif indicator is not None:
            found.append(indicator)
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
    tiers: _Carried,
    numbers: set[int],
    owner: str,
) -> tuple[Indicator | None, list[Cell]]:
    """The indicator of a row in one set of columns, and the cells that it is made of."""
    printed: dict[str, Any] = {}
    read = [own[role] for role in ("tier1", "tier2") if role in own]
    for level, role in enumerate(("tier1", "tier2"), 1):
        if role in own and not _same(tiers, level, own[role].text, own):
            tiers.enter(own[role].text, level)
        if role in own:
            printed[f"{role}_printed"] = own[role].text
    for cell in read:
        reader.record(cell.place)
    if "tier1" in own:
        tiers.reach = (row.table, row.number + own["tier1"].rows - 1) if own["tier1"].rows > 1 else None
    elif "tier2" in own and block.has("tier1") and not _second_here(block, own["tier2"].text):
        _restore_parent(reader, tiers, row, owner)
    if "name" not in own:
        return None, read
    name, said = _name(reader, own)
    for label in said:
        tier = tier_of(label)
        tiers.enter(label, 1 if tier and tier.broader is None else 2)
    if not name:
        reader.record(own["name"].place)
        return None, [*read, own["name"]]
    graded = [(cell, column) for cell in row.cells if (column := block.at(cell.column)) is not None]
    grades = [(grade, cell) for cell, column in graded
              if column.number in numbers and (grade := _grade(column)) is not None]  # fmt: skip
    read += [cell for role, cell in own.items() if role not in ("tier1", "tier2")]
    read += [cell for _, cell in grades]
    tiers.used = True
    tiers.tier3 = own["tier3"].text if "tier3" in own else tiers.tier3
    whole = sorted(offset for cell in read for offset in cell.place.offsets)
    texts = "".join(cell.place.text for cell in read)
    indicator = Indicator(
        name=name, tier1=tiers.tier1, tier2=tiers.tier2, tier3=tiers.tier3, evidence=reader.record(Healed(texts, tuple(whole))),
        grades=tuple((label, cell.text) for label, cell in grades),
    )  # fmt: skip
    printed |= {role: own[role].text for role in own if role not in ("tier1", "tier2", "name", "row_number")}
    return replace(indicator, **printed), read


def _second_here(block: Block, label: str) -> bool:
    """Whether a form has satisfaction as a second tier only, as those of 2015 to 2019 do: no first one prints it."""
    if _SATISFIED not in label:
        return False
    first = next((column for column in block.columns if column.role == "tier1"), None)
    if first is None:
        return False
    printed = [cell.text for entry in block.rows for cell in entry.row.cells
               if first.leaf.start <= cell.column < first.leaf.end]  # fmt: skip
    return not any(_SATISFIED in text for text in printed)


def _restore_parent(reader: Reader, tiers: _Carried, row: GridRow, owner: str) -> None:
    """A second tier below a blank cell that the form puts under another first tier than the one above."""
    second = tier_of(tiers.tier2)
    parent = parent_notation(second) if second else None
    if second is None or parent is None or catch_all_tier(tiers.tier2 or "") is not None:
        return
    if tiers.reach is not None and tiers.reach[0] == row.table and row.number <= tiers.reach[1]:
        return  # the merged cell prints its tier for this row too, rightly or not
    first = first_tier_of(tiers.tier1)
    if first is not None and (first.notation == parent or form_allows(reader.layout, tiers.tier1, tiers.tier2)):
        return
    tiers.tier1 = concept(second.iri.split("/")[-2], parent).zh
    reader.log.add("tier-restored", owner, reader.at(row.place), tier2=tiers.tier2, tier1=tiers.tier1)


def _same_row(one: Indicator, other: Indicator) -> bool:
    """Whether the sets of a row print one indicator twice, without a value of either period."""
    blank = all(getattr(row, at) is None for row in (one, other) for at in VALUES)
    return blank and (one.tier1, one.tier2, one.name) == (other.tier1, other.tier2, other.name)


def _same(tiers: _Carried, level: int, text: str, own: dict[str, Cell]) -> bool:
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


def _grade(column: Column) -> str | None:
    """The grade that a column's header is: 优, 良, 中, 差."""
    plain = key(column.leaf.text)
    return column.leaf.text if column.role is None and plain in _GRADES else None


def _unread(reader: Reader, block: Block, cell: Cell, row: GridRow, owner: str) -> None:
    column = block.at(cell.column)
    if column is not None and column.role == "row_number":
        reader.furniture(cell.place)
    elif column is not None and column.leaf.over:
        report_unknown(reader, cell, column.leaf.text, row.line.page)
    else:
        reader.remark("text-unread", owner or f"p. {row.line.page}", cell.place, text=cell.text[:200])


def _sum(reader: Reader, block: Block, row: GridRow, rows: list[Indicator]) -> list[tuple[str, str]]:
    """A sum of weights and scores, as printed: it belongs to the form; one that the rows don't make is
    said."""
    label = row.cells[0]
    found = []
    reader.record(label.place)
    for cell in row.cells[1:]:
        column = block.at(cell.column)
        amount = parse_amount(key(cell.text).rstrip("分%"))
        if column is None or column.role not in ("weight", "score") or amount is None:
            reader.furniture(cell.place)
            continue
        evidence = reader.record(cell.place)
        found.append((f"{label.text} {column.leaf.text}", cell.text))
        points = [parse_amount(key(getattr(one, column.role) or "0").rstrip("分%")) for one in rows]
        made = sum((point.value for point in points if point is not None), Decimal(0))
        if None not in points and amount.value - made not in SUM_SLACK and column.role == "weight":
            reader.log.add("total-not-reconciled", label.text, evidence, what=f"{label.text} {column.leaf.text}",
                           printed=cell.text, computed=made, residual=amount.value - made)  # fmt: skip
    return found
