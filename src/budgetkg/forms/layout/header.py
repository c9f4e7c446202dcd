"""The header of a table: one row or several, merged cells over and beside each other → columns.

A column is named by the lowest of the cells above it; where that one only says a period (年度) or part
of a name, the cells over it complete it. Headers that no layout names stay unknown and are reported:
what stands under them is quoted in findings, never guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from budgetkg.forms.layout.header_words import TIER_CELL, Vocabulary
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.settings import KEPT
from budgetkg.late import late_pattern
from budgetkg.reading.grid import Cell, GridRow, cells_over
from budgetkg.text import comparison_key as key
from budgetkg.values import parse_amount

INDICATOR = "indicator."
_LONGEST = 40  # a header is no sentence
_MOST_ROWS = 4
_SENTENCE = re.compile(r"[。；;]|(?<!其中):.")
_MONEY_HEADING = late_pattern(r"[一-鿿]{0,8}(?:资金|预算|经费|金额|补助|投资)[一-鿿]{0,4}(?:\([^()\d]*\))?")
_BRACKETED = re.compile(r"\([^()]*\)")
_REACHED = ("actual_value", "weight", "score")  # beside other headers of a self-evaluation
_VALUES = (INDICATOR + "annual_value", INDICATOR + "period_value")
_PERIODS = {"period": {"annual_value": "period_value", "goal": "period_goal"}}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the header over it as printed, the field it names, the period and the tier it is under."""

    text: str
    name: str | None
    group: str | None = None
    choices: tuple[str, ...] = ()
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table and the rows that print its header."""

    columns: dict[int, Column]
    rows: tuple[GridRow, ...]
    labels: tuple[Cell, ...] = ()

    @property
    def names(self) -> set[str]:
        """The fields that have a column."""
        return {column.name for column in self.columns.values() if column.name}

    @property
    def known(self) -> bool:
        """Whether every column is known."""
        return all(column.name for column in self.columns.values())

    def fields(self, prefix: str = "") -> dict[int, str]:
        """Columns by field: those of the table itself, or those with a prefix, which is left out."""
        return {
            at: column.name.removeprefix(prefix)
            for at, column in self.columns.items()
            if column.name and column.name.startswith(INDICATOR) == bool(prefix)
        }

    def with_told(self, told: Mapping[int, str]) -> Header:
        """The header with fields for columns that only their cells tell."""
        named = {at: replace(self.columns[at], name=name) for at, name in told.items()}
        return replace(self, columns=self.columns | named) if named else self

    def label(self, at: int) -> str:
        """What a column is called: its header, behind that over it where another column has the same."""
        own = key(self.columns[at].text)
        if sum(key(column.text) == own for column in self.columns.values()) < 2:
            return own
        above = [[cell.key for cell in row.cells if cell.column <= at] for row in self.rows[:-1]]
        over = [cells[-1] for cells in above if cells and cells[-1] != own]
        return f"{over[-1]} {own}" if over else own

    def unknown(self) -> dict[int, str]:
        """The headers that no layout names."""
        return {at: column.text for at, column in self.columns.items() if column.name is None}


def read_header(
    rows: Sequence[GridRow], vocabulary: Vocabulary, complete: Callable[[Header], bool]
) -> Header | None:
    """The header that begins with the first of some rows, if it is one and prints what a table needs."""
    if not rows or not _may_be_header(rows[0], vocabulary) or _is_pairs(rows[0], vocabulary):
        return None
    block = [rows[0]]
    reach = _reach(rows[0], vocabulary)
    while len(block) < _MOST_ROWS and len(block) < len(rows):
        below = rows[len(block)]
        within = below.number <= reach
        if below.table != rows[0].table or not (within or _goes_on(block[-1], below, vocabulary)):
            break
        block.append(below)
    least = sum(row.number <= reach for row in block)
    for count in range(len(block), max(least, 1) - 1, -1):
        header = _resolved(block[:count], vocabulary)
        if complete(header):
            return header
    return None


def _reach(row: GridRow, vocabulary: Vocabulary) -> int:
    """The last row that a header merged downwards reaches: what stands beside it there is header too."""
    first, *others = row.cells
    said = vocabulary.choices(first.text)
    twice = any(said and vocabulary.choices(one.text) == said for one in others)
    cells = others if twice else row.cells  # 重点任务 | 任务名称
    tall = [cell for cell in cells if cell.rows > 1 and vocabulary.choices(cell.text)]
    merged = [cell.rows for cell in tall if not vocabulary.layout.is_furniture(cell.text)]
    return row.number + min(merged) - 1 if merged and row.table else -1


def claim_header(
    reader: Reader, header: Header, vocabulary: Vocabulary, beside: Collection[int] = ()
) -> None:
    """Claim the cells of a header; those that no layout names are reported, but for headings ``beside``."""
    reader.tables.append(("", header))
    named = {column.text for column in header.columns.values() if column.name}
    called = {at: one.text for at, one in header.columns.items() if one.name is None and " " in one.text}
    for row in header.rows:
        for cell in row.cells:
            own = called.get(cell.column, "")
            if own.endswith(f" {cell.key}"):  # 执行数 over 总额, beside another 总额
                report_unknown(reader, Cell(cell.column, own, cell.place), own, row.line.page)
                continue
            if any(text.startswith(f"{cell.key} ") for text in called.values()):
                reader.furniture(cell.place)
                continue
            known = cell.text in named or vocabulary.knows(cell.text) or _only_heads_money(header, cell)
            if known or cell.column in beside:
                reader.furniture(cell.place)
            else:
                report_unknown(reader, cell, cell.text, row.line.page)


def _only_heads_money(header: Header, cell: Cell) -> bool:
    """Whether a heading stands over known columns only and says no more than that they are money."""
    under = [column for at, column in header.columns.items() if cell.column <= at < cell.column + cell.span]
    over = len(under) > 1 and all(column.name and column.text != cell.text for column in under)
    return over and _MONEY_HEADING.fullmatch(cell.key) is not None


def report_unknown(reader: Reader, cell: Cell, header: str, page: int, where: str = "") -> None:
    """Quote a cell that stands under, or is, a header that no layout names; numbers and dashes are none."""
    if not any(char.isalpha() for char in header):
        reader.remark("text-unread", where or f"p. {page}", cell.place, text=cell.text)
        return
    reader.remark(
        "header-unknown", where or f"p. {page}", cell.place, header=header, page=page, text=cell.text
    )


def _may_be_header(row: GridRow, vocabulary: Vocabulary) -> bool:
    cells = row.cells
    if not cells or any(says_more(cell) and not vocabulary.knows(cell.text) for cell in cells):
        return False
    said = vocabulary.layout.tier_columns.lookup
    known = sum(vocabulary.knows(cell.text) or said(cell.text) in _REACHED for cell in cells)
    return known * 2 >= len(cells) and any(
        vocabulary.choices(cell.text) or vocabulary.group(cell.text) for cell in cells
    )


def _is_pairs(row: GridRow, vocabulary: Vocabulary) -> bool:
    """Whether a row prints labels, each with a value beside it: 年度目标 | 新增展览三场."""
    labels, values = row.cells[::2], row.cells[1::2]
    return (
        len(labels) == len(values)
        and all(vocabulary.layout.labels.lookup(cell.text) for cell in labels)
        and not any(vocabulary.knows(cell.text) for cell in values)
    )


def says_more(cell: Cell) -> bool:
    """Whether a cell can't be a header: an amount, a sentence, a label with its value."""
    return len(cell.key) > _LONGEST or _says_more(cell.text, cell.key)


