"""Triples written as a client wants them: with prefixes, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

from budgetkg.vocab import PREFIXES


def serialized(triples: Iterable[Triple], kind: str) -> bytes:
    """Triples as one of the media types of :data:`budgetkg.endpoint.protocol.TRIPLES`, sorted.

    Turtle and RDF/XML name only the prefixes that they use.
    """
    found = sorted(set(triples), key=_order)
    text = " ".join(str(triple) for triple in found)
    used = {name: space for name, space in PREFIXES.items() if f"<{space}" in text}
    form = RdfFormat.from_media_type(kind) or RdfFormat.TURTLE
    return pyoxigraph.serialize(found, format=form, prefixes=used) or b""


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    """By subject; its types come first."""
    predicate = str(triple.predicate)
    return str(triple.subject), not predicate.endswith("#type>"), predicate, str(triple.object)
