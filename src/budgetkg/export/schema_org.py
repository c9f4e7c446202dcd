"""schema.org: each document as a Dataset with its department, place, projects and amounts, in JSON-LD.

For search engines, in the words they know. The context is a vocabulary and no address to fetch; an
amount is the lexical form of the graph's decimal, so that no reader rounds it.
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
    found: dict[str, list[Record]] = defaultdict(list)
    for record in table(name).records(store):
        found[str(record["document"])].append(record)
    return found


def _dataset(said: Record, projects: list[Record], policies: list[Record]) -> Json:
    names = (said["department_name"], said["title"] or said["file_name"])
    who = " ".join(str(name) for name in names if name)
    year = said["fiscal_year"]
    return _without_empty(
        {
            "@id": said["document"],
            "@type": "Dataset",
            "name": f"{who} {year}" if year else who,
            "description": f"{who}{_ABOUT}",
            "identifier": said["identifier"],
            "inLanguage": "zh",
            "temporalCoverage": year,
            "spatialCoverage": _place(said),
            "creator": _department(said),
            "citation": list(map(_policy, policies)),
            "about": list(map(_project, projects)),
        }
    )


def _place(said: Record) -> Json | None:
    name, code = said["district_name"], said["district_code"]
    node = iri.code("division", str(code)).value if code else None
    place = {"@id": node, "@type": "AdministrativeArea", "name": name, "identifier": code}
    return _without_empty(place) if name else None


def _department(said: Record) -> Json | None:
    node, name = said["department"], said["department_name"]
    return {"@id": node, "@type": "GovernmentOrganization", "name": name} if node else None


def _policy(said: Record) -> Json:
    return _without_empty(
        {
            "@id": said["citation"],
            "@type": "Legislation",
            "name": said["title"],
            "legislationIdentifier": said["number"],
        }
    )


def _project(said: Record) -> Json:
    amount = said["total_yuan"]
    money = {"@type": "MonetaryAmount", "currency": "CNY", "value": amount}
    return _without_empty(
        {
            "@id": said["project"],
            "@type": "Project",
            "name": said["name"],
            "description": said["goal"],
            "funding": {"@type": "MonetaryGrant", "amount": money} if amount else None,
        }
    )


def _without_empty(thing: Json) -> Json:
    """The thing without the properties that have no value."""
    return {key: value for key, value in thing.items() if value not in (None, [])}


WRITERS = {"schema-org": write}
