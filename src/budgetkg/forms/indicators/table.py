"""An indicator table: one set of columns, or 中期 and 年度 sets side by side in one row.

Values of a set under 中期, 长期 or 实施期 are period values. Where a row names one indicator in both
sets, it is one with both values; where the names differ, two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.indicators.tiers import TierTable, close_table, read_tier_row
from budgetkg.forms.layout.header import (
    INDICATOR,
    Column,
    Header,
    claim_header,
    read_header,
    report_unknown,
)
from budgetkg.forms.layout.header_words import Vocabulary
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.names_index import Names
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import GridRow
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key

_VALUES = ("period_value", "annual_value")
_PERIODS = ("period", "annual")
_BESIDE = ("explanation", "formula", "unit", "weight", "operator", "direction", "standard", "actual_value",
           "score", "note")  # fmt: skip
_TIERS = ("tier1", "tier2", "name")


@dataclass(slots=True)
class IndicatorTable:
    """A table being read: its sets of columns, and the columns whose header is unknown."""

    sets: tuple[TierTable, ...]
    unknown: dict[int, str] = field(default_factory=dict)
    numbered: frozenset[int] = frozenset()
    closed: tuple[Indicator, ...] | None = None

    @property
    def first_column(self) -> int:
        """The first column that has a header."""
        return min(min(found.columns) for found in self.sets)

    @property
    def empty(self) -> list[tuple[str | None, str | None]]:
        """The tiers without an indicator."""
        return [pair for found in self.sets for pair in found.empty]

    @property
    def owner(self) -> str:
        """Whose indicators they are."""
        return self.sets[0].owner

    def read(self, reader: Reader, row: GridRow) -> None:
        """Read one row into each set."""
        row = self._without_unknown(reader, row)
        if len(self.sets) == 1:
            if row.cells:
                read_tier_row(reader, self.sets[0], row)
            return
        for index, found in enumerate(self.sets):
            cells = tuple(cell for cell in row.cells if self._set_of(cell.column, index))
            if cells:
                read_tier_row(reader, found, replace(row, cells=cells))

    def close(self, reader: Reader) -> tuple[Indicator, ...]:
        """The indicators read, in printed order."""
        if self.closed is None:
            for found in self.sets:
                close_table(reader, found)
            rows = [(row.evidence[0].start if row.evidence else 0, at, row)
                    for at, found in enumerate(self.sets) for row in found.rows]  # fmt: skip
            ordered = [row for _, _, row in sorted(rows, key=lambda item: item[:2])]
            self.closed = joined_periods(ordered)
        return self.closed

    def _set_of(self, column: int, index: int) -> bool:
        """Whether a column belongs to a set: its own, or one that it shares with the sets before it."""
        if column in self.sets[index].columns:
            return True
        starts = [min(set(found.columns) - set(self.sets[0].columns), default=0) for found in self.sets]
        if index + 1 < len(self.sets) and column >= starts[index + 1]:
            return False
        return column >= starts[index]

    def _without_unknown(self, reader: Reader, row: GridRow) -> GridRow:
        name_columns = {found.column("name") for found in self.sets}
        aligned = any(cell.column in name_columns for cell in row.cells)
        if not (self.unknown or self.numbered) or not aligned:
            return row
        kept = []
        for cell in row.cells:
            if cell.column in self.numbered:
                reader.furniture(cell.place)
            elif cell.column in self.unknown:
                report_unknown(reader, cell, self.unknown[cell.column], row.line.page)
            else:
                kept.append(cell)
        return replace(row, cells=tuple(kept))


def indicator_header(reader: Reader, rows: Iterable[GridRow]) -> Header | None:
    """The header of an indicator table that begins with the first of some rows."""
    return _header(reader.layout, rows)


def has_indicator_header(layout: Layout, rows: Iterable[GridRow]) -> bool:
    """Whether an indicator table of a layout begins with the first of some rows."""
    return _header(layout, rows) is not None


def _header(layout: Layout, rows: Iterable[GridRow]) -> Header | None:
    return read_header(tuple(rows), _vocabulary(layout), _is_complete)


@cache
def _vocabulary(layout: Layout) -> Vocabulary:
    return Vocabulary(layout, ((INDICATOR, layout.tier_columns),), cut=True)


def _is_complete(header: Header) -> bool:
    names = {name.removeprefix(INDICATOR) for name in header.names}
    return "name" in names and bool(names & {"tier2", *_VALUES})


def open_table(reader: Reader, header: Header, owner: str, section: str | None = None) -> IndicatorTable:
    """Claim a header and begin its table; ``section`` is the period that a title over it says."""
    claim_header(reader, header, _vocabulary(reader.layout))
    names, known = reader.layout.tier_columns, header.fields(INDICATOR)
    for row in header.rows:
        for cell in row.cells:
            cut = names.lookup(cell.text) is None and cell.column in known and names.cut(cell.text)
            grouped = reader.layout.column_groups.lookup(cell.text) is not None
            if cut and not grouped and not reader.layout.is_furniture(cell.text):
                place = f"p. {row.line.page}"
                reader.log.add("header-cut", place, reader.at(cell.place), printed=cell.text)
    columns = {
        at: replace(column, name=column.name.removeprefix(INDICATOR))
        for at, column in sorted(header.columns.items())
        if column.name and column.name.startswith(INDICATOR)
    }
    numbered = frozenset(at for at, column in columns.items() if column.name == "row_number")
    columns = {at: column for at, column in columns.items() if at not in numbered}
    beside = next((group for cell in header.labels if (group := reader.layout.column_groups.lookup(cell.text))
                   in _PERIODS), section)  # fmt: skip
    sets = [_fields(part, number, count, beside) for number, part, count in _parts(columns)]
    doubled = _doubled(columns, sets, reader.layout)
    shared = {at: name for at, name in sets[0].items() if name in ("tier1", "tier2")}
    tables = []
    for own in sets:
        missing = {at: name for at, name in shared.items() if name not in own.values()}
        tables.append(TierTable(missing | own, owner))
    return IndicatorTable(tuple(tables), header.unknown() | doubled, numbered)


def _parts(columns: dict[int, Column]) -> list[tuple[int, dict[int, Column], int]]:
    """The sets: another begins at a tier or name column behind a name and its value."""
    parts: list[dict[int, Column]] = [{}]
    for at, column in columns.items():
        names = [found.name for found in parts[-1].values()]
        ahead = {found.name for later, found in columns.items() if later >= at}
        done = "name" in names and any(name in _VALUES for name in names)
        begins = column.name in _TIERS and "name" in ahead and bool(ahead & set(_VALUES))
        if done and begins:
            parts.append({})
        parts[-1][at] = column
    return [(number, part, len(parts)) for number, part in enumerate(parts)]


def _fields(part: dict[int, Column], number: int, count: int, beside: str | None) -> dict[int, str]:
    """Columns by field; a value under 中期 is the period's, and so is the first of two alike."""
    said = {column.group for column in part.values()} & set(_PERIODS)
    values = [at for at, column in part.items() if column.name == "annual_value" and column.group not in said]
    alike = len(values) > 1 and len({key(part[at].text) for at in values}) == 1
    first = (count > 1 and number == 0) or beside == "period"
    of_period = said == {"period"} or (not said and first)
    has_period = any(column.name == "period_value" for column in part.values())
    fields: dict[int, str] = {}
    for at, column in part.items():
        name = column.name or ""
        if name == "name" and "name" in fields.values():
            name = "explanation"
        if at in values[:1] and (alike or (of_period and len(values) == 1)) and not has_period:
            name = "period_value"
        fields[at] = name
    return fields


