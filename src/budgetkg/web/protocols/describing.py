"""The service description of the endpoint: its forms, its graphs, and the prefixes that it knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from budgetkg.vocab import PREFIXES, RDF, SH, XSD

_TEMPLATE = Path(__file__).with_name("service-description.ttl")


def description(address: str, graphs: Iterable[str]) -> list[Triple]:
    """The triples that describe the endpoint at an address, with these named graphs."""
    text = _TEMPLATE.read_bytes()
    found = [quad.triple for quad in pyoxigraph.parse(text, RdfFormat.TURTLE, base_iri=address)]
    prefix = next(triple.object for triple in found if triple.predicate == RDF.type)
    space = str(getattr(prefix, "value", "")).rpartition("#")[0] + "#"
    return [*found, *_graphs(address, space, graphs), *_prefixes(address)]


def _graphs(address: str, space: str, graphs: Iterable[str]) -> Iterator[Triple]:
    for number, name in enumerate(graphs, 1):
        node = NamedNode(f"{address}#graph-{number}")
        yield Triple(NamedNode(f"{address}#dataset"), NamedNode(f"{space}namedGraph"), node)
        yield Triple(node, RDF.type, NamedNode(f"{space}NamedGraph"))
        yield Triple(node, NamedNode(f"{space}name"), NamedNode(name))


def _prefixes(address: str) -> Iterator[Triple]:
    """A query may use these without a PREFIX line."""
    for name, namespace in sorted(PREFIXES.items()):
        node = NamedNode(f"{address}#prefix-{name}")
        yield Triple(NamedNode(f"{address}#service"), SH.declare, node)
        yield Triple(node, SH.prefix, Literal(name))
        yield Triple(node, SH.namespace, Literal(namespace, datatype=XSD.anyURI))
