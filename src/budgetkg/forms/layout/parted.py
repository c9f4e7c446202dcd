"""Several labels with their values in one cell or line: 项目名称：…　　项目单位：…　　评价年度：2022年."""

from __future__ import annotations

import re
from collections.abc import Callable

from budgetkg.forms.settings import LONGEST_LABEL, LONGEST_PERSON
from budgetkg.reading.grid import Cell
from budgetkg.text import fold_width as fold

_LABEL = re.compile(r"(?:(?<=\s)|^)(?P<label>[^\s:]{2,24})\s{0,4}:")


def parted(cell: Cell, is_label: Callable[[str], bool]) -> list[Cell]:
    """The cell cut before each further label, if it begins with one and all of its values are short.

    A sentence that happens to hold a label and a colon is long, and stays whole.
    """
    plain = fold(cell.place.text)
    if plain.count(":") < 2:
        return [cell]
    starts = [found.start() for found in _LABEL.finditer(plain)
              if len(found["label"]) <= LONGEST_LABEL and is_label(found["label"])]  # fmt: skip
    if len(starts) < 2 or plain[: starts[0]].strip():
        return [cell]
    ends = [*starts[1:], len(plain)]
    places = [cell.place[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    if any(len(place.text) > LONGEST_PERSON for place in places):
        return [cell]
    return [Cell(cell.column, place.text, place, cell.span, cell.rows) for place in places]
