"""Things of a record, and which of them a person means by a name, the address of a cell or a quote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from budgetkg.findings import Evidence
from budgetkg.records import DocumentRecord
from budgetkg.text import comparison_key as key

Steps: TypeAlias = tuple[tuple[str, int], ...]

_CELL = re.compile(r"(?:'?(?P<sheet>[^!]+?)'?!)\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d{1,7})")
_RANGE = re.compile(r"'?(?P<sheet>[^!]{1,99}?)'?!([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")
_QUOTE = re.compile(r"(?:[pP]\.?|第)\s*(?P<page>\d+)\s*页?\s*[:：]?\s*(?P<quote>.+)", re.DOTALL)
_WITHIN = re.compile(r"(?<!\s)\s++[>＞]\s++")
_LISTS = {
    "units_of_use": "unit_of_use", "projects": "project", "tasks": "task", "indicators": "indicator",
    "budget": "budget_line", "funds": "fund_line",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of a record: its kind, how it is reached from the record, its names from the outermost down."""

    kind: str
    steps: Steps
    names: tuple[str, ...]
    value: Any

    @property
    def where(self) -> str:
        """Where it stands, as findings say it."""
        return " / ".join(self.names)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it is printed."""
        found: tuple[Evidence, ...] = self.value.evidence
        return found


def things(record: DocumentRecord) -> Iterator[Thing]:
    """The document and everything in it."""
    yield Thing("document", (), (), record)
    yield from _below(record, (), ())


def _below(owner: Any, steps: Steps, names: tuple[str, ...]) -> Iterator[Thing]:
    for attribute, kind in _LISTS.items():
        for at, value in enumerate(getattr(owner, attribute, ()) if attribute != "projects" or steps else ()):
            if isinstance(value, str):  # a task only names its projects
                continue
            own = (*names, value.name if hasattr(value, "name") else value.label)
            here = (*steps, (attribute, at))
            yield Thing(kind, here, own, value)
            yield from _below(value, here, own)


def meant(place: str, everything: Iterable[Thing], has_field: Callable[[Thing], bool]) -> list[Thing]:
    """The things that a place may mean, only those with the field where any has it.

    A blank place is the document. Of things around one cell or one quote the narrowest is meant; several are
    returned where nothing tells them apart.
    """
    held = list(everything)
    found = [thing for thing in held if _fits(place, thing)]
    cell = _CELL.fullmatch(place)
    if cell is not None and not found:  # a blank cell stands behind the last printed one of its row
        found = [
            thing
            for thing in held
            if any(_covers(told.cells, cell, row_only=True) for told in thing.evidence)
        ]
    able = [thing for thing in found if has_field(thing)] or found
    if (cell is not None or _QUOTE.fullmatch(place)) and len(able) > 1:
        least = min(_extent(thing) for thing in able)
        able = [thing for thing in able if _extent(thing) == least]
    return able


def _fits(place: str, thing: Thing) -> bool:
    if not place:
        return thing.kind == "document"
    cell, quote = _CELL.fullmatch(place), _QUOTE.fullmatch(place)
    if cell is not None and any(_covers(found.cells, cell) for found in thing.evidence):
        return True
    if quote is not None:
        words = key(quote["quote"].strip('"“”「」'))
        page = int(quote["page"])
        if any(found.page == page and words in key(found.quote) for found in thing.evidence):
            return True
    wanted = [key(name) for name in _WITHIN.split(place)]
    own = [key(name) for name in thing.names]
    return bool(own) and own[-1] == wanted[-1] and _in_order(wanted[:-1], own[:-1])


def _in_order(wanted: list[str], names: list[str]) -> bool:
    """Whether every wanted owner is one, from the outermost down."""
    left = iter(names)
    return all(any(name == other for other in left) for name in wanted)


def _covers(cells: str | None, wanted: re.Match[str], row_only: bool = False) -> bool:
    """Whether the address of some cells holds a cell; of a range over several rows every column counts."""
    for found in _RANGE.finditer(cells or ""):
        sheet, first, top, last, bottom = found.groups()
        column, row = _number(wanted["column"]), int(wanted["row"])
        low = int(bottom or top)
        beside = row_only or low > int(top) or _number(first) <= column <= _number(last or first)
        if sheet.strip() == wanted["sheet"].strip() and beside and int(top) <= row <= low:
            return True
    return False


def _number(letters: str) -> int:
    """A column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _extent(thing: Thing) -> tuple[int, int]:
    """How much of the document a thing's places cover; of two alike the one deeper inside is narrower."""
    return sum(found.end - found.start for found in thing.evidence), -len(thing.steps)
