"""schema.org: each document as a Dataset with its department, place, projects and amounts, in JSON-LD.

For search engines. The context names the vocabulary, so that nothing is fetched; an amount is a string with
the decimal as the graph has it, so that no reader rounds it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, BinaryIO, TypeAlias

from pyoxigraph import Store

from budgetkg.export.pieces import document_stores
from budgetkg.export.tables import Cell, table
from budgetkg.mapping import iri
from budgetkg.store.generations import Generation
from budgetkg.vocab import PREFIXES

Json: TypeAlias = dict[str, Any]
Record: TypeAlias = Mapping[str, Cell]

_CONTEXT = {"@vocab": PREFIXES["schema"]}
_ABOUT = "：取自公开的绩效目标表。Projects, amounts and performance targets of a budget."


def write(generation: Generation, out: BinaryIO) -> None:
    """Write the format to a stream, document by document."""
    out.write(f'{{"@context": {json.dumps(_CONTEXT)}, "@graph": ['.encode())
    separator = ""
    for store in document_stores(generation):
        projects, policies = _by_document(store, "projects"), _by_document(store, "policies")
        for document in table("documents").records(store):
            key = str(document["document"])
            text = json.dumps(_dataset(document, projects[key], policies[key]), ensure_ascii=False, indent=1)
            out.write(f"{separator}\n{text}".encode())
            separator = ","
    out.write(b"\n]}\n")


def _by_document(store: Store, name: str) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in table(name).records(store):
        groups[str(record["document"])].append(record)
    return groups


def _dataset(document: Record, projects: list[Record], policies: list[Record]) -> Json:
    names = (document["department_name"], document["title"] or document["file_name"])
    who = " ".join(str(name) for name in names if name)
    year = document["fiscal_year"]
    return _without_empty(
        {
            "@id": document["document"],
            "@type": "Dataset",
            "name": f"{who} {year}" if year else who,
            "description": f"{who}{_ABOUT}",
            "identifier": document["identifier"],
            "inLanguage": "zh",
            "temporalCoverage": year,
            "spatialCoverage": _place(document),
            "creator": _department(document),
            "citation": list(map(_policy, policies)),
            "about": list(map(_project, projects)),
        }
    )


def _place(document: Record) -> Json | None:
    name, code = document["district_name"], document["district_code"]
    node = iri.code("division", str(code)).value if code else None
    place = {"@id": node, "@type": "AdministrativeArea", "name": name, "identifier": code}
    return _without_empty(place) if name else None


def _department(document: Record) -> Json | None:
    node, name = document["department"], document["department_name"]
    return {"@id": node, "@type": "GovernmentOrganization", "name": name} if node else None


def _policy(citation: Record) -> Json:
    return _without_empty(
        {
            "@id": citation["citation"],
            "@type": "Legislation",
            "name": citation["title"],
            "legislationIdentifier": citation["number"],
        }
    )


def _project(project: Record) -> Json:
    amount = project["total_yuan"]
    money = {"@type": "MonetaryAmount", "currency": "CNY", "value": amount}
    return _without_empty(
        {
            "@id": project["project"],
            "@type": "Project",
            "name": project["name"],
            "description": project["goal"],
            "funding": {"@type": "MonetaryGrant", "amount": money} if amount else None,
        }
    )


def _without_empty(thing: Json) -> Json:
    """The thing without the properties that have no value."""
    return {key: value for key, value in thing.items() if value not in (None, [])}


WRITERS = {"schema-org": write}
