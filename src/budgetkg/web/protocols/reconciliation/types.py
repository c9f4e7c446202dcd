"""The types that names are reconciled with, and what the service says of itself."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

from budgetkg.terms import terms
from budgetkg.vocab import PREFIXES

Json: TypeAlias = dict[str, Any]

TYPES = ("AdministrativeDivision", "Department", "Project", "Theme", "FundingSource")
_PREVIEW = (420, 220)


@cache
def type_of(name: str) -> Json:
    """A type by its class's name, with the labels of the ontology."""
    known = next((term for term in terms() if term.name == f"bkg:{name}"), None)
    return {"id": name, "name": f"{known.label_zh} {known.label_en}" if known else name}


def manifest(address: str, site: str, base: str) -> Json:
    """The service at ``address``, of a site at ``site`` whose things' IRIs begin with ``base``."""
    suggest = {
        name: {
            "service_url": address, "service_path": f"/suggest/{name}",
            "flyout_service_url": address, "flyout_service_path": f"/flyout/{name}?id=${{id}}",
        } for name in ("entity", "type", "property")
    }  # fmt: skip
    setting = {
        "name": "limit", "label": "Limit", "type": "number", "default": 0,
        "help_text": "How many values of a property at most (0: all)",
    }  # fmt: skip
    width, height = _PREVIEW
    return {
        "versions": ["0.1", "0.2"],
        "name": "预算绩效知识图谱 budgetkg",
        "identifierSpace": base,
        "schemaSpace": PREFIXES["bkg"],
        "documentation": f"{site}/sparql",
        "defaultTypes": [type_of(name) for name in TYPES],
        "view": {"url": f"{site}/{{{{id}}}}"},
        "preview": {"url": f"{address}/preview?id={{{{id}}}}", "width": width, "height": height},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": address, "service_path": "/properties"},
            "property_settings": [setting],
        },
    }
