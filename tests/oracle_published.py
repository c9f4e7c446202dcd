"""Questions on what is published, copied and said to be reached, in plain Python over records as JSON."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from tests.oracle import Json, Row, is_satisfaction, owned, projects, share, yuan
from tests.oracle_relations import similar_goals_across_districts
from tests.oracle_results import is_self_evaluation, met
from tests.oracle_results import number as plain_number
from tests.oracle_targets import reading
from tests.oracle_years import TRUE_AS, basis, department, evaluations, plans, start

FORMS = {
    "project-table": "项目支出绩效目标表",
    "department-annual": "部门整体绩效目标表",
    "department-declaration": "部门整体预算绩效目标申报表",
    "project-self-evaluation": "项目支出绩效自评表",
}
ASKED = re.compile("问卷|样本|抽样|受访|回访|调查")


def published_forms(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        form = "project-self-evaluation" if is_self_evaluation(document) else document["form"]
        counts = (
            sum(1 for _ in projects(document)),
            len(document.get("tasks") or ()),
            sum(1 for _ in owned(document)),
        )
        yield *start(document), form, FORMS[form], "1", "1", *map(str, counts), basis(document)


def departments_without_publication(
    documents: Iterable[Json], listed: Iterable[tuple[str, str]] = ()
) -> Iterator[Row]:
    documents = list(documents)
    bases: dict[int, str] = {}
    years: dict[tuple[str, str], list[str]] = defaultdict(list)
    for document in documents:
        key = document["district"], department(document)
        known = document["year"] and (document["year_printed"] or document.get("year_rule") == "corrected")
        years[key].append(f"{document['year'] or ''}{'' if known else '?'}")
        if document["year"]:
            rules = (bases.get(document["year"]) or "printed?", basis(document))
            bases[document["year"]] = "printed" if "printed" in rules else min(rules)
    for place, name in listed or years:
        known = {
            key: sorted(set(found))
            for key, found in years.items()
            if key[1] == name and place in ("", key[0])
        }
        (key, found), *_ = known.items() or [((place, name), [])]
        why = "a form of the department prints no year" if "?" in found else ""
        why = why if found else "no document has this name: not published, not read, or spelt otherwise"
        others = {d["year"] for d in documents if d["district"] == key[0]}
        for year, of_year in bases.items():
            if not listed and year not in others:
                continue
            if not {str(year), f"{year}?"} & set(found):
                from_list = TRUE_AS[bool(listed)]
                yield key[0], name, str(year), ", ".join(found), from_list, TRUE_AS[not why], why, of_year


def hundred_percent_targets(documents: Iterable[Json]) -> Iterator[Row]:
    for document in plans(documents):
        rows = [row for *_, row in owned(document)]
        read = [reading(row).quantities for row in rows]
        numbers = [found for found in read if found]
        full = [
            f
            for f in numbers
            if len(f) == 1 and (f[0].value, f[0].unit, f[0].change) == (Decimal(100), "%", None)
        ]
        if numbers:
            yield (
                *start(document), str(len(rows)), str(len(numbers)), str(len(full)),
                share(len(full), len(numbers)), basis(document),
            )  # fmt: skip


def satisfaction_and_sample(documents: Iterable[Json]) -> Iterator[Row]:
    for document in plans(documents):
        for unit, project in projects(document):
            at = start(document)
            samples = [
                (row["name"], row["annual_value"], f"{q.value.normalize():f}", q.unit, share(1, q.value))
                for row in project["indicators"]
                if ASKED.search(f"{row['name']} {row['annual_value']}")
                for q in reading(row).quantities
                if q.unit not in (None, "%") and q.value > 0
            ]
            why = "" if samples else "no number of people asked is printed"
            for row in filter(is_satisfaction, project["indicators"]):
                for one in [quantity.json() for quantity in reading(row).quantities] or [{}]:
                    said = [one.get(key) or "" for key in ("comparator", "value", "unit")]
                    for sample in samples or [("",) * 5]:
                        yield (
                            *at[:2], unit["name"], project["name"], row["name"], at[2],
                            row["annual_value"] or "", *said, *sample,
                            yuan(document, project["total"]), TRUE_AS[not why], why, basis(document),
                        )  # fmt: skip


def goals_copied_between_departments(documents: Iterable[Json]) -> Iterator[Row]:
    """Without the other project: which of several with the same words is named, the query may choose."""
    documents = plans(documents)
    owners: dict[str, list[tuple[Json, Json]]] = defaultdict(list)
    for document in documents:
        for _, project in projects(document):
            if len(project["goal"] or "") >= 12:
                owners[project["goal"]].append((document, project))
    for those in owners.values():
        for document, project in those:
            others = {department(d) for d, _ in those} - {department(document)}
            if others:
                at = start(document)
                yield (
                    *at[:2],
                    project["name"],
                    at[2],
                    project["goal"],
                    "1.0000",
                    str(len(others)),
                    basis(document),
                )


def worded_alike(documents: Iterable[Json]) -> set[Row]:
    """Pairs of districts and projects whose goals are worded alike and not the same, in both directions."""
    documents = plans(documents)
    goals = {(d["district"], p["name"]): p["goal"] for d in documents for _, p in projects(d)}
    pairs = {
        row[:4]
        for row in similar_goals_across_districts(documents)
        if goals[row[0], row[1]] != goals[row[2], row[3]]
    }
    return pairs | {(*row[2:], *row[:2]) for row in pairs}


def full_score_despite_shortfall(documents: Iterable[Json]) -> Iterator[Row]:
    for document in evaluations(documents):
        for unit, owner, _, row in owned(document):
            promised, reached = plain_number(row["annual_value"]), plain_number(row.get("actual_value"))
            if not promised or not reached or met(promised, reached) is not False:
                continue
            weight, score = row.get("weight") or "", row.get("score") or ""
            if weight and score and Decimal(score) >= Decimal(weight) > 0:
                at = start(document)
                yield (
                    *at[:2], unit, owner, row["name"], at[2], row["annual_value"], row["actual_value"],
                    weight, score, row.get("deviation_reason") or "", basis(document),
                )  # fmt: skip


def totals_spent(documents: Iterable[Json]) -> Iterator[tuple[Json, Json, Json, Json]]:
    for document in evaluations(documents):
        for unit, project in projects(document):
            yield from (
                (document, unit, project, f) for f in project.get("funds", ()) if f["source"] == "total"
            )


def underspent_projects(documents: Iterable[Json], less_than: Decimal = Decimal("0.9")) -> Iterator[Row]:
    for document, unit, project, line in totals_spent(documents):
        budget, spent = line["adjusted"] or line["initial"], line["executed"]
        if not budget or not spent or Decimal(spent) / Decimal(budget) >= less_than:
            continue
        verdicts = []
        for row in project["indicators"]:
            promised, reached = plain_number(row["annual_value"]), plain_number(row.get("actual_value"))
            verdicts.append(met(promised, reached) if promised and reached else None)
        at = start(document)
        yield (
            *at[:2], unit["name"], project["name"], at[2], yuan(document, budget), yuan(document, spent),
            yuan(document, Decimal(budget) - Decimal(spent)), share(Decimal(spent), Decimal(budget)),
            line["rate"] or "", str(len(verdicts)), str(verdicts.count(True)), str(verdicts.count(False)),
            basis(document),
        )  # fmt: skip


def budget_changed_in_year(documents: Iterable[Json]) -> Iterator[Row]:
    for document, _, project, line in totals_spent(documents):
        if line["initial"] and line["adjusted"]:
            first, later, spent = (Decimal(line[key] or 0) for key in ("initial", "adjusted", "executed"))
            at = start(document)
            yield (
                *at[:2], project["name"], line["label"], at[2], yuan(document, first), yuan(document, later),
                yuan(document, later - first), share(later - first, first), yuan(document, line["executed"]),
                share(spent, later), share(spent, first), basis(document),
            )  # fmt: skip


ANSWERS: dict[str, Callable[[Iterable[Json]], Iterator[Row]]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        published_forms,
        departments_without_publication,
        hundred_percent_targets,
        satisfaction_and_sample,
        full_score_despite_shortfall,
        underspent_projects,
        budget_changed_in_year,
    )
}