@lru_cache(maxsize=KEPT)
def _says_more(text: str, plain: str) -> bool:
    return parse_amount(text) is not None or _SENTENCE.search(_BRACKETED.sub("", plain)) is not None


def _goes_on(above: GridRow, below: GridRow, vocabulary: Vocabulary) -> bool:
    """Whether a row is the next line of the header above it: every cell under a cell wider than it."""
    if not _may_be_header(below, vocabulary):
        return False
    for _, parent, only in cells_over(above, below):
        if parent is None or (parent.span == 1 and only and vocabulary.choices(parent.text)
                              and vocabulary.group(parent.text) is None):  # fmt: skip
            return False
    return True


def _resolved(block: list[GridRow], vocabulary: Vocabulary) -> Header:
    below = [{cell.column for cell in row.cells} for row in block]
    columns: dict[int, Column] = {}
    labels: list[Cell] = []
    for level, row in enumerate(block):
        deeper = sorted(set().union(*below[level + 1 :]))
        above = [cells_over(upper, row) for upper in block[:level]]
        for index, cell in enumerate(row.cells):
            first = bisect_left(deeper, cell.column)
            following = row.cells[index + 1].column if index + 1 < len(row.cells) else None
            if first < len(deeper) and (following is None or deeper[first] < following):
                continue  # the cells under it are the columns
            over = [(parent.text, only) for _, parent, only in (one[index] for one in above) if parent]
            column = _column([*(text for text, _ in over), cell.text], bool(over) and over[-1][1], vocabulary)
            if (column.name is None and vocabulary.layout.is_furniture(cell.text)) or (
                column.name is None and vocabulary.group(cell.text) is not None and cell is row.cells[0]
            ):
                labels.append(cell)
            else:
                columns[cell.column] = column
    columns = _under_tiers(_by_position(columns))
    named = _named_by_heading(columns, labels, vocabulary)
    return Header(dict(sorted((columns | named).items())), tuple(block), tuple(labels))


