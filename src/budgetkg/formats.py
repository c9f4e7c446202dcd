"""The formats that the graph is written in, by name: a module of ``export/`` writes each."""

from __future__ import annotations

from budgetkg.errors import UnknownName

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of what is written, unless somebody says otherwise."""

# RDF of the whole graph, in one file: the ending of its files.
FORMATS: dict[str, str] = {
    "turtle": "ttl",
    "jsonld": "jsonld",
    "nquads": "nq",
    "trig": "trig",
    "ntriples": "nt",
    "rdfxml": "rdf",
}

# Views of the graph in one file of RDF.
VIEWS: dict[str, str] = {
    "cube": "cube.ttl",
    "schema-org": "schema.jsonld",
    "web-annotation": "annotations.ttl",
}

SHARDS = "shards"
"""The whole graph in parts, for stores of other machines."""

# Formats of several files: the file that every such folder has.
FOLDERS: dict[str, str] = {
    "csvw": "csv-metadata.json",
    "fiscal-data-package": "datapackage.json",
    "framed": "index.json",
    "parquet": "documents.parquet",
    SHARDS: "manifest.json",
}

# Those that can hold the editions that don't count, because each stays a graph by itself.
EDITIONS = ("nquads", "trig")

# Those whose CSV can be written for a spreadsheet.
SPREADSHEETS = ("csvw", "fiscal-data-package")


def names() -> tuple[str, ...]:
    """The names of all formats."""
    return (*FORMATS, *VIEWS, *FOLDERS)


def check(name: str) -> None:
    """Refuse a format that isn't there."""
    if name not in names():
        raise UnknownName("no-such-format", name=name, known=tuple(names()))


def file_name(name: str) -> str:
    """What a file or folder of this format is called unless somebody says otherwise."""
    ending = (FORMATS | VIEWS).get(name)
    return f"budget.{ending}" if ending else name
