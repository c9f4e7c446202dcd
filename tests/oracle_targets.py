"""Questions on what targets mean, in plain Python over records as JSON: no graph, no SPARQL.

The reading of a single target is checked elsewhere, against readings written by hand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from tests.oracle import Json, Row, is_satisfaction, owned, project_row, projects, share

from budgetkg.values import Quantity, Target, read_target

OWN_COLUMN = ("qualitative", "placeholder", "formula", "deadline", "empty")


def reading(row: Json, column: str = "annual_value") -> Target:
    return read_target(row[column], row["name"], row.get("operator"), row.get("unit"))


def target_kinds(documents: Iterable[Json]) -> Iterator[Row]:
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        kinds[document["district"] or ""].update(reading(row).kind for *_, row in owned(document))
    for district, counted in kinds.items():
        quantified = counted["quantity"] + counted["compound"]
        named = [str(counted[kind]) for kind in OWN_COLUMN]
        yield district, str(quantified), *named, str(counted.total()), share(quantified, counted.total())


def satisfaction_targets(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        for _, owner, _, row in owned(document):
            if is_satisfaction(row):
                start = document["district"] or "", owner, row["name"], row["annual_value"] or ""
                for one in [quantity.json() for quantity in reading(row).quantities] or [{}]:
                    yield *start, *(one.get(key) or "" for key in ("comparator", "value", "unit"))


def outputs(project: Json) -> list[Quantity]:
    """The numbers of the year's targets under 产出."""
    under = [
        row
        for row in project["indicators"]
        if (row.get("tier1_code") or "1") == "1" and "产出" in (row["tier1"] or "产出")
    ]
    return [quantity for row in under for quantity in reading(row).quantities]


def money_without_quantified_output(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        for unit, project in projects(document):
            if not outputs(project):
                yield project_row(document, unit, project)


def money_with_percent_outputs_only(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        for unit, project in projects(document):
            if {quantity.unit for quantity in outputs(project)} == {"%"}:
                yield project_row(document, unit, project)


def period_annual_quantities_differ(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        for unit, owner, _, row in owned(document):
            period, annual = (numbers(row, column) for column in ("period_value", "annual_value"))
            if period and annual and period != annual:
                values = row["period_value"], row["annual_value"]
                yield document["district"] or "", unit, owner, row["name"], *values


def numbers(row: Json, column: str) -> set[tuple[str | None, ...]]:
    said = [quantity.json() for quantity in reading(row, column).quantities]
    return {tuple(value for key, value in one.items() if key != "scale_text") for one in said}


def copied_targets(documents: Iterable[Json]) -> Iterator[Row]:
    found = [(document, *pair) for document in documents for pair in projects(document)]
    owners: dict[tuple[int | None, Row], set[int]] = defaultdict(set)
    for place, (document, _, project) in enumerate(found):
        for row in project["indicators"]:
            owners[document["year"], words(row)].add(place)
    for document, unit, project in found:
        rows = project["indicators"]
        copied = sum(
            1 for row in rows if row["annual_value"] and len(owners[document["year"], words(row)]) > 1
        )
        if copied:
            counted = str(len(rows)), str(copied), share(copied, len(rows))
            yield project_row(document, unit, project, *counted)


def words(row: Json) -> Row:
    return row["name"], row["annual_value"] or ""


ANSWERS: dict[str, Callable[[Iterable[Json]], Iterator[Row]]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        target_kinds,
        satisfaction_targets,
        money_without_quantified_output,
        money_with_percent_outputs_only,
        period_annual_quantities_differ,
        copied_targets,
    )
}
