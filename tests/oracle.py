"""The stored questions answered in plain Python over records as JSON: no graph, no SPARQL.

It shares nothing with the queries it checks. Rows hold the promised columns; their order is checked apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Json = Mapping[str, Any]
Row = tuple[str, ...]

FACTORS = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
SOURCES = {
    "fiscal_appropriation": "财政拨款",
    "fiscal_special_account": "财政专户拨款",
    "other": "其他资金",
}
MARKERS = ("提前下达", "转移支付", "补助")
PARENTS = {"1": "1", "2": "2", "3": "3"}
DEPARTMENT = "(部门)"


def number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def yuan(document: Json, value: Decimal | str | None) -> str:
    if value is None:
        return ""
    return f"{(Decimal(value) * FACTORS[document['unit']]).quantize(Decimal('0.01')):f}"


def share(part: Decimal | int, whole: Decimal | int) -> str:
    return f"{(Decimal(part) / Decimal(whole)).quantize(Decimal('0.0001'), ROUND_HALF_UP):f}"


def projects(document: Json) -> Iterator[tuple[Json, Json]]:
    for unit in document.get("units_of_use") or ():
        for project in unit["projects"]:
            yield unit, project


def owned(document: Json) -> Iterator[tuple[str, str, int, Json]]:
    """(unit, owner's name, owner's number within the document, indicator)."""
    place = 0
    for unit, project in projects(document):
        place += 1
        yield from ((unit["name"], project["name"], place, row) for row in project["indicators"])
    for task in document.get("tasks") or ():
        place += 1
        yield from (("", task["name"], place, row) for row in task["indicators"])
    yield from (("", DEPARTMENT, 0, row) for row in document.get("indicators") or ())


def lines(document: Json) -> Iterator[tuple[str, str, Decimal | None]]:
    for label, value in (document.get("budget") or {}).items():
        if "amount" in value:
            yield "", label, number(value["amount"])
        else:
            yield from ((label, name, number(line["amount"])) for name, line in value.items())


def total(document: Json) -> Decimal | None:
    printed = document["totals"]["printed_total"]
    if printed is not None:
        return Decimal(printed)
    found = [Decimal(document["totals"][key]) for key in SOURCES if document["totals"].get(key) is not None]
    if not found:
        found = [Decimal(row["total"]) for _, row in projects(document) if row["total"] is not None]
    return sum(found, Decimal(0)) if found else None


def scope(document: Json) -> str:
    return "project-spending" if document["form"] == "project-table" else "whole-department"


def budget_by_district(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        spending = total(document)
        if scope(document) == "whole-department":
            named = [amount for _, label, amount in lines(document) if label == "项目支出"]
            spending = named[0] if named else None
        yield (
            document["district"] or "",
            document["department"] or "",
            str(document["year"] or ""),
            yuan(document, total(document)),
            str(sum(1 for _ in projects(document))),
            str(sum(1 for _ in owned(document))),
            str(len(document.get("tasks") or ())),
            scope(document),
            yuan(document, spending),
        )


def budget_by_funding_source(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        for key, label in SOURCES.items():
            value = document["totals"].get(key)
            if value is not None:
                yield document["district"] or "", label, yuan(document, value)


def budget_by_unit(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        for unit in document.get("units_of_use") or ():
            whole = total(document)
            part = share(Decimal(unit["total"]), whole) if whole else ""
            yield document["district"] or "", unit["name"], yuan(document, unit["total"]), part


def largest_projects(documents: Iterable[Json], limit: int = 20) -> Iterator[Row]:
    found = [
        (Decimal(yuan(document, project["total"])), document["district"] or "", unit["name"], project["name"])
        for document in documents
        for unit, project in projects(document)
        if project["total"] is not None
    ]
    ordered = sorted(found, key=lambda row: (-row[0], *row[1:]))
    for place, (amount, district, unit, name) in enumerate(ordered[:limit], start=1):
        yield str(place), district, unit, name, f"{amount:f}"


def indicators_by_tier(documents: Iterable[Json]) -> Iterator[Row]:
    counted = Counter(
        (of_year(document), (row["tier1"] or "", row["tier2"] or "", first_tier_basis(row)))
        for document in documents
        for *_, row in owned(document)
    )
    for ((district, year, basis), (first, second, known)), count in counted.items():
        yield district, first, second, str(count), year, basis, known


def of_year(document: Json) -> Row:
    known = "printed" if document["year_printed"] else document.get("year_rule") or "inferred"
    return document["district"] or "", str(document["year"] or ""), known if document["year"] else ""


def first_tier_basis(row: Json) -> str:
    """How a first tier is known; a record without a rule says by a null that no cell prints it."""
    if not row["tier1"]:
        return ""
    return row.get("tier1_basis") or ("inferred" if row.get("tier1_printed", "") is None else "printed")


def is_satisfaction(row: Json) -> bool:
    return row.get("tier2_code") == "31" or "满意" in (row["tier2"] or "")


def project_row(document: Json, unit: Json, project: Json, *more: str) -> Row:
    amount = yuan(document, project["total"])
    return document["district"] or "", unit["name"], project["name"], amount, *more


def projects_without_satisfaction_indicator(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        for unit, project in projects(document):
            rows = project["indicators"]
            if not any(is_satisfaction(i) or i.get("tier1_code") == "3" or "满意" in i["name"] for i in rows):
                yield project_row(document, unit, project)


def misplaced_tiers(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        for unit, owner, _, row in owned(document):
            first, second = row.get("tier1_code"), row.get("tier2_code")
            if first and second and PARENTS[second[0]] != first:
                tiers = (first, row["tier1"], second, row["tier2"])
                yield document["district"] or "", unit, owner, row["name"], *tiers


def unreconciled_totals(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        for what, printed, computed in differences(document):
            yield document["district"] or "", what, yuan(document, printed), yuan(document, computed)


def differences(document: Json) -> Iterator[tuple[str, Decimal, Decimal]]:
    units = document.get("units_of_use") or ()
    whole = {**document["totals"], "total": document["totals"]["printed_total"]}
    yield from parts("合计", whole, units)
    yield from sources("合计", whole)
    for unit in units:
        yield from parts(unit["name"], unit, unit["projects"])
        yield from sources(unit["name"], unit)
        for project in unit["projects"]:
            yield from sources(project["name"], project)
    income = [amount for group, _, amount in lines(document) if group == "收入来源" and amount is not None]
    spent = [amount for group, _, amount in lines(document) if "支出" in group and amount is not None]
    if income and spent and sum(income) != sum(spent):
        yield "收入来源", sum(income, Decimal(0)), sum(spent, Decimal(0))


def parts(name: str, whole: Json, below: Iterable[Json]) -> Iterator[tuple[str, Decimal, Decimal]]:
    for key in ("total", *SOURCES):
        found = [Decimal(row[key]) for row in below if row.get(key) is not None]
        if whole.get(key) is not None and found and sum(found) != Decimal(whole[key]):
            label = name if key == "total" else f"{name}·{SOURCES[key]}"
            yield label, Decimal(whole[key]), sum(found, Decimal(0))


def sources(name: str, row: Json) -> Iterator[tuple[str, Decimal, Decimal]]:
    found = [Decimal(row[key]) for key in SOURCES if row.get(key) is not None]
    if row.get("total") is not None and found and sum(found) != Decimal(row["total"]):
        yield name, Decimal(row["total"]), sum(found, Decimal(0))


def repeated_rows(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        for unit, project in projects(document):
            if project["printed_times"] > 1:
                yield project_row(document, unit, project, str(project["printed_times"]))


def policies_cited(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        district = document["district"] or ""
        owners = [(DEPARTMENT, document), *((row["name"], row) for _, row in projects(document))]
        owners += [(task["name"], task) for task in document.get("tasks") or ()]
        for owner, said in owners:
            for policy in said.get("policies_cited") or ():
                if policy["number"]:
                    yield district, policy.get("project", owner), policy["title"], policy["number"]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def same_target_both_periods(documents: Iterable[Json]) -> Iterator[Row]:
    """A district none of whose forms prints both values has no row."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for document in documents:
        for *_, row in owned(document):
            pair = row["period_value"], row["annual_value"]
            both = None not in pair
            same = both and bare(pair[0]) == bare(pair[1])
            for place, counts in enumerate((same, both, True)):
                counted[document["district"] or ""][place] += counts
    for district, (same, either, every) in counted.items():
        if either:
            yield district, str(same), share(same, every)


