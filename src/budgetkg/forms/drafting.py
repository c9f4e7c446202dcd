"""A layout drafted from a document: the headers and labels that are known, and those that are not.

The draft is a layout file that can be read as it is; what no layout knows stands in it as comments, for
a person to move under the field it means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from textwrap import wrap

from budgetkg.codelists import find_label
from budgetkg.errors import UnreadableDocument
from budgetkg.forms.layout.header import says_more
from budgetkg.forms.layout.layouts import Layout, given_layouts, layouts
from budgetkg.forms.layout.misfit import why_not
from budgetkg.forms.layout.recognise import recognise_layout
from budgetkg.forms.proposing import Proposal, propose_all
from budgetkg.forms.settings import WINDOW
from budgetkg.messages import Message
from budgetkg.reading import Reading
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold
from budgetkg.text.personal import is_personal, masked_alone
from budgetkg.values import parse_amount

_TABLES = ("columns", "tier_columns", "task_columns", "budget", "labels", "amounts")
_HEADERS = ("columns", "tier_columns", "task_columns", "budget")
_LONGEST_LABEL = 14
_LOOKED_AT = 3
_LEAST_LABELS = 2
_WIDEST = 100
_USUAL = 3  # counts as much as a header and a label
_LABEL = re.compile(r"^\s*([^\s:：]{2,14})\s*[:：]\s*\S")


@dataclass(slots=True)
class Draft:
    """What was found: per table and field the words that name it, and the words that name nothing.

    ``proposed`` says what an unknown column probably is, with the table of its field; ``columns`` has the
    headers in printed order, each with the table and field that list it, ``None`` where none does.
    """

    layout: Layout
    title: str | None = None
    known: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    unknown: dict[str, tuple[int, str]] = field(default_factory=dict)
    proposed: dict[str, tuple[str, Proposal]] = field(default_factory=dict)
    columns: dict[str, tuple[str, str] | None] = field(default_factory=dict)
    headed: set[int] = field(default_factory=set)

    def add(self, text: str, page: int, tables: tuple[str, ...] = _TABLES, below: str = "") -> bool:
        """Sort a header or label in; whether any table knows it. ``below`` is what it stands over."""
        for table in tables:
            name = getattr(self.layout, table).lookup(text)
            if name is not None:
                words = self.known.setdefault(table, {}).setdefault(name, [])
                if _plain(text) not in words:
                    words.append(_plain(text))
                return True
        if (
            self.layout.is_furniture(text)
            or self.layout.is_person(text)
            or is_personal(text)
            or self.layout.column_groups.lookup(text)
        ):
            return True
        self.unknown.setdefault(masked_alone(_plain(text)), (page, masked_alone(below)))
        return False


def draft_layout(reading: Reading) -> str:
    """The text of a layout file for a document.

    Raises :class:`budgetkg.errors.UnreadableDocument` where no table or label is to be seen in it.
    """
    draft = Draft(_nearest(reading))
    for index, row in enumerate(reading.rows):
        following = reading.rows[index + 1 : index + 1 + _LOOKED_AT]
        if draft.title is None and len(row.cells) == 1 and _is_title(row.cells[0]):
            draft.title = _plain(row.cells[0].text)
        elif _is_header(row, following, draft.layout) or (
            row.table not in draft.headed and _heads_values(row, following)
        ):
            draft.headed.add(row.table)
            for cell in row.cells:
                draft.columns.setdefault(masked_alone(_plain(cell.text)), _listed(draft.layout, cell.text))
                draft.add(cell.text, row.line.page, below=_below(cell, following))
            _propose(draft, row, reading.rows[index + 1 : index + 1 + WINDOW])
        else:
            for label in _labels(row, draft.layout, row.table in draft.headed):
                draft.add(label, row.line.page, ("labels", "amounts"))
    if not draft.headed and sum(map(len, draft.known.values())) < _LEAST_LABELS:
        raise UnreadableDocument(reading.source.name, "nothing-to-draft")
    misfits = ((layout.name, reasons) for layout in given_layouts() if (reasons := why_not(reading, layout)))
    return "\n".join((*_unfit(misfits), *_written(draft, reading.source.name))) + "\n"


def _unfit(misfits: Iterable[tuple[str, tuple[Message, ...]]]) -> Iterator[str]:
    """Why a given layout doesn't read the document, in both languages, as comments."""
    for name, reasons in misfits:
        yield f"# why_not: the layout {json.dumps(name, ensure_ascii=False)} doesn't read this document:"
        for reason in reasons:
            for language in ("en", "zh"):
                yield from (f"#   {line}" for line in wrap(reason.said(language), _WIDEST - 4))


