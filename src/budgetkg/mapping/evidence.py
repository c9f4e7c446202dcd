"""Evidence: the row in which a document prints something, and in the row the cell of each fact.

A record says in which row a thing is printed (:class:`budgetkg.findings.Evidence`); which cell of it
holds a target or an amount is found here, by the printed value itself. Where that can't be decided
without doubt, the fact has the evidence of the whole row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from budgetkg.findings import Evidence
from budgetkg.mapping import iri
from budgetkg.mapping.literals import decimal
from budgetkg.vocab import BKG, OA, RDF

if TYPE_CHECKING:
    from budgetkg.mapping.context import Context
    from budgetkg.records import CorrectedReading

# What stands between two cells of a row, or around a value inside a cell (年度指标值:100%；).
_BEFORE = frozenset("：:；;")
_AFTER = frozenset("；;。")
# No row of a form has so many characters; in one that has, comparing all places would take too long.
_LONGEST = 20_000


@dataclass(slots=True)
class Text:
    """A text of a row: a fact where ``node`` is set; ``order`` is its column, ``None`` if unknown.

    ``value`` has no white space. Columns count within one ``thing``: several may share a row.
    """

    value: str
    node: NamedNode | None = None
    order: int | None = None
    thing: int = 0
    rows: tuple[Evidence, ...] = ()
    fallback: bool = True


@dataclass(slots=True)
class Cells:
    """The texts that the rows of a document hold, until all are known and can be located."""

    texts: dict[Evidence, list[Text]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[Evidence, NamedNode] = field(default_factory=dict)
    things: int = 0


class Row:
    """What one thing prints, column by column, in the rows that are its evidence.

    ``fallback`` says whether a fact that no cell is found for has the evidence of the rows; not so
    where the rows are places of other things too, such as the heading of a document.
    """

    def __init__(
        self,
        context: Context,
        places: Iterable[Evidence],
        fallback: bool = True,
        corrections: tuple[CorrectedReading, ...] = (),
    ) -> None:
        self._context, self._places, self._fallback = context, tuple(places), fallback
        self._corrections = corrections
        self._order = 0
        context.cells.things += 1
        self._thing = context.cells.things

    def subject(self, node: NamedNode) -> None:
        """The thing that the rows are about."""
        add_evidence(self._context, node, self._places)
        add_corrections(self._context, node, self._corrections, self._places)

    def text(self, value: str | None) -> None:
        """A text of the next column that is no fact of its own, such as a name."""
        self._put(value, None)

    def fact(self, node: NamedNode, value: str) -> None:
        """A fact of the next column, by the node that states it."""
        self._put(value, node)

    def close(self, *others: str | None) -> None:
        """Further texts of the row, in columns whose order isn't known."""
        for value in others:
            if value and _bare(value):
                self._add(Text(_bare(value)))

    def _put(self, value: str | None, node: NamedNode | None) -> None:
        self._order += 1
        value = self._as_read(value)
        if value and _bare(value):
            self._add(Text(_bare(value), node, self._order, self._thing, self._places, self._fallback))

    def _as_read(self, value: str | None) -> str | None:
        """A value as it stands in the rows: one that a person set right is found by what was read there."""
        told = next((told for told in self._corrections if told.value == value), None)
        if told is None or value is None or any(_bare(value) in _bare(place.quote) for place in self._places):
            return value
        return told.read

    def _add(self, text: Text) -> None:
        for place in dict.fromkeys(self._places):
            self._context.cells.texts[place].append(text)


def text_of(value: str, order: int | None) -> Text:
    """A text to be located; white space in it doesn't count."""
    return Text(_bare(value), order=order)


def add_evidence(context: Context, subject: NamedNode, places: Iterable[Evidence]) -> None:
    """Say in which rows a subject is printed; two subjects of one row share its evidence."""
    for place in places:
        context.sink.add(subject, BKG.hasEvidence, _row(context, place))


def add_corrections(
    context: Context,
    owner: NamedNode,
    corrections: Iterable[CorrectedReading],
    places: Iterable[Evidence],
) -> None:
    """What a person set right in a thing, with the place that was read otherwise."""
    held = tuple(places)
    for told in corrections:
        node, sink, masked = (
            iri.part(owner, "correction", told.field),
            context.sink,
            context.privacy.masked_text,
        )
        sink.add(owner, BKG.hasCorrection, node)
        sink.add(node, RDF.type, BKG.ReadingCorrection)
        sink.text(node, BKG.correctedField, told.field)
        sink.text(node, BKG.valueRead, masked(told.read or "") or None)
        sink.text(node, BKG.valueCorrected, masked(told.value or "") or None)
        sink.text(node, BKG.correctionText, masked(told.reason or "") or None)
        sink.text(node, BKG.correctedBy, told.who)
        add_evidence(context, node, held)


