"""Reading exported tables and graphs back in tests, without the code that wrote them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

XSD = "http://www.w3.org/2001/XMLSchema#"
BKG = "https://w3id.org/budgetkg/ontology#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

Json = dict[str, Any]


def triples(directory: Path, *, documents_only: bool = False) -> set[Triple]:
    """All that a built graph says."""
    files = (directory / "current" / "graphs").glob("*.nq")
    return {
        quad.triple
        for file in files
        if not documents_only or re.match(r"[0-9a-f]{16}", file.stem)
        for quad in parse(path=str(file), format=RdfFormat.N_QUADS)
    }


def project_totals(directory: Path) -> Decimal:
    """The sum of the printed totals of all projects, straight from the statements."""
    found = triples(directory, documents_only=True)
    objects: dict[str, dict[str, str]] = {}
    owned = []
    for triple in found:
        objects.setdefault(triple.subject.value, {})[triple.predicate.value] = triple.object.value
        if triple.predicate.value == BKG + "hasTotal":
            owned.append((triple.subject.value, triple.object.value))
    return sum(
        (
            Decimal(objects[node][BKG + "amountYuan"])
            for owner, node in owned
            if objects[owner].get(_TYPE.value) == BKG + "Project"
        ),
        Decimal(0),
    )


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file by the names in its first line."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def converted(folder: Path) -> Iterator[Triple]:
    """The tables as RDF, in the minimal mode of https://www.w3.org/TR/csv2rdf/ as far as ours go."""
    metadata: Json = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    for table in metadata["tables"]:
        for row in rows(folder / table["url"]):
            subject = NamedNode(_filled(table["tableSchema"]["aboutUrl"], row))
            for column in table["tableSchema"]["columns"]:
                if not column.get("suppressOutput"):
                    yield from _statements(subject, column, row)


def _statements(subject: NamedNode, column: Json, row: dict[str, str]) -> Iterator[Triple]:
    predicate = column["propertyUrl"]
    if column.get("virtual"):
        assert predicate == "rdf:type"
        yield Triple(subject, _TYPE, NamedNode(column["valueUrl"]))
        return
    cell = row[column["name"]]
    for value in (cell.split(column["separator"]) if "separator" in column else [cell]) if cell else []:
        if "valueUrl" in column:
            yield Triple(subject, NamedNode(predicate), NamedNode(_filled(column["valueUrl"], row)))
        elif "lang" in column:
            yield Triple(subject, NamedNode(predicate), Literal(value, language=column["lang"]))
        else:
            datatype = NamedNode(XSD + column["datatype"])
            yield Triple(subject, NamedNode(predicate), Literal(value, datatype=datatype))


def _filled(template: str, row: dict[str, str]) -> str:
    name = template.removeprefix("{+").removesuffix("}")
    return quote(row[name], safe=":/?#[]@!$&'()*+,;=%") if name != template else template
