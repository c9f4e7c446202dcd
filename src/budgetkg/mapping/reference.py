"""The two graphs that belong to no document: reference (plans, departments, code lists), vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from budgetkg.codelists import Concept, concept, divisions, is_inferred, scheme_iri
from budgetkg.divisions import division
from budgetkg.errors import BudgetkgError
from budgetkg.gazetteer import EDITION, OLDEST_EDITION, ancestors, under_code
from budgetkg.mapping import iri, literals
from budgetkg.mapping.options import MappingOptions
from budgetkg.mapping.plan import (
    NamesDepartment,
    StatesPlan,
    department_iri,
    department_name,
    division_code,
    division_iri,
    plan_iri,
)
from budgetkg.mapping.sink import QuadSink
from budgetkg.mapping.statements import Statements
from budgetkg.resources import code_list_files, vocabulary_files
from budgetkg.vocab import BKG, DCTERMS, OWL, RDF, RDFS, SKOS, XSD

REFERENCE = "reference"
VOCABULARY = "vocabulary"


class NamesDocument(StatesPlan, Protocol):
    """A document with its plan, as a record or the index of a build says it."""

    @property
    def source(self) -> str:
        """The name of the file."""

    @property
    def sha256(self) -> str:
        """The hash of the file."""


@dataclass(frozen=True, slots=True)
class Superseded:
    """A document whose plan counts another edition: by the key of that document, and why."""

    by: str
    reason: str


def reference_quads(
    records: Iterable[NamesDocument],
    options: MappingOptions | None = None,
    superseded: Mapping[str, Superseded] | None = None,
) -> list[Quad]:
    """What :func:`reference_statements` makes, as terms."""
    return reference_statements(records, options, superseded).quads()


def reference_statements(
    records: Iterable[NamesDocument],
    options: MappingOptions | None = None,
    superseded: Mapping[str, Superseded] | None = None,
) -> Statements:
    """Plans, departments, divisions and code lists: what documents share, each once.

    ``superseded`` are the documents, by their keys, that don't count because another edition does.
    """
    lines = {line for part in reference_parts(records, options, superseded) for line in part.lines}
    graph = iri.graph((options or MappingOptions()).base, REFERENCE)
    return Statements(str(graph), tuple(sorted(lines)))


def reference_parts(
    records: Iterable[NamesDocument],
    options: MappingOptions | None = None,
    superseded: Mapping[str, Superseded] | None = None,
) -> Iterator[Statements]:
    """The same in parts, a plan at a time; several may say one thing."""
    base = (options or MappingOptions()).base
    graph, records = iri.graph(base, REFERENCE), tuple(records)
    by_plan = _by_plan(base, records, superseded or {})
    for node in sorted(by_plan, key=str):
        sink = QuadSink(graph)
        _add_departments(sink, base, by_plan[node])
        _add_stated(sink, base, node, by_plan[node], superseded or {})
        yield sink.statements()
    sink = QuadSink(graph)
    for triple in _triples(code_list_files()):
        _add(sink, triple)
    for triple in _labels(code_list_files()):
        sink.state(triple)
    _add_divisions(sink, {code for item in records for code in (item.division, division_code(item)) if code})
    yield sink.statements()


def plan_quads(record: NamesDocument, options: MappingOptions | None = None) -> list[Quad]:
    """What the reference graph says of the plan of a document, as if no other document stated it."""
    return plan_statements(record, options).quads()


def plan_statements(record: NamesDocument, options: MappingOptions | None = None) -> Statements:
    """The same as text."""
    base = (options or MappingOptions()).base
    sink = QuadSink(iri.graph(base, REFERENCE))
    _add_stated(sink, base, plan_iri(base, record), [record], {})
    return sink.statements()


def vocabulary_quads(options: MappingOptions | None = None) -> list[Quad]:
    """What :func:`vocabulary_statements` makes, as terms."""
    return vocabulary_statements(options).quads()


def vocabulary_statements(options: MappingOptions | None = None) -> Statements:
    """The ontology. A triple that the code lists say as well stands in the reference graph only."""
    base = (options or MappingOptions()).base
    sink = QuadSink(iri.graph(base, VOCABULARY))
    elsewhere = frozenset(_triples(code_list_files()))
    for triple in _triples(vocabulary_files()):
        if triple not in elsewhere:
            _add(sink, triple)
    return sink.statements()


def _add_departments(sink: QuadSink, base: str, documents: Iterable[NamesDepartment]) -> None:
    """Every department once; what is said of it follows from its name and division alone."""
    for document in documents:
        node = department_iri(base, document)
        if node is None or document.department is None:
            continue
        sink.add(node, RDF.type, BKG.Department)
        sink.name(node, RDFS.label, department_name(document.department))
        sink.add(node, BKG.hasDivision, division_iri(division_code(document)))


def _by_plan(
    base: str, records: Iterable[NamesDocument], superseded: Mapping[str, Superseded]
) -> dict[NamedNode, list[NamesDocument]]:
    """The documents that state each plan.

    An edition that prints no year states the plan of the one that counts in its place.
    """
    by_key = {document.key: document for document in records}
    stating: dict[NamedNode, list[NamesDocument]] = defaultdict(list)
    for document in by_key.values():
        other = superseded.get(document.key)
        stating[plan_iri(base, by_key[other.by] if other else document)].append(document)
    return stating


def _add_stated(
    sink: QuadSink,
    base: str,
    node: NamedNode,
    documents: list[NamesDocument],
    superseded: Mapping[str, Superseded],
) -> None:
    """A plan with the documents that state it and those of them that count."""
    _add_plan(sink, base, node, documents)
    for document in documents:
        stated_by, other = iri.document(base, document.key), superseded.get(document.key)
        sink.add(node, BKG.statedBy, stated_by)
        if other is None:
            sink.add(node, BKG.countedDocument, stated_by)
        else:
            _add_superseded(sink, base, document, node, other)


def _add_plan(sink: QuadSink, base: str, node: NamedNode, documents: list[NamesDocument]) -> None:
    one = min(documents, key=lambda document: (plan_iri(base, document) != node, document.key))
    evaluates = one.form_kind.endswith("self-evaluation")
    sink.add(node, RDF.type, BKG.SelfEvaluation if evaluates else BKG.BudgetPlan)
    inferred = one.year is not None and is_inferred(_basis(documents))
    sink.name(node, RDFS.label, _plan_label(one, inferred))
    sink.add(node, BKG.hasForm, iri.code("form", one.form_kind))
    sink.add(node, BKG.hasDepartment, department_iri(base, one))
    sink.add(node, BKG.hasDivision, division_iri(_division_of(documents)))
    sink.text(node, BKG.divisionPrinted, one.district)
    if one.year is not None:
        sink.integer(node, BKG.fiscalYear, one.year)
        sink.add(node, BKG.hasFiscalYearBasis, iri.code("basis", _basis(documents)))


def _basis(documents: list[NamesDocument]) -> str:
    """How the year of a plan is known: by the surest of its documents."""
    said = {document.year_basis for document in documents if document.year_basis}
    return min(said, key=lambda basis: (basis != "printed", is_inferred(basis), basis))


def _division_of(documents: list[NamesDocument]) -> str | None:
    """The division that the documents of a plan agree on, those that tell none left aside."""
    codes = {document.division for document in documents if document.division}
    return codes.pop() if len(codes) == 1 else division_code(documents[0])


def _plan_label(document: StatesPlan, inferred: bool) -> str:
    """番禺区 中国共产党广州市番禺区委员会宣传部 2024? 项目支出绩效目标表 (``?``: inferred)."""
    name = department_name(document.department) if document.department else None
    year = None if document.year is None else f"{document.year}{'?' if inferred else ''}"
    return " ".join(filter(None, (document.district, name, year, concept("form", document.form_kind).zh)))


def _add_superseded(
    sink: QuadSink, base: str, document: NamesDocument, plan: NamedNode, other: Superseded
) -> None:
    """A document whose own graph isn't loaded, because another edition of its table counts."""
    node = iri.document(base, document.key)
    sink.add(node, RDF.type, BKG.Document)
    sink.text(node, BKG.fileName, document.source)
    sink.text(node, DCTERMS.identifier, f"sha256:{document.sha256}")
    sink.add(node, BKG.statesPlan, plan)
    sink.add(node, BKG.supersededBy, iri.document(base, other.by))
    sink.text(node, BKG.editionReason, other.reason)


