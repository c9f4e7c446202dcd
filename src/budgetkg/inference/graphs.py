"""What is inferred as quads, each kind in a graph of its own, all of one pattern.

``?inference bkg:hasSubject ?thing ; bkg:hasMethod ?how ; bkg:confidence ?sure ; prov:wasDerivedFrom
?ground`` says what was inferred of a thing, how, how surely and from what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import TypeVar

from pyoxigraph import NamedNode

from budgetkg.inference.comparisons import Comparisons, Series
from budgetkg.inference.implied import Implied
from budgetkg.inference.measures import Measured
from budgetkg.inference.results import Attained, Match
from budgetkg.inference.similarity import Pair
from budgetkg.inference.single import Single
from budgetkg.inference.themes import Assignment
from budgetkg.inference.transfers import Transfer
from budgetkg.mapping import iri, literals
from budgetkg.mapping.indicators import add_quantity
from budgetkg.mapping.sink import QuadSink
from budgetkg.mapping.statements import Statements
from budgetkg.values import Quantity
from budgetkg.vocab import BKG, PROV, RDF, RDFS

_EXACT = Decimal(1)
Item = TypeVar("Item")


def single_graphs(base: str, single: Single, assigned: Iterable[Assignment]) -> dict[str, Statements]:
    """What follows from one document as statements, by the name of the graph; ``assigned`` are its themes."""
    return {
        **theme_graphs(base, assigned),
        "transfers": _quads(base, "transfers", single.transfers, _add_transfer),
        "measures": _quads(base, "measures", single.measured, _add_measured),
        "implied": _quads(base, "implied", single.implied, _add_implied),
        "attainments": _quads(base, "attainments", single.attained, _add_attained),
    }


def theme_graphs(base: str, assigned: Iterable[Assignment]) -> dict[str, Statements]:
    """The themes of one document as statements, by the name of their graph."""
    return {"themes": _quads(base, "themes", assigned, _add_assignment)}


def compared_graphs(
    base: str, key: str, comparisons: Comparisons, matches: Iterable[Match]
) -> dict[str, Statements]:
    """What follows from one document beside others as statements, by the name of the graph.

    Of what several documents share, each is written with one of them.
    """
    return {
        "similarities": pair_graph(base, comparisons.pairs(key), comparisons.grounds(key)),
        "series": _quads(base, "series", comparisons.series(key), _add_series),
        "evaluations": _quads(base, "evaluations", matches, _add_match),
    }


def pair_graph(base: str, pairs: Iterable[Pair], grounds: Mapping[str, str]) -> Statements:
    """Pairs of goals that are worded alike as statements; ``grounds`` are the goals of their projects."""
    return _quads(base, "similarities", pairs, partial(_add_pair, grounds=grounds))


def pair_node(base: str, first: str, second: str) -> NamedNode:
    """That two projects' goals are worded alike."""
    return iri.inference(base, "goal-similarity", first, second)


def _quads(
    base: str, name: str, items: Iterable[Item], add: Callable[[QuadSink, str, Item], None]
) -> Statements:
    sink = QuadSink(iri.graph(base, name))
    for item in items:
        add(sink, base, item)
    return sink.statements()


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
    node = pair_node(base, *both)
    goals = [grounds[project] for project in both]
    _add(sink, node, BKG.GoalSimilarity, both, "wording-similarity", goals, item.similarity)
    sink.add(NamedNode(item.first), BKG.isSimilarTo, NamedNode(item.second))
    sink.add(NamedNode(item.second), BKG.isSimilarTo, NamedNode(item.first))


def _add_series(sink: QuadSink, base: str, item: Series) -> None:
    node = iri.inference(base, "project-series", *item.place)
    _add(sink, node, BKG.ProjectSeries, item.members, "name-and-unit-match", item.members)
    sink.name(node, RDFS.label, item.place[2])


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
