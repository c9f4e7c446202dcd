"""Provenance in PROV-O: which software read which file with which settings into which graph.

Times are stated only where a build kept them (``--with-times``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from budgetkg.mapping import Statements, iri, literals
from budgetkg.mapping.sink import QuadSink
from budgetkg.store.generations import PROVENANCE
from budgetkg.vocab import DCTERMS, FOAF, PROV, RDF, RDFS, XSD

Json: TypeAlias = dict[str, Any]
_TIMES = (("started", PROV.startedAtTime), ("ended", PROV.endedAtTime))


def provenance_parts(entries: Iterable[Json], base: str) -> Iterator[Statements]:
    """The provenance as a graph for the store, a document at a time; several may say one thing.

    Statements about documents are left out: their own graphs make them.
    """
    for entry in entries:
        document, sink = iri.document(entry["base"], entry["key"]), QuadSink(iri.graph(base, PROVENANCE))
        for triple in provenance((entry,)):
            if triple.subject != document:
                sink.state(triple)
        for triple in origins((entry,)):
            sink.state(triple)
        yield sink.statements()


def origins(entries: Iterable[Json]) -> Iterator[Triple]:
    """Where documents come from, as lists of sources say: address, page, publisher, date, licence."""
    for entry in entries:
        document, base = iri.document(entry["base"], entry["key"]), entry["base"]
        origin: Json = entry.get("origin", {})
        if "url" in origin:
            yield Triple(document, PROV.hadPrimarySource, iri.address(origin["url"]))
        if "page" in origin:
            yield Triple(document, DCTERMS.source, iri.address(origin["page"]))
        if "issued" in origin:
            yield Triple(document, DCTERMS.issued, Literal(origin["issued"], datatype=XSD.date))
        if "publisher" in origin:
            publisher = iri.shared(base, "publisher", origin["publisher"])
            yield Triple(document, DCTERMS.publisher, publisher)
            yield Triple(publisher, RDF.type, FOAF.Agent)
            yield Triple(publisher, FOAF.name, literals.chinese(origin["publisher"]))
        if "licence" in origin:
            yield from _licence(document, base, origin["licence"])


def _licence(document: NamedNode, base: str, text: str) -> Iterator[Triple]:
    """A licence by its address, or a node that has its words."""
    if text.startswith(("http://", "https://")):
        yield Triple(document, DCTERMS.license, iri.address(text))
        return
    licence = iri.shared(base, "licence", text)
    yield Triple(document, DCTERMS.license, licence)
    yield Triple(licence, RDF.type, DCTERMS.LicenseDocument)
    yield Triple(licence, RDFS.label, literals.chinese(text))


def provenance(entries: Iterable[Json]) -> Iterator[Triple]:
    """The provenance of each document as an activity of its own, because each may be read at another time."""
    for entry in entries:
        made, base = entry.get("made"), entry["base"]
        if made is None:
            continue  # built by a version that kept no record of it
        document, graph = iri.document(base, entry["key"]), iri.graph(base, entry["key"])
        activity = iri.part(document, "reading")
        yield Triple(document, RDF.type, PROV.Entity)
        yield Triple(document, DCTERMS.identifier, literals.string(f"sha256:{entry['sha256']}"))
        yield Triple(graph, RDF.type, PROV.Entity)
        yield Triple(graph, PROV.wasDerivedFrom, document)
        yield Triple(graph, PROV.wasGeneratedBy, activity)
        yield Triple(activity, RDF.type, PROV.Activity)
        yield Triple(activity, PROV.used, document)
        for key, predicate in _TIMES:
            if key in made:
                yield Triple(activity, predicate, Literal(made[key], datatype=XSD.dateTime))
        yield from _association(activity, base, made)


def _association(activity: NamedNode, base: str, made: Json) -> Iterator[Triple]:
    """The software with its version as agent, and its settings as the plan that it followed."""
    configuration = json.dumps(made["configuration"], ensure_ascii=False, sort_keys=True)
    agent = iri.shared(base, "software", made["software"])
    plan = iri.shared(base, "configuration", configuration)
    node = iri.part(activity, "association")
    yield Triple(activity, PROV.wasAssociatedWith, agent)
    yield Triple(activity, PROV.qualifiedAssociation, node)
    yield Triple(node, RDF.type, PROV.Association)
    yield Triple(node, PROV.agent, agent)
    yield Triple(node, PROV.hadPlan, plan)
    yield Triple(agent, RDF.type, PROV.SoftwareAgent)
    yield Triple(agent, FOAF.name, literals.string(made["software"]))
    yield Triple(plan, RDF.type, PROV.Plan)
    yield Triple(plan, DCTERMS.description, Literal(configuration, language="en"))