def _add_divisions(sink: QuadSink, codes: Iterable[str]) -> None:
    """Each division with those above it, once; the ontology describes its own itself."""
    own = {item.notation for item in divisions()}
    wanted = {
        above for code in codes if under_code(code) for above in (code, *ancestors(under_code(code)[-1]))
    }
    for code in sorted(wanted - own):
        described = division(code)
        if described is not None:
            _add_division(sink, code, described)


def _add_division(sink: QuadSink, code: str, described: Concept) -> None:
    node, scheme = iri.code("division", code), NamedNode(scheme_iri("division"))
    sink.add(node, RDF.type, BKG.AdministrativeDivision)
    sink.add(node, RDF.type, SKOS.Concept)
    sink.add(node, SKOS.inScheme, scheme)
    sink.add(node, SKOS.notation, literals.string(code))
    sink.name(node, SKOS.prefLabel, described.zh)
    sink.name(node, RDFS.label, described.zh)
    for name in described.alt:
        sink.name(node, SKOS.altLabel, name)
    if described.parent:
        sink.add(node, SKOS.broader, iri.code("division", described.parent))
    else:
        sink.add(node, SKOS.topConceptOf, scheme)
    newest = under_code(code)[-1]
    # As the editions know it: they begin with 2000, and the newest says nothing of an end.
    sink.add(
        node, DCTERMS.valid, literals.string(f"{newest.since or OLDEST_EDITION}/{newest.until or EDITION}")
    )
    if newest.until:
        sink.add(node, OWL.deprecated, literals.boolean(True))


