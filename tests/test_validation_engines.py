"""Both engines of validation say the same: on samples, documents and planted defects; and what W3C asks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, parse
from rdflib import Graph
from tests import defects, shacl_suite
from tests.case_files import CASES

from budgetkg.errors import BudgetkgError
from budgetkg.forms import parse_document
from budgetkg.mapping import document_quads, plan_quads
from budgetkg.validation import native, packaged, shapes, validate_graph, validate_quads
from budgetkg.vocab import BKG

HERE = Path(__file__).resolve().parent
EXAMPLES = sorted((HERE.parent / "examples").glob("*.txt"))
DOCUMENTS = sorted(path for path in CASES.glob("*/*/document.*") if path.suffix in (".txt", ".csv", ".md"))
FOLDERS = sorted(
    {path.parent for path in (HERE / "shapes").glob("*/*.ttl")} - {HERE / "shapes/ontology-style"}
)
DOCS = HERE.parent / "docs" / "validation-engines.md"
PLANTED = 25


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_samples(folder: Path) -> None:
    for path in sorted(folder.glob("*.ttl")):
        data = Graph(bind_namespaces="none").parse(path)
        quick, reference = (validate_graph(data, engine=name) for name in ("shacl", "pyshacl"))
        assert quick == reference, path.name
        assert quick.turtle() == reference.turtle()


def same_on(path: Path) -> int:
    results = 0
    for record in parse_document(path.read_bytes(), path.name):
        quads = document_quads(record) + plan_quads(record)
        quick, reference = (validate_quads(quads, engine=name) for name in ("shacl", "pyshacl"))
        assert quick == reference
        results += len(quick.results)
    return results


@pytest.mark.parametrize("path", [*EXAMPLES, *DOCUMENTS], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_documents(path: Path) -> None:
    same_on(path)


def test_reference_documents(shared: Path) -> None:
    found = [same_on(path) for path in sorted((shared / "documents" / "seeds").glob("*.txt"))]
    assert sum(found) > 20


def test_planted_defects() -> None:
    components: Counter[str] = Counter()
    assert sum(defects.compared(number, components) for number in range(PLANTED)) > 100
    assert len(components) > 10


def test_a_broken_datatype_goes_to_the_reference() -> None:
    """The engines differ on it: one compares "x" as a number, as SHACL has it, the other doesn't."""
    quads = list(defects.graphs()[0])
    number = next(quad for quad in quads if quad.predicate == BKG.quantityValue)
    word = Literal("x", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
    quads.append(Quad(number.subject, BKG.quantityUpper, word, number.graph_name))
    alone, reference = (validate_quads(quads, engine=name) for name in ("shacl", "pyshacl"))
    assert alone != reference
    assert validate_quads(quads) == reference


def test_blank_nodes_go_to_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "validate", None)
    text = '_:b <http://www.w3.org/2000/01/rdf-schema#label> "> _:a ." .\n'
    assert validate_quads(parse(text.encode(), format=shapes.RdfFormat.N_TRIPLES)).conforms


def test_a_panic_of_native_code_is_an_error_and_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """What native code raises where it gives up."""

    class Broken:
        def validate_text(self, *_: object) -> None:
            raise PanicException("index out of range")

    monkeypatch.setattr(native, "_compiled", lambda _: Broken())
    quads = defects.damaged(0)
    with pytest.raises(BudgetkgError, match="broke off: index out of range"):
        validate_quads(quads, engine="shacl")
    assert validate_quads(quads) == validate_quads(quads, engine="pyshacl")


def test_without_the_native_engine_the_reference_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budgetkg.validation.find_spec", lambda _: None)
    quads = defects.damaged(0)
    assert validate_quads(quads) == validate_quads(quads, engine="pyshacl")
    with pytest.raises(BudgetkgError, match="not installed"):
        validate_quads(quads, engine="shacl")
    with pytest.raises(BudgetkgError, match="no engine"):
        validate_quads(quads, engine="rudof")


def test_whatever_of_ours_is_reported_has_an_iri() -> None:
    """The native engine gives blank nodes other names, so none may be the source of a result."""
    ours = packaged()
    for triple in ours.triples:
        if triple.predicate.value.endswith("#message"):
            assert "_:" not in str(triple.subject)


def test_w3c_suite(shared: Path) -> None:
    assert DOCS.read_text(encoding="utf-8") == shacl_suite.page(shared / "standards" / "shacl-test-suite")
