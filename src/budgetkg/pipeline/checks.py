"""Validating one document's graph: SHACL results as findings with the place in the source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from budgetkg.vocab import BKG, OA, PREFIXES, RDFS

if TYPE_CHECKING:
    from budgetkg.validation import Result

Json: TypeAlias = dict[str, Any]

# Owner, owner's owner and so on until an evidence is found: target, indicator, project, unit, document.
_HIGHEST = 5


def check(quads: list[Quad]) -> list[Json]:
    """Every result of the shapes on one document graph, in a fixed order."""
    from budgetkg.export.rdflib_graph import to_rdflib
    from budgetkg.validation import validate_graph

    report = validate_graph(to_rdflib(quads))
    places = Places(quads)
    found = [_finding(result, places) for result in report.results]
    return sorted(found, key=lambda item: (item["code"], item["where"], str(item["params"])))


class Places:
    """Where the things of a document graph stand in the source, and what they are called."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._owners: dict[NamedNode, NamedNode] = {}
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                self._values[quad.subject][quad.predicate].append(quad.object)
                if isinstance(quad.object, NamedNode):
                    self._owners.setdefault(quad.object, quad.subject)

    def label(self, node: NamedNode) -> str:
        """The name of a thing, or of what it belongs to."""
        for _, one in zip(range(_HIGHEST), self._chain(node), strict=False):
            labels = self._values[one].get(RDFS.label)
            if labels:
                return labels[0].value
        return node.value

    def evidence(self, node: NamedNode) -> list[Json]:
        """The places of a thing, or of the nearest thing that it belongs to."""
        for _, one in zip(range(_HIGHEST), self._chain(node), strict=False):
            found = self._values[one].get(BKG.hasEvidence, [])
            if found:
                return [self._place(place) for place in found if isinstance(place, NamedNode)]
        return []

    def _chain(self, node: NamedNode) -> Iterable[NamedNode]:
        seen = set()
        current: NamedNode | None = node
        while current is not None and current not in seen:
            seen.add(current)
            yield current
            current = self._owners.get(current)

    def _place(self, node: NamedNode) -> Json:
        known = self._values[node]
        selectors = {}
        for selector in known[OA.hasSelector]:
            if isinstance(selector, NamedNode):
                selectors.update(self._values[selector])
        first, last = _number(known, BKG.firstLine), _number(known, BKG.lastLine)
        return {
            "page": _number(known, BKG.pageNumber),
            "lines": [first, last] if first is not None and last is not None else None,
            "start": _number(selectors, OA.start),
            "end": _number(selectors, OA.end),
            "quote": selectors[OA.exact][0].value if OA.exact in selectors else "",
        }


def _number(known: dict[NamedNode, list[NamedNode | Literal]], name: NamedNode) -> int | None:
    return int(known[name][0].value) if known.get(name) else None


def _finding(result: Result, places: Places) -> Json:
    focus = NamedNode(result.focus)
    return {
        "origin": "validation",
        "code": short(result.rule),
        "severity": result.severity,
        "message": dict(result.messages),
        "where": places.label(focus),
        "params": {
            "focus": result.focus,
            "path": short(result.path) if result.path else None,
            "value": result.value,
            "component": short(result.component),
        },
        "evidence": places.evidence(focus),
    }


def short(iri: str) -> str:
    """The local name of one of our terms or of SHACL's; any other IRI as it is."""
    for prefix in ("bkg", "sh"):
        if iri.startswith(PREFIXES[prefix]):
            return iri.removeprefix(PREFIXES[prefix])
    return iri.rpartition("/")[2] or iri
