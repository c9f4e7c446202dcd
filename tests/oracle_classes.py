"""Money by functional class, in plain Python over records: no graph, no SPARQL."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache

import rdflib
from tests.oracle import Json, Row, projects
from tests.oracle_relations import ROOT, bare, themes
from tests.oracle_years import money, plans


@cache
def class_of() -> dict[str, tuple[str, str, str]]:
    """Each theme's functional class: code, Chinese and English name; blank for a kind of spending."""
    graph = rdflib.Graph().parse(ROOT / "ontology" / "themes.ttl")
    found = {}
    for concept, notation in graph.subject_objects(rdflib.SKOS.notation):
        step, code = concept, str(notation)
        while not re.fullmatch("[0-9]{3}", code):
            step = graph.value(step, rdflib.SKOS.broader)
            if step is None:
                break
            code = str(graph.value(step, rdflib.SKOS.notation))
        names = (
            {} if step is None else {x.language: str(x) for x in graph.objects(step, rdflib.SKOS.prefLabel)}
        )
        found[str(notation)] = (code, names["zh"], names["en"]) if names else ("", "", "")
    return found


def budget_by_functional_class(documents: Iterable[Json]) -> Iterator[Row]:
    documents = plans(documents)
    said = themes(documents)
    sums: dict[Row, list[Decimal]] = defaultdict(list)
    for document in documents:
        for _, project in projects(document):
            main = said.get((document["district"], bare(project["name"])), [])[:1]
            known = ("", "只知用途", "only what is bought is known") if main else (
                "", "未能归类", "without a class"
            )  # fmt: skip
            found = class_of()[main[0]] if main else known
            place = document["district"] or "", str(document["year"] or "")
            sums[(*(found if found[0] else known), *place)].append(money(document, project))
    yield from ((*key, f"{sum(found):.2f}", str(len(found))) for key, found in sums.items())


ANSWERS: dict[str, Callable[[Iterable[Json]], Iterator[Row]]] = {
    "budget-by-functional-class": budget_by_functional_class
}
