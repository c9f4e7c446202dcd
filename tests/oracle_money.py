"""Questions on shares of money and what it pays for, in plain Python over records: no graph, no SPARQL."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import rdflib
from tests.oracle import Json, Row, first_tier_basis, projects, scope, share, total, yuan
from tests.oracle_relations import ROOT, bare, measures, scheme, themes, transfer
from tests.oracle_targets import reading
from tests.oracle_years import TRUE_AS, basis, department, money, plans, start
from tests.two_years import THEMES

PARENT = "广州市"
"""Every district of the samples and of the corpus of years stands under it."""
ALONE = "one department only stands for the division"
CENT = Decimal("0.01")


def paid(documents: Iterable[Json]) -> list[tuple[Json, Json, Json]]:
    return [(d, unit, p) for d in plans(documents) for unit, p in projects(d) if p["total"] is not None]


def whole(document: Json) -> Decimal:
    return sum((money(document, project) for _, project in projects(document)), Decimal(0))


@cache
def english() -> dict[str, str]:
    graph = rdflib.Graph().parse(ROOT / "ontology" / "themes.ttl")
    labels: dict[object, dict[str, str]] = defaultdict(dict)
    for concept, label in graph.subject_objects(rdflib.SKOS.prefLabel):
        labels[concept][getattr(label, "language", "")] = str(label)
    return {both["zh"]: both["en"] for both in labels.values()}


def shares(
    documents: list[Json], groups: dict[Row, dict[int, set[int]]]
) -> Iterator[tuple[Row, Json, list[Json], Row]]:
    """Of each group and plan the columns from its money to ``why_not``; ``groups`` has places of projects."""
    listed = [pair for document in documents for pair in ((document, p) for _, p in projects(document))]

    def summed(places: Iterable[int]) -> Decimal:
        return sum((money(*listed[place]) for place in places), Decimal(0))

    for group, of_plans in groups.items():
        for at, own in of_plans.items():
            document = documents[at]
            near = [
                n for n, other in enumerate(documents) if other["year"] == document["year"] and whole(other)
            ]
            here = [n for n in near if documents[n]["district"] == document["district"]]
            columns = [f"{summed(own):.2f}", share(summed(own), whole(document))]
            for level, name in ((here, ()), (near, (PARENT,))):
                part = summed({p for n in level for p in of_plans.get(n, ())})
                every = sum((whole(documents[n]) for n in level), Decimal(0))
                counted = len({department(documents[n]) for n in level})
                columns += [*name, f"{part:.2f}", share(part, every), str(counted)]
            if document["year"] is None:
                columns[2:] = [""] * 7
            reasons = [ALONE] * (columns[4] in ("", "1"))
            reasons += ["no year is known"] * (document["year"] is None)
            why = "; ".join(reasons)
            yield group, document, [listed[p][1] for p in own], (*columns, TRUE_AS[not why], why)


def theme_shares(documents: Iterable[Json]) -> Iterator[Row]:
    documents = plans(documents)
    said = themes(documents)
    groups: dict[Row, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    place = 0
    for at, document in enumerate(documents):
        for _, project in projects(document):
            found = said.get((document["district"], bare(project["name"])), [THEMES.get(project["name"])])
            if found and found[0]:
                groups[(scheme()[found[0]][0],)][at].add(place)
            place += 1
    for group, document, _, columns in shares(documents, groups):
        yield (*group, *start(document), *columns, english()[group[0]], basis(document), "main theme")


def tier_shares(documents: Iterable[Json]) -> Iterator[Row]:
    documents = plans(documents)
    groups: dict[Row, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    place = 0
    for at, document in enumerate(documents):
        for _, project in projects(document):
            for row in project["indicators"]:
                groups[row["tier1"], row["tier2"]][at].add(place)
            place += 1
    for group, document, those, columns in shares(documents, groups):
        rows = [row for _, project in projects(document) for row in project["indicators"]]
        own = sum(1 for row in rows if (row["tier1"], row["tier2"]) == group)
        yield (
            *group,
            *start(document),
            str(own),
            share(own, len(rows)),
            str(len(those)),
            *columns,
            basis(document),
            min(first_tier_basis(r) for r in rows if (r["tier1"], r["tier2"]) == group),
        )


def concepts(documents: list[Json]) -> Iterator[tuple[Json, Json, Json, Json, str, Decimal, str]]:
    """What a person says is counted: by the list of the reference documents, else showings of films."""
    listed = {(row[1], row[2], row[3], row[5]): (row[0], row[6]) for row, _ in measures(documents)}
    for document, unit, project in paid(documents):
        for row in project["indicators"]:
            for quantity in reading(row).quantities:
                key = document["district"], project["name"], row["name"], f"{quantity.value.normalize():f}"
                found = listed.get(key)
                if found is None and row["name"] == "放映场次" and quantity.unit == "场":
                    found = ("电影放映场次", "场")
                if found is not None and found[1] not in ("", "%"):
                    yield document, unit, project, row, found[0], quantity.value, found[1]


def counted_outputs(project: Json) -> int:
    rows = [row for row in project["indicators"] if row.get("tier2_code") == "11"]
    return sum(quantity.unit != "%" for row in rows for quantity in reading(row).quantities)


# What a person looks for in the name of a project that pays for nothing but what is counted.
WORK_NAMED = {
    "电影放映场次": ("电影放映", "电影播放"),
    "公共文明引导志愿者": ("公共文明引导员", "公共文明引导志愿者"),
    "文化活动": ("文化活动", "音乐季活动"),
    "聘用人员": ("合同工", "编外人员", "聘用人员"),
    "培训人次": ("业务培训", "技能培训"),
    "新闻报道": ("新闻报道", "宣传报道"),
}


def is_of_the_work(project: Json, concept: str) -> bool:
    return any(word in project["name"] for word in WORK_NAMED.get(concept, (concept,)))


def has_further_work(project: Json) -> bool:
    """Whether the name joins works, or the goal goes on after its first sentence."""
    name = re.sub(r"[（(].*?[)）]", "", project["name"])
    if re.search(r"、|(?<!参)与|(?<![普涉])及(?!时)|和", name):
        return True
    _, *others = re.split(r"[;；。]", project.get("goal") or "")
    joined = any(word in (project.get("goal") or "") for word in ("同时", "此外", "另外", "以及"))
    return joined or any(len(other) >= 6 for other in others)


def cost_of_the_same_work(documents: Iterable[Json]) -> Iterator[Row]:
    documents = list(documents)
    found, costs = [], defaultdict(list)
    every = list(concepts(documents))
    for document, unit, project, row, concept, value, counted in every:
        payers = {id(other[2]) for other in every if (other[0], *other[4:6]) == (document, concept, value)}
        (quantity,) = (q for q in reading(row).quantities if q.value == value)
        reasons = [
            (counted_outputs(project) != 1, "one amount for several counted outputs"),
            (has_further_work(project), "name or goal join further work"),
            (not is_of_the_work(project, concept), "the name isn't that of the work counted"),
            (len(payers) > 1, "another project of the plan pays for the same count"),
            (quantity.upper is not None, "the lower end of a range"),
            (document["year"] is None, "no year is known"),
            (
                quantity.change is not None or quantity.per not in (None, "year"),
                "a change or a part of the year",
            ),
        ]
        why = "; ".join(text for holds, text in reasons if holds)
        per = (money(document, project) / value).quantize(CENT, ROUND_HALF_UP)
        found.append((document, unit, project, row, concept, value, counted, per, why))
        if not why:
            costs[concept, counted, document["year"]].append(per)
    for document, unit, project, row, concept, value, counted, per, why in found:
        known = costs[concept, counted, document["year"]]
        at = start(document)
        yield (
            concept, *at[:2], unit["name"], project["name"], at[2], yuan(document, project["total"]),
            f"{value.normalize():f}", counted, f"{per}", f"{min(known)}" if known else "",
            f"{max(known)}" if known else "", "" if why else share(per, min(known)), str(len(known)),
            TRUE_AS[not why], why, row["annual_value"], basis(document),
        )  # fmt: skip


def money_without_outcome_target(documents: Iterable[Json]) -> Iterator[Row]:
    for document in plans(documents):
        for unit, project in projects(document):
            rows = [
                r for r in project["indicators"] if r.get("tier1_code") == "2" and r.get("tier2_code") != "31"
            ]
            if all(reading(row).kind in ("placeholder", "empty") for row in rows):
                at = start(document)
                why = "only placeholders or empty cells" if rows else "no indicator under 效益"
                part = share(money(document, project), whole(document)) if project["total"] else ""
                yield (
                    *at[:2], unit["name"], project["name"], at[2], yuan(document, project["total"]), part,
                    str(len(rows)), why, basis(document),
                )  # fmt: skip


def budget_per_head(
    documents: Iterable[Json], people: dict[str, tuple[int, str]] | None = None
) -> Iterator[Row]:
    """``people`` has the population of a district and its year; the samples come without."""
    names = {"project-spending": "项目支出", "whole-department": "部门整体"}
    for document in plans(documents):
        number, year = (people or {}).get(document["district"], (0, ""))
        if year not in ("", str(document["year"])):
            number, year = 0, ""
        amount = total(document)
        reasons = ["no population given for this division and year"] * (not number)
        reasons += ["no total is printed"] * (amount is None)
        reasons += ["the year of the population isn't said"] * bool(number and not year)
        per = f"{Decimal(yuan(document, amount)) / number:.2f}" if number and amount is not None else ""
        yield (
            scope(document), *start(document), yuan(document, amount), str(number or ""), year, per,
            TRUE_AS[not reasons], "; ".join(reasons), names[scope(document)], basis(document),
        )  # fmt: skip


def round_amounts(documents: Iterable[Json], step: int = 100_000) -> Iterator[Row]:
    for document in plans(documents):
        found = [money(document, project) for _, project in projects(document) if project["total"]]
        even = [amount for amount in found if amount % step == 0]
        if found:
            yield (
                *start(document), str(len(found)), str(len(even)), share(len(even), len(found)),
                f"{sum(found):.2f}", f"{sum(even, Decimal(0)):.2f}", share(sum(even, Decimal(0)), sum(found)),
                basis(document),
            )  # fmt: skip


def money_per_indicator(documents: Iterable[Json], limit: int = 20) -> Iterator[Row]:
    found = []
    for document, unit, project in paid(documents):
        rows = project["indicators"]
        per = money(document, project) / len(rows) if rows else None
        numbers = sum(1 for row in rows if reading(row).quantities)
        at = start(document)
        found.append((
            (-(per if per is not None else Decimal(10**15)), -money(document, project), at[0]),
            (*at[:2], unit["name"], project["name"], at[2], yuan(document, project["total"]), str(len(rows)),
             str(numbers), "" if per is None else f"{per.quantize(CENT, ROUND_HALF_UP)}", basis(document)),
        ))  # fmt: skip
    for place, (_, row) in enumerate(sorted(found)[:limit], start=1):
        yield str(place), *row


def money_from_above(documents: Iterable[Json]) -> Iterator[Row]:
    for document in plans(documents):
        every = whole(document)
        found: dict[str, list[Decimal]] = {"收到": [], "方向不明": [], "拨付": []}
        for _, project in projects(document):
            kind = transfer(project)
            if kind:
                found[kind[0]].append(money(document, project))
        got, unclear = (sum(found[key], Decimal(0)) for key in ("收到", "方向不明"))
        if every:
            yield (
                *start(document), f"{every:.2f}", f"{got:.2f}", share(got, every), f"{unclear:.2f}",
                share(unclear, every), str(len(found["收到"])), basis(document),
            )  # fmt: skip


ANSWERS: dict[str, Callable[[Iterable[Json]], Iterator[Row]]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        theme_shares,
        tier_shares,
        cost_of_the_same_work,
        money_without_outcome_target,
        budget_per_head,
        round_amounts,
        money_per_indicator,
        money_from_above,
    )
}
