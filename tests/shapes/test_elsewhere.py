"""The shapes as others use them: the bare files, beside the ontology, under RDFS inference."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Dataset, Graph, URIRef

from budgetkg.pipeline.checking import validate_path
from budgetkg.resources import shape_files, vocabulary_files
from budgetkg.validation import ValidationReport, validate_graph
from budgetkg.validation.reference import batched

HERE = Path(__file__).parent
SAMPLES = [path for path in sorted(HERE.glob("*/bad-*.ttl")) if path.parent.name != "ontology-style"]
WHOLE = HERE / "document" / "ok-whole-document.ttl"

Results = set[tuple[str, ...]]


@cache
def parsed(path: Path) -> Graph:
    return Graph(bind_namespaces="none").parse(path, format="turtle")


def merged(*paths: Path) -> Graph:
    """The triples of several files; a graph of its own each time, for pySHACL adds to its shapes."""
    graph = Graph(bind_namespaces="none")
    for path in paths:
        graph += parsed(path)
    return graph


def validated(data: Graph, inference: str | None = None, shapes: Graph | None = None) -> Results:
    """What pySHACL alone says; with the ontology where it is to infer something, if only subclasses."""
    ontology = None if inference is None else merged(*vocabulary_files())
    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=merged(*shape_files()) if shapes is None else shapes,
        ont_graph=ontology,
        inference=inference or "none",
    )
    return identities(report)


def identities(report: Graph) -> Results:
    """What is wrong with what, without the names that every run gives its results anew."""
    keys = (SH.sourceShape, SH.sourceConstraintComponent, SH.focusNode, SH.value, SH.resultSeverity)
    return {
        tuple(str(report.value(node, key)) for key in keys)
        for node in report.subjects(RDF.type, SH.ValidationResult)
    }


def ours(report: ValidationReport) -> Results:
    """What this package says of the same data."""
    return {(r.source_shape, r.component, r.focus, str(r.value), f"{SH}{r.severity}") for r in report.results}


@pytest.fixture(scope="module")
def graphs(built: Path) -> dict[str, Graph]:
    """The built samples, graph by graph; without the vocabulary, which is the ontology itself."""
    dataset = Dataset(default_union=False)
    for path in sorted((built / "generations").glob("*/graphs/*.nq")):
        dataset.parse(path, format="nquads")
    found = {}
    for context in dataset.graphs():
        name = str(context.identifier).rpartition("/")[2]
        if len(context) and name != "vocabulary":
            found[name] = Graph(bind_namespaces="none")
            for triple in context:
                found[name].add(triple)
    return found


def documents(graphs: dict[str, Graph]) -> list[Graph]:
    return [graph for name, graph in sorted(graphs.items()) if re.fullmatch("[0-9a-f]{16}", name)]


def test_the_files_as_they_are_give_the_same_results() -> None:
    data = merged(*SAMPLES)
    found = validated(data)
    assert found == ours(validate_graph(data))
    assert len(found) > 300


def test_the_files_may_be_written_one_after_another() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in shape_files())
    assert len(Graph().parse(data=text, format="turtle")) == len(merged(*shape_files()))


def test_moving_targets_changes_no_result() -> None:
    """The form in which pySHACL gets the shapes gives what the shapes as written give."""
    data, written = merged(*SAMPLES), merged(*shape_files())
    assert len(batched(written)) != len(written)
    assert validated(data, shapes=written) == validated(data, shapes=batched(written))


def test_the_ontology_beside_the_samples_changes_no_result() -> None:
    data = merged(*SAMPLES)
    assert validated(data, inference="none") == validated(data)


def test_inference_finds_nothing_in_a_whole_document() -> None:
    assert validated(merged(WHOLE), inference="rdfs") == set()


def test_the_ontology_and_inference_change_nothing_in_a_document(graphs: dict[str, Graph]) -> None:
    """A document's own graph, in which its plan is named and not described."""
    every: Results = set()
    for data in documents(graphs):
        alone = ours(validate_graph(data))
        assert validated(data, inference="none") == alone
        every |= alone
    assert not {result for result in every if result[-1] == str(SH.Violation)}
    smallest = min(documents(graphs), key=len)
    assert validated(smallest, inference="rdfs") == ours(validate_graph(smallest))


@pytest.mark.parametrize("inference", ["none", "rdfs"])
def test_all_graphs_together_have_the_same_results(
    built: Path, graphs: dict[str, Graph], inference: str
) -> None:
    """Documents, reference and inference in one graph, as an export has them, with the ontology."""
    union = Graph(bind_namespaces="none")
    for graph in graphs.values():
        union += graph
    assert validated(union, inference=inference) == ours(validate_path(built, workers=1))


@pytest.mark.parametrize("path", [path for path in shape_files() if path.parent.name == "sparql"], ids=str)
def test_a_file_of_sparql_constraints_stands_alone(path: Path) -> None:
    shapes = merged(path)
    own = {str(shape) for shape in shapes.subjects(SH.sparql) if isinstance(shape, URIRef)}
    found = validated(merged(*SAMPLES), shapes=shapes)
    assert {result[0] for result in found} == own


def test_core_shapes_need_no_sparql() -> None:
    core = merged(*(path for path in shape_files() if path.parent.name == "core"))
    assert not list(core.subject_objects(SH.sparql))
    assert not list(core.subject_objects(SH.select))
