"""Documents of our own against records written by hand: every folder of tests/cases is a case."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from rdflib import BNode, Graph, Namespace, URIRef
from rdflib.compare import graph_diff, isomorphic, to_isomorphic
from tests.case_files import Case, cases, differences, evidence_in, finding_counts, with_file

import budgetkg
from budgetkg.mapping import document_quads, plan_quads
from budgetkg.reading import read_document
from budgetkg.schema_json import document_json

BKG = Namespace("https://w3id.org/budgetkg/ontology#")
OURS = "https://w3id.org/budgetkg/id/"
# What stands in every document graph and follows from the bytes alone.
FROM_BYTES = frozenset(
    BKG[name]
    for name in (
        "characterCount", "recordCharacterCount", "furnitureCharacterCount", "findingCharacterCount",
        "unaccountedCharacterCount", "fileName", "hasEvidence",
    )
)  # fmt: skip
REPORTS = re.compile(r"(?:log\.add|remark)\(\s*\"([a-z-]+)\"")


def parsed(case: Case) -> list[dict[str, Any]]:
    return [document_json(record) for record in budgetkg.parse(case.document)]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_records_are_those_written_down(case: Case) -> None:
    found, expected = parsed(case), case.records
    assert [document["form"] for document in found] == [case.folder.parent.name] * len(expected)
    for one, other in zip(expected, found, strict=True):
        assert not list(differences(one, other))
        assert other["account"]["remainder"] == 0


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_evidence_quotes_what_stands_there(case: Case) -> None:
    text = read_document(case.document.read_bytes(), case.document.name).source.text
    ends = text.replace("\r\n", " \n").replace("\r", "\n")  # as many characters, one end a line
    found = list(evidence_in(parsed(case)))
    assert found
    for evidence in found:
        assert evidence["quote"] == text[evidence["start"] : evidence["end"]]
        if evidence["lines"]:
            lines = ends[: evidence["start"]].count("\n") + 1, ends[: evidence["end"]].count("\n") + 1
            assert evidence["lines"] == list(lines)


@pytest.mark.parametrize("case", with_file("findings.txt"), ids=lambda case: case.name)
def test_findings_are_those_a_careful_reader_reports(case: Case) -> None:
    path = case.file("findings.txt")
    assert path is not None
    found = Counter(finding["code"] for document in parsed(case) for finding in document["findings"])
    assert found == finding_counts(path)


@pytest.mark.parametrize("case", with_file("findings.json"), ids=lambda case: case.name)
def test_findings_say_what_and_where(case: Case) -> None:
    path = case.file("findings.json")
    assert path is not None
    left = [finding for document in parsed(case) for finding in document["findings"]]
    for expected in json.loads(path.read_text(encoding="utf-8")):
        match = next((found for found in left if not list(differences(expected, found, "finding"))), None)
        assert match, f"no such finding: {expected}"
        left.remove(match)


@pytest.mark.parametrize("case", with_file("graph.ttl"), ids=lambda case: case.name)
def test_graph_is_the_one_written_down(case: Case) -> None:
    path = case.file("graph.ttl")
    assert path is not None
    expected = to_isomorphic(_without_names(Graph().parse(path)))
    found = to_isomorphic(_without_names(_graph(case)))
    _, missing, extra = graph_diff(expected, found)
    assert isomorphic(expected, found), f"{sorted(missing)}\n{sorted(extra)}"


def test_every_finding_of_the_forms_has_a_case(root: Path) -> None:
    seen: set[str] = set()
    for case in with_file("findings.txt"):
        path = case.file("findings.txt")
        seen.update(finding_counts(path) if path else ())
    sources = [path.read_text(encoding="utf-8") for path in (root / "src/budgetkg/forms").rglob("*.py")]
    reported = {code for text in sources for code in REPORTS.findall(text)}
    assert len(reported) > 30
    assert reported <= seen


def _graph(case: Case) -> Graph:
    graph = Graph()
    for record in budgetkg.parse(case.document):
        quads = document_quads(record) + plan_quads(record)
        lines = "\n".join(f"{quad.triple} ." for quad in quads)
        graph.parse(data=lines, format="nt")
    return graph


def _without_names(graph: Graph) -> Graph:
    """The graph without evidence and counts, our own IRIs as blank nodes: what a person can write."""
    evidence = set(graph.subjects(BKG.quote, None))
    plain = Graph()
    for s, p, o in graph:
        if s not in evidence and p not in FROM_BYTES and not str(o).startswith("sha256:"):
            plain.add((_unnamed(s), p, _unnamed(o)))
    return plain


def _unnamed(node: Any) -> Any:
    mine = isinstance(node, URIRef) and node.startswith(OURS)
    return BNode("n" + node.rpartition("/id/")[2].replace("/", "-")) if mine else node