def add_cells(context: Context) -> None:
    """The cell of every fact; called once, when all texts of all rows are known."""
    located: dict[int, NamedNode] = {}
    facts: dict[int, Text] = {}
    for place, texts in context.cells.texts.items():
        facts |= {id(text): text for text in texts if text.node is not None}
        for text, start, end in locate(place.quote, texts):
            if text.node is not None:
                located[id(text)] = text.node
                context.sink.add(text.node, BKG.hasEvidence, _cell(context, place, start, end))
    for key, fact in facts.items():
        if key not in located and fact.fallback and fact.node is not None:
            add_evidence(context, fact.node, fact.rows)


def locate(quote: str, texts: Iterable[Text]) -> Iterator[tuple[Text, int, int]]:
    """Where in a quote the texts stand, as far as it is beyond doubt: text, first and end position.

    White space is ignored. The longer text comes first, and what lies inside it is no place of a
    shorter one. Equal texts are located where they are printed as often as they are wanted, in the
    order of their columns. A text isn't located where another begins inside it and ends behind it,
    nor where a longer one holds it which itself isn't found.
    """
    if len(quote) > _LONGEST:
        return
    bare, places = _index(quote)
    wanted: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        wanted[text.value].append(text)
    printed = {value: _whole_places(quote, bare, places, value) for value in wanted}
    every = [(at, at + len(value)) for value, found in printed.items() for at in found]
    taken = bytearray(len(bare))
    unfound: list[str] = []
    for value in sorted(wanted, key=lambda value: (-len(value), value)):
        likes = wanted[value]
        spans = [(at, at + len(value)) for at in printed[value]]
        free = [(at, end) for at, end in spans if not any(taken[at:end])]
        for at, end in free:
            taken[at:end] = b"\x01" * len(value)
        if len(free) != len(likes) or any(_cross(span, other) for span in free for other in every):
            unfound.append(value)
        elif not any(value in longer for longer in unfound) and _have_order(likes):
            ordered = sorted(likes, key=lambda text: text.order or 0)
            for text, (at, end) in zip(ordered, free, strict=True):
                yield text, places[at], places[end - 1] + 1


def _have_order(likes: list[Text]) -> bool:
    """May equal texts be told apart by their columns? Those of two things may not."""
    orders = {text.order for text in likes}
    return len(likes) == 1 or (
        None not in orders and len(orders) == len(likes) and len({text.thing for text in likes}) == 1
    )


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Do two places overlap without one holding the other?"""
    return max(one[0], other[0]) < min(one[1], other[1]) and not (_holds(one, other) or _holds(other, one))


def _whole_places(quote: str, bare: str, places: list[int], value: str) -> list[int]:
    """Where a text fills its place; one that overlaps itself (甲 甲 甲 for 甲甲) is taken once."""
    found: list[int] = []
    at = bare.find(value)
    while at >= 0:
        whole = _is_whole(quote, places, at, len(value))
        if whole:
            found.append(at)
        at = bare.find(value, at + (len(value) if whole else 1))
    return found


def _is_whole(quote: str, places: list[int], at: int, length: int) -> bool:
    """Does the text fill its place, and isn't part of a longer word or number?"""
    start, end = places[at], places[at + length - 1] + 1
    before, after = quote[start - 1 : start], quote[end : end + 1]
    return (not before or before.isspace() or before in _BEFORE) and (
        not after or after.isspace() or after in _AFTER
    )


def _index(quote: str) -> tuple[str, list[int]]:
    """The quote without white space, and where in the quote each character stands."""
    kept = [(char, at) for at, char in enumerate(quote) if not char.isspace()]
    return "".join(char for char, _ in kept), [at for _, at in kept]


def _bare(text: str) -> str:
    return "".join(text.split())


def _cell(context: Context, place: Evidence, start: int, end: int) -> NamedNode:
    """The evidence of a cell; the row's own where the cell is all of it.

    Which characters of the row's quote it is stands in its IRI: so that a fact with its exact place
    takes two statements, and the evidence of a document no more of them than that of rows alone did.
    """
    row = _row(context, place)
    if (start, end) == (0, len(place.quote)):
        return row
    node = iri.cell(row, start, end)
    context.sink.add(node, BKG.partOfEvidence, row)
    return node


def _row(context: Context, place: Evidence) -> NamedNode:
    """The evidence of a row, described where it is met for the first time."""
    known = context.cells.rows.get(place)
    if known is not None:
        return known
    quote = context.privacy.masked(place)
    node = context.mint.shared("evidence", str(place.page), str(place.start), str(place.end), quote)
    context.cells.rows[place] = node
    _describe(context, node, place, quote)
    return node


def _describe(context: Context, node: NamedNode, place: Evidence, quote: str) -> None:
    sink = context.sink
    sink.add(node, RDF.type, BKG.Evidence)
    sink.add(node, OA.hasSource, context.mint.document)
    sink.integer(node, BKG.pageNumber, place.page)
    if place.lines is not None:
        sink.integer(node, BKG.firstLine, place.lines[0])
        sink.integer(node, BKG.lastLine, place.lines[1])
    sink.text(node, BKG.cellRange, place.cells)
    if place.confidence is not None:
        sink.add(node, BKG.readingConfidence, decimal(Decimal(str(place.confidence))))
    sink.text(node, BKG.quote, quote)
    sink.integer(node, BKG.startOffset, place.start)
