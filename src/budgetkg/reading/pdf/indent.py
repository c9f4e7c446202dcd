"""Indents that are set by the place of a text, not by blanks: a project under its unit of use.

Only where the first column is set flush left, at two or three depths: names set in the middle stand
anywhere.
"""

from __future__ import annotations

from collections import defaultdict

from budgetkg.reading.pdf.flow import Flow, Place

_SAME = 1.0
_MIDDLE = 3.0
_FEWEST = 4
_MOST_DEPTHS = 3
_LEAST_STEP = 0.8


def spell_indents(flow: Flow) -> None:
    """Write the blanks by which names are set in, as a file that spells them would."""
    for places in _first_cells(flow).values():
        depths = _depths(places)
        if not depths:
            continue
        for place in places:
            line = place.lines[0]
            step = line.x0 - place.left - depths[0]
            blanks = round(2 * step / line.size) if step > _SAME and not line.text[:1].isspace() else 0
            _, top, _, bottom = line.boxes[0]
            line.text = " " * blanks + line.text
            line.boxes = ((place.left, top, line.x0, bottom),) * blanks + line.boxes


def _first_cells(flow: Flow) -> dict[int, list[Place]]:
    """The cells of the first column of each table, its first row left out."""
    found: dict[int, list[Place]] = defaultdict(list)
    begun: set[int] = set()
    for row in flow.rows:
        edge = min(flow.sides.get(row.table, {0.0}))
        mine = [place for place in row.places if place.table == row.table and place.left <= edge + _SAME]
        if row.table in begun and mine:
            found[row.table].append(min(mine, key=lambda place: place.page))
        begun.add(row.table)
    return found


def _depths(places: list[Place]) -> list[float]:
    """How far names are set in, from the least; none where they aren't set in by depths."""
    if len(places) < _FEWEST or any(place.lines[0].text[:1].isspace() for place in places):
        return []
    gaps = [(place.lines[0].x0 - place.left, place.right - place.lines[0].x1) for place in places]
    depths: list[float] = []
    for left, _ in sorted(gaps):
        if not depths or left - depths[-1] > _SAME:
            depths.append(left)
    centred = sum(abs(left - right) <= _MIDDLE for left, right in gaps)
    step = _LEAST_STEP * places[0].lines[0].size
    if not 1 < len(depths) <= _MOST_DEPTHS or depths[1] - depths[0] < step or centred * 2 > len(places):
        return []
    return depths
