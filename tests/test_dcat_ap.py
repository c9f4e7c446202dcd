"""The catalogue against the shapes of DCAT-AP 3.0.1: mandatory, ranges, recommended."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, SH

from budgetkg.catalogue import CatalogueOptions, write_catalogue
from budgetkg.store.generations import current

# What is recommended and not said, with the reason.
NOT_SAID = {
    "contactPoint": "nobody's address is invented; the publisher's own catalogue adds it",
    "bbox": "no form prints where a division lies",
    "centroid": "no form prints where a division lies",
    "type": "kinds of agents and licences are codes of the European Union's",
    "distribution": "the series has none; its datasets do",
    "spatial": "what several departments share has no place of its own",
    "temporal": "what several departments share, and forms without a year, have no period",
}


@pytest.fixture(scope="module")
def catalogue(built: Path, tmp_path_factory: pytest.TempPathFactory) -> rdflib.Graph:
    out = tmp_path_factory.mktemp("dcat") / "catalog"
    options = CatalogueOptions(base_url="https://data.example.org/", issued="2026-11-28")
    write_catalogue(current(built), out, options)
    return rdflib.Graph().parse(out / "catalog.ttl")


@pytest.mark.parametrize("name", ["shapes", "range", "shapes_recommended"])
def test_dcat_ap_is_kept(name: str, catalogue: rdflib.Graph, shared: Path) -> None:
    shapes = rdflib.Graph().parse(shared / "standards" / "dcat-ap-3.0.1" / f"{name}.ttl")
    shapes.remove((None, OWL.imports, None))
    _, report, _ = pyshacl.validate(catalogue, shacl_graph=shapes, advanced=True)
    assert isinstance(report, rdflib.Graph)
    found = {
        (str(report.value(result, SH.resultPath)), str(report.value(result, SH.focusNode)))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }
    left = {(path, node) for path, node in found if path.replace("#", "/").rpartition("/")[2] not in NOT_SAID}
    assert not left
    assert name == "shapes_recommended" or not found
