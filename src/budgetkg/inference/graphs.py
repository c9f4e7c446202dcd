"""What is inferred as quads, each kind in a graph of its own, all of one pattern.

``?inference bkg:hasSubject ?thing ; bkg:hasMethod ?how ; bkg:confidence ?sure ; prov:wasDerivedFrom
?ground`` says what was inferred of a thing, how, how surely and from what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TypeVar

from pyoxigraph import NamedNode, Quad

from budgetkg.inference.corrections import Correction, Corrections
from budgetkg.inference.implied import Implied, implied_quantities
from budgetkg.inference.local_names import LocalNames
from budgetkg.inference.measures import Measured, Measures
from budgetkg.inference.results import Attained, Match, Matches, attainments
from budgetkg.inference.series import Series, SeriesOf
from budgetkg.inference.similarity import Goal, Pair, near_copies
from budgetkg.inference.subjects import Extract
from budgetkg.inference.themes import Assignment, Themes, with_main
from budgetkg.inference.transfers import Transfer, transfers
from budgetkg.mapping import iri, literals
from budgetkg.mapping.indicators import add_quantity
from budgetkg.mapping.sink import QuadSink
from budgetkg.store.generations import INFERRED
from budgetkg.values import Quantity
from budgetkg.vocab import BKG, PROV, RDF, RDFS

# A theme passes to a near-copy only from a subject that has it for certain.
_PASSES_ON = Decimal("0.6")
_CENT = Decimal("0.01")
_EXACT = Decimal(1)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Inferred:
    """The quads of each graph, and the corrections that fitted nothing."""

    graphs: dict[str, list[Quad]]
    unused: tuple[Correction, ...]


class _Conclusions:
    """What was concluded so far, document by document."""

    def __init__(self, districts: frozenset[str], corrections: Iterable[Correction]) -> None:
        self.local_names = LocalNames(districts)
        self.themes = Themes(self.local_names)
        self.measures = Measures(self.local_names)
        self.corrections = Corrections(corrections)
        self.series = SeriesOf(self.local_names)
        self.matches = Matches(self.local_names)
        self.attained: list[Attained] = []
        self.assigned: dict[str, list[Assignment]] = {}
        self.goals: list[Goal] = []
        self.grounds: dict[str, str] = {}
        self.implied: list[Implied] = []
        self.measured: list[Measured] = []
        self.transfers: list[Transfer] = []

    def take(self, document: Extract) -> None:
        """Conclude what one document says, and keep what must be seen beside others.

        What a self-evaluation reports on is no other project: it has no theme and no series of its own.
        """
        self.matches.add(document)
        if document.is_evaluation:
            self.attained += attainments(document)
            return
        own: dict[str, list[Assignment]] = {}
        for item in self.corrections.apply(document, self.themes.of(document)):
            own.setdefault(item.subject, []).append(item)
        self.assigned |= own
        strong = {
            subject: {
                wider for a in assigned if not (a.weak or a.denied) for wider in self.themes.widened(a.theme)
            }
            for subject, assigned in own.items()
        }
        self.implied += implied_quantities(document, strong)
        self.measured += self.measures.of(document)
        self.transfers += transfers(document)
        self.series.add(document)
        for subject in document.subjects:
            if subject.kind == "project" and subject.ground and document.district:
                wording = self.local_names.letters_of(subject.text)
                self.goals.append(Goal(subject.iri, document.district, wording))
                self.grounds[subject.iri] = subject.ground

    def pass_on(self, pairs: Iterable[Pair]) -> None:
        """Give the themes of a project to its near-copies that have none of their own."""
        before = {project: list(assigned) for project, assigned in self.assigned.items()}
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
        for taker, assigned in given.items():
            own = {a.theme: a for a in before.get(taker, ())}
            for theme, new in assigned.items():
                if theme not in own or (own[theme].strength < new.strength and not own[theme].denied):
                    own[theme] = new
            denied = [a for a in own.values() if a.denied]
            self.assigned[taker] = [*with_main(a for a in own.values() if not a.denied), *denied]


def infer(
    documents: Callable[[], Iterable[Extract]], base: str, corrections: Iterable[Correction] = ()
) -> Inferred:
    """Everything that follows from the documents together, whatever their order.

    ``documents`` is called twice: the first pass learns which districts there are.
    """
    districts = frozenset(document.district for document in documents() if document.district)
    reached = _Conclusions(districts, corrections)
    for document in documents():
        reached.take(document)
    pairs = near_copies(reached.goals)
    reached.pass_on(pairs)
    assigned = [item for of_subject in reached.assigned.values() for item in of_subject]
    made = {
        "themes": _quads(base, "themes", assigned, _add_assignment),
        "similarities": _quads(base, "similarities", pairs, partial(_add_pair, grounds=reached.grounds)),
        "series": _quads(base, "series", reached.series.all(), _add_series),
        "transfers": _quads(base, "transfers", reached.transfers, _add_transfer),
        "measures": _quads(base, "measures", reached.measured, _add_measured),
        "implied": _quads(base, "implied", reached.implied, _add_implied),
        "attainments": _quads(base, "attainments", reached.attained, _add_attained),
        "evaluations": _quads(base, "evaluations", reached.matches.all(), _add_match),
    }
    return Inferred({name: made[name] for name in INFERRED}, reached.corrections.unused)


def _quads(
    base: str, name: str, items: Iterable[Item], add: Callable[[QuadSink, str, Item], None]
) -> list[Quad]:
    sink = QuadSink(iri.graph(base, name))
    for item in items:
        add(sink, base, item)
    return sink.quads()


def _add(
    sink: QuadSink,
    node: NamedNode,
    kind: NamedNode,
    subjects: Iterable[str],
    method: str,
    grounds: Iterable[str],
    confidence: Decimal = _EXACT,
    words: Iterable[str] = (),
) -> None:
    """Add the statements that every inference has; a rule that leaves no doubt has confidence 1."""
    sink.add(node, RDF.type, kind)
    sink.link(node, BKG.hasSubject, map(NamedNode, subjects))
    sink.link(node, PROV.wasDerivedFrom, map(NamedNode, grounds))
    sink.add(node, BKG.hasMethod, iri.code("method", method))
    sink.add(node, BKG.confidence, literals.decimal(confidence))
    for word in words:
        sink.text(node, BKG.matchedText, word)


def _add_assignment(sink: QuadSink, base: str, item: Assignment) -> None:
    if item.denied:
        _add_denial(sink, base, item)
        return
    node, theme = iri.inference(base, "theme-assignment", item.subject, item.theme), item.theme
    _add(
        sink, node, BKG.ThemeAssignment, [item.subject], item.method, item.grounds, item.strength, item.words
    )  # fmt: skip
    sink.add(node, BKG.hasTheme, iri.code("theme", theme))
    sink.add(node, BKG.isWeak, literals.boolean(item.weak))
    sink.add(node, BKG.isMain, literals.boolean(item.main))
    sink.text(node, BKG.correctionReason, item.note)
    sink.text(node, BKG.correctedBy, item.who)
    if item.money is not None:
        sink.add(node, BKG.moneyShare, literals.decimal(item.money))
    if item.main:
        sink.add(NamedNode(item.subject), BKG.hasMainTheme, iri.code("theme", theme))


def _add_denial(sink: QuadSink, base: str, item: Assignment) -> None:
    """What a person says a thing is not about: no assignment, so that no question counts it."""
    node = iri.inference(base, "theme-denial", item.subject, item.theme)
    _add(sink, node, BKG.ThemeDenial, [item.subject], item.method, item.grounds)
    sink.add(node, BKG.deniesTheme, iri.code("theme", item.theme))
    sink.text(node, BKG.correctionReason, item.note)
    sink.text(node, BKG.correctedBy, item.who)


def _add_pair(sink: QuadSink, base: str, item: Pair, grounds: Mapping[str, str]) -> None:
    both = (item.first, item.second)
    node = iri.inference(base, "goal-similarity", *both)
    goals = [grounds[project] for project in both]
    _add(sink, node, BKG.GoalSimilarity, both, "wording-similarity", goals, item.similarity)
    sink.add(NamedNode(item.first), BKG.isSimilarTo, NamedNode(item.second))
    sink.add(NamedNode(item.second), BKG.isSimilarTo, NamedNode(item.first))


def _add_series(sink: QuadSink, base: str, item: Series) -> None:
    node = iri.inference(base, "project-series", item.department, item.unit, item.name)
    _add(sink, node, BKG.ProjectSeries, item.members, "name-and-unit-match", item.members)
    sink.name(node, RDFS.label, item.name)


def _add_transfer(sink: QuadSink, base: str, item: Transfer) -> None:
    node = iri.inference(base, "transfer", item.project)
    _add(sink, node, BKG.Transfer, [item.project], item.method, item.grounds, words=item.words)
    sink.add(node, BKG.hasTransferLevel, iri.code("level", item.level))
    sink.add(node, BKG.hasTransferDirection, iri.code("direction", item.direction))


def _add_implied(sink: QuadSink, base: str, item: Implied) -> None:
    node = iri.inference(base, "implied-quantity", item.subject, item.unit)
    _add(sink, node, BKG.ImpliedQuantity, [item.subject], "multiplication", item.grounds)
    add_quantity(sink, node, iri.part(node, "quantity"), Quantity("=", item.value, unit=item.unit))
    sink.text(node, BKG.derivationText, item.derivation)
    sink.add(node, BKG.furtherWork, literals.boolean(item.further))


def _add_measured(sink: QuadSink, base: str, item: Measured) -> None:
    node = iri.inference(base, "measure-assignment", item.indicator, item.measure)
    _add(sink, node, BKG.MeasureAssignment, [item.indicator], "label-and-unit", [item.target])
    sink.add(node, BKG.hasMeasure, iri.code("measure", item.measure))
    add_quantity(sink, node, iri.part(node, "quantity"), item.quantity)


def _add_attained(sink: QuadSink, base: str, item: Attained) -> None:
    node = iri.inference(base, "attainment", item.target, item.result)
    words = [item.direction] if item.direction else []
    grounds = (item.target, item.result)
    _add(sink, node, BKG.Attainment, [item.indicator], "comparison", grounds, item.confidence, words)
    sink.add(node, BKG.isAttained, literals.boolean(item.attained))


def _add_match(sink: QuadSink, base: str, item: Match) -> None:
    node = iri.inference(base, "evaluation-match", item.planned, item.evaluated)
    both, words = (item.planned, item.evaluated), [item.name]
    _add(
        sink, node, BKG.EvaluationMatch, both, "name-and-year-match", item.grounds, item.confidence, words
    )  # fmt: skip