def boilerplate_indicators(documents: Iterable[Json], at_least: int = 3) -> Iterator[Row]:
    """Within a year: next year's plan copies nothing by repeating itself."""
    owners: dict[Row, set[tuple[int, int]]] = defaultdict(set)
    districts: dict[Row, set[str]] = defaultdict(set)
    for place, document in enumerate(documents):
        when = str(document["year"] or ""), str(document["year_printed"])
        for _, _, owner, row in owned(document):
            key = *when, row["name"], row["period_value"] or "", row["annual_value"] or ""
            owners[key].add((place, owner))
            districts[key] |= {document["district"]} - {None}
    for key, found in owners.items():
        if len(found) >= at_least:
            yield *key[2:], str(len(found)), str(len(districts[key]))


def transfer_projects(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        for unit, project in projects(document):
            found = [marker for marker in MARKERS if marker in project["name"]]
            if found:
                yield project_row(document, unit, project, "|".join(found))


def findings_by_kind(documents: Iterable[Json]) -> Iterator[Row]:
    counted = Counter(
        (document["district"] or "", finding["code"], finding["severity"])
        for document in documents
        for finding in document.get("findings") or ()
    )
    yield from ((*key, str(count)) for key, count in counted.items())


ANSWERS: dict[str, Callable[[Iterable[Json]], Iterator[Row]]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        budget_by_district,
        budget_by_funding_source,
        budget_by_unit,
        largest_projects,
        indicators_by_tier,
        projects_without_satisfaction_indicator,
        misplaced_tiers,
        unreconciled_totals,
        repeated_rows,
        policies_cited,
        same_target_both_periods,
        boilerplate_indicators,
        transfer_projects,
        findings_by_kind,
    )
}
