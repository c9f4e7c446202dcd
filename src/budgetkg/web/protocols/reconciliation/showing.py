"""A thing in a few lines of HTML, for the preview and the flyouts of a client's own page."""

from __future__ import annotations

from html import escape

from budgetkg.web.protocols.reconciliation.index import Thing
from budgetkg.web.protocols.reconciliation.properties import Known, properties
from budgetkg.web.protocols.reconciliation.types import type_of

FRAMED = "default-src 'none'; frame-ancestors *"
"""A preview is framed by the client's page, and loads nothing."""
_MOST_VALUES = 4


def card(thing: Thing, known: Known, address: str) -> str:
    """The thing's name, type and values as a fragment; every text is escaped."""
    lines = []
    for property in properties():
        values = known.get((thing.id, property.id), [])
        if thing.type in property.types and values:
            shown = "、".join(escape(value.label or value.text) for value in values[:_MOST_VALUES])
            more = " …" if len(values) > _MOST_VALUES else ""
            lines.append(f"<tr><th align='left'>{escape(property.name)}</th><td>{shown}{more}</td></tr>")
    kind = escape(str(type_of(thing.type)["name"]))
    return (
        f"<p><b><a href='{escape(address)}' target='_blank'>{escape(thing.name)}</a></b> {kind}</p>"
        f"<table>{''.join(lines)}</table>"
    )


def page(fragment: str) -> str:
    """The fragment as a document of its own."""
    return (
        "<!doctype html><html lang='zh'><head><meta charset='utf-8'><title>budgetkg</title></head>"
        f"<body>{fragment}</body></html>"
    )
