"""Links with their method, evidence and confidence: as a table for review and as a graph.

``DIR/links/<target>.csv`` is the table: a person changes ``status`` (verified, unverified, rejected)
and ``note``, and every later run and build keeps that. A link that a later run doesn't
make again stays if a person has judged it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from budgetkg.codelists import concepts
from budgetkg.errors import BudgetkgError, why
from budgetkg.export.files import csv_text
from budgetkg.mapping import iri, literals
from budgetkg.mapping.sink import QuadSink
from budgetkg.regular import content
from budgetkg.vocab import BKG, RDF, VOID

COLUMNS = ("source", "relation", "target", "method", "evidence", "confidence", "status", "note")
UNVERIFIED, VERIFIED, REJECTED = "unverified", "verified", "rejected"
BY_A_PERSON = "by-a-person"
STATUSES = (VERIFIED, UNVERIFIED, REJECTED)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One link: ``relation`` is the IRI of a property."""

    source: str
    relation: str
    target: str
    method: str
    evidence: str
    confidence: Decimal
    status: str = UNVERIFIED
    note: str = ""

    @property
    def identity(self) -> tuple[str, str, str]:
        """Subject, property and target: a person's verdict is about these."""
        return (self.source, self.relation, self.target)


@dataclass(frozen=True, slots=True)
class TargetLinks:
    """The links of a target; ``described`` are statements about linked things that the graph lacks."""

    links: tuple[Link, ...]
    described: frozenset[Triple] = field(default_factory=frozenset)


def reviewed(fresh: Iterable[Link], known: Iterable[Link]) -> tuple[Link, ...]:
    """Fresh links with the verdicts on known ones; known links that a person judged stay in any case."""
    links = {link.identity: link for link in fresh}
    for old in known:
        if old.identity in links:
            links[old.identity] = replace(links[old.identity], status=old.status, note=old.note)
        elif old.status != UNVERIFIED or old.note:
            links[old.identity] = old
    return tuple(sorted(links.values()))


def written(links: Iterable[Link]) -> str:
    """The links as the text of the table."""
    rows = (
        (*link.identity, link.method, link.evidence, f"{link.confidence:.2f}", link.status, link.note)
        for link in sorted(links)
    )
    return csv_text(COLUMNS, rows)


def read(path: Path) -> tuple[Link, ...]:
    """The links of a table; raises :class:`BudgetkgError` with the line number where one is wrong."""
    try:
        rows = list(csv.DictReader(io.StringIO(content(path).decode("utf-8-sig"), newline="")))
    except OSError as error:
        raise BudgetkgError("cant-be-read", path=path, error=why(error)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BudgetkgError("cant-be-read", path=path, error=error) from error
    return tuple(_link(path, line, row) for line, row in enumerate(rows, start=2) if any(row.values()))


def _link(path: Path, line: int, row: Mapping[str, str | None]) -> Link:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    status = cells["status"] or UNVERIFIED
    if status not in STATUSES:
        raise BudgetkgError("link-status", path=path, line=line, status=status, known=STATUSES)
    method = cells["method"] or BY_A_PERSON
    if method not in _methods():
        raise BudgetkgError("link-method", path=path, line=line, method=method, known=tuple(_methods()))
    try:
        confidence = Decimal(cells["confidence"] or "1")
        for name in ("source", "relation", "target"):
            NamedNode(cells[name])
    except (InvalidOperation, ValueError) as error:
        raise BudgetkgError("link-malformed", path=path, line=line, error=error) from error
    if not 0 <= confidence <= 1:
        raise BudgetkgError("link-confidence", path=path, line=line, confidence=confidence)
    return Link(
        cells["source"], cells["relation"], cells["target"], method, cells["evidence"],
        confidence, status, cells["note"],
    )  # fmt: skip


def _methods() -> tuple[str, ...]:
    return tuple(item.notation for item in concepts("link-method"))


def quads(base: str, name: str, content: TargetLinks, known: frozenset[Triple] = frozenset()) -> list[Quad]:
    """The graph of a linkset; statements in ``known``, which other graphs make, are left out."""
    sink = QuadSink(iri.graph(base, f"links-{name}"))
    linkset = iri.dataset(base, "links", name)
    sink.add(linkset, RDF.type, VOID.Linkset)
    sink.add(linkset, VOID.subjectsTarget, iri.dataset(base, "corpus"))
    targets = iri.part(linkset, "targets")
    sink.add(linkset, VOID.objectsTarget, targets)
    sink.add(targets, RDF.type, VOID.Dataset)
    for space in {_namespace(link.target) for link in content.links}:
        sink.text(targets, VOID.uriSpace, space)
    sink.integer(linkset, VOID.triples, sum(link.status != REJECTED for link in content.links))
    for link in content.links:
        if link.status != REJECTED:
            sink.add(linkset, VOID.linkPredicate, NamedNode(link.relation))
        _add(sink, iri.inference(base, "link", *link.identity), linkset, link, known)
    for triple in content.described - known:
        sink.state(triple)
    return sink.quads()


def _namespace(target: str) -> str:
    """An IRI up to its last "#", "/" or ":", for void:uriSpace."""
    return target[: max(map(target.rfind, "#/:")) + 1]


def _add(sink: QuadSink, node: NamedNode, linkset: NamedNode, link: Link, known: frozenset[Triple]) -> None:
    source, relation, target = map(NamedNode, link.identity)
    sink.add(node, RDF.type, BKG.Link)
    sink.add(node, VOID.inDataset, linkset)
    sink.add(node, BKG.hasSubject, source)
    sink.add(node, BKG.hasLinkProperty, relation)
    sink.add(node, BKG.hasLinkTarget, target)
    sink.add(node, BKG.hasMethod, iri.code("linkmethod", link.method))
    sink.text(node, BKG.matchedText, link.evidence or None)
    sink.add(node, BKG.confidence, literals.decimal(link.confidence))
    sink.add(node, BKG.hasLinkStatus, iri.code("linkstatus", link.status))
    sink.text(node, BKG.reviewNote, link.note or None)
    if link.status != REJECTED and Triple(source, relation, target) not in known:
        sink.add(source, relation, target)
