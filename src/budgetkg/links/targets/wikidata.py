"""Divisions in Wikidata, or in any endpoint of its shape, joined by their codes (P442).

Items come from the query only. Where several items have one code, each becomes a link of lower confidence
for a person to review.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from budgetkg.errors import EndpointBusy, StoreError
from budgetkg.links.cache import Cache
from budgetkg.links.linkset import Link, TargetLinks
from budgetkg.resources import internal_query
from budgetkg.store import Store
from budgetkg.store.results import Solutions
from budgetkg.vocab import BKG, RDF, SKOS

READS = (RDF.type, SKOS.notation, SKOS.prefLabel)
BATCH = 100
_TRIES, _MOST_PER_CODE = 4, 50


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL endpoint, and how to ask it: with ``pause`` seconds between two queries.

    ``refresh`` asks again what the cache has.
    """

    url: str
    store: Store
    cache: Path
    pause: float = 1.0
    refresh: bool = False
    wait: Callable[[float], None] = time.sleep


def find(quads: Iterable[Quad], endpoint: Endpoint) -> TargetLinks:
    """Links from the divisions of the graph; all questions must be answered before one is returned."""
    divisions = _divisions(quads)
    rows: list[list[str]] = []
    codes = sorted(divisions)
    for start in range(0, len(codes), BATCH):
        rows += _answer(codes[start : start + BATCH], endpoint, is_first=start == 0)
    return TargetLinks(tuple(sorted(_links(divisions, rows))))


def _divisions(quads: Iterable[Quad]) -> dict[str, tuple[str, str]]:
    """By code the IRI and Chinese name of each division."""
    kinds, codes, names = set(), {}, {}
    for quad in quads:
        if quad.predicate == RDF.type and quad.object == BKG.AdministrativeDivision:
            kinds.add(quad.subject)
        elif quad.predicate == SKOS.notation and isinstance(quad.object, Literal):
            codes[quad.subject] = quad.object.value
        elif isinstance(quad.object, Literal) and quad.object.language == "zh":
            names[quad.subject] = quad.object.value
    return {codes[node]: (node.value, names.get(node, "")) for node in kinds if isinstance(node, NamedNode)}


def _answer(codes: Sequence[str], endpoint: Endpoint, is_first: bool) -> list[list[str]]:
    text = internal_query("wikidata-divisions")
    cache = Cache(endpoint.cache, endpoint.url, text, codes)
    known = None if endpoint.refresh else cache.read()
    if known is not None:
        return known
    if not is_first:
        endpoint.wait(endpoint.pause)
    rows = _rows(_asked(text, codes, endpoint), codes, endpoint.url)
    cache.write(json.dumps(rows, ensure_ascii=False, indent=0))
    return rows


def _asked(text: str, codes: Sequence[str], endpoint: Endpoint) -> Solutions:
    """Ask, and ask again with growing pauses where the endpoint is busy."""
    for attempt in range(_TRIES):
        try:
            answer = endpoint.store.query(text, {"code": tuple(map(Literal, codes))})
        except EndpointBusy:
            if attempt == _TRIES - 1:
                raise
            endpoint.wait(endpoint.pause * 2 ** (attempt + 1))
            continue
        if isinstance(answer, Solutions):
            return answer
        break
    raise StoreError("no-rows", name=endpoint.url)


def _rows(answer: Solutions, codes: Sequence[str], url: str) -> list[list[str]]:
    """The rows as text; anything but an answer to the question is refused whole."""
    if answer.variables != ("code", "item", "ended", "label"):
        raise StoreError("other-columns", url=url)
    if len(answer.rows) > _MOST_PER_CODE * len(codes):
        raise StoreError("too-many-rows", url=url, rows=len(answer.rows), codes=len(codes))
    rows = []
    for row in answer.rows:
        code, item, *_ = row
        if not isinstance(item, NamedNode) or not isinstance(code, Literal) or code.value not in codes:
            raise StoreError("row-no-division", url=url, code=code, item=item)
        rows.append([term.value if isinstance(term, NamedNode | Literal) else "" for term in row])
    return sorted(rows)


def _links(divisions: dict[str, tuple[str, str]], rows: Iterable[Sequence[str]]) -> Iterable[Link]:
    items: dict[str, dict[str, tuple[bool, set[str]]]] = defaultdict(dict)
    for code, item, ended, label in rows:
        over, labels = items[code].get(item, (False, set()))
        items[code][item] = (over or bool(ended), labels | ({label} if label else set()))
    for code, bearers in items.items():
        lasting = [item for item, (over, _) in bearers.items() if not over]
        candidates = lasting or sorted(bearers)
        for item in candidates:
            yield _link(code, divisions[code], item, bearers[item][1], len(candidates))


def _link(code: str, ours: tuple[str, str], item: str, labels: set[str], rivals: int) -> Link:
    node, name = ours
    agrees = not labels or name in labels
    sure = rivals == 1 and agrees
    evidence = f'P442 "{code}"' + (f"; {'、'.join(sorted(labels))}" if labels else "")
    relation = SKOS.exactMatch if sure else SKOS.closeMatch
    return Link(node, relation.value, item, "code", evidence, Decimal(1) if sure else Decimal("0.5"))
