"""A project table flattened to lines → printed rows and indicator blocks.

The dump keeps the printed order and loses the columns: a row shows as its name, its amounts, its
goal and, where the 绩效指标 column is not on pages of its own, its indicators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from budgetkg.forms.layout.layouts import Layout, lookup
from budgetkg.forms.project.names import is_indented
from budgetkg.forms.project.rows import Block, PrintedRow, mark_block_edges, mark_page_edges
from budgetkg.forms.project.splitting import Anchored, Cut, Gap, Piece, split_names
from budgetkg.reading.source import Line, heal, part
from budgetkg.records import Amount
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold
from budgetkg.values import amounts_from, labelled, parse_amount

_BLOCK_START = re.compile(r"\s*1\s*、\s*\d{1,2}\s*-\s*[^\d\s]")
_STRICT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2,6}")
_SOURCES = ("total", "fiscal_appropriation", "fiscal_special_account", "other")
_LONGEST_HEADER = 400


@dataclass(frozen=True, slots=True)
class Anchor:
    """The line on which a row's amounts stand: index in the text lines, own name text, amounts."""

    index: int
    line: Line
    name: Line
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns in printed order, as fields of the layout, with the words that head them by field.

    ``under_units`` is whether the one of names speaks of units, too.
    """

    fields: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    under_units: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What holds for the whole table: are names set in, and its columns."""

    indents: bool
    columns: Columns


@dataclass(slots=True)
class Flow:
    """What a table says: its rows, the blocks and the head of a column run, the sums of units by name."""

    rows: list[PrintedRow] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    leading: list[Line] = field(default_factory=list)
    heads: dict[str, PrintedRow] = field(default_factory=dict)
    run_head: Line | None = None


def read_flow(
    lines: list[Line],
    column_run: list[Line],
    columns: Columns,
    layout: Layout,
) -> Flow:
    """Read the text lines of a table (furniture left out) and of its column run, if it has one."""
    anchors = list(_anchors(lines))
    flow = Flow()
    if not anchors:
        flow.leading = lines
        return flow
    cuts = _cuts(lines, anchors, layout)
    heads = [anchor.index - cut.head for anchor, cut in zip(anchors, cuts, strict=True)]
    flow.leading = lines[: heads[0]]
    indents = any(is_indented(lines[head]) for head in heads)
    trailing: list[Line] = []
    for position, anchor in enumerate(anchors):
        stop = heads[position + 1] if position + 1 < len(anchors) else len(lines)
        body = lines[anchor.index + 1 : stop]
        if position + 1 == len(anchors) and not column_run:
            body, trailing = _cut_column_run(body, flow.rows)
        tail = cuts[position].tail
        name = [*lines[heads[position] : anchor.index], *_own(anchor), *body[:tail]]
        flow.rows.append(_row(name, anchor, body[tail:], Table(indents, columns)))
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


def _cuts(lines: list[Line], anchors: list[Anchor], layout: Layout) -> list[Cut]:
    """For each row how many lines around its amounts belong to its name."""
    edges = [-1, *(anchor.index for anchor in anchors), len(lines)]
    bodies = [lines[above + 1 : below] for above, below in pairwise(edges)]
    named = [
        Anchored(Piece(anchor.name) if anchor.name.text.strip() else None, _is_total(anchor, layout))
        for anchor in anchors
    ]
    return split_names(named, [Gap(body, _block_at(body)) for body in bodies])


def _block_at(body: list[Line]) -> int:
    return next((i for i, line in enumerate(body) if _BLOCK_START.match(fold(line.text))), len(body))


def _is_total(anchor: Anchor, layout: Layout) -> bool:
    return key(anchor.name.text) in layout.totals


def _own(anchor: Anchor) -> list[Line]:
    return [anchor.name] if anchor.name.text.strip() else []


def _row(name_lines: list[Line], anchor: Anchor, body: list[Line], table: Table) -> PrintedRow:
    block_at = _block_at(body)
    name, goal = heal(name_lines), heal(body[:block_at])
    pages = [line.page for line in (*name_lines, anchor.line, *body)]
    fields, inferred = _fields(anchor.amounts, table.columns)
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
        under_units=table.columns.under_units,
    )


def _fields(amounts: tuple[Amount, ...], columns: Columns) -> tuple[dict[str, Amount], bool]:
    """Amounts by column; blank columns leave no trace, so fewer amounts fill them from the left."""
    names = [name for name in columns.fields if name in _SOURCES] or list(_SOURCES)
    return labelled(dict(zip(names, amounts, strict=False)), columns.labels), len(amounts) < len(names)


def _block(lines: list[Line]) -> Block:
    return Block(heal(lines), lines[0].page, lines[-1].page)


def header_fields(text: str, layout: Layout) -> tuple[str, ...] | None:
    """The columns that a header line names, or ``None`` where it is no header line."""
    words = text.split() if len(text) <= _LONGEST_HEADER else []
    fields = [lookup(layout.columns, word) for word in words]
    return tuple(name for name in fields if name) if words and all(fields) else None
