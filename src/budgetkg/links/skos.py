"""Code lists in SKOS by any publisher: concepts with labels by language, notations and parents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from budgetkg.errors import UnreadableDocument
from budgetkg.links.rdf_files import read_quads
from budgetkg.vocab import RDF, RDFS, SKOS

_PREFERRED = (SKOS.prefLabel.value, RDFS.label.value)
_OTHERS = (SKOS.altLabel.value, SKOS.hiddenLabel.value)
_NARROWER = f"{SKOS.broader.value.rpartition('#')[0]}#narrower"
_NAMING = (*_PREFERRED, SKOS.notation.value)
_MEMBERS = {SKOS.inScheme.value, SKOS.topConceptOf.value, SKOS.notation.value, SKOS.broader.value}


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its language ("" for none); ``preferred`` is whether it is the concept's main one."""

    text: str
    language: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class ListedConcept:
    """One entry of anybody's code list; ``is_group`` where others stand below it."""

    iri: str
    labels: tuple[Label, ...]
    notations: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    broader: str | None = None
    is_group: bool = False

    def label(self, language: str = "en") -> str:
        """The preferred label in this language, else the first label, else the IRI."""
        wanted = [label.text for label in self.labels if label.language == language and label.preferred]
        return (wanted or [label.text for label in self.labels] or [self.iri])[0]


def read_concepts(path: Path) -> tuple[ListedConcept, ...]:
    """The concepts of a file, sorted by IRI; raises :class:`UnreadableDocument` where it has none."""
    concepts = concepts_of(read_quads(path))
    if not concepts:
        raise UnreadableDocument(str(path), "no-skos-concept")
    return concepts


def concepts_of(quads: Iterable[Quad]) -> tuple[ListedConcept, ...]:
    """The concepts that statements describe, whatever graph they stand in."""
    nodes: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    parents: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
            continue
        nodes[subject.value][quad.predicate.value].append(value)
        if quad.predicate == SKOS.broader:
            parents[subject.value].add(value.value)
        elif quad.predicate.value == _NARROWER:
            parents[value.value].add(subject.value)
    concepts = {iri: node for iri, node in nodes.items() if _is_concept(node)}
    groups = {parent for iri, above in parents.items() if iri in concepts for parent in above}
    return tuple(
        _concept(iri, concepts[iri], parents[iri] & concepts.keys(), iri in groups)
        for iri in sorted(concepts)
    )


def _is_concept(node: dict[str, list[NamedNode | Literal]]) -> bool:
    types = {term.value for term in node.get(RDF.type.value, ())}
    if SKOS.ConceptScheme.value in types or not any(node.get(name) for name in _NAMING):
        return False
    return SKOS.Concept.value in types or bool(_MEMBERS & node.keys())


def _concept(
    iri: str, node: dict[str, list[NamedNode | Literal]], parents: set[str], is_group: bool
) -> ListedConcept:
    labels = {
        Label(term.value.strip(), (term.language or "").partition("-")[0].lower(), name in _PREFERRED)
        for name in (*_PREFERRED, *_OTHERS)
        for term in node.get(name, ())
        if isinstance(term, Literal) and term.value.strip()
    }
    return ListedConcept(
        iri=iri,
        labels=tuple(sorted(labels, key=lambda label: (not label.preferred, label.language, label.text))),
        notations=tuple(sorted({term.value for term in node.get(SKOS.notation.value, ())})),
        schemes=tuple(sorted({term.value for term in node.get(SKOS.inScheme.value, ())})),
        broader=min(parents) if parents else None,
        is_group=is_group,
    )
