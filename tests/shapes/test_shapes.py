"""Every constraint of shapes/ has a sample that fails it and every shape one that passes.

A sample says in its first lines what is expected of it: ``# expects: SHAPE COMPONENT <FOCUS>``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from budgetkg.codelists import concepts
from budgetkg.resources import directory, shape_files
from budgetkg.validation import Result, packaged, validate_graph
from budgetkg.validation.rdflib_graph import to_rdflib
from budgetkg.vocab import PREFIXES

HERE = Path(__file__).parent
SAMPLES = sorted(HERE.glob("*/*.ttl"))
BAD = [path for path in SAMPLES if path.name.startswith("bad-")]
OK = [path for path in SAMPLES if path.name.startswith("ok-")]
STYLE = "ontology-style"
FILES = (*shape_files(), directory("shapes") / f"{STYLE}.ttl")
EXPECTS = re.compile(r"^# expects: shape:(\S+) sh:(\S+) <(.+)>$", re.MULTILINE)

COMPONENTS = {
    SH.datatype: "Datatype",
    SH.equals: "Equals",
    SH.hasValue: "HasValue",
    SH["in"]: "In",
    SH.languageIn: "LanguageIn",
    SH.lessThan: "LessThan",
    SH.lessThanOrEquals: "LessThanOrEquals",
    SH.maxCount: "MaxCount",
    SH.maxInclusive: "MaxInclusive",
    SH.minCount: "MinCount",
    SH.minExclusive: "MinExclusive",
    SH.minInclusive: "MinInclusive",
    SH.minLength: "MinLength",
    SH.nodeKind: "NodeKind",
    SH["not"]: "Not",
    SH["or"]: "Or",
    SH.pattern: "Pattern",
    SH.uniqueLang: "UniqueLang",
}
# What a shape may say beside constraints.
OTHER = {
    SH.path,
    SH.message,
    SH.severity,
    SH.property,
    SH.sparql,
    SH.select,
    SH.prefixes,
    SH.declare,
    SH.prefix,
    SH.namespace,
    SH.targetClass,
    SH.targetNode,
    SH.targetSubjectsOf,
    SH.targetObjectsOf,
}


def graph(path: Path) -> Graph:
    """The triples of one file."""
    return Graph(bind_namespaces="none").parse(path, format="turtle")


@cache
def shapes_graph() -> Graph:
    return to_rdflib(packaged().triples)


@cache
def shape_file(stem: str) -> Graph:
    return graph(next(path for path in FILES if path.stem == stem))


@cache
def results(path: Path) -> tuple[Result, ...]:
    """The results of a sample that come from the shapes of its own file."""
    shapes = shape_file(path.parent.name)
    report = validate_graph(graph(path), shapes if path.parent.name == STYLE else None)
    own = {str(subject) for subject in shapes.subjects() if isinstance(subject, URIRef)}
    return tuple(result for result in report.results if result.rule in own)


def constraints() -> set[tuple[str, str]]:
    """Shape and component of everything in shapes/ that can fail, with its own message."""
    found = set()
    for path in FILES:
        shapes = shape_file(path.stem)
        for shape in set(shapes.subjects(SH.message)):
            if (shape, SH.select, None) in shapes:
                found.add((str(shape), "SPARQLConstraintComponent"))
            for predicate in shapes.predicates(shape):
                if predicate in COMPONENTS:
                    found.add((str(shape), f"{COMPONENTS[predicate]}ConstraintComponent"))
    return found


def expected(path: Path) -> set[tuple[str, str, str]]:
    base = PREFIXES["id"]
    return {
        (
            PREFIXES["shape"] + shape,
            component,
            re.sub(r"^bkg:", PREFIXES["bkg"], focus) if ":" in focus else base + focus,
        )
        for shape, component, focus in EXPECTS.findall(path.read_text(encoding="utf-8"))
    }


def found(path: Path) -> set[tuple[str, str, str]]:
    return {(r.rule, r.component.removeprefix(str(SH)), r.focus) for r in results(path)}


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_bad_sample_fails_as_it_says(path: Path) -> None:
    assert expected(path), "the sample says nothing of what it expects"
    assert found(path) == expected(path)


@pytest.mark.parametrize("path", OK, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_ok_sample_passes(path: Path) -> None:
    assert found(path) == set()


def test_every_result_speaks_both_languages() -> None:
    for path in BAD:
        for result in results(path):
            assert {language for language, _ in result.messages} == {"zh", "en"}, (path, result)
            assert not re.search(r"\{[?$]", result.message("zh") + result.message("en")), (path, result)


def test_whole_document_passes_every_shape() -> None:
    report = validate_graph(graph(HERE / "document" / "ok-whole-document.ttl"))
    assert report.results == ()


def test_every_constraint_has_a_failing_sample() -> None:
    failed = {(shape, component) for path in BAD for shape, component, _ in expected(path)}
    assert constraints() - failed == set()
    assert failed - constraints() == set()


def test_every_shape_file_has_a_passing_sample() -> None:
    assert {path.stem for path in FILES} == {path.parent.name for path in OK}


def test_a_sample_is_named_by_what_it_violates() -> None:
    for path in BAD:
        names = {shape.rpartition("/")[2] for shape, _, _ in expected(path)}
        assert any(path.stem.startswith(f"bad-{name}-") for name in names), path


def test_no_constraint_is_of_a_kind_these_tests_do_not_know() -> None:
    for path in FILES:
        shapes = shape_file(path.stem)
        said = {p for p in shapes.predicates() if p in SH}
        assert said - set(COMPONENTS) - OTHER - {SH.inversePath, SH.alternativePath} == set(), path


def test_severities_are_explicit() -> None:
    shapes = shapes_graph()
    for shape in set(shapes.subjects(SH.message)):
        carriers = (
            [shape] if (shape, SH.select, None) not in shapes else list(shapes.subjects(SH.sparql, shape))
        )
        for carrier in carriers:
            severities = set(shapes.objects(carrier, SH.severity))
            assert len(severities) == 1, shape
            assert severities <= {SH.Violation, SH.Warning, SH.Info}, shape


@pytest.mark.parametrize(
    ("shape", "scheme"),
    [
        ("source-amount-source-unknown", "funding-source"),
        ("amount-money-unit-unknown", "money-unit"),
        ("document-money-unit-unknown", "money-unit"),
        ("plan-form-unknown", "form"),
        ("budget-line-side-unknown", "budget-side"),
        ("inference-method-unknown", "inference-method"),
        ("link-method-unknown", "link-method"),
        ("link-status-unknown", "link-status"),
        ("transfer-level-unknown", "transfer-level"),
        ("transfer-direction-unknown", "transfer-direction"),
        ("target-kind-unknown", "target-kind"),
        ("quantity-comparator-unknown", "comparator"),
        ("quantity-change-unknown", "change"),
        ("quantity-recurrence-unknown", "recurrence"),
    ],
)
def test_closed_list_is_the_code_list(shape: str, scheme: str) -> None:
    assert members(URIRef(PREFIXES["shape"] + shape)) == {concept.iri for concept in concepts(scheme)}


def test_each_basis_is_one_of_years_or_of_tiers() -> None:
    shape = PREFIXES["shape"]
    years = members(URIRef(shape + "plan-year-basis-unknown"))
    tiers = members(URIRef(shape + "indicator-tier1-basis-unknown"))
    assert years | tiers == {concept.iri for concept in concepts("basis")}
    assert {iri.rpartition("/")[2] for iri in years & tiers} == {"corrected"}


def test_tiers_are_those_of_the_scheme() -> None:
    tiers = concepts("tier")
    shape = PREFIXES["shape"]
    every = (*tiers, *concepts("tier-2021"))
    first = {tier.iri for tier in every if tier.broader is None}
    assert members(URIRef(shape + "indicator-tier1-unknown")) == first
    assert members(URIRef(shape + "indicator-tier2-unknown")) == {tier.iri for tier in every} - first
    for name, notation in (("output", "1"), ("benefit", "2"), ("satisfaction", "3")):
        below = {tier.iri for tier in tiers if tier.parent == notation}
        assert members(URIRef(f"{shape}tier2-not-under-{name}")) == below


def members(shape: Node) -> set[str]:
    shapes = shapes_graph()
    (listed,) = shapes.objects(shape, SH["in"])
    return {str(member) for member in shapes.items(listed)}


def test_report_is_sorted_and_parses_back() -> None:
    data = graph(BAD[0]) + graph(next(p for p in BAD if "sparql" in p.name))
    report = validate_graph(data)
    assert report == validate_graph(data)
    turtle = Graph().parse(data=report.turtle(), format="turtle")
    nodes = set(turtle.subjects(RDF.type, SH.ValidationResult))
    assert len(nodes) == len(report.results)
    assert (None, SH.conforms, Literal(False)) in turtle
    assert {str(o) for o in turtle.objects(None, SH.focusNode)} == {r.focus for r in report.results}
