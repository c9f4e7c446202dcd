"""What a query answers, in the formats of SPARQL 1.1: read back by another reader."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
import rdflib
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)

from budgetkg.errors import UnknownName
from budgetkg.export.answers import plain, written
from budgetkg.store.results import Solutions, solutions
from budgetkg.vocab import XSD

RESULTS = "http://www.w3.org/2005/sparql-results#"
ANSWER = Solutions(
    ("a", "b"),
    (
        (NamedNode("http://e/x"), Literal("\"; \\ ' <>&\n\t")),
        (Literal("名", language="zh"), None),
        (Literal("1.50", datatype=XSD.decimal), Literal(" ]]> \u202e")),
        (BlankNode("b1"), Literal("")),
    ),
)


@pytest.mark.parametrize(
    ("name", "kind"), [("json", QueryResultsFormat.JSON), ("tsv", QueryResultsFormat.TSV)]
)
def test_rows_are_read_back_as_they_were(name: str, kind: QueryResultsFormat) -> None:
    found = parse_query_results(written(ANSWER, name).encode(), kind)
    assert isinstance(found, QuerySolutions)
    assert solutions(found) == ANSWER


def test_xml_holds_the_same() -> None:
    root = ElementTree.fromstring(written(ANSWER, "xml"))
    assert [node.get("name") for node in root.iter(f"{{{RESULTS}}}variable")] == ["a", "b"]
    bindings = [node[0] for node in root.iter(f"{{{RESULTS}}}binding")]
    terms = [term for row in ANSWER.rows for term in row if term is not None]
    assert [node.text or "" for node in bindings] == [plain(term) for term in terms]
    assert [node.tag.rpartition("}")[2] for node in bindings[:2]] == ["uri", "literal"]
    assert bindings[2].get("{http://www.w3.org/XML/1998/namespace}lang") == "zh"


def test_line_ends_survive_xml() -> None:
    answer = Solutions(("a",), ((Literal("one\r\ntwo\rthree"),),))
    (literal,) = ElementTree.fromstring(written(answer, "xml")).iter(f"{{{RESULTS}}}literal")
    assert literal.text == "one\r\ntwo\rthree"


def test_csv_holds_bare_values() -> None:
    rows = list(csv.reader(io.StringIO(written(ANSWER, "csv"), newline="")))
    assert rows[0] == ["a", "b"]
    assert rows[2] == ["名", ""]
    assert rows[3][0] == "1.50"


@pytest.mark.parametrize("truth", [True, False])
def test_truth(truth: bool) -> None:
    word = "true" if truth else "false"
    assert json.loads(written(truth, "json"))["boolean"] is truth
    assert f"<boolean>{word}</boolean>" in written(truth, "xml")
    assert written(truth, "csv") == written(truth, "tsv") == f"{word}\n"


def test_triples_are_turtle() -> None:
    triple = Triple(NamedNode("http://e/a"), NamedNode("http://e/b"), Literal("c"))
    assert len(rdflib.Graph().parse(data=written((triple,), "turtle"), format="turtle")) == 1
    with pytest.raises(UnknownName, match="turtle"):
        written((triple,), "csv")
    with pytest.raises(UnknownName, match="csv"):
        written(True, "turtle")