def _under_tiers(columns: dict[int, Column]) -> dict[int, Column]:
    """Where tiers head columns of names, what stands beside a name under the same tier is its value.

    产出指标 over 指标 | 值: the grid says so, whatever the headers are called.
    """
    found = dict(columns)
    for tier in dict.fromkeys(column.tier for column in columns.values() if column.tier):
        own = {at: column for at, column in columns.items() if column.tier == tier}
        names = [at for at, column in own.items() if column.name == INDICATOR + "name"]
        behind = [at for at in own if names and at > names[0]]
        valued = any(column.name in _VALUES for column in own.values())
        if len(names) == 1 and behind and not valued and own[behind[0]].name is None:
            found[behind[0]] = replace(own[behind[0]], name=_VALUES[0])
    return found


def _named_by_heading(
    columns: dict[int, Column], labels: list[Cell], vocabulary: Vocabulary
) -> dict[int, Column]:
    """绩效指标 heads the names themselves where the columns beside it hold their values and none is named."""
    names = {column.name for column in columns.values()}
    values = [at for at, column in columns.items() if column.name in _VALUES]
    unknown = [at for at, column in columns.items() if column.name is None]
    if not values or INDICATOR + "name" in names:
        return {}
    heads = {cell.column: cell.text for cell in labels if vocabulary.group(cell.text) == "indicators"}
    own = {at: column.text for at, column in columns.items() if column.name == "indicators"}
    beside = [at for at in own or heads
              if at < min(values) and not any(at < other < min(values) for other in unknown)]  # fmt: skip
    return {at: Column((own or heads)[at], INDICATOR + "name") for at in beside[-1:]}


def _column(path: list[str], only: bool, vocabulary: Vocabulary) -> Column:
    lowest = path[-1]
    groups = [group for text in path if (group := vocabulary.group(text))]
    choices = vocabulary.choices(lowest)
    if not choices and len(path) > 1:
        above = path[-2]
        choices = vocabulary.choices(above + lowest) or vocabulary.choices(lowest + above)
        if not choices and (only or vocabulary.group(lowest) in ("period", "annual")):
            choices = vocabulary.choices(above)
    if "other" in groups:
        choices = ()
    tier = next((text for text in reversed(path[:-1]) if TIER_CELL in vocabulary.choices(text)), None)
    if tier is not None:
        choices = choices[-1:]  # 指标内容 under a tier: an indicator's own
    period = next((group for group in reversed(groups) if group in ("period", "annual")), None)
    name = _in_period(choices[0], period) if choices else None
    return Column(lowest, name, period or next(iter(groups), None), choices, tier)


def _in_period(name: str, group: str | None) -> str:
    prefix = INDICATOR if name.startswith(INDICATOR) else ""
    return prefix + _PERIODS.get(group or "", {}).get(name.removeprefix(prefix), name.removeprefix(prefix))


def _by_position(columns: dict[int, Column]) -> dict[int, Column]:
    """A header that may name a column of either table (单位, 备注) belongs to the one it stands in."""
    certain = [at for at, column in columns.items()
               if column.choices[-1:] and column.choices[-1].startswith(INDICATOR)
               and (len(column.choices) == 1 or column.group == "indicators")]  # fmt: skip
    if not certain:
        return columns
    return {
        at: replace(column, name=_in_period(column.choices[-1], column.group))
        if len(column.choices) > 1 and at >= min(certain)
        else column
        for at, column in columns.items()
    }