def _listed(layout: Layout, text: str) -> tuple[str, str] | None:
    """The table and field that list a header."""
    for table in _TABLES:
        name = getattr(layout, table).lookup(text)
        if name is not None:
            return table, name
    return None


def _propose(draft: Draft, header: GridRow, below: tuple[GridRow, ...]) -> None:
    """Say of each unknown column below a header what it probably is."""
    body = [row for row in below if row.table == header.table and not _is_header(row, (), draft.layout)]
    cells = [
        [under.text for row in body if (under := row.at(cell.column)) is not None] for cell in header.cells
    ]
    tiered = any(draft.layout.tier_columns.lookup(cell.text) for cell in header.cells) or any(
        find_label("tier", text) is not None for texts in cells for text in texts
    )
    kind = "tier_columns" if tiered else "columns"
    tables = (kind, "tier_columns", "columns")
    fields = [next(filter(None, (getattr(draft.layout, table).lookup(cell.text) for table in tables)), None)
              for cell in header.cells]  # fmt: skip
    for at, proposal in propose_all(fields, cells, kind).items():
        draft.proposed.setdefault(_plain(header.cells[at].text), (kind, proposal))


def _nearest(reading: Reading) -> Layout:
    """The layout that reads the document, else the one that knows most of its cells.

    Where none knows any, tiers without amounts beside them are those of a form per project.
    """
    recognised = recognise_layout(reading)
    if recognised is not None:
        return recognised
    texts = [cell.text for row in reading.rows for cell in row.cells if len(cell.key) <= _LONGEST_LABEL]
    tiers = [row for row in reading.rows if any(_is_tier(cell) for cell in row.cells)]
    amounts = any(parse_amount(cell.text) is not None for row in tiers for cell in row.cells[1:])
    usual = "project-form" if tiers and not amounts else "project-table"
    return max(layouts(), key=lambda layout: _knows(layout, texts) + _USUAL * (layout.name == usual))


def _is_tier(cell: Cell) -> bool:
    return not cell.key.isdigit() and find_label("tier", cell.text) is not None


def _knows(layout: Layout, texts: list[str]) -> int:
    """How well a layout knows some cells; headers of columns count twice."""
    headers = sum(any(getattr(layout, table).lookup(text) for table in _HEADERS) for text in texts)
    return headers + sum(any(getattr(layout, table).lookup(text) for table in _TABLES) for text in texts)


def _is_title(cell: Cell) -> bool:
    return len(cell.key) <= 60 and ("表" in cell.text or "书" in cell.text or "目标" in cell.text)


def _is_header(row: GridRow, following: tuple[GridRow, ...], layout: Layout) -> bool:
    """Short words side by side, over a row that prints values, or some of them known."""
    if len(row.cells) < 3 or any(says_more(cell) or len(cell.key) > _LONGEST_LABEL for cell in row.cells):
        return False
    if any(re.search(r"\d", cell.key) for cell in row.cells):
        return False
    known = sum(any(getattr(layout, table).lookup(cell.text) for table in _TABLES) for cell in row.cells)
    values = any(re.search(r"\d", cell.key) for under in following for cell in under.cells)
    return known * 2 >= len(row.cells) or (values and known * 4 >= len(row.cells))


def _heads_values(row: GridRow, following: tuple[GridRow, ...]) -> bool:
    """Short words side by side that nobody knows, with numbers under one of them again and again."""
    if len(row.cells) < 3 or any(says_more(cell) or len(cell.key) > _LONGEST_LABEL for cell in row.cells):
        return False
    if any(re.search(r"[\d:]", fold(cell.text)) for cell in row.cells):
        return False
    below = [[under.at(cell.column) for under in following] for cell in row.cells]
    return any(sum(bool(one and re.search(r"\d", one.key)) for one in column) > 1 for column in below)


