"""Questions over several years, in plain Python over records as JSON: no graph, no SPARQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from tests.oracle import Json, Row, projects, share, yuan
from tests.oracle_relations import yearless
from tests.oracle_results import is_self_evaluation
from tests.oracle_targets import reading

TRUE_AS = {True: "true", False: "false"}
NO_SIGN = "no sign says whether more is better"
Place = tuple[Json, Json, Json]
"""A document, a unit and a project of it."""


def basis(document: Json) -> str:
    rule = document.get("year_rule") or "inferred"
    return {None: "", True: "printed", False: rule}[document["year"] and document["year_printed"]]


def department(document: Json) -> str:
    return (document["department"] or "").removesuffix("（部门）")


def start(document: Json) -> Row:
    return document["district"] or "", department(document), str(document["year"] or "")


def plans(documents: Iterable[Json]) -> list[Json]:
    return [document for document in documents if not is_self_evaluation(document)]


def evaluations(documents: Iterable[Json]) -> list[Json]:
    return [document for document in documents if is_self_evaluation(document)]


def money(document: Json, project: Json) -> Decimal:
    return Decimal(yuan(document, project["total"] or "0"))


def series(documents: Iterable[Json]) -> dict[Row, dict[int, list[Place]]]:
    """The projects of a department, unit and name, by year."""
    found: dict[Row, dict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for document in plans(documents):
        for unit, project in projects(document):
            key = department(document), yearless(unit["name"]), yearless(project["name"])
            if document["year"]:
                found[key][document["year"]].append((document, unit, project))
    return found


def neighbours(documents: Iterable[Json]) -> Iterator[tuple[Place, Place]]:
    """Each project beside those of the same name in the nearest earlier year."""
    for years in series(documents).values():
        for year, those in years.items():
            earlier = [other for other in years if other < year]
            for place in those if earlier else ():
                yield from ((place, before) for before in years[max(earlier)])


def project_growth(documents: Iterable[Json]) -> Iterator[Row]:
    for years in series(documents).values():
        sums = {year: sum((money(d, p) for d, _, p in those), Decimal(0)) for year, those in years.items()}
        for year, those in years.items():
            earlier = [other for other in years if other < year]
            if not earlier:
                continue
            document, unit, project = those[0]
            previous, first = max(earlier), min(earlier)
            reasons = [
                (len(those) != len(years[previous]), "another number of projects of the name"),
                (not all(p["total"] for _, _, p in those + years[previous]) or not sums[previous],
                 "an amount is missing or none"),
                (year - previous > 1, "years between are missing"),
            ]  # fmt: skip
            why = "; ".join(text for holds, text in reasons if holds)
            at = start(document)
            yield (
                *at[:2], unit["name"], project["name"], at[2], f"{sums[year]:.2f}",
                str(previous), f"{sums[previous]:.2f}", f"{sums[year] - sums[previous]:.2f}",
                share(sums[year] - sums[previous], sums[previous]) if sums[previous] else "",
                str(first), f"{sums[first]:.2f}",
                share(sums[year] - sums[first], sums[first]) if sums[first] else "",
                str(len(those)), TRUE_AS[not why], why, basis(document), basis(years[previous][0][0]),
                basis(years[first][0][0]),
            )  # fmt: skip


def once(project: Json) -> dict[str, Json]:
    """The indicators whose name stands once in the project."""
    names = Counter(row["name"] for row in project["indicators"])
    return {row["name"]: row for row in project["indicators"] if names[row["name"]] == 1}


def targets_lowered_for_more_money(documents: Iterable[Json]) -> Iterator[Row]:
    for (document, unit, project), (earlier, _, before) in neighbours(documents):
        if not project["total"] or not before["total"] or money(document, project) <= money(earlier, before):
            continue
        old = once(before)
        for name, row in once(project).items():
            one, other = (
                reading(r).quantities for r in (row, old.get(name, {"annual_value": None, "name": ""}))
            )
            if len(one) != 1 or len(other) != 1:
                continue
            (new,), (was,) = one, other
            same = (new.comparator, new.unit) == (was.comparator, was.unit)
            easier = {">": new.value < was.value, "<": new.value > was.value, "=": new.value < was.value}
            if same and easier.get(new.comparator[0], False):
                at = start(document)
                why = NO_SIGN if new.comparator == "=" else ""
                yield (
                    *at[:2], unit["name"], project["name"], name, at[2], row["annual_value"],
                    str(earlier["year"]), old[name]["annual_value"], new.comparator, f"{new.value}",
                    f"{was.value}", new.unit or "", f"{money(document, project):.2f}",
                    f"{money(earlier, before):.2f}",
                    f"{money(document, project) - money(earlier, before):.2f}",
                    TRUE_AS[not why], why, basis(document), basis(earlier),
                )  # fmt: skip


def projects_new_and_gone(documents: Iterable[Json]) -> Iterator[Row]:
    documents = [document for document in plans(documents) if document["year"]]
    known = series(documents)
    for document in documents:
        earlier = [
            other
            for other in documents
            if (department(other), other["form"]) == (department(document), document["form"])
            and other["year"] < document["year"]
        ]
        if not earlier:
            continue
        before = max(earlier, key=lambda other: int(other["year"]))
        for status, where, absent in (("new", document, before), ("gone", before, document)):
            for unit, project in projects(where):
                key = department(where), yearless(unit["name"]), yearless(project["name"])
                if not known[key].get(absent["year"]):
                    at = start(document)
                    why = "years between are missing" if document["year"] - before["year"] > 1 else ""
                    yield (
                        *at[:2], unit["name"], project["name"], status, at[2], str(before["year"]),
                        yuan(where, project["total"]), TRUE_AS[not why], why, basis(document), basis(before),
                    )  # fmt: skip


def evaluated(documents: Iterable[Json]) -> dict[tuple[str, int, str, str], Json]:
    """What self-evaluations say of projects, by department, year, unit and name."""
    return {
        (department(document), document["year"], unit["name"], project["name"]): project
        for document in evaluations(documents)
        for unit, project in projects(document)
    }


def targets_already_met(documents: Iterable[Json]) -> Iterator[Row]:
    documents = list(documents)
    said = evaluated(documents)
    for document in plans(documents):
        for unit, project in projects(document):
            key = department(document), (document["year"] or 0) - 1, unit["name"], project["name"]
            for name, row in once(project).items() if key in said else ():
                result = once(said[key]).get(name)
                actual = {"annual_value": result.get("actual_value") if result else None, "name": name}
                promised, reached = reading(row).quantities, reading(actual).quantities
                if len(promised) != 1 or len(reached) != 1 or promised[0].unit != reached[0].unit:
                    continue
                sign, value, got = promised[0].comparator, promised[0].value, reached[0].value
                met = {
                    ">=": got >= value,
                    "=": got >= value,
                    ">": got > value,
                    "<=": got <= value,
                    "<": got < value,
                }
                if met.get(sign, False):
                    at, why = start(document), NO_SIGN if sign == "=" else ""
                    yield (
                        *at[:2], unit["name"], project["name"], name, at[2], row["annual_value"], sign,
                        f"{value}", promised[0].unit or "", str(actual["annual_value"]), f"{got}",
                        str(key[1]), yuan(document, project["total"]), TRUE_AS[not why], why, basis(document),
                        "printed",  # the year of each self-evaluation is
                    )  # fmt: skip


def indicators_dropped(documents: Iterable[Json]) -> Iterator[Row]:
    documents = list(documents)
    said = evaluated(documents)
    for (document, unit, project), (earlier, old_unit, before) in neighbours(documents):
        kept = {yearless(row["name"]) for row in project["indicators"]}
        results = said.get(
            (department(earlier), earlier["year"], old_unit["name"], before["name"]), {"indicators": ()}
        )
        reached = {row["name"]: row.get("actual_value") for row in results["indicators"]}
        for row in before["indicators"]:
            if yearless(row["name"]) not in kept:
                at = start(document)
                change = money(document, project) - money(earlier, before)
                yield (
                    *at[:2], unit["name"], project["name"], row["name"], at[2], str(earlier["year"]),
                    row["annual_value"] or "", reached.get(row["name"]) or "",
                    yuan(document, project["total"]), yuan(earlier, before["total"]), f"{change:.2f}",
                    basis(document), basis(earlier),
                )  # fmt: skip


def promises_without_result(documents: Iterable[Json]) -> Iterator[Row]:
    documents = list(documents)
    said = evaluated(documents)
    for document in plans(documents):
        for unit, project in projects(document):
            found = said.get((department(document), document["year"], unit["name"], project["name"]))
            names = {row["name"] for row in found["indicators"]} if found else set()
            for row in project["indicators"] if found else ():
                if row["name"] not in names:
                    at = start(document)
                    yield (
                        *at[:2], unit["name"], project["name"], row["name"], at[2], row["annual_value"] or "",
                        yuan(document, project["total"]), basis(document),
                    )  # fmt: skip


ANSWERS: dict[str, Callable[[Iterable[Json]], Iterator[Row]]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        project_growth,
        targets_lowered_for_more_money,
        projects_new_and_gone,
        targets_already_met,
        indicators_dropped,
        promises_without_result,
    )
}
