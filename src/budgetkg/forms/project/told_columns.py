"""Columns of a project table whose headers are on no list, told by what stands under them.

A column of places under a header that says places (县（市、区）, 所在乡镇) says who gets the money. The only
column of amounts is what a project gets, the only one of sentences under 目标 its goal. Header and cells must
say the same; a field that another column holds is never told again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile

from budgetkg.forms.layout.header import Header
from budgetkg.forms.layout.label_words import is_money_header, organisation_role
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.project.sum_rows import AMOUNTS
from budgetkg.forms.settings import BLANKS, SHARE
from budgetkg.late import late_pattern
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.text import comparison_key as key

_PLACES = re.compile(
    r"(?:所在|受益|受助|实施|下达|分配|资金|项目)?(?:分|各)?(?:地区|地州|[省市县区州盟旗乡镇村]|街道|街|[()、,/和])+(?:名称|别)?"
)
_PLACE = late_pattern(r"[\u4e00-\u9fff]{1,11}(?:[省市县区州盟旗镇乡村]|街道|街道办事处|本级|市直|州直|区直)")
_YEAR = re.compile(r"20\d\d")
_GOAL = re.compile(r"目标(?:\([^()]*\))?$")
_OFFICES = {"department": "department", "unit_of_use": "unit_of_use", "budget_unit": "unit_of_use"}
_STOP = re.compile(r"[。;]")
_LONGEST_NAME = 12  # characters: what is longer under 目标 says what is to be done


def told_columns(layout: Layout, header: Header, rows: Sequence[GridRow]) -> dict[int, str]:
    """The fields of the columns that their cells tell; ``rows`` are those below the header."""
    taken, unknown = header.names, header.unknown()
    if not unknown:
        return {}
    under = _under(layout, rows)
    found: dict[int, str] = {}
    tests: tuple[tuple[str, bool, Callable[[str], object], Callable[[Cell], bool]], ...] = (
        ("unit_of_use", not taken & {"unit_of_use"}, _PLACES.fullmatch, _is_place),
        ("total", not taken & set(AMOUNTS), _is_money_header, _is_amount),
        ("goal", not taken & {"goal", "period_goal"}, _GOAL.search, _is_sentence),
    )
    found |= _offices(unknown, under, taken)
    for name, free, says, fits in tests:
        told = [at for at, text in unknown.items() if says(key(text)) and _are(under.get(at, ()), fits)]
        if free and len(told) == 1 and name not in found.values():
            found.setdefault(told[0], name)
    return found


def _offices(
    unknown: Mapping[int, str], under: Mapping[int, Sequence[Cell]], taken: set[str]
) -> dict[int, str]:
    """The columns of organisations under headers that say what they do for the projects: 责任单位."""
    found: dict[int, str] = {}
    for at, text in unknown.items():
        cells = under.get(at, ())
        roles = Counter(_OFFICES.get(organisation_role(text, cell.text) or "") for cell in cells)
        role, count = next(iter(roles.most_common(1)), (None, 0))
        if role and count >= SHARE * len(cells) and role not in {*taken, *found.values()}:
            found[at] = role
    return found


def _under(layout: Layout, rows: Sequence[GridRow]) -> dict[int, list[Cell]]:
    """The cells of the table below by the column in which they begin, sums and blanks left out."""
    found: dict[int, list[Cell]] = {}
    for row in takewhile(lambda row: row.table == rows[0].table, rows):
        if not any(cell.key in layout.totals for cell in row.cells):
            for cell in row.cells:
                found.setdefault(cell.column, []).append(cell)
    return {at: [cell for cell in cells if cell.key not in BLANKS] for at, cells in found.items()}


def _are(cells: Sequence[Cell], fits: Callable[[Cell], bool]) -> bool:
    return bool(cells) and sum(map(fits, cells)) >= SHARE * len(cells)


def _is_place(cell: Cell) -> bool:
    return _PLACE.fullmatch(cell.key) is not None


def _is_money_header(text: str) -> bool:
    return is_money_header(text) and _YEAR.search(text) is None


def _is_amount(cell: Cell) -> bool:
    return money_in(cell.text) is not None


def _is_sentence(cell: Cell) -> bool:
    return _STOP.search(cell.key) is not None or len(cell.key) > _LONGEST_NAME
