"""A layout drafted from a document: the headers and labels that are known, and those that are not.

The draft is a layout file that can be read as it is; what no layout knows stands in it as comments, for
a person to move under the field it means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from budgetkg.folding import fold, key
from budgetkg.forms.header import says_more
from budgetkg.forms.layout import Layout, layouts
from budgetkg.forms.recognise import recognise_layout
from budgetkg.reading import Reading
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.values import parse_amount

_TABLES = ("columns", "tier_columns", "task_columns", "budget", "labels", "amounts")
_HEADERS = ("columns", "tier_columns", "task_columns", "budget")
_LONGEST_LABEL = 14
_LABEL = re.compile(r"^\s*([^\s:：]{2,14})\s*[:：]\s*\S")


@dataclass(slots=True)
class Draft:
    """What was found: per table and field the words that name it, and the words that name nothing."""

    layout: Layout
    title: str | None = None
    known: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)

    def add(self, text: str, page: int, tables: tuple[str, ...] = _TABLES) -> bool:
        """Sort a header or label in; whether any table knows it."""
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
            or self.layout.column_groups.lookup(text)
        ):
            return True
        self.unknown.setdefault(_plain(text), page)
        return False


def draft_layout(reading: Reading) -> str:
    """The text of a layout file for a document."""
    draft = Draft(_nearest(reading))
    for index, row in enumerate(reading.rows):
        following = reading.rows[index + 1 : index + 4]
        if draft.title is None and len(row.cells) == 1 and _is_title(row.cells[0]):
            draft.title = _plain(row.cells[0].text)
        elif _is_header(row, following, draft.layout):
            for cell in row.cells:
                draft.add(cell.text, row.line.page)
        else:
            for label in _labels(row, draft.layout):
                draft.add(label, row.line.page, ("labels", "amounts"))
    return "\n".join(_written(draft, reading.source.name)) + "\n"


def _nearest(reading: Reading) -> Layout:
    """The layout that reads the document, else the one that knows most of its cells."""
    texts = [cell.text for row in reading.rows for cell in row.cells if len(cell.key) <= _LONGEST_LABEL]
    return recognise_layout(reading) or max(layouts(), key=lambda layout: _knows(layout, texts))


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


def _labels(row: GridRow, layout: Layout) -> Iterator[str]:
    """Labels with their value behind a colon, and those that stand alone before their value."""
    for cell in row.cells:
        match = _LABEL.match(fold(cell.text))
        if match is not None:
            yield match[1]
    leads = row.cells[0]
    if len(row.cells) in (2, 4) and leads.column == 0 and len(leads.key) <= _LONGEST_LABEL:
        for cell in row.cells[::2]:
            if parse_amount(cell.text) is None and not _LABEL.match(fold(cell.text)):
                yield cell.text


def _plain(text: str) -> str:
    return key(text).rstrip(":")


def _written(draft: Draft, name: str) -> Iterator[str]:
    layout = draft.layout
    yield f"# Drafted from {json.dumps(name, ensure_ascii=False)}. It extends the layout it is nearest to;"
    yield "# words that are known there need not stand here."
    yield f'uses = ["{layout.name}"]'
    title = re.sub(r"\(?20\d\d\)?年?度?|\([^()]*\)", "", draft.title or "")
    yield f"signature = {json.dumps([title] if title else [], ensure_ascii=False)}"
    if draft.unknown:
        yield ""
        yield "# Not recognised: write each of them under the field it names, or under [furniture] labels."
        for text, page in draft.unknown.items():
            yield f"#   {json.dumps(text, ensure_ascii=False)}  (page {page})"
    for table in _TABLES:
        if not getattr(layout, table):
            continue
        yield ""
        yield f"[{table}]"
        yield f"# fields: {', '.join(getattr(layout, table))}"
        for field_name, words in draft.known.get(table, {}).items():
            yield f"{field_name} = {json.dumps(words, ensure_ascii=False)}"
