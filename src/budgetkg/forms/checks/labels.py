"""Checks of labels: with nothing beside them, or out of their place."""

from __future__ import annotations

import re

from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import GridRow
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold

_OPTIONAL = re.compile(r".{2,16}\((?:可)?选填\)")
_PROSE = 30  # characters; a header is shorter


def check_labels(reader: Reader) -> None:
    """Report labels that stand empty, and those that slid into another row or column."""
    _check_empty(reader)
    _check_places(reader)


def _check_empty(reader: Reader) -> None:
    """A label with nothing beside it: 其他需要说明的情况：, 其他需完成的任务（可选填）."""
    named = {key(text).rstrip(":") for names in reader.layout.labels.values() for text in names}
    for row in reader.rows:
        if not row.cells or len(row.cells) > 2:
            continue
        last = row.cells[-1]
        plain = fold(last.text).strip()
        optional = _OPTIONAL.fullmatch(key(plain))
        labelled = plain.endswith(":") and key(plain).rstrip(":") in named
        if labelled or (optional and len(row.cells) == 1):
            label = last.text.strip().rstrip("：:")
            reader.log.add("label-without-content", "", reader.at(last.place), label=label)


def _check_places(reader: Reader) -> None:
    """A label that slid into another row or column than its own, as where a dump loses merged cells."""
    before: GridRow | None = None
    for row in reader.rows:
        first = row.cells[0] if row.cells else None
        if first is not None and before is not None and first.column == 0 and first.rows == 1:
            inset = before.cells[0].column > 0 and len(before.cells) > 2
            prose = any(len(cell.text) >= _PROSE for cell in before.cells)
            optional = len(row.cells) == 1 and _OPTIONAL.fullmatch(key(first.text))
            if (
                inset
                and prose
                and (optional or (reader.layout.is_furniture(first.text) and len(row.cells) > 2))
            ):
                reader.log.add("label-displaced", "", reader.at(first.place), label=first.text)
        before = row if row.cells else None
