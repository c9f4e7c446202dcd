"""What a code list or RDF of others may try with ``match``, ``link`` and ``merge``: nothing of it works."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from tests.command_line import budgetkg
from tests.listener import listening
from tests.test_link import graph

from budgetkg.cli import run
from budgetkg.errors import BudgetkgError, UnreadableDocument
from budgetkg.links.matching import match
from budgetkg.links.rdf_files import read_quads
from budgetkg.links.skos import read_concepts

__all__ = ["graph"]
SKOS = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
OWL = "http://www.w3.org/2002/07/owl#"


def concept(name: str, more: str = "") -> str:
    return f'<u:{name}> a skos:Concept ; skos:prefLabel "{name}"@en {more} .\n'


CONTEXTS = {
    "elsewhere": '{"@context": "URL", "@id": "u:a", "u:p": "x"}',
    "among others": '{"@context": [{"p": "u:p"}, "URL"], "@id": "u:a", "p": "x"}',
    "imported": '{"@context": {"@version": 1.1, "@import": "URL", "p": "u:p"}, "@id": "u:a", "p": "x"}',
    "of a property": '{"@context": {"p": {"@id": "u:p", "@context": "URL"}}, "@id": "u:a", "p": {"u:q": 1}}',
    "of a type": '{"@context": {"T": {"@id": "u:T", "@context": "URL"}}, "@type": "T", "u:p": "x"}',
    "a file": '{"@context": "file:///etc/passwd", "@id": "u:a", "u:p": "x"}',
    "itself": '{"@context": "trick.jsonld", "@id": "u:a", "u:p": "x"}',
}


@pytest.mark.parametrize("kind", CONTEXTS)
def test_no_context_is_fetched(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "trick.jsonld"
    with listening() as elsewhere:
        path.write_text(CONTEXTS[kind].replace("URL", elsewhere.url), encoding="utf-8")
        with pytest.raises(BudgetkgError) as refused:
            read_quads(path)
        assert elsewhere.visits == []
    assert "\n" not in str(refused.value)


LOOPS = {
    "terms by each other": '{"@context": {"a": "b:x", "b": "a:x"}, "@id": "u:a", "a": "x"}',
    "a term by itself": '{"@context": {"a": "a:x"}, "@id": "u:a", "a": "x"}',
    "contexts in contexts": '{"@context": ' * 3_000 + "null" + "}" * 3_000,
    "nodes in nodes": '{"u:p": ' * 50_000 + "1" + "}" * 50_000,
    "lists in lists": '{"u:p": {"@list": ' + "[" * 50_000 + "]" * 50_000 + "}}",
}


@pytest.mark.parametrize("kind", LOOPS)
def test_what_leads_into_itself_ends_in_one_line_or_in_statements(
    kind: str, graph: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "trick.jsonld"
    path.write_text(LOOPS[kind], encoding="utf-8")
    began = time.process_time()
    assert run(["merge", str(graph), str(path), "--max-seconds", "30"]) in (0, 1)
    out, said = capfd.readouterr()
    assert time.process_time() - began < 60
    assert said.count("\n") <= 1
    assert len(said) < 600
    assert out or said


def test_a_same_as_leads_nowhere(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Words are kept as words: what others call the same as a file of this machine is not opened."""
    with listening() as elsewhere:
        path = tmp_path / "same.ttl"
        places = f"<file:///etc/passwd>, <{elsewhere.url}>"
        path.write_text(f"<u:a> <{OWL}sameAs> {places} ; <{OWL}imports> {places} .", encoding="utf-8")
        out, _ = budgetkg(capsys, "merge", graph, path)
        assert elsewhere.visits == []
    assert "4 statements" in out
    found, _ = budgetkg(capsys, "query", "SELECT ?o { <u:a> ?p ?o }", "--store", graph, "--format", "csv")
    assert "root:" not in found


def test_parents_in_a_circle(tmp_path: Path) -> None:
    path = tmp_path / "circle.ttl"
    names = [f"concept {letter}" for letter in "abc"]
    iris = [name.replace(" ", "-") for name in names]
    text = "".join(
        f'<u:{iri}> a skos:Concept ; skos:prefLabel "{name}"@en ; skos:broader <u:{after}>, <u:{iri}> .\n'
        for name, iri, after in zip(names, iris, [*iris[1:], iris[0]], strict=True)
    )
    path.write_text(SKOS + text, encoding="utf-8")
    concepts = read_concepts(path)
    assert len(concepts) == 3
    assert len(match(concepts, concepts)) == 3


def test_a_literal_is_read_up_to_sixteen_mebibytes(tmp_path: Path) -> None:
    path = tmp_path / "huge.ttl"
    path.write_text(SKOS + concept("a", f'; skos:definition "{"x" * 10_000_000}"'), encoding="utf-8")
    (found,) = read_concepts(path)
    assert found.label() == "a"
    path.write_text(SKOS + concept("a", f'; skos:definition "{"x" * 20_000_000}"'), encoding="utf-8")
    with pytest.raises(BudgetkgError, match="16777216"):
        read_concepts(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_a_device_and_a_link_to_itself_are_refused(tmp_path: Path) -> None:
    pipe, loop, device = tmp_path / "pipe.ttl", tmp_path / "loop.ttl", tmp_path / "zero.ttl"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    device.symlink_to("/dev/zero")
    for path in (pipe, loop, device):
        with pytest.raises(BudgetkgError) as refused:
            read_quads(path)
        assert "\n" not in str(refused.value)


def test_a_link_in_the_graph_leads_nothing_out_of_it(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table of links that is a link to another file is replaced, and that file stays as it is."""
    outside = tmp_path / "outside.csv"
    budgetkg(capsys, "link", graph)
    table = graph / "links" / "organisations.csv"
    outside.write_bytes(table.read_bytes())
    table.unlink()
    table.symlink_to(outside)
    before = outside.read_bytes()
    budgetkg(capsys, "link", graph)
    assert outside.read_bytes() == before


def test_elements_nested_without_end_are_refused_before_they_are_read(tmp_path: Path) -> None:
    """200,000 levels took longer than a minute: each is looked up in all those above it."""
    path = tmp_path / "deep.rdf"
    inside = "<e:T><e:p>" * 100_000 + "</e:p></e:T>" * 100_000
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.example/"'
    path.write_text(f"<rdf:RDF {spaces}>{inside}</rdf:RDF>")
    with pytest.raises(UnreadableDocument, match="nested deeper than 1000"):
        read_quads(path)
    path.write_text(f"<rdf:RDF {spaces}>{'<e:T><e:p>' * 200}{'</e:p></e:T>' * 200}</rdf:RDF>")
    assert len(read_quads(path)) == 400
