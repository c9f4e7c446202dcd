"""The catalogue says of its files what they are, and keeps the shapes of DCAT-AP."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat
from rdflib import DCTERMS, RDF, XSD, URIRef
from tests.command_line import budgetkg as run
from tests.tables_of import project_totals, triples

import budgetkg
from budgetkg.catalogue import CatalogueOptions, write_catalogue
from budgetkg.errors import BudgetkgError
from budgetkg.formats import FORMATS, names
from budgetkg.store.generations import current
from budgetkg.validation import validate_graph

ROOT = Path(__file__).resolve().parent.parent
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")


@pytest.fixture(scope="module")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("catalogue") / "catalog"
    write_catalogue(current(built), out, CatalogueOptions())
    return out


def loaded(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "catalog.ttl", format="turtle")


def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "shapes" / "catalogue" / "dcat.ttl", format="turtle")


def broken(graph: rdflib.Graph) -> set[str]:
    return {result.rule.rsplit("/", 1)[-1] for result in validate_graph(graph, shapes()).results}


def test_the_catalogue_keeps_the_shapes(folder: Path) -> None:
    assert broken(loaded(folder)) == set()


# What is taken away, and which rule then says so.
REMOVED = {
    "catalogue-untitled": (DCAT.Catalog, DCTERMS.title),
    "catalogue-undescribed": (DCAT.Catalog, DCTERMS.description),
    "catalogue-without-publisher": (DCAT.Catalog, DCTERMS.publisher),
    "catalogue-empty": (DCAT.Catalog, DCAT.dataset),
    "dataset-untitled": (DCAT.Dataset, DCTERMS.title),
    "dataset-undescribed": (DCAT.Dataset, DCTERMS.description),
    "dataset-unidentified": (DCAT.Dataset, DCTERMS.identifier),
    "dataset-without-publisher": (DCAT.Dataset, DCTERMS.publisher),
    "dataset-without-file": (DCAT.Dataset, DCAT.distribution),
    "dataset-without-standard": (DCAT.Dataset, DCTERMS.conformsTo),
    "dataset-uncounted": (DCAT.Dataset, VOID.triples),
    "series-untitled": (DCAT.DatasetSeries, DCTERMS.title),
    "series-undescribed": (DCAT.DatasetSeries, DCTERMS.description),
    "series-empty": (DCAT.Dataset, DCAT.inSeries),
    "file-without-address": (DCAT.Distribution, DCAT.accessURL),
    "file-without-media-type": (DCAT.Distribution, DCAT.mediaType),
    "file-without-licence": (DCAT.Distribution, DCTERMS.license),
    "file-without-size": (DCAT.Distribution, DCAT.byteSize),
    "file-without-checksum": (DCAT.Distribution, SPDX.checksum),
    "checksum-without-algorithm": (SPDX.Checksum, SPDX.algorithm),
    "checksum-malformed": (SPDX.Checksum, SPDX.checksumValue),
    "period-without-start": (DCTERMS.PeriodOfTime, DCAT.startDate),
    "period-without-end": (DCTERMS.PeriodOfTime, DCAT.endDate),
    "agent-unnamed": (URIRef("http://xmlns.com/foaf/0.1/Agent"), URIRef("http://xmlns.com/foaf/0.1/name")),
}
# A type that is taken away makes nodes that point there wrong.
UNTYPED = {
    "dataset-period-unclear": DCTERMS.PeriodOfTime,
    "dataset-place-unclear": DCTERMS.Location,
    "dataset-series-unclear": DCAT.DatasetSeries,
}


def test_each_rule_has_its_breach() -> None:
    rules = {str(s).rsplit("/", 1)[-1] for s in shapes().subjects(RDF.type, rdflib.SH.PropertyShape)}
    assert rules == {*REMOVED, *UNTYPED}


@pytest.mark.parametrize("rule", sorted(REMOVED))
def test_a_rule_finds_what_is_missing(folder: Path, rule: str) -> None:
    graph = loaded(folder)
    kind, predicate = REMOVED[rule]
    for subject in set(graph.subjects(RDF.type, kind)):
        graph.remove((subject, predicate, None))
    assert rule in broken(graph)


@pytest.mark.parametrize("rule", sorted(UNTYPED))
def test_a_rule_finds_what_is_of_no_kind(folder: Path, rule: str) -> None:
    graph = loaded(folder)
    graph.remove((None, RDF.type, UNTYPED[rule]))
    assert rule in broken(graph)


def test_sizes_and_hashes_are_those_of_the_files(folder: Path) -> None:
    graph = loaded(folder)
    described = set()
    for node in graph.subjects(RDF.type, DCAT.Distribution):
        url = str(graph.value(node, DCAT.downloadURL))
        assert url.startswith("file:"), "relative to the catalogue"
        path = folder / url.partition(f"{folder.name}/")[2]
        data = path.read_bytes()
        described.add(path)
        assert int(str(graph.value(node, DCAT.byteSize))) == len(data)
        checksum = graph.value(node, SPDX.checksum)
        assert str(graph.value(checksum, SPDX.checksumValue)) == hashlib.sha256(data).hexdigest()
    assert described == {path for path in folder.rglob("*") if path.is_file()} - {
        folder / "catalog.ttl", folder / "provenance.ttl"
    }  # fmt: skip


def test_each_departments_year_is_a_dataset(folder: Path, built: Path) -> None:
    graph = loaded(folder)
    entries = current(built).entries()
    years = {(entry["department"], entry["district"], entry["year"]) for entry in entries}
    found = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert len(found) == len(years) + 1  # and what they share
    periods = [str(value) for value in graph.objects(None, DCAT.startDate)]
    assert sorted(periods) == sorted(f"{year}-01-01" for _, _, year in years if year)
    assert len(set(graph.objects(None, PROV.wasDerivedFrom))) == len(entries)
    assert all(str(each.datatype) == str(XSD.date) for each in graph.objects(None, DCAT.startDate))  # type: ignore[attr-defined]


def test_datasets_together_are_the_graph(folder: Path, built: Path) -> None:
    found = {
        quad.triple
        for path in folder.rglob("budget.nq")
        for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.N_QUADS)
    }
    assert found == triples(built)


def test_numbers_are_those_of_the_files(folder: Path) -> None:
    graph = loaded(folder)
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        name = str(dataset).rsplit("/", 1)[-1]
        quads = list(pyoxigraph.parse(path=str(folder / name / "budget.nq"), format=RdfFormat.N_QUADS))
        assert int(str(graph.value(dataset, VOID.triples))) == len(quads)
        assert int(str(graph.value(dataset, VOID.distinctSubjects))) == len({q.subject for q in quads})
        assert int(str(graph.value(dataset, VOID.distinctObjects))) == len({q.object for q in quads})
        parts = set(graph.objects(dataset, VOID.propertyPartition))
        assert sum(int(str(graph.value(part, VOID.triples))) for part in parts) == len(quads)
        assert len(parts) == len({q.predicate for q in quads})


def test_packed_tables_add_up(folder: Path, built: Path) -> None:
    total = Decimal(0)
    for path in folder.rglob("fiscal-data-package.zip"):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            lines = archive.read("budget.csv").decode().splitlines()[1:]
        total += sum(Decimal(line.rsplit(",", 2)[1]) for line in lines if "/project/" in line)
    assert total == project_totals(built) > 0


def test_the_same_graph_gives_the_same_bytes(folder: Path, samples: list[Path], tmp_path: Path) -> None:
    budgetkg.build(list(reversed(samples)), tmp_path / "graph")
    write_catalogue(current(tmp_path / "graph"), tmp_path / "catalog", CatalogueOptions())
    first = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    again = tmp_path / "catalog"
    assert first == {p.relative_to(again): p.read_bytes() for p in again.rglob("*") if p.is_file()}
    assert not re.search(rb"20\d\d-\d\d-\d\dT", first[Path("catalog.ttl")]), "no clock"


def test_addresses_are_those_that_are_given(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("catalog", built, "-o", tmp_path / "c", "-f", "nquads", "--publisher", "某区财政局")
    run(capsys, *command, "--base-url", "https://example.org/data")
    graph = loaded(tmp_path / "c")
    urls = [str(url) for url in graph.objects(None, DCAT.downloadURL)]
    assert all(re.fullmatch(r"https://example\.org/data/[\w-]+/budget\.nq", url) for url in urls)
    assert "某区财政局" in (tmp_path / "c" / "catalog.ttl").read_text(encoding="utf-8")
    assert {path.name for path in (tmp_path / "c").rglob("*.*")} == {
        "catalog.ttl", "provenance.ttl", "budget.nq"
    }  # fmt: skip
    run(capsys, "catalog", built, "-o", tmp_path / "d", "-f", "lotus", code=2)


def test_a_base_that_is_no_address(built: Path, tmp_path: Path) -> None:
    with pytest.raises(BudgetkgError, match="no absolute IRI"):
        write_catalogue(current(built), tmp_path / "c", CatalogueOptions(base_url="my folder"))
    with pytest.raises(BudgetkgError, match="no absolute IRI"):
        write_catalogue(current(built), tmp_path / "c", CatalogueOptions(license="free for all"))
    assert not list(tmp_path.iterdir())


def test_every_format_of_the_samples_is_there(folder: Path) -> None:
    for place in folder.iterdir():
        if place.is_dir():
            count = len(FORMATS) if place.name == "shared" else len(names())
            assert len(list(place.iterdir())) in (count, count - 1)  # without pyarrow, no Parquet


def test_provenance_says_what_read_what(folder: Path, built: Path) -> None:
    graph = rdflib.Graph().parse(folder / "provenance.ttl", format="turtle")
    entries = current(built).entries()
    hashes = {f"sha256:{entry['sha256']}" for entry in entries}
    read = {str(graph.value(used, DCTERMS.identifier)) for used in graph.objects(None, PROV.used)}
    assert read == hashes
    assert len(set(graph.subjects(RDF.type, PROV.Activity))) == len(entries)
    (agent,) = graph.subjects(RDF.type, PROV.SoftwareAgent)
    name = str(graph.value(agent, URIRef("http://xmlns.com/foaf/0.1/name")))
    assert name == f"budgetkg {version('budgetkg')}"
    (plan,) = graph.subjects(RDF.type, PROV.Plan)
    assert json.loads(str(graph.value(plan, DCTERMS.description))) == {"personal": False, "validate": True}
    assert not list(graph.objects(None, PROV.startedAtTime)), "no clock unless asked"


def test_times_are_in_the_provenance_alone(
    samples: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, more in (("timed", ["--with-times"]), ("plain", [])):
        run(capsys, "build", samples[0], "--into", tmp_path / name, "--no-validate", *more)
        run(capsys, "catalog", tmp_path / name, "-o", tmp_path / f"{name}-c", "-f", "nquads")
    timed, plain = tmp_path / "timed-c", tmp_path / "plain-c"
    graph = rdflib.Graph().parse(timed / "provenance.ttl", format="turtle")
    (started,), (ended,) = (list(graph.objects(None, PROV[n])) for n in ("startedAtTime", "endedAtTime"))
    assert started.toPython() <= ended.toPython()  # type: ignore[attr-defined]
    for path in plain.rglob("*.nq"):
        more = {*lines(timed / path.relative_to(plain))} - {*lines(path)}
        assert {*lines(path)} <= {*lines(timed / path.relative_to(plain))}
        assert all(line.endswith(b"/graph/provenance> .") and b"AtTime>" in line for line in more)
        assert len(more) == (2 if path.parent.name == "shared" else 0)


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


def test_provenance_is_a_graph_of_the_store(built: Path) -> None:
    read = """SELECT ?key ?software { GRAPH ?p { ?graph prov:wasDerivedFrom ?document .
        ?graph prov:wasGeneratedBy/prov:wasAssociatedWith/foaf:name ?software }
        GRAPH ?graph { ?document a bkg:Document ; dcterms:identifier ?key } }"""
    with budgetkg.open(built) as store:
        found = {tuple(str(cell) for cell in row.values()) for row in store.query(read)}  # type: ignore[union-attr]
        clock = store.query("ASK { GRAPH ?g { ?s prov:startedAtTime|prov:endedAtTime ?when } }")
    entries = current(built).entries()
    assert found == {(f"sha256:{entry['sha256']}", f"budgetkg {version('budgetkg')}") for entry in entries}
    assert clock is False
