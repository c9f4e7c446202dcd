"""Evidence: the page, lines and exact words in which a document says something."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import NamedNode

from budgetkg.findings import Evidence
from budgetkg.mapping.context import Context
from budgetkg.mapping.iri import part
from budgetkg.mapping.literals import decimal
from budgetkg.vocab import BKG, OA, RDF


def add_evidence(context: Context, subject: NamedNode, places: Iterable[Evidence]) -> None:
    """Say where a subject is printed; two subjects of one place share its evidence."""
    for place in places:
        quote = context.privacy.masked(place)
        node = context.mint.shared("evidence", str(place.page), str(place.start), str(place.end), quote)
        context.sink.add(subject, BKG.hasEvidence, node)
        if node.value not in context.described:
            context.described.add(node.value)
            _describe(context, node, place, quote)


def _describe(context: Context, node: NamedNode, place: Evidence, quote: str) -> None:
    sink, words, position = context.sink, part(node, "quote"), part(node, "position")
    sink.add(node, RDF.type, BKG.Evidence)
    sink.add(node, OA.hasSource, context.mint.document)
    sink.integer(node, BKG.pageNumber, place.page)
    if place.lines is not None:
        sink.integer(node, BKG.firstLine, place.lines[0])
        sink.integer(node, BKG.lastLine, place.lines[1])
    sink.text(node, BKG.cellRange, place.cells)
    if place.confidence is not None:
        sink.add(node, BKG.readingConfidence, decimal(Decimal(str(place.confidence))))
    sink.link(node, OA.hasSelector, (words, position))
    sink.add(words, RDF.type, OA.TextQuoteSelector)
    sink.text(words, OA.exact, quote)
    sink.add(position, RDF.type, OA.TextPositionSelector)
    sink.integer(position, OA.start, place.start)
    sink.integer(position, OA.end, place.end)
