"""Everything that follows from documents together, one document's share after the other.

Each conclusion belongs to one document: that which says its subject, else the first of those it is about. So
what a document that comes or goes changes is the shares of those that it is compared with, and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad

from budgetkg.inference.comparisons import Comparisons, Touched
from budgetkg.inference.corrections import Correction
from budgetkg.inference.graphs import compared_graphs, single_graphs
from budgetkg.inference.passing import given_to, read, with_given, written
from budgetkg.inference.results import Match, Matches
from budgetkg.inference.single import Concluder
from budgetkg.inference.subjects import Extract
from budgetkg.mapping import Statements, iri
from budgetkg.store.generations import INFERRED

Graphs = Mapping[str, Statements]
Briefs = Callable[[str], Extract]
Write = Callable[[str, Graphs], None]


@dataclass(frozen=True, slots=True)
class Inferred:
    """The quads of each graph, and the corrections that fitted nothing."""

    graphs: dict[str, list[Quad]]
    unused: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Documents of which a project takes other themes now, and those whose comparisons may have changed."""

    single: frozenset[str]
    compared: frozenset[str]


@dataclass(slots=True)
class Conclusions:
    """Concludes from documents that are given by their keys."""

    base: str
    concluder: Concluder
    comparisons: Comparisons
    brief: Briefs

    def exchange(self, gone: Sequence[str], come: Mapping[str, str], write: Write) -> Exchanged:
        """Take in which documents are gone and which have come (with their digests).

        What follows from each alone is written at once; where a project takes a theme, once more.
        """
        taken = []
        for key, digest in sorted(come.items()):
            document = self.brief(key)
            single = self.concluder.conclude(document)
            taken.append(self.concluder.facts(document, single, digest))
            write(key, single_graphs(self.base, single, with_given(single.assigned, ())))
        touched = self.comparisons.exchange(gone, taken)
        there = self.comparisons.digests().keys()
        takers = self._takers(touched)
        return Exchanged(frozenset(takers) & there, touched.documents & there)

    def _takers(self, touched: Touched) -> set[str]:
        """The documents with a project that takes other themes now; what each takes is kept."""
        changed: set[str] = set()
        near = touched.projects | {
            project for one in touched.projects for pair in self.comparisons.near(one)
            for project in (pair.first, pair.second)
        }  # fmt: skip
        for project in sorted(near):
            document = self.comparisons.document_of(project)
            line = written(given_to(project, self.comparisons)) if document else ""
            if document and line != self.comparisons.given(project):
                self.comparisons.keep_given(project, document, line)
                changed.add(document)
        return changed

    def single(self, key: str) -> Graphs:
        """What follows from one document, with the themes that its projects take from near-copies."""
        document = self.brief(key)
        single = self.concluder.conclude(document)
        given = [
            item
            for subject in document.subjects if subject.kind == "project"
            for item in read(subject.iri, self.comparisons.given(subject.iri))
        ]  # fmt: skip
        return single_graphs(self.base, single, with_given(single.assigned, given))

    def compared(self, key: str) -> Graphs:
        """A document's share of what follows from several."""
        return compared_graphs(self.base, key, self.comparisons, self._matches(key))

    def unused(self) -> tuple[Correction, ...]:
        """The corrections that fit no document."""
        used = self.comparisons.used()
        return tuple(item for item in self.concluder.given if item.line not in used)

    def _matches(self, key: str) -> Iterator[Match]:
        """The matches of plans and self-evaluations whose planned part a document is the first to state."""
        keys = self.comparisons.of_one_year(key)
        if not keys:
            return
        matches, owner = Matches(self.concluder.local_names), dict[str, str]()
        for other in keys:
            document = self.brief(other)
            matches.add(document)
            if document.is_evaluation:
                continue
            for subject in document.subjects:
                for node in (subject.iri, *(row.iri for row in subject.indicators)):
                    owner.setdefault(node, other)
        yield from (match for match in matches.all() if owner.get(match.planned) == key)


def infer(
    documents: Callable[[], Iterable[Extract]], base: str, corrections: Iterable[Correction] = ()
) -> Inferred:
    """Everything that follows from documents held in memory, whatever their order."""
    briefs = {document.key: document for document in documents()}
    districts = (document.district for document in briefs.values() if document.district)
    conclusions = Conclusions(base, Concluder(districts, corrections), Comparisons(), briefs.__getitem__)
    singles: dict[str, Graphs] = {}
    changed = conclusions.exchange((), dict.fromkeys(briefs, ""), singles.__setitem__)
    singles |= {key: conclusions.single(key) for key in changed.single}
    lines: dict[str, set[str]] = {name: set() for name in INFERRED}
    for key in sorted(briefs):
        for made in (singles[key], conclusions.compared(key)):
            for name, said in made.items():
                lines[name].update(said.lines)
    unused = conclusions.unused()
    graphs = {
        name: Statements(str(iri.graph(base, name)), tuple(sorted(said))).quads()
        for name, said in lines.items()
    }
    return Inferred(graphs, unused)
