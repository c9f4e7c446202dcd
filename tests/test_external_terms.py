"""Every term of another vocabulary that is used here exists there.

``ontology/external-terms.csv`` lists them: the IRI, its kind, where its vocabulary is published, in which
version, and how it was looked up:

- ``rdflib``: it stands in the namespace that rdflib carries of the vocabulary, which the tests compare;
- ``file``: it was read in the vocabulary's own file;
- ``list``: it stands in a closed list that the package ontolutils 0.27 made from the vocabulary;
- ``use``: the file wasn't at hand; it was seen in documents or data of others who use it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rdflib.namespace
from rdflib import Graph, Literal, URIRef

from budgetkg.export import export_to
from budgetkg.resources import directory
from budgetkg.store.generations import current
from tools.generate.terms import borrowed_terms, catalogue_terms, prefixes

ROOT = Path(__file__).resolve().parent.parent
OURS = "https://w3id.org/budgetkg/"
OTHERS = {name: iri for name, iri in prefixes().items() if not iri.startswith(OURS)}
OPENBUDGETS = "http://data.openbudgets.eu/"
COLUMNS = ["term", "kind", "source", "version", "checked"]
KINDS = {"class", "property", "datatype", "individual", "document"}
NO_TERMS = {OPENBUDGETS, *OTHERS.values()}
"""Namespaces themselves name no term."""
# Newer than what rdflib carries of their vocabularies, which it keeps open for that: DCAT 3 and schema.org.
NEWER = {
    "http://www.w3.org/ns/dcat#DatasetSeries",
    "http://www.w3.org/ns/dcat#inSeries",
    "http://www.w3.org/ns/dcat#resource",
    "http://www.w3.org/ns/dcat#version",
    "https://schema.org/funding",
}


@cache
def listed() -> dict[str, dict[str, str]]:
    with (directory("ontology") / "external-terms.csv").open(encoding="utf-8", newline="") as file:
        return {row["term"]: row for row in csv.DictReader(file)}


@cache
def used() -> dict[str, frozenset[str]]:
    """External IRI → the files that use it."""
    found: dict[str, set[str]] = defaultdict(set)
    for pattern in ("ontology/**/*.ttl", "shapes/**/*.ttl", "queries/**/*.rq", "src/**/*.py"):
        for path in sorted(ROOT.glob(pattern)):
            said = in_turtle(path) if path.suffix == ".ttl" else in_text(path.read_text(encoding="utf-8"))
            for iri in said:
                if not iri.startswith(OURS) and iri not in NO_TERMS:
                    found[iri].add(str(path.relative_to(ROOT)))
    path = directory("ontology") / "links" / "openbudgets.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[OPENBUDGETS + row["target"]].add(path.name)
    return {iri: frozenset(paths) for iri, paths in found.items()}


def in_turtle(path: Path) -> Iterator[str]:
    for triple in Graph(bind_namespaces="none").parse(path, format="turtle"):
        for node in triple:
            if isinstance(node, URIRef):
                yield str(node)
            elif isinstance(node, Literal) and node.datatype is not None:
                yield str(node.datatype)


def in_text(text: str) -> Iterator[str]:
    """Prefixed names, names put behind a namespace of the table, and IRIs: in quotes only those of its
    vocabularies, since formats of files have namespaces too."""
    for prefix, namespace in OTHERS.items():
        for name in re.findall(rf"(?<![\w/:.@?$-]){prefix}:([A-Za-z_]\w*(?:-\w+)*)", text):
            yield namespace + name
        for name in re.findall(rf"PREFIXES\[['\"]{prefix}['\"]\]\}}(\w+)", text):
            yield namespace + name
    yield from re.findall(r"<(https?://[^<>\s{}\"]+)>", text)
    quoted = re.findall(r"\"(https?://[^\"\s{}]+)\"", text)
    yield from (iri for iri in quoted if iri.startswith(tuple(OTHERS.values())))


def packaged() -> dict[str, Any]:
    """Namespace → what rdflib carries of it."""
    kind = type(rdflib.namespace.DefinedNamespace)
    spaces = (value for value in vars(rdflib.namespace).values() if isinstance(value, kind))
    return {str(space): space for space in spaces if space is not rdflib.namespace.DefinedNamespace}


def test_every_external_term_is_listed() -> None:
    assert {iri: sorted(paths)[:3] for iri, paths in used().items() if iri not in listed()} == {}


def test_nothing_is_listed_that_nobody_uses() -> None:
    declared = {term.iri for term in (*borrowed_terms(), *catalogue_terms())}
    schema = {iri for iri in listed() if iri.startswith(prefixes()["schema"])}  # the export's, see below
    assert sorted(set(listed()) - set(used()) - declared - schema) == []


def test_the_list_is_whole() -> None:
    path = directory("ontology") / "external-terms.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert rows[0] == COLUMNS
    assert [row[0] for row in rows[1:]] == sorted(listed())
    for row in listed().values():
        assert row["kind"] in KINDS, row
        assert row["source"].startswith("http"), row
        assert row["checked"] in ("rdflib", "file", "list", "use"), row


def test_rdflib_knows_every_term_of_a_vocabulary_that_it_carries() -> None:
    spaces = packaged()
    for iri, row in listed().items():
        for namespace, space in spaces.items():
            if iri.startswith(namespace) and row["kind"] != "document":
                name = iri.removeprefix(namespace)
                assert name in space or iri in NEWER, iri
                assert not (space._fail and iri in NEWER), f"{iri}: rdflib has the vocabulary closed"
                assert (row["checked"] == "rdflib") == (iri not in NEWER), iri
                break
        else:
            assert row["checked"] != "rdflib", iri


CARRIED = ["SKOS", "PROV", "ORG", "QB", "VOID", "DCTERMS", "DCAT", "SH", "OWL", "RDF", "FOAF", "VANN", "SDO"]


@pytest.mark.parametrize("name", CARRIED)
def test_the_oracle_would_see_a_wrong_term(name: str) -> None:
    assert "noSuchTerm" not in getattr(rdflib.namespace, name)


def test_schema_org_terms_of_the_export_are_listed(built: Path, tmp_path: Path) -> None:
    export_to(current(built), "schema-org", tmp_path / "schema.json")
    said = json.loads((tmp_path / "schema.json").read_text(encoding="utf-8"))
    terms = {prefixes()["schema"] + name for name in schema_names(said["@graph"])}
    assert prefixes()["schema"] + "MonetaryAmount" in terms
    assert sorted(terms - set(listed())) == []


def schema_names(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from schema_names(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "@type":
                yield str(value)
            elif not key.startswith("@"):
                yield key
            yield from schema_names(value)
