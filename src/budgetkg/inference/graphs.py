"""The conclusions as quads, each kind in a graph of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from pyoxigraph import NamedNode, Quad

from budgetkg.inference.corrections import Correction, Corrections
from budgetkg.inference.implied import Implied, implied_quantities
from budgetkg.inference.measures import Measured, Measures
from budgetkg.inference.series import Series, SeriesOf
from budgetkg.inference.similarity import Goal, Pair, near_copies
from budgetkg.inference.subjects import Extract
from budgetkg.inference.themes import Assignment, Themes, with_main
from budgetkg.inference.transfers import Transfer, transfers
from budgetkg.inference.wording import Wording
from budgetkg.mapping import iri, literals
from budgetkg.mapping.sink import QuadSink
from budgetkg.store.generations import INFERRED
from budgetkg.vocab import BKG, RDF, RDFS

# A theme passes to a near-copy only from a subject that has it for certain.
_PASSES_ON = Decimal("0.6")
_CENT = Decimal("0.01")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Inferred:
    """The quads of each graph, and the corrections that fitted nothing."""

    graphs: dict[str, list[Quad]]
    unused: tuple[Correction, ...]


class _Findings:
    """What was concluded so far, document by document."""

    def __init__(self, districts: frozenset[str], corrections: Iterable[Correction]) -> None:
        self.wording = Wording(districts)
        self.themes = Themes(self.wording)
        self.measures = Measures(self.wording)
        self.corrections = Corrections(corrections)
        self.series = SeriesOf(self.wording)
        self.assigned: dict[str, list[Assignment]] = {}
        self.goals: list[Goal] = []
        self.grounds: dict[str, str] = {}
        self.implied: list[Implied] = []
        self.measured: list[Measured] = []
        self.transfers: list[Transfer] = []

    def take(self, document: Extract) -> None:
        """Conclude what one document says, and keep what must be seen beside others."""
        own: dict[str, list[Assignment]] = {}
        for item in self.corrections.apply(document, self.themes.of(document)):
            own.setdefault(item.subject, []).append(item)
        self.assigned |= own
        strong = {
            subject: {wider for a in found if not a.weak for wider in self.themes.widened(a.theme)}
            for subject, found in own.items()
        }
        self.implied += implied_quantities(document, strong)
        self.measured += self.measures.of(document)
        self.transfers += transfers(document)
        self.series.add(document)
        for subject in document.subjects:
            if subject.kind == "project" and subject.ground and document.district:
                wording = self.wording.bare(subject.text)
                self.goals.append(Goal(subject.iri, document.district, wording))
                self.grounds[subject.iri] = subject.ground

    def pass_on(self, pairs: Iterable[Pair]) -> None:
        """Give the themes of a project to its near-copies that have none of their own."""
        before = {project: list(found) for project, found in self.assigned.items()}
        given: dict[str, dict[str, Assignment]] = {}
        for pair in pairs:
            for giver, taker in ((pair.first, pair.second), (pair.second, pair.first)):
                main = next((a for a in before.get(giver, ()) if a.main and a.strength >= _PASSES_ON), None)
                if main is None or any(a.main for a in before.get(taker, ())):
                    continue
                strength = (main.strength * pair.similarity).quantize(_CENT)
                grounds = tuple(sorted((self.grounds[giver], self.grounds[taker])))
                new = Assignment(taker, main.theme, "goal-similarity", strength, main.words, grounds)
                known = given.setdefault(taker, {}).get(main.theme)
                if known is None or (new.strength, new.grounds) > (known.strength, known.grounds):
                    given[taker][main.theme] = new
        for taker, found in given.items():
            own = {a.theme: a for a in before.get(taker, ())}
            for theme, new in found.items():
                if theme not in own or own[theme].strength < new.strength:
                    own[theme] = new
            self.assigned[taker] = with_main(own.values())


def infer(
    documents: Callable[[], Iterable[Extract]], base: str, corrections: Iterable[Correction] = ()
) -> Inferred:
    """Everything that follows from the documents together, whatever their order.

    ``documents`` is called twice: the first pass learns which districts there are.
    """
    districts = frozenset(found.district for found in documents() if found.district)
    findings = _Findings(districts, corrections)
    for document in documents():
        findings.take(document)
    pairs = near_copies(findings.goals)
    findings.pass_on(pairs)
    assigned = [item for found in findings.assigned.values() for item in found]
    made = {
        "themes": _quads(base, "themes", assigned, _add_assignment),
        "similarities": _quads(base, "similarities", pairs, _add_pair),
        "series": _quads(base, "series", findings.series.all(), _add_series),
        "transfers": _quads(base, "transfers", findings.transfers, _add_transfer),
        "measures": _quads(base, "measures", findings.measured, _add_measured),
        "implied": _quads(base, "implied", findings.implied, _add_implied),
    }
    return Inferred({name: made[name] for name in INFERRED}, findings.corrections.unused)


def _quads(
    base: str, name: str, items: Iterable[Item], add: Callable[[QuadSink, str, Item], None]
) -> list[Quad]:
    sink = QuadSink(iri.graph(base, name))
    for item in items:
        add(sink, base, item)
    return sink.quads()


def _add_assignment(sink: QuadSink, base: str, item: Assignment) -> None:
    node = iri.relation(base, "theme-assignment", item.subject, item.theme)
    sink.add(node, RDF.type, BKG.ThemeAssignment)
    sink.add(node, BKG.hasSubject, NamedNode(item.subject))
    sink.add(node, BKG.hasTheme, iri.code("theme", item.theme))
    sink.add(node, BKG.hasMethod, iri.code("method", item.method))
    sink.add(node, BKG.strength, literals.decimal(item.strength))
    sink.add(node, BKG.weakAssignment, literals.boolean(item.weak))
    sink.add(node, BKG.mainAssignment, literals.boolean(item.main))
    for word in item.words:
        sink.text(node, BKG.matchedText, word)
    sink.link(node, BKG.hasGround, map(NamedNode, item.grounds))
    sink.text(node, BKG.correctionReason, item.note)


def _add_pair(sink: QuadSink, base: str, item: Pair) -> None:
    node = iri.relation(base, "goal-similarity", item.first, item.second)
    sink.add(node, RDF.type, BKG.GoalSimilarity)
    sink.add(node, BKG.hasFirstProject, NamedNode(item.first))
    sink.add(node, BKG.hasSecondProject, NamedNode(item.second))
    sink.add(node, BKG.similarity, literals.decimal(item.similarity))


def _add_series(sink: QuadSink, base: str, item: Series) -> None:
    node = iri.relation(base, "project-series", item.department, item.unit, item.name)
    sink.add(node, RDF.type, BKG.ProjectSeries)
    sink.name(node, RDFS.label, item.name)
    sink.link(node, BKG.hasMember, map(NamedNode, item.members))


def _add_transfer(sink: QuadSink, base: str, item: Transfer) -> None:
    node = iri.relation(base, "transfer", item.project)
    sink.add(node, RDF.type, BKG.Transfer)
    sink.add(node, BKG.hasSubject, NamedNode(item.project))
    sink.add(node, BKG.hasTransferLevel, iri.code("level", item.level))
    sink.add(node, BKG.hasTransferDirection, iri.code("direction", item.direction))
    for word in item.words:
        sink.text(node, BKG.matchedText, word)


def _add_implied(sink: QuadSink, base: str, item: Implied) -> None:
    node = iri.relation(base, "implied-quantity", item.subject, item.unit)
    sink.add(node, RDF.type, BKG.ImpliedQuantity)
    sink.add(node, BKG.hasSubject, NamedNode(item.subject))
    sink.add(node, BKG.impliedValue, literals.number(item.value))
    sink.text(node, BKG.countingWord, item.unit)
    sink.text(node, BKG.derivationText, item.derivation)
    sink.add(node, BKG.furtherWork, literals.boolean(item.further))
    sink.link(node, BKG.hasGround, map(NamedNode, item.grounds))


def _add_measured(sink: QuadSink, base: str, item: Measured) -> None:
    node = iri.relation(base, "measure-assignment", item.indicator, item.measure)
    sink.add(node, RDF.type, BKG.MeasureAssignment)
    sink.add(node, BKG.hasSubject, NamedNode(item.indicator))
    sink.add(node, BKG.hasMeasure, iri.code("measure", item.measure))
    sink.text(node, BKG.measuredSign, item.comparator)
    sink.add(node, BKG.measuredValue, literals.number(item.value))
    if item.upper is not None:
        sink.add(node, BKG.measuredUpper, literals.number(item.upper))
    sink.text(node, BKG.countingWord, item.unit)
    sink.add(node, BKG.hasGround, NamedNode(item.target))
