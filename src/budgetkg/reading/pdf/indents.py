"""Indents set by the place of a text, not by blanks: a project under its unit of use.

Only where the first column is set flush left, at two or three depths: centred names stand anywhere.
"""

from __future__ import annotations

from collections import defaultdict

from budgetkg.reading.pdf.continuation import DocumentRows
from budgetkg.reading.pdf.document_rows import CellPart
from budgetkg.reading.pdf.settings import INDENTS


def spell_indents(document: DocumentRows) -> None:
    """Write the blanks by which names are indented, two to a glyph height, as a file that spells them has."""
    for parts in _first_column(document).values():
        depths = _depths(parts)
        if not depths:
            continue
        for part in parts:
            line = part.lines[0]
            step = line.x0 - part.left - depths[0]
            spelled = line.text[:1].isspace()
            blanks = round(2 * step / line.size) if step > INDENTS.depth_tolerance and not spelled else 0
            _, top, _, bottom = line.boxes[0]
            line.text = " " * blanks + line.text
            line.boxes = ((part.left, top, line.x0, bottom),) * blanks + line.boxes


def _first_column(document: DocumentRows) -> dict[int, list[CellPart]]:
    """The cells of the first column of each table, its first row left out."""
    found: dict[int, list[CellPart]] = defaultdict(list)
    begun: set[int] = set()
    for row in document.rows:
        left = min(document.sides.get(row.table, {0.0})) + INDENTS.depth_tolerance
        own = [part for part in row.parts if part.table == row.table and part.left <= left]
        if row.table in begun and own:
            found[row.table].append(min(own, key=lambda part: part.page))
        begun.add(row.table)
    return found


def _depths(parts: list[CellPart]) -> list[float]:
    """How far names are set in, in points from the least; none where they aren't set in by depths."""
    if len(parts) < INDENTS.min_cells or any(part.lines[0].text[:1].isspace() for part in parts):
        return []
    gaps = [(part.lines[0].x0 - part.left, part.right - part.lines[0].x1) for part in parts]
    depths: list[float] = []
    for left, _ in sorted(gaps):
        if not depths or left - depths[-1] > INDENTS.depth_tolerance:
            depths.append(left)
    centred = sum(abs(left - right) <= INDENTS.centre_tolerance for left, right in gaps)
    step = INDENTS.min_step * parts[0].lines[0].size
    if not 1 < len(depths) <= INDENTS.max_depths or depths[1] - depths[0] < step or centred * 2 > len(parts):
        return []
    return depths