def _add(sink: QuadSink, triple: Triple) -> None:
    # A blank node gets another name on every reading: builds would differ.
    if not isinstance(triple.subject, NamedNode) or not isinstance(triple.object, NamedNode | Literal):
        raise BudgetkgError("blank-in-ontology", triple=triple)
    sink.add(triple.subject, triple.predicate, triple.object)


@lru_cache(maxsize=8)
def _triples(paths: tuple[Path, ...]) -> tuple[Triple, ...]:
    return tuple(
        _canonical(quad.triple) for path in paths for quad in parse(path=str(path), format=RdfFormat.TURTLE)
    )


def _canonical(triple: Triple) -> Triple:
    """A decimal in the form that all of ours have: Turtle wants a point even in 10000.0."""
    number = triple.object
    if not isinstance(number, Literal) or number.datatype != XSD.decimal:
        return triple
    return Triple(triple.subject, triple.predicate, literals.decimal(Decimal(number.value)))


@lru_cache(maxsize=8)
def _labels(paths: tuple[Path, ...]) -> tuple[Triple, ...]:
    """One name to show of each concept: its preferred label in Chinese, and the English one apart.

    The files hold skos:prefLabel in both languages; a join to it would double the rows.
    """
    triples = _triples(paths)
    listed = {triple.subject for triple in triples if triple.predicate == SKOS.inScheme}
    derived = []
    for triple in triples:
        if triple.predicate != SKOS.prefLabel or not isinstance(triple.object, Literal):
            continue
        if triple.object.language == "zh":
            derived.append(Triple(triple.subject, RDFS.label, triple.object))
        elif triple.object.language == "en" and triple.subject in listed:
            derived.append(Triple(triple.subject, BKG.labelEn, literals.string(triple.object.value)))
    return tuple(derived)
