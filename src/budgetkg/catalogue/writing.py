"""Writing the catalogue with its files into a folder, which appears only when it is whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from budgetkg.catalogue.datasets import SHARED, Dataset, datasets, titled
from budgetkg.catalogue.distributions import STABLE, Distribution, published
from budgetkg.catalogue.linksets import Linkset, linksets
from budgetkg.catalogue.provenance import provenance
from budgetkg.catalogue.statistics import Statistics, counted
from budgetkg.errors import BudgetkgError
from budgetkg.export.files import replacing_folder
from budgetkg.export.quads import graph_files, readable_order
from budgetkg.formats import FORMATS, LICENSE, SHARDS, check, names
from budgetkg.mapping import literals
from budgetkg.mapping.plan import division_iri
from budgetkg.resources import directory
from budgetkg.store.generations import Generation
from budgetkg.store.manifest import sha256
from budgetkg.vocab import DCAT, DCATAP, DCTERMS, FOAF, OWL, PREFIXES, RDF, SKOS, VOID, XSD

CATALOGUE = "catalog.ttl"
PROVENANCE = "provenance.ttl"
_CHINESE = "http://publications.europa.eu/resource/authority/language/ZHO"
_GOVERNMENT = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
# The concepts of others that the catalogue uses, with their names.
_NAMED = {
    _GOVERNMENT: ("政府与公共部门", "Government and public sector"),
    STABLE: ("长期稳定", "stable"),
}
_KEYWORDS = {
    "zh": ("部门预算", "绩效目标", "预算绩效"),
    "en": ("budget", "performance target", "public spending"),
}
# Files beside the catalogue have addresses relative to it, wherever it is put: the serializer makes
# them so where they begin with this base, which is then left out.
_HERE = "catalog://here/"

_DAY = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+")
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class CatalogueOptions:
    """How to publish the datasets.

    ``base_url`` is the address of the folder (without it addresses are relative), ``formats`` are those to
    write (none: all), ``license`` is an IRI, ``publisher`` a name,
    ``issued`` a date (2024-03-01): without it none is said, because no clock is looked at.
    """

    base_url: str | None = None
    formats: tuple[str, ...] = ()
    license: str = LICENSE
    publisher: str = "budgetkg"
    issued: str | None = None

    def address(self, path: str) -> NamedNode:
        """The address of a file; raises :class:`BudgetkgError` where the base is no IRI."""
        start = f"{self.base_url.rstrip('/')}/" if self.base_url else _HERE
        try:
            return NamedNode(start + path)
        except ValueError as error:
            raise BudgetkgError("bad-base-url", url=self.base_url) from error


def write_catalogue(
    generation: Generation, out: Path, options: CatalogueOptions, progress: Progress | None = None
) -> None:
    """Write every dataset in every format, ``catalog.ttl`` that describes them, and ``provenance.ttl``.

    ``progress`` is called after each dataset with the number done, the number of all, and its name. Raises
    :class:`BudgetkgError` for an unknown format or an option that is no IRI, before anything is written.
    """
    for name in options.formats:
        check(name)
    options.address("")
    if options.issued is not None and not _DAY.fullmatch(options.issued):
        raise BudgetkgError("source-date", date=options.issued)
    if not _IRI.fullmatch(options.license):
        raise BudgetkgError("bad-license", license=options.license)
    parts = datasets(generation)
    with replacing_folder(out, CATALOGUE) as folder:
        triples: list[Triple] = []
        corpus = Statistics()
        for done, dataset in enumerate(parts, start=1):
            counts = counted(graph_files(dataset.generation))
            corpus.add(counts)
            triples += counts.triples_about(dataset.node)
            triples += _dataset(dataset, folder, options)
            if progress:
                progress(done, len(parts), dataset.name)
        triples += _whole(parts, options)
        triples += corpus.triples_about(_beside(parts[-1].node, "corpus"))
        for linkset in linksets(generation, parts[-1].node.value.removesuffix(f"id/dataset/{SHARED}")):
            triples += _linkset(linkset, parts[-1].node, folder, options)
        _write(folder / CATALOGUE, [*triples, *_ranges(triples)], options)
        _write(folder / PROVENANCE, list(provenance(generation.counted())), options)


def chosen_formats(options: CatalogueOptions) -> tuple[str, ...]:
    """The formats of the options, else all that can be written with the libraries installed.

    Parts for the bulk loader of another store are left out unless asked for: they say what the N-Quads do.
    """
    if options.formats:
        return options.formats
    written = (name for name in names() if name != SHARDS)
    return tuple(name for name in written if name != "parquet" or find_spec("pyarrow") is not None)


def _dataset(dataset: Dataset, folder: Path, options: CatalogueOptions) -> Iterator[Triple]:
    yield from dataset.triples()
    yield from _common(dataset.node, options)
    if dataset.name != SHARED:
        yield Triple(dataset.node, DCAT.inSeries, _series(dataset.node))
    if dataset.valid:
        yield Triple(dataset.node, DCTERMS.conformsTo, NamedNode(PREFIXES["shape"]))
    (folder / dataset.name).mkdir()
    for format in chosen_formats(options):
        if dataset.name == SHARED and format not in FORMATS:
            continue  # tables, cubes and frames are of documents
        path = published(dataset.generation, format, folder / dataset.name)
        url = options.address(path.relative_to(folder).as_posix())
        distribution = Distribution(dataset.node, format, url, path.stat().st_size, sha256(path))
        yield from distribution.triples(options.license)
        if format in FORMATS:
            yield Triple(dataset.node, VOID.dataDump, url)
            yield Triple(distribution.node, DCTERMS.conformsTo, _ontology_version())


def _linkset(
    linkset: Linkset, shared: NamedNode, folder: Path, options: CatalogueOptions
) -> Iterator[Triple]:
    """Write a linkset and describe it: a subset of the shared dataset that can be loaded by itself."""
    yield from linkset.triples()
    yield from _common(linkset.node, options, shared)
    yield Triple(_beside(shared, "catalog"), DCAT.dataset, linkset.node)
    yield Triple(shared, VOID.subset, linkset.node)
    path = folder / linkset.name / "links.nq"
    path.parent.mkdir()
    path.write_bytes(linkset.content)
    url = options.address(path.relative_to(folder).as_posix())
    distribution = Distribution(linkset.node, "nquads", url, path.stat().st_size, sha256(path))
    yield from distribution.triples(options.license)
    yield Triple(linkset.node, VOID.dataDump, url)


def _whole(parts: Sequence[Dataset], options: CatalogueOptions) -> Iterator[Triple]:
    """The description of the catalogue, and of the series that the datasets of departments make."""
    any_node = parts[-1].node
    catalogue, series = _beside(any_node, "catalog"), _series(any_node)
    yield Triple(catalogue, RDF.type, DCAT.Catalog)
    yield Triple(series, RDF.type, DCAT.DatasetSeries)
    yield from _offered(catalogue, parts, options)
    for node in (catalogue, series):
        yield from titled(node, "预算绩效知识图谱", "Performance budgets as a knowledge graph")
        yield from _common(node, options)
    yield Triple(catalogue, DCAT.resource, series)
    for dataset in parts:
        yield Triple(catalogue, DCAT.dataset, dataset.node)
        yield Triple(_beside(any_node, "corpus"), VOID.subset, dataset.node)
    publisher = _beside(any_node, "publisher")
    yield Triple(publisher, RDF.type, FOAF.Agent)
    yield Triple(publisher, FOAF.name, literals.string(options.publisher))


def _offered(catalogue: NamedNode, parts: Sequence[Dataset], options: CatalogueOptions) -> Iterator[Triple]:
    """What the catalogue as a whole covers: the divisions, the scheme of themes, its home page."""
    divisions = {division_iri(entry["division"]) for part in parts for entry in part.entries}
    for division in sorted(filter(None, divisions), key=str):
        yield Triple(catalogue, DCTERMS.spatial, division)
    themes = NamedNode(PREFIXES["theme"].rstrip("/"))
    yield Triple(catalogue, DCAT.themeTaxonomy, themes)
    yield Triple(themes, DCTERMS.title, Literal("主题与支出功能分类", language="zh"))
    yield Triple(themes, DCTERMS.title, Literal("Themes and functional classes", language="en"))
    if options.base_url:
        yield Triple(catalogue, FOAF.homepage, options.address(""))
        yield Triple(options.address(""), RDF.type, FOAF.Document)
    if options.issued:
        day = Literal(options.issued, datatype=XSD.date)
        yield Triple(catalogue, DCTERMS.issued, day)
        yield Triple(catalogue, DCTERMS.modified, day)
        for part in parts:
            yield Triple(part.node, DCTERMS.issued, day)


def _common(node: NamedNode, options: CatalogueOptions, beside: NamedNode | None = None) -> Iterator[Triple]:
    yield Triple(node, DCTERMS.publisher, _beside(beside or node, "publisher"))
    yield Triple(node, DCTERMS.license, NamedNode(options.license))
    yield Triple(node, DCTERMS.language, NamedNode(_CHINESE))
    yield Triple(node, DCAT.theme, NamedNode(_GOVERNMENT))
    for language, words in _KEYWORDS.items():
        for word in words:
            yield Triple(node, DCAT.keyword, Literal(word, language=language))
    yield Triple(node, DCTERMS.conformsTo, _ontology_version())


def _series(node: NamedNode) -> NamedNode:
    return _beside(node, "series")


def _beside(node: NamedNode, name: str) -> NamedNode:
    return NamedNode(f"{node.value.rsplit('/', 1)[0]}/{name}")


def _ontology_version() -> NamedNode:
    """The version IRI of the ontology."""
    core = directory("ontology") / "core.ttl"
    for quad in pyoxigraph.parse(path=str(core), format=RdfFormat.TURTLE):
        if quad.predicate == OWL.versionIRI and isinstance(quad.object, NamedNode):
            return quad.object
    raise BudgetkgError("no-version-iri", path=core)


# What DCAT-AP 3 wants the value of a property to be called.
_RANGES = {
    DCTERMS.license: DCTERMS.LicenseDocument,
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCTERMS.format: DCTERMS.MediaTypeOrExtent,
    DCAT.mediaType: DCTERMS.MediaType,
    DCAT.packageFormat: DCTERMS.MediaType,
    DCAT.theme: SKOS.Concept,
    DCAT.themeTaxonomy: SKOS.ConceptScheme,
    DCATAP.availability: SKOS.Concept,
}


def _ranges(triples: Sequence[Triple]) -> Iterator[Triple]:
    """The classes of what the catalogue names, which others describe."""
    for triple in triples:
        wanted = _RANGES.get(triple.predicate)
        if wanted is not None and isinstance(triple.object, NamedNode):
            yield Triple(triple.object, RDF.type, wanted)
            for language, word in zip(("zh", "en"), _NAMED.get(triple.object.value, ()), strict=False):
                yield Triple(triple.object, SKOS.prefLabel, Literal(word, language=language))


def _write(path: Path, triples: Sequence[Triple], options: CatalogueOptions) -> None:
    ordered = sorted(dict.fromkeys(triples), key=readable_order)
    base = None if options.base_url else _HERE
    text = pyoxigraph.serialize(ordered, format=RdfFormat.TURTLE, prefixes=PREFIXES, base_iri=base) or b""
    path.write_bytes(text.replace(f"@base <{_HERE}> .\n".encode(), b"", 1))