def _doubled(columns: dict[int, Column], sets: list[dict[int, str]], layout: Layout) -> dict[int, str]:
    """Columns of different headers for one field of one set: which is meant isn't guessed.

    A header that the layout lists under another field too has that meaning then: 指标性质 beside 计算符号.
    """
    doubled = {}
    for fields in sets:
        for at, name in list(fields.items()):
            before = next((other for other in fields if other < at and fields[other] == name), None)
            if before is None or key(columns[before].text) == key(columns[at].text):
                continue
            meant = {place: _second_meaning(columns[place].text, fields, layout) for place in (before, at)}
            place = next((place for place in meant if meant[place]), None)
            if place is None:
                doubled[at] = columns[at].text
                del fields[at]
            else:
                fields[place] = meant[place] or name
    return doubled


def _second_meaning(header: str, fields: dict[int, str], layout: Layout) -> str | None:
    """Another field under which a layout lists a header, where no column has it."""
    meant = {name for name, variants in layout.tier_columns.items() if Names({name: variants}).lookup(header)}
    left = sorted(meant - set(fields.values()))
    return left[0] if len(left) == 1 else None


def joined_periods(rows: list[Indicator]) -> tuple[Indicator, ...]:
    """An indicator printed once with its period value and once with its year's is one with both."""
    kept: list[Indicator] = []
    places: dict[tuple[str, ...], int] = {}
    for row in rows:
        at = places.setdefault((_tier(row.tier1), _tier(row.tier2), key(row.name)), len(kept))
        if at < len(kept) and _complete(kept[at], row):
            kept[at] = _joined(kept[at], row)
        else:
            kept.append(row)
    return tuple(kept)


def _tier(label: str | None) -> str:
    """A tier as compared between the sets of a form, which may call it differently."""
    found = tier_of(label)
    return found.iri if found is not None else key(label or "")


def _complete(one: Indicator, other: Indicator) -> bool:
    """Whether one prints only the period value and the other the year's, and they differ in nothing else."""
    printed = [(row.period_value is not None, row.annual_value is not None) for row in (one, other)]
    agree = all(getattr(one, at) == getattr(other, at) or None in (getattr(one, at), getattr(other, at))
                for at in _BESIDE)  # fmt: skip
    return agree and sorted(printed) == [(False, True), (True, False)]


def _joined(one: Indicator, other: Indicator) -> Indicator:
    return replace(
        one,
        period_value=one.period_value or other.period_value,
        annual_value=one.annual_value or other.annual_value,
        **{at: getattr(one, at) or getattr(other, at) for at in _BESIDE},
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )
