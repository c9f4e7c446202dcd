"""Everything that follows from documents together, one document's share after the other.

Each conclusion belongs to one document: that which says its subject, else the first of those it is about. So
what a document that comes or goes changes is the shares of those that it is compared with, and no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Quad

from budgetkg.inference.comparisons import Comparisons, Facts
from budgetkg.inference.corrections import Correction
from budgetkg.inference.graphs import compared_graphs, pair_graph, single_graphs, theme_graphs
from budgetkg.inference.passing import given_to, read, with_given, written
from budgetkg.inference.results import Match, Matches
from budgetkg.inference.single import Concluder
from budgetkg.inference.subjects import Extract
from budgetkg.mapping import Statements, iri
from budgetkg.mapping.statements import parts
from budgetkg.store.generations import INFERRED
from budgetkg.vocab import BKG

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
    """What has changed: documents with other comparisons, perhaps, and by their keys parts of others.

    ``takers`` are projects that take other themes now, ``pairs`` have come, gone, or another score.
    """

    takers: Mapping[str, frozenset[str]]
    compared: frozenset[str]
    pairs: Mapping[str, Collection[tuple[str, str]]]


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
        touched = self.comparisons.exchange(gone, self._taken(come, write))
        there = self.comparisons.digests().keys()
        takers = {key: frozenset(own) for key, own in self._takers().items() if key in there}
        return Exchanged(takers, touched.documents & there, touched.pairs)

    def _taken(self, come: Mapping[str, str], write: Write) -> Iterator[Facts]:
        """What is to be remembered of each document; only one is held at a time."""
        for key, digest in sorted(come.items()):
            document = self.brief(key)
            single = self.concluder.conclude(document)
            write(key, single_graphs(self.base, single, with_given(single.assigned, ())))
            yield self.concluder.facts(document, single, digest)

    def _takers(self) -> dict[str, set[str]]:
        """The projects that take other themes now, by document; what each takes is kept."""
        changed: dict[str, set[str]] = defaultdict(set)
        for project in self.comparisons.near_changed():
            document = self.comparisons.document_of(project)
            line = written(given_to(project, self.comparisons)) if document else ""
            if document and line != self.comparisons.given(project):
                self.comparisons.keep_given(project, document, line)
                changed[document].add(project)
        return changed

    def themes(self, key: str, projects: Collection[str]) -> Graphs:
        """The themes of some projects of a document, with those that they take from near-copies.

        What else is said of the document doesn't rest on them. Themes of the projects' units and indicators,
        which take none, are among these too.
        """
        whole = self.brief(key)
        document = replace(whole, subjects=tuple(one for one in whole.subjects if one.iri in projects))
        given = [item for one in document.subjects for item in read(one.iri, self.comparisons.given(one.iri))]
        return theme_graphs(self.base, with_given(self.concluder.assigned(document), given))

    def compared(self, key: str) -> Graphs:
        """A document's share of what follows from several."""
        return compared_graphs(self.base, key, self.comparisons, self._matches(key))

    def pairs(self, several: Iterable[tuple[str, str]]) -> Statements:
        """Of some pairs of projects those that are pairs now."""
        found = [pair for one in sorted(several) if (pair := self.comparisons.pair(*one)) is not None]
        projects = {project for pair in found for project in (pair.first, pair.second)}
        grounds = {project: self.comparisons.goal(project).ground for project in projects}
        return pair_graph(self.base, found, grounds)

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


def exchanged(before: Statements, said: Statements, projects: Collection[str]) -> Statements:
    """The themes of a document with those of some projects exchanged for what is said of them now."""
    subjects = {f"<{project}>" for project in projects}
    about = str(BKG.hasSubject)
    gone = {subject for subject, predicate, value in map(parts, before.lines)
            if predicate == about and value in subjects} | subjects  # fmt: skip
    kept = (line for line in before.lines if parts(line)[0] not in gone)
    return Statements(said.graph, tuple(sorted({*kept, *said.lines})))


def infer(
    documents: Callable[[], Iterable[Extract]], base: str, corrections: Iterable[Correction] = ()
) -> Inferred:
    """Everything that follows from documents held in memory, whatever their order."""
    briefs = {document.key: document for document in documents()}
    districts = (document.district for document in briefs.values() if document.district)
    conclusions = Conclusions(base, Concluder(districts, corrections), Comparisons(), briefs.__getitem__)
    singles: dict[str, Graphs] = {}
    changed = conclusions.exchange((), dict.fromkeys(briefs, ""), singles.__setitem__)
    for key, projects in changed.takers.items():
        singles[key] = {
            **singles[key],
            **{
                name: exchanged(singles[key][name], said, projects)
                for name, said in conclusions.themes(key, projects).items()
            },
        }
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
