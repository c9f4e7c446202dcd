"""A project table flattened to lines → printed rows and indicator blocks.

The dump keeps the printed order and loses the columns: a row shows as its name, its amounts, its
goal and, where the 绩效指标 column is not on pages of its own, its indicators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from budgetkg.folding import fold, key, width
from budgetkg.forms.layout import Layout, lookup
from budgetkg.forms.names import Columns, Neighbours, is_indented, split_head, split_tail, width_in_column
from budgetkg.forms.rows import Block, PrintedRow, mark_block_edges, mark_page_edges
from budgetkg.reading.source import Line, heal, part
from budgetkg.records import Amount
from budgetkg.values import amounts_from, parse_amount

_BLOCK_START = re.compile(r"\s*1\s*、\s*\d{1,2}\s*-\s*[^\d\s]")
_STRICT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2,6}")
_SOURCES = ("total", "fiscal_appropriation", "fiscal_special_account", "other")
_LONGEST_HEADER = 400
_LEAST_NAME_WIDTH, _LEAST_BODY_WIDTH = 12, 30


@dataclass(frozen=True, slots=True)
class Anchor:
    """The line on which a row's amounts stand: index in the text lines, own name text, amounts."""

    index: int
    line: Line
    name: Line
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What holds for the whole table: column widths, whether names are set in, header order."""

    columns: Columns
    indents: bool
    headers: tuple[str, ...]
    layout: Layout


@dataclass(slots=True)
class Flow:
    """What a flattened table says: its rows, and the blocks of a column run on later pages."""

    rows: list[PrintedRow] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    leading: list[Line] = field(default_factory=list)


def read_flow(lines: list[Line], column_run: list[Line], headers: tuple[str, ...], layout: Layout) -> Flow:
    """Read the text lines of a table (furniture left out) and of its column run, if it has one.

    ``headers`` names the columns in printed order, as fields of the layout.
    """
    anchors = list(_anchors(lines))
    flow = Flow()
    if not anchors:
        flow.leading = lines
        return flow
    indents = any(is_indented(line) for line in lines)
    table = Table(_widths(lines, anchors), indents, headers, layout)
    heads = _heads(lines, anchors, table)
    flow.leading = lines[: heads[0]]
    trailing: list[Line] = []
    for position, anchor in enumerate(anchors):
        stop = heads[position + 1] if position + 1 < len(anchors) else len(lines)
        body = lines[anchor.index + 1 : stop]
        if position + 1 == len(anchors) and not column_run:
            body, trailing = _cut_column_run(body, flow.rows)
        flow.rows.append(_row(lines[heads[position] : anchor.index], anchor, body, table))
    flow.rows = mark_page_edges(flow.rows)
    flow.blocks = mark_block_edges([_block(cell) for cell in split_blocks(column_run or trailing)])
    return flow


def split_blocks(lines: list[Line]) -> list[list[Line]]:
    """Cut a run of indicator cells: each begins with 1、 and a tier code, at the head of a line."""
    blocks: list[list[Line]] = []
    for line in lines:
        opens = bool(_BLOCK_START.match(fold(line.text)))
        ended = not blocks or blocks[-1][-1].text.rstrip().endswith("。") or blocks[-1][-1].page != line.page
        if not blocks or (opens and ended):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _cut_column_run(body: list[Line], rows: list[PrintedRow]) -> tuple[list[Line], list[Line]]:
    """The lines behind the last row that are a column run without a header of its own."""
    starts = [index for index, line in enumerate(body) if _BLOCK_START.match(fold(line.text))]
    if len(starts) < 2 or any(row.block for row in rows):
        return body, []
    return body[: starts[0]], body[starts[0] :]


def _anchors(lines: list[Line]) -> Iterator[Anchor]:
    for index, line in enumerate(lines):
        found = _trailing_amounts(line)
        if found is not None:
            yield Anchor(index, line, *found)


def _trailing_amounts(line: Line) -> tuple[Line, tuple[Amount, ...]] | None:
    plain = fold(line.text).rstrip()
    amounts: list[Amount] = []
    end = len(plain)
    while len(amounts) < len(_SOURCES):
        start = max(plain.rfind(" ", 0, end), plain.rfind("\t", 0, end)) + 1
        amount = parse_amount(line.text[start:end])
        if amount is None:
            break
        amounts.insert(0, amount)
        end = len(plain[:start].rstrip())
        if start == 0 or end == 0:
            break
    name = part(line, 0, end)
    return (name, tuple(amounts)) if _is_row(name.text, amounts) else None


def _is_row(name: str, amounts: list[Amount]) -> bool:
    if not amounts:
        return False
    rest = [amount.value for amount in amounts[1:]]
    if rest and amounts[0].value == sum(rest):
        return bool(name.strip()) or "." in amounts[0].printed
    if not all(_STRICT.fullmatch(fold(amount.printed)) for amount in amounts):
        return False
    return bool(rest) or not name.strip().endswith(("。", "；", "，", "、"))


def _widths(lines: list[Line], anchors: list[Anchor]) -> Columns:
    """Estimate the two column widths from the longest lines of either kind."""
    names = [width_in_column(anchor.name) for anchor in anchors if anchor.name.text.strip()]
    alone = [width_in_column(lines[a.index - 1]) for a in anchors if not a.name.text.strip() and a.index]
    taken = {anchor.index for anchor in anchors}
    bodies = [width(line.text) for index, line in enumerate(lines) if index not in taken]
    body = max([*bodies, _LEAST_BODY_WIDTH])
    narrow = [size for size in (*names, *alone) if size < body - 8]
    return Columns(name=max([*narrow, _LEAST_NAME_WIDTH]), body=body)


def _heads(lines: list[Line], anchors: list[Anchor], table: Table) -> list[int]:
    """For each row the index of the first line of its name."""
    heads: list[int] = []
    previous = -1
    for position, anchor in enumerate(anchors):
        body = lines[previous + 1 : anchor.index]
        total = position > 0 and _is_total(anchors[position - 1], table.layout)
        below = lines[anchor.index + 1] if anchor.index + 1 < len(lines) else None
        around = Neighbours(anchor.name.text, position > 0 and not total and len(body) > 1, below)
        heads.append(previous + 1 + split_head(body, around, table.columns, table.indents))
        previous = anchor.index
    return heads


def _is_total(anchor: Anchor, layout: Layout) -> bool:
    return key(anchor.name.text) in layout.totals


def _row(head: list[Line], anchor: Anchor, body: list[Line], table: Table) -> PrintedRow:
    block_at = next((i for i, line in enumerate(body) if _BLOCK_START.match(fold(line.text))), len(body))
    own = [anchor.name] if anchor.name.text.strip() else []
    name_lines = [*head, *own]
    tail = 0
    if name_lines and key(heal(name_lines).text) not in table.layout.totals:
        text = heal(name_lines).text
        tail = split_tail(body[:block_at], text, name_lines[-1], table.columns, block_at < len(body))
    name, goal = heal([*name_lines, *body[:tail]]), heal(body[tail:block_at])
    pages = [line.page for line in (*name_lines, anchor.line, *body)]
    fields, inferred = _fields(anchor.amounts, table.headers)
    return PrintedRow(
        name=name,
        printed_amounts=anchor.amounts,
        amounts=amounts_from(fields),
        goal=goal,
        block=_block(body[block_at:]) if block_at < len(body) else None,
        offsets=tuple(sorted({*name.offsets, *range(anchor.name.end, anchor.line.end), *goal.offsets})),
        first_page=min(pages),
        last_page=max(pages),
        indented=is_indented(name_lines[0]) if name_lines and table.indents else None,
        inferred=inferred,
    )


def _fields(amounts: tuple[Amount, ...], headers: tuple[str, ...]) -> tuple[dict[str, Amount], bool]:
    """Amounts by column; blank columns leave no trace, so fewer amounts fill them from the left."""
    names = [name for name in headers if name in _SOURCES] or list(_SOURCES)
    return dict(zip(names, amounts, strict=False)), len(amounts) < len(names)


def _block(lines: list[Line]) -> Block:
    return Block(heal(lines), lines[0].page, lines[-1].page)


def header_fields(text: str, layout: Layout) -> tuple[str, ...] | None:
    """The columns that a header line names, or ``None`` where it is no header line."""
    words = text.split() if len(text) <= _LONGEST_HEADER else []
    fields = [lookup(layout.columns, word) for word in words]
    return tuple(name for name in fields if name) if words and all(fields) else None
