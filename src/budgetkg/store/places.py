"""Where things are printed: file, page, lines or cells, and the words, for one thing or for each row."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from budgetkg.errors import QueryError
from budgetkg.resources import internal_query
from budgetkg.store.presentation import without
from budgetkg.store.results import Solutions, Term
from budgetkg.vocab import XSD

if TYPE_CHECKING:
    from budgetkg.store import Store

COLUMNS = ("place", "file", "page", "lines", "quote", "picture")
"""What :func:`with_places` adds to an answer; ``place`` numbers the places of one row from 1.

``picture`` is the command that shows the page; it names the file as it was read.
"""

_AT_ONCE = 500  # things in one query: some 50 KB of IRIs, which every endpoint takes by POST


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: file, page and lines (both from 1), and the words as printed.

    In a spreadsheet ``page`` is the number of the sheet, and ``cells`` (``Sheet1!B4:F4``) takes the place of
    ``lines``.
    """

    file: str
    page: int
    lines: tuple[int, int] | None
    quote: str
    cells: str | None = None

    @property
    def picture(self) -> str:
        """The command that shows the place as it looks on its page."""
        return f"budgetkg parse {shlex.quote(self.file)} --picture page.html --page {self.page}"

    @property
    def line_range(self) -> str:
        """``12``, ``12-13`` or ``Sheet1!B4:F4``; empty where a file has neither lines nor cells."""
        if self.lines is None:
            return self.cells or ""
        first, last = self.lines
        return str(first) if first == last else f"{first}-{last}"


def places_of(store: Store, things: Iterable[str]) -> dict[str, tuple[Place, ...]]:
    """The places of things, by IRI; a thing printed nowhere is absent.

    A plan has the places of its documents, and so has a finding that quotes nothing: what a document lacks
    stands nowhere in it.
    """
    wanted = sorted(set(things))
    found = _asked(store, "places", wanted)
    return found | _asked(store, "places-otherwise", [iri for iri in wanted if iri not in found])


def _asked(store: Store, name: str, things: Iterable[str]) -> dict[str, tuple[Place, ...]]:
    places: dict[str, list[Place]] = {}
    left = iter(things)
    while some := tuple(map(_node, islice(left, _AT_ONCE))):
        answer = store.query(internal_query(name), {"thing": some})
        if not isinstance(answer, Solutions):
            raise QueryError("no-rows", name=name)
        for thing, *where in answer.rows:
            places.setdefault(_text(thing), []).append(_place(*map(_text, where)))
    return {iri: tuple(dict.fromkeys(several)) for iri, several in places.items()}


def with_places(answer: Solutions, subjects: tuple[str, ...], store: Store) -> Solutions:
    """The rows with the columns of :data:`COLUMNS`, a row once for each place of its subjects.

    ``subjects`` names the variables that say what a row is about: an IRI, or of a row that sums up
    many things, their IRIs with blanks between. They leave the answer. A row that nothing printed
    belongs to stays, with place 0.
    """
    at = [answer.variables.index(name) for name in subjects if name in answer.variables]
    about = [tuple(tuple(_text(row[place]).split()) for place in at) for row in answer.rows]
    known = places_of(store, (iri for row in about for several in row for iri in several))
    kept = without(answer, subjects)
    rows = tuple(
        (*row, *added)
        for row, subject in zip(kept.rows, about, strict=True)
        for added in _added(_in_order(subject, known))
    )
    return Solutions((*kept.variables, *COLUMNS), rows)


def _in_order(subject: tuple[tuple[str, ...], ...], known: dict[str, tuple[Place, ...]]) -> tuple[Place, ...]:
    """The places of a row: those of its first subject variable first, each in the order of reading."""
    several = (
        place
        for iris in subject
        for place in sorted({place for iri in iris for place in known.get(iri, ())}, key=_reading_order)
    )
    return tuple(dict.fromkeys(several))


def _reading_order(place: Place) -> tuple[str, int, tuple[int, int], str, str]:
    return place.file, place.page, place.lines or (0, 0), place.cells or "", place.quote


def _added(places: tuple[Place, ...]) -> Iterator[tuple[Term | None, ...]]:
    if not places:
        yield (_integer(0), None, None, None, None, None)
    for number, place in enumerate(places, start=1):
        lines = Literal(place.line_range) if place.line_range else None
        file, page, quote = Literal(place.file), _integer(place.page), Literal(place.quote)
        yield (_integer(number), file, page, lines, quote, Literal(place.picture))


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        raise QueryError("subject-no-iri", value=iri[:80]) from None


def _integer(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def _place(file: str, page: str, first: str, last: str, cells: str, quote: str) -> Place:
    return Place(file, int(page), (int(first), int(last)) if first and last else None, quote, cells or None)


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else ""
