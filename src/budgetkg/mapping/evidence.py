"""Evidence: the row in which a document prints something, and in the row the cell of each fact.

A record says in which row a thing is printed (:class:`budgetkg.findings.Evidence`). Which cell of it holds
a target or an amount follows from the printed value itself (:mod:`budgetkg.mapping.locating`); where that
leaves a doubt, the fact has the evidence of the whole row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from budgetkg.findings import Evidence
from budgetkg.mapping import iri
from budgetkg.mapping.literals import decimal
from budgetkg.mapping.locating import Text, locate
from budgetkg.text import without_white_space
from budgetkg.vocab import BKG, OA, RDF

if TYPE_CHECKING:
    from budgetkg.mapping.context import Context
    from budgetkg.records import CorrectedReading


@dataclass(slots=True)
class Cells:
    """The texts that the rows of a document hold, until all are known and can be located."""

    texts: dict[Evidence, list[Text]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[Evidence, NamedNode] = field(default_factory=dict)
    things: int = 0


class Row:
    """What one thing prints, column by column, in the rows that are its evidence.

    ``row_if_unfound`` says whether a fact has the evidence of the rows where no cell is found for it. It
    hasn't where the rows belong to other things too, such as the heading of a document.

    All texts of the row are to be added before :func:`add_cells`, those of known columns in their order: a
    fact may else be located in the cell of a text that wasn't added.
    """

    def __init__(
        self,
        context: Context,
        places: Iterable[Evidence],
        row_if_unfound: bool = True,
        corrections: tuple[CorrectedReading, ...] = (),
    ) -> None:
        self._context, self._places = context, tuple(places)
        self._held = [context.cells.texts[place] for place in dict.fromkeys(self._places)]
        self._row_if_unfound, self._corrections = row_if_unfound, corrections
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

    def texts_anywhere(self, *values: str | None) -> None:
        """Further texts of the row, in columns whose order isn't known; blank ones are left out."""
        for value in values:
            text = without_white_space(value or "")
            if text:
                self._add(Text(text))

    def _put(self, value: str | None, node: NamedNode | None) -> None:
        self._order += 1
        text = without_white_space(self._as_read(value) or "")
        if text:
            self._add(Text(text, node, self._order, self._thing, self._places, self._row_if_unfound))

    def _as_read(self, value: str | None) -> str | None:
        """A value as it stands in the rows: one that a person set right is found by what was read there."""
        if not self._corrections:
            return value
        told = next((told for told in self._corrections if told.value == value), None)
        if told is None or value is None:
            return value
        words = without_white_space(value)
        printed = any(words in without_white_space(place.quote) for place in self._places)
        return value if printed else told.read

    def _add(self, text: Text) -> None:
        for texts in self._held:
            texts.append(text)


def add_evidence(
    context: Context, subject: NamedNode, places: Iterable[Evidence], says: NamedNode = BKG.hasEvidence
) -> None:
    """Say in which rows a subject is printed; two subjects of one row share its evidence."""
    for place in places:
        context.sink.add(subject, says, _row(context, place))


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
    """Add the cell of every fact; to be called once, when all texts of all rows are known."""
    located: dict[int, NamedNode] = {}
    facts: dict[int, Text] = {}
    for place, texts in context.cells.texts.items():
        facts |= {id(text): text for text in texts if text.node is not None}
        for text, start, end in locate(place.quote, texts):
            if text.node is not None:
                located[id(text)] = text.node
                context.sink.add(text.node, BKG.hasEvidence, _cell(context, place, start, end))
    for key, fact in facts.items():
        if key not in located and fact.row_if_unfound and fact.node is not None:
            add_evidence(context, fact.node, fact.rows)


def _cell(context: Context, place: Evidence, start: int, end: int) -> NamedNode:
    """The evidence of a cell; the row's own where the cell is all of it.

    Its IRI is the row's, with the characters of the row's quote that it is as fragment. So the exact place of
    a fact takes one statement, as its row would.
    """
    row = _row(context, place)
    if (start, end) == (0, len(place.quote)):
        return row
    return iri.cell(row, start, end)


def _row(context: Context, place: Evidence) -> NamedNode:
    """The evidence of a row, described where it is met for the first time.

    Two characters of the document's text, the first and the one behind the last, name it: all else that is
    said of it follows from them (:meth:`budgetkg.reading.source.Source.evidence`).
    """
    known = context.cells.rows.get(place)
    if known is not None:
        return known
    node = context.mint.evidence(place.start, place.end)
    context.cells.rows[place] = node
    _describe(context, node, place)
    return node


def _describe(context: Context, node: NamedNode, place: Evidence) -> None:
    sink = context.sink
    sink.add(node, OA.hasSource, context.mint.document)
    sink.integer(node, BKG.pageNumber, place.page)
    if place.lines is not None:
        first, last = place.lines
        sink.identifier(node, BKG.lineRange, str(first) if first == last else f"{first}-{last}")
    sink.text(node, BKG.cellRange, place.cells)
    if place.confidence is not None:
        sink.add(node, BKG.readingConfidence, decimal(Decimal(str(place.confidence))))
    sink.text(node, BKG.quote, context.privacy.masked(place))
