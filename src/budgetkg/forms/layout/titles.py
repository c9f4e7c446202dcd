"""Titles of forms: lines that print a form's signature and say nothing else."""

from __future__ import annotations

import re

from budgetkg.folding import key
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import YEAR_LINE, Reader
from budgetkg.reading.grid import GridRow

_LONGEST = 60
_BESIDE = re.compile(r".*(?::|年|附|表|单位|页).*|\d{1,3}")


_UNIT_BESIDE = re.compile(r"\(?(?:金额|货币)?单位:[^:]{1,6}$")
_SENTENCE = re.compile(r"[。；;，,]|:.|^[(]?(?:详见|参见|见)")


def title_text(text: str, layout: Layout) -> str | None:
    """The part of a line (parted by tabs) that is a title of a layout: its mark, no sentence, no label."""
    parts = [part.strip() for part in text.split("\t") if part.strip()]
    if not parts or len(parts) > 3:
        return None
    for part in parts:
        plain = _UNIT_BESIDE.sub("", key(part[: _LONGEST * 4]))
        if len(plain) > _LONGEST or not any(mark in plain for mark in layout.signature):
            continue
        others = [key(other) for other in parts if key(other) != key(part)]
        label = "表" not in plain and _is_label(part, layout)
        if not label and not _SENTENCE.search(plain) and all(_BESIDE.fullmatch(other) for other in others):
            return part
    return None


def _is_label(text: str, layout: Layout) -> bool:
    return layout.labels.lookup(text) is not None or layout.columns.lookup(text) is not None


def is_title(reader: Reader, parts: Parts, row: GridRow) -> bool:
    """Whether a row is the title, which is then taken; printed again it is furniture."""
    printed = title_text(row.line.text.replace("\n", ""), reader.layout)
    if printed is None:
        return False
    title = next((cell for cell in row.cells if cell.key == key(printed)), None)
    if title is None:
        return False
    if parts.title is None:
        parts.title = title.text.lstrip("# ")
        parts.evidence += reader.record(title.place)
    reader.furniture(title.place)
    for cell in row.cells:
        unit = money_unit(cell.text)
        if cell.key == title.key:
            reader.furniture(cell.place)
        elif unit is not None and parts.unit is None:
            parts.unit = unit
            parts.evidence += reader.record(cell.place)
        elif YEAR_LINE.fullmatch(cell.key):
            parts.year_label = parts.year_label or cell.text
            parts.evidence += reader.record(cell.place)
        elif unit is not None or reader.layout.is_mark(cell.text):
            reader.furniture(cell.place)
    return True
