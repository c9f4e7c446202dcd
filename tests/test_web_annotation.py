"""Web Annotation: what a selector says is what the document prints there."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, RdfFormat
from tests.tables_of import BKG, triples

import budgetkg
from budgetkg.export import export_to
from budgetkg.store.generations import current

OA = "http://www.w3.org/ns/oa#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Things = dict[str, dict[str, list[str]]]


@pytest.fixture(scope="module")
def path(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("annotations") / "budget.annotations.ttl"
    export_to(current(built), "web-annotation", out)
    return out


def things(path: Path) -> Things:
    found: Things = defaultdict(lambda: defaultdict(list))
    for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE):
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)
        found[quad.subject.value][quad.predicate.value.removeprefix(OA)].append(quad.object.value)
    return found


def values(built: Path, name: str) -> set[tuple[str, str]]:
    return {(t.subject.value, t.object.value) for t in triples(built) if t.predicate.value == BKG + name}


def of(found: Things, kind: str) -> list[dict[str, list[str]]]:
    return [node for node in found.values() if OA + kind in node[TYPE]]


def test_each_place_of_each_thing_is_an_annotation(path: Path, built: Path) -> None:
    found = things(path)
    said = values(built, "hasEvidence")
    pairs = {(*node["hasBody"], *node["hasTarget"]) for node in of(found, "Annotation")}
    assert pairs == said
    assert len(of(found, "SpecificResource")) == len({place for _, place in said})


def test_words_and_positions_are_the_documents(path: Path, built: Path) -> None:
    """A target's words are what the graph says that the form prints, white space aside."""
    found = things(path)
    printed = dict(values(built, "targetPrinted"))
    checked = 0
    for node in of(found, "Annotation"):
        (target,) = node["hasTarget"]
        selectors = [found[name] for name in found[target]["hasSelector"]]
        (page,) = (each for each in selectors if OA + "FragmentSelector" in each[TYPE])
        (place,) = (each for each in selectors if OA + "TextPositionSelector" in each[TYPE])
        (words,) = (found[name] for name in page["refinedBy"])
        (exact,) = words["exact"]
        assert int(place["end"][0]) - int(place["start"][0]) == len(exact) > 0
        if node["hasBody"][0] in printed and "#char=" in target:
            assert "".join(exact.split()) == "".join(printed[node["hasBody"][0]].split())
            assert words["prefix"] or words["suffix"]
            checked += 1
    assert checked > 100


def test_same_bytes_in_whatever_order(samples: list[Path], path: Path, tmp_path: Path) -> None:
    budgetkg.build(list(reversed(samples)), tmp_path / "graph")
    export_to(current(tmp_path / "graph"), "web-annotation", tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == path.read_bytes()
