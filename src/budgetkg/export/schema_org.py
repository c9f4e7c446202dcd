"""schema.org: each document as a Dataset with its department, place, projects and amounts, in JSON-LD.

For search engines, in the words they know. The context is a vocabulary and no address to fetch; an
amount is the lexical form of the graph's decimal, so that no reader rounds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, TypeAlias

from budgetkg.export.nodes import Nodes, document_nodes
from budgetkg.export.paths import read_path
from budgetkg.store.generations import Generation
from budgetkg.vocab import BKG, PREFIXES

Json: TypeAlias = dict[str, Any]

_CONTEXT = {"@vocab": PREFIXES["schema"]}
_ABOUT = "：取自公开的绩效目标表。Projects, amounts and performance targets of a budget."
_TOTAL = "bkg:hasAllocation[bkg:hasFundingSource=funding:all-sources]/bkg:amountYuan"


def write(generation: Generation, out: BinaryIO) -> None:
    """Write the format to a stream, document by document."""
    out.write(f'{{"@context": {json.dumps(_CONTEXT)}, "@graph": ['.encode())
    for number, (document, nodes) in enumerate(document_nodes(generation)):
        text = json.dumps(_dataset(_Reader(nodes, document)), ensure_ascii=False, indent=1)
        out.write(f"{',' if number else ''}\n{text}".encode())
    out.write(b"\n]}\n")


class _Reader:
    """The values of one document by the paths that the tables have too."""

    def __init__(self, nodes: Nodes, document: str) -> None:
        self.nodes, self.document = nodes, document

    def all(self, path: str, node: str | None = None) -> list[str]:
        """Every value."""
        found = read_path(path).values(self.nodes, self.document, node or self.document)
        return [value.value for value in found]

    def one(self, path: str, node: str | None = None) -> str | None:
        """The first value."""
        return next(iter(self.all(path, node)), None)


def _dataset(said: _Reader) -> Json:
    year = said.one("bkg:fiscalYear")
    names = ("bkg:isAboutDepartment/rdfs:label@zh", "dcterms:title@zh | bkg:fileName")
    who = " ".join(filter(None, map(said.one, names)))
    return _filled(
        {
            "@id": said.document,
            "@type": "Dataset",
            "name": f"{who} {year}" if year else who,
            "description": f"{who}{_ABOUT}",
            "identifier": said.one("dcterms:identifier"),
            "inLanguage": "zh",
            "temporalCoverage": year,
            "spatialCoverage": _place(said),
            "creator": _department(said),
            "citation": list(_policies(said)),
            "about": [_project(said, node) for node in said.nodes.of_class(BKG.Project.value)],
        }
    )


def _place(said: _Reader) -> Json | None:
    district = said.one("bkg:coversDistrict")
    name = said.one("bkg:coversDistrict/skos:prefLabel@zh | bkg:districtPrinted")
    code = said.one("bkg:coversDistrict/skos:notation")
    found = _filled({"@id": district, "@type": "AdministrativeArea", "name": name, "identifier": code})
    return found if name else None


def _department(said: _Reader) -> Json | None:
    node = said.one("bkg:isAboutDepartment")
    name = said.one("bkg:isAboutDepartment/rdfs:label@zh")
    return _filled({"@id": node, "@type": "GovernmentOrganization", "name": name}) if node else None


def _policies(said: _Reader) -> Iterator[Json]:
    for node in said.nodes.of_class(BKG.PolicyCitation.value):
        title, number = said.one("dcterms:title@zh", node), said.one("bkg:policyNumber", node)
        yield _filled({"@id": node, "@type": "Legislation", "name": title, "legislationIdentifier": number})


def _project(said: _Reader, node: str) -> Json:
    amount = said.one(_TOTAL, node)
    money = {"@type": "MonetaryAmount", "currency": "CNY", "value": amount}
    return _filled(
        {
            "@id": node,
            "@type": "Project",
            "name": said.one("rdfs:label@zh", node),
            "description": said.one("bkg:hasGoal/bkg:goalText", node),
            "funding": {"@type": "MonetaryGrant", "amount": money} if amount else None,
        }
    )


def _filled(thing: Json) -> Json:
    """Without what nothing is said of."""
    return {key: value for key, value in thing.items() if value not in (None, [])}