def _below(cell: Cell, following: tuple[GridRow, ...]) -> str:
    """The first text that stands under a header: it tells a person what the column holds."""
    under = next(filter(None, (row.at(cell.column) for row in following)), None)
    return under.text[:_LONGEST_LABEL] if under is not None else ""


def _labels(row: GridRow, layout: Layout, headed: bool) -> Iterator[str]:
    """Labels with their value behind a colon, and those that stand alone before their value.

    Under the headers of a table cells are values.
    """
    for cell in row.cells:
        match = _LABEL.match(fold(cell.text))
        if match is not None:
            yield match[1]
    pairs = list(pairwise(row.cells)) if not headed or len(row.cells) == 2 else []
    for index, (label, value) in enumerate(pairs):
        alone = not headed and len(row.cells) in (2, 4) and row.cells[0].column == 0 and index % 2 == 0
        if (alone or parse_amount(value.text) is not None) and _is_label(label):
            yield label.text


def _is_label(cell: Cell) -> bool:
    return (
        len(cell.key) <= _LONGEST_LABEL
        and parse_amount(cell.text) is None
        and not _LABEL.match(fold(cell.text))
    )


def _plain(text: str) -> str:
    return key(text).rstrip(":")


def _written(draft: Draft, name: str) -> Iterator[str]:
    layout = draft.layout
    yield f"# Drafted from {json.dumps(name, ensure_ascii=False)}. It extends the layout it is nearest to;"
    yield "# words that are known there need not stand here."
    yield f'uses = ["{layout.name}"]'
    title = re.sub(r"\(?20\d\d\)?年?度?|\([^()]*\)", "", draft.title or "")
    yield f"signature = {json.dumps([title] if title else [], ensure_ascii=False)}"
    if draft.columns:
        yield ""
        yield "# The columns as printed, and why each is read as it is:"
        for text, place in draft.columns.items():
            yield from _reason(draft, text, place)
    if draft.unknown:
        yield ""
        yield "# Not recognised: write each of them under the field it names;"
        yield "# columns that no other field is for, under attribute."
        for text, (page, below) in draft.unknown.items():
            over = f", over {json.dumps(below, ensure_ascii=False)}" if below else ""
            yield f"#   {json.dumps(text, ensure_ascii=False)}  (page {page}{over})"
            if text in draft.proposed:
                yield from _told(*draft.proposed[text])
    for table in _TABLES:
        if not getattr(layout, table):
            continue
        yield ""
        yield f"[{table}]"
        for line in _fields(layout, table):
            yield f"# {line}"
        for field_name, words in draft.known.get(table, {}).items():
            yield f"{field_name} = {json.dumps(words, ensure_ascii=False)}"


def _reason(draft: Draft, text: str, place: tuple[str, str] | None) -> list[str]:
    said = json.dumps(text, ensure_ascii=False)
    if place is not None:
        return [f"# - {said}: {place[1]}, because [{place[0]}] lists the word"]
    if text in draft.proposed:
        table, proposal = draft.proposed[text]
        what = f"probably {proposal.field} of [{table}]" if proposal.field else "no field"
        why = "; ".join(proposal.reasons) or "nothing in it tells"
        return [f"# - {line}" for line in wrap(f"{said}: {what}, because {why}", _WIDEST - 4)]
    return [f"# - {said}: no field, because no table lists the word"]


def _told(table: str, proposal: Proposal) -> list[str]:
    """What an unknown column probably is, and why, as comments."""
    what = f"probably {proposal.field} of [{table}]" if proposal.field else "what it is doesn't show"
    told = wrap(f"{what}: {'; '.join(proposal.reasons)}", _WIDEST - 8, break_long_words=False)
    return [f"#       {line}" for line in told]


def _fields(layout: Layout, table: str) -> list[str]:
    """The fields of a table, each with a word that names it."""
    names = getattr(layout, table)
    told = [f"{name} ({names[name][0]})" for name in names if names[name]]
    return wrap("fields: " + ", ".join(told), _WIDEST, break_long_words=False, break_on_hyphens=False)
