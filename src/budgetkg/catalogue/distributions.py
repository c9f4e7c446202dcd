"""The files of a dataset: one for each format, formats of several files packed into one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Literal, NamedNode, Triple

from budgetkg.export import export_to
from budgetkg.formats import FOLDERS, file_name
from budgetkg.mapping import iri
from budgetkg.store.generations import Generation
from budgetkg.vocab import DCAT, DCATAP, DCTERMS, RDF, SPDX, XSD

_MEDIA_TYPES = {
    "turtle": "text/turtle", "jsonld": "application/ld+json", "nquads": "application/n-quads",
    "trig": "application/trig", "ntriples": "application/n-triples", "rdfxml": "application/rdf+xml",
    "cube": "text/turtle", "csvw": "text/csv", "fiscal-data-package": "text/csv",
    "framed": "application/ld+json", "parquet": "application/vnd.apache.parquet",
    "schema-org": "application/ld+json", "shards": "application/n-quads", "web-annotation": "text/turtle",
}  # fmt: skip
_STANDARDS = {
    "cube": "http://purl.org/linked-data/cube",
    "csvw": "http://www.w3.org/ns/csvw",
    "schema-org": "https://schema.org/",
    "web-annotation": "http://www.w3.org/ns/oa",
    "fiscal-data-package": "https://specs.frictionlessdata.io/fiscal-data-package/",
}
# The names of formats in the table of file types of the European Union; tables and trees come zipped.
_FILE_TYPES = {
    "turtle": "RDF_TURTLE", "jsonld": "JSON_LD", "nquads": "RDF_N_QUADS", "trig": "RDF_TRIG",
    "ntriples": "RDF_N_TRIPLES", "rdfxml": "RDF_XML", "cube": "RDF_TURTLE", "schema-org": "JSON_LD",
    "web-annotation": "RDF_TURTLE", "csvw": "CSV", "fiscal-data-package": "CSV", "framed": "JSON_LD",
    "parquet": "ZIP", "shards": "RDF_N_QUADS",
}  # fmt: skip
_DESCRIPTIONS = {
    "turtle": ("全部陈述，Turtle 格式。", "All statements as Turtle."),
    "jsonld": ("全部陈述，JSON-LD 格式，附上下文。", "All statements as JSON-LD, with its context."),
    "nquads": ("全部陈述，每份文件一个命名图。", "All statements, a named graph for each document."),
    "trig": (
        "全部陈述，每份文件一个命名图，便于阅读。",
        "A named graph for each document, readable.",
    ),
    "ntriples": ("全部陈述，每行一条。", "All statements, one a line."),
    "rdfxml": ("全部陈述，RDF/XML 格式。", "All statements as RDF/XML."),
    "cube": ("金额与指标的数据立方体（RDF Data Cube）。", "Amounts and indicators as data cubes."),
    "schema-org": ("以 schema.org 描述的数据集。", "The dataset in the words of schema.org."),
    "web-annotation": (
        "每条陈述在原文件中的位置（Web Annotation）。",
        "Where each statement stands in its document.",
    ),
    "csvw": (
        "各类事物的表格，附元数据（CSV on the Web）。",
        "A table for each kind of thing, with metadata.",
    ),
    "fiscal-data-package": ("可以相加的金额（Fiscal Data Package）。", "The amounts that may be added up."),
    "framed": ("每个项目和部门一个 JSON 文件。", "A JSON file for each project and department."),
    "parquet": ("各类事物的表格，Parquet 格式。", "A table for each kind of thing, as Parquet."),
    "shards": ("全部陈述，分块压缩的 N-Quads，附清单。", "All statements in packed parts, with a manifest."),
}
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
STABLE = f"{_AUTHORITY}planned-availability/STABLE"
_IANA = "https://www.iana.org/assignments/media-types/"
# The earliest time that ZIP can state: a real one would differ from run to run.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
# Bytes read at once.


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a dataset: its format, address, size in bytes and SHA-256."""

    dataset: NamedNode
    format: str
    url: NamedNode
    size: int
    sha256: str

    @property
    def node(self) -> NamedNode:
        """The IRI of the distribution."""
        return iri.part(self.dataset, "distribution", self.format)

    def triples(self, license: str) -> Iterator[Triple]:
        """The description of the file."""
        node, checksum = self.node, iri.part(self.node, "checksum")
        yield Triple(self.dataset, DCAT.distribution, node)
        yield Triple(node, RDF.type, DCAT.Distribution)
        yield Triple(node, DCTERMS.title, Literal(self.format, language="en"))
        zh, en = _DESCRIPTIONS[self.format]
        yield Triple(node, DCTERMS.description, Literal(zh, language="zh"))
        yield Triple(node, DCTERMS.description, Literal(en, language="en"))
        yield Triple(node, DCTERMS.format, NamedNode(f"{_AUTHORITY}file-type/{_FILE_TYPES[self.format]}"))
        yield Triple(node, DCATAP.availability, NamedNode(STABLE))
        yield Triple(node, DCAT.accessURL, self.url)
        yield Triple(node, DCAT.downloadURL, self.url)
        yield Triple(node, DCAT.mediaType, NamedNode(_IANA + _MEDIA_TYPES[self.format]))
        if self.format in FOLDERS:
            yield Triple(node, DCAT.packageFormat, NamedNode(_IANA + "application/zip"))
        if self.format in _STANDARDS:
            yield Triple(node, DCTERMS.conformsTo, NamedNode(_STANDARDS[self.format]))
        yield Triple(node, DCAT.byteSize, Literal(str(self.size), datatype=XSD.nonNegativeInteger))
        yield Triple(node, DCTERMS.license, NamedNode(license))
        yield Triple(node, SPDX.checksum, checksum)
        yield Triple(checksum, RDF.type, SPDX.Checksum)
        yield Triple(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
        yield Triple(checksum, SPDX.checksumValue, Literal(self.sha256, datatype=XSD.hexBinary))


def published(generation: Generation, format: str, folder: Path) -> Path:
    """Write a dataset in a format into a folder and return the file; a format of several files is zipped."""
    if format not in FOLDERS:
        out = folder / file_name(format)
        export_to(generation, format, out)
        return out
    out = folder / f"{format}.zip"
    with TemporaryDirectory(dir=folder) as temporary:
        inner = Path(temporary) / format
        export_to(generation, format, inner)
        _pack(inner, out)
    return out


def _pack(folder: Path, out: Path) -> None:
    """Zip a folder. Without times and compression the same files give the same bytes on every machine."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _NO_TIME)
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, path.read_bytes())
