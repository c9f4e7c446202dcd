"""The pages of the ontology: every term and code list, both languages, links that lead somewhere."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from rdflib import RDF, SKOS, Graph
from tests.test_report import Page

from budgetkg.codelists import concepts
from budgetkg.generate import ontology_file
from budgetkg.generate.__main__ import main
from budgetkg.generate.diagram import core
from budgetkg.generate.examples import examples
from budgetkg.generate.site import ONTOLOGY, pages
from budgetkg.generate.terms import RDFS, notes, own_terms, prefixes
from budgetkg.generate.terms import SKOS as SKOS_NAMESPACE
from budgetkg.resources import files

TERMS = [term for term in own_terms() if term.kind != "Ontology"]
SEEN = (
    "Document", "Project", "Task", "Indicator", "AnnualTarget", "Quantity", "amountYuan", "hasTarget",
    "goalText",
)  # fmt: skip


@cache
def made() -> dict[str, str]:
    return pages()


def test_every_term_and_every_code_list_has_a_page() -> None:
    graph = Graph()
    for path in files("ontology", ".ttl"):
        graph.parse(path, format="turtle")
    schemes = {str(scheme).rpartition("/")[2] for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme)}
    assert {"tier", "theme", "division", "finding"} < schemes
    names = {term.iri.rpartition("#")[2] for term in TERMS}
    wanted = {f"terms/{name}.html" for name in names} | {f"codes/{scheme}.html" for scheme in schemes}
    assert set(made()) == wanted | {"index.html"}


def test_pages_say_both_labels_and_definitions() -> None:
    for term in TERMS:
        page = made()[f"terms/{term.iri.rpartition('#')[2]}.html"]
        for language in ("zh", "en"):
            for predicate in (RDFS + "label", SKOS_NAMESPACE + "definition"):
                said = term.text(predicate, language)
                assert said
                assert escape(said) in page
    assert all(concept.zh in made()["codes/comparator.html"] for concept in concepts("comparator"))


def test_pages_are_whole_and_their_links_lead_somewhere() -> None:
    for name, text in made().items():
        page = Page(text)
        assert not page.names & {"script", "link", "img"}, name
        targets = re.findall(r'href="([^"]+)"', text)
        assert targets
        beside = {*made(), ONTOLOGY}
        astray = [target for target in targets if normpath(join(dirname(name), target)) not in beside]
        assert not astray, name


def test_the_core_is_drawn_with_its_properties() -> None:
    picture = core()
    for name in ("Document", "UnitOfUse", "Project", "Task", "Indicator", "Target", "Quantity"):
        assert picture.count(f">bkg:{name}<") == 1
    assert "hasTarget → Target" in picture
    assert picture.count("<path") > 10


@pytest.mark.parametrize("name", SEEN)
def test_terms_stand_with_examples_of_the_samples(name: str) -> None:
    found = examples()[prefixes()["bkg"] + name]
    assert 0 < len(found) <= 3
    assert all(thing in unescape(made()[f"terms/{name}.html"]) for thing, _, _ in found)


def test_the_command_writes_the_same_bytes_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--docs", str(tmp_path)]) == 0
    assert f"wrote {len(made())} pages" in capsys.readouterr().out
    for name, text in {**made(), ONTOLOGY: ontology_file.render()}.items():
        assert (tmp_path / name).read_text(encoding="utf-8") == text


def test_a_core_term_stands_with_its_note_and_examples() -> None:
    page = unescape(made()["terms/BudgetPlan.html"])
    note = notes()[prefixes()["bkg"] + "BudgetPlan"]
    for predicate in ("scopeNote", "example"):
        for language in ("zh", "en"):
            assert all(text in page for text in note.values(SKOS_NAMESPACE + predicate, language))


def test_disjoint_classes_lead_to_each_other() -> None:
    assert 'href="Project.html"' in made()["terms/Finding.html"]
