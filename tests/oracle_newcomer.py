"""What a newcomer asks, answered in plain Python over records as JSON: no graph, no SPARQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from tests.oracle import SOURCES, Json, Row, is_satisfaction, owned, projects, yuan
from tests.oracle_relations import IMPLIED, bare, scheme, themes, transfer
from tests.oracle_signals import tier

TIERS = {"1": "产出指标", "2": "效益指标", "3": "满意度指标"}
ONTOLOGY = "https://w3id.org/budgetkg/ontology#"
ASKED = "黄埔区农村电影放映补助"


def sums(pairs: Iterable[tuple[Row, Decimal | int]]) -> Iterator[Row]:
    found: dict[Row, Decimal] = defaultdict(Decimal)
    for key, amount in pairs:
        found[key] += amount
    yield from ((*key, f"{amount:f}") for key, amount in found.items())


def totals(documents: Iterable[Json]) -> Iterator[tuple[Json, Decimal]]:
    for document in documents:
        printed = document["totals"]["printed_total"]
        if printed is not None:
            yield document, Decimal(yuan(document, printed))


def amounts(documents: Iterable[Json]) -> Iterator[tuple[Json, Json, Json, Decimal]]:
    for document in documents:
        for unit, project in projects(document):
            if project["total"] is not None:
                yield document, unit, project, Decimal(yuan(document, project["total"]))


def amount_per_project(documents: list[Json]) -> Iterator[Row]:
    for _, _, project, amount in amounts(documents):
        yield project["name"], f"{amount:f}"


def amount_per_division_and_year(documents: list[Json]) -> Iterator[Row]:
    found = totals(documents)
    yield from sums(((d["district"], str(d["year"])), amount) for d, amount in found if d["year"])


def amount_per_department(documents: list[Json]) -> Iterator[Row]:
    marker = "（部门）"
    yield from sums(((d["department"].removesuffix(marker),), amount) for d, amount in totals(documents))


def amount_per_funding_source(documents: list[Json]) -> Iterator[Row]:
    yield from sums(
        ((label,), Decimal(yuan(document, document["totals"][key])))
        for document in documents
        for key, label in SOURCES.items()
        if document["totals"].get(key) is not None
    )


def amount_per_theme(documents: list[Json]) -> Iterator[Row]:
    said = themes(documents)
    yield from sums(
        ((scheme()[theme][0],), amount)
        for document, _, project, amount in amounts(documents)
        for theme in said[document["district"], bare(project["name"])][:1]
    )


def indicators_per_tier(documents: list[Json]) -> Iterator[Row]:
    read = (tier(row) for document in documents for *_, row in owned(document))
    yield from sums(((TIERS[number],), 1) for number in read if number)


def indicators_per_division(documents: list[Json]) -> Iterator[Row]:
    yield from sums(((document["district"],), 1) for document in documents for _ in owned(document))


def satisfaction_targets(documents: list[Json]) -> Iterator[Row]:
    for document in documents:
        for *_, row in owned(document):
            if is_satisfaction(row) and row["annual_value"]:
                yield row["name"], row["annual_value"]


def largest_project(documents: list[Json]) -> Iterator[Row]:
    _, unit, project, amount = max(amounts(documents), key=lambda found: found[-1])
    yield project["name"], unit["name"], f"{amount:f}"


def total_of_a_plan(documents: list[Json]) -> Iterator[Row]:
    for document, amount in totals(documents):
        if (document["district"], document["year"]) == ("黄埔区", 2023):
            yield (f"{amount:f}",)


def findings_per_severity(documents: list[Json]) -> Iterator[Row]:
    found = (finding["severity"] for document in documents for finding in document.get("findings") or ())
    yield from sums(((f"http://www.w3.org/ns/shacl#{severity}",), 1) for severity in found)


def inferred_of_a_project(documents: list[Json]) -> Iterator[Row]:
    """Its theme by its name, that it is a transfer by its name, and what its goal multiplies to."""
    for document, _, project, _ in amounts(documents):
        if project["name"] == ASKED:
            for _ in themes(documents)[document["district"], bare(ASKED)]:
                yield f"{ONTOLOGY}ThemeAssignment", "名称含主题词", "1"
            if transfer(project):
                yield f"{ONTOLOGY}Transfer", "名称含标记词", "1"
            if ASKED in IMPLIED:
                yield f"{ONTOLOGY}ImpliedQuantity", "相乘", "1"


ANSWERS: dict[str, Callable[[list[Json]], Iterator[Row]]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        amount_per_project, amount_per_division_and_year, amount_per_department, amount_per_funding_source,
        amount_per_theme, indicators_per_tier, indicators_per_division, satisfaction_targets, largest_project,
        total_of_a_plan, findings_per_severity, inferred_of_a_project,
    )
}  # fmt: skip
