"""Questions on what is concluded from several documents, in plain Python: no graph, no SPARQL.

The themes themselves are a person's: ``tests/relations/themes.csv`` was read against the documents.
Similar goals are counted pair by pair, all with all.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import combinations
from pathlib import Path

import rdflib
from tests.oracle import Json, Row, owned, projects, yuan
from tests.oracle_targets import outputs

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("黄埔区", "番禺区", "荔湾区", "南沙区", "花都区", "广州市", "广东省")
LEVELS = {"中央": "中央", "省": "省级", "省级": "省级", "市": "市级", "市级": "市级"}


def is_sample(documents: Iterable[Json]) -> bool:
    """The samples are called by their district in letters, the reference documents by number."""
    return not any(document["source"][:1].isdigit() for document in documents)


def themes(documents: list[Json]) -> dict[tuple[str, str], list[str]]:
    """What a person says of a project or task, the main theme first."""
    source = "samples" if is_sample(documents) else "seeds"
    with (ROOT / "tests" / "relations" / "themes.csv").open(encoding="utf-8", newline="") as stream:
        return {
            (row["district"], bare(row["name"])): [name for name in row["themes"].split("|") if name]
            for row in csv.DictReader(stream)
            if row["source"] in ("", source)
        }


@cache
def scheme() -> dict[str, tuple[str, set[str]]]:
    """Notation → Chinese label and all Chinese labels, from the Turtle."""
    skos = rdflib.SKOS
    graph = rdflib.Graph().parse(ROOT / "ontology" / "themes.ttl")
    found = {}
    for concept in graph.subjects(rdflib.RDF.type, skos.Concept):
        labels = {str(x) for p in (skos.prefLabel, skos.altLabel) for x in graph.objects(concept, p)}
        zh = next(str(x) for x in graph.objects(concept, skos.prefLabel) if x.language == "zh")
        found[str(graph.value(concept, skos.notation))] = (zh, labels)
    return found


def bare(text: str) -> str:
    return re.sub(r"[\s“”\"'《》]", "", unicodedata.normalize("NFKC", text))


def theme_budget_by_district(documents: Iterable[Json]) -> Iterator[Row]:
    documents = list(documents)
    said = themes(documents)
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for document in documents:
        for _, project in projects(document):
            for theme in said[document["district"], bare(project["name"])][:1]:
                amount = Decimal(yuan(document, project["total"]))
                sums[scheme()[theme][0], document["district"]].append(amount)
    yield from ((*key, f"{sum(found):.2f}", str(len(found))) for key, found in sums.items())


def tasks_by_theme(documents: Iterable[Json]) -> Iterator[Row]:
    documents = list(documents)
    said = themes(documents)
    for document in documents:
        for task in document.get("tasks") or ():
            for theme in said[document["district"], bare(task["name"])]:
                yield scheme()[theme][0], document["district"], task["name"], yuan(document, task["amount"])


def unassigned_projects(documents: Iterable[Json]) -> Iterator[Row]:
    documents = list(documents)
    said = themes(documents)
    for document in documents:
        for unit, project in projects(document):
            if not said[document["district"], bare(project["name"])]:
                amount = yuan(document, project["total"])
                yield document["district"], unit["name"], project["name"], amount


def similar_goals_across_districts(documents: Iterable[Json]) -> Iterator[Row]:
    goals = [
        (document["district"], project["name"], pieces(project["goal"] or ""))
        for document in documents
        for _, project in projects(document)
    ]
    for one, other in combinations(sorted(goals, key=lambda goal: goal[:2]), 2):
        size = one[2].total() + other[2].total()
        shared = 2 * (one[2] & other[2]).total()
        if one[0] != other[0] and size and shared / size >= 0.6:
            yield *one[:2], *other[:2], f"{Decimal(shared) / Decimal(size):.4f}"


def pieces(goal: str) -> Counter[str]:
    text = re.sub("|".join(f"{place[:-1]}{place[-1]}?" for place in PLACES), "", bare(goal))
    text = re.sub(r"\W", "", re.sub(r"〔?20\d\d〕?年?度?", "", text))
    return Counter(text[i : i + 2] for i in range(len(text) - 1))


def transfers_by_level(documents: Iterable[Json]) -> Iterator[Row]:
    sums: dict[Row, list[Decimal]] = defaultdict(list)
    for document in documents:
        for _, project in projects(document):
            found = transfer(project)
            if found:
                sums[document["district"], *found].append(Decimal(yuan(document, project["total"])))
    yield from ((*key, f"{sum(found):.2f}", str(len(found))) for key, found in sums.items())


def transfer(project: Json) -> tuple[str, str] | None:
    name, goal = project["name"], bare(project["goal"] or "")
    gives = re.search(r"(给予|发放)[^。；;]*?(补贴|补助)", goal)
    if not re.search("提前下达|转移支付|补助|补贴", name):
        return ("拨付", "级次未注明") if gives else None
    targets = "。".join(row["annual_value"] or "" for row in project["indicators"])
    targets += "。".join(row["period_value"] or "" for row in project["indicators"])
    words = f"{name}。{targets}"
    level = re.search(r"(中央|省级?|市级?)(提前下达|补助)", words)
    level = level or re.search(r"申报[^，。]{0,10}(省|市)[^，。]*经费", goal)
    if level:
        return "收到", LEVELS[level[1]]
    return ("收到" if "提前下达" in name else "方向不明"), "级次未注明"


def same_project_next_year(documents: Iterable[Json]) -> Iterator[Row]:
    """Neither the reference documents nor the samples hold two years of one department; a test does."""
    found = [
        (document["department"], yearless(unit["name"]), yearless(project["name"]), document, unit, project)
        for document in documents
        for unit, project in projects(document)
        if document["year"]
    ]
    for *key, first, unit, project in found:
        for *other, second, _, later in found:
            if key == other and first["year"] < second["year"]:
                before = str(first["year"]), yuan(first, project["total"])
                after = str(second["year"]), yuan(second, later["total"])
                yield first["district"], unit["name"], project["name"], *before, *after


def yearless(name: str) -> str:
    return re.sub(r"20\d\d年?度?", "", bare(name))


def work_of_one_district_only(documents: Iterable[Json]) -> Iterator[Row]:
    documents = list(documents)
    said = themes(documents)
    for theme, (zh, labels) in scheme().items():
        places = {d["district"] for d in documents if names(d, {bare(x) for x in labels})}
        places |= {district for (district, _), found in said.items() if theme in found[1:]}
        paid = [
            (document["district"], Decimal(yuan(document, project["total"])))
            for document in documents
            for _, project in projects(document)
            if said[document["district"], bare(project["name"])][:1] == [theme]
        ]
        if paid and len(places | {district for district, _ in paid}) == 1:
            amount = sum((amount for _, amount in paid), Decimal(0))
            yield zh, paid[0][0], f"{amount:.2f}", str(len(paid))


def names(document: Json, labels: set[str]) -> bool:
    """Does any name, goal, content or indicator of the document hold one of the labels?"""
    found = [*(project for _, project in projects(document)), *(document.get("tasks") or ())]
    texts = [text for row in found for text in (row["name"], row.get("goal"), row.get("content"))]
    rows = [*(document.get("indicators") or ()), *(i for row in found for i in row["indicators"])]
    texts += [row["name"] for row in rows]
    return any(label in bare(text) for text in texts if text for label in labels)


# What goals imply, worked out by hand: 28 villages, every month, one screening or two.
IMPLIED = {
    "黄埔区农村电影放映补助": (336, "implied: 28个行政村 × 12个月 × 1场 = 336场"),
    "电影工作经费": (672, "implied: 28个行政村 × 12个月 × 2场 = 672场"),
}


def measures(documents: Iterable[Json]) -> Iterator[tuple[Row, str]]:
    """Rows of ``tests/relations/measures.csv`` that the documents print, with the amount of the owner."""
    with (ROOT / "tests" / "relations" / "measures.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for document in documents:
        for _, owner, _, indicator in owned(document):
            key = document["district"], bare(owner), bare(indicator["name"])
            for row in rows:
                if (row["district"], bare(row["owner"]), bare(row["name"])) == key and fits(row, indicator):
                    amounts = [p["total"] for _, p in projects(document) if p["name"] == owner]
                    amount = yuan(document, amounts[0]) if amounts else ""
                    found = (row["concept"], key[0], owner, indicator["name"])
                    yield (*found, row["comparator"], row["value"], row["unit"]), amount


def fits(row: Json, indicator: Json) -> bool:
    """One of several projects of one name has the indicator with this very number."""
    digits = re.findall(r"[0-9.]+", unicodedata.normalize("NFKC", indicator["annual_value"] or ""))
    numbers = {Decimal(found) * scale for found in digits if found != "." for scale in (1, 10000)}
    return Decimal(row["value"]) in numbers


def comparable_indicators(documents: Iterable[Json]) -> Iterator[Row]:
    yield from (row for row, _ in measures(documents))


def compared_or_implied(documents: Iterable[Json]) -> Iterator[Row]:
    """What the measure of film screenings says, and what goals imply."""
    documents = list(documents)
    for row, amount in measures(documents):
        if row[0] == "电影放映场次" and amount:
            yield row[1], row[2], amount, row[5], per(amount, int(row[5])), "printed"
    for document in documents:
        for _, project in projects(document):
            if project["name"] in IMPLIED:
                count, basis = IMPLIED[project["name"]]
                amount = yuan(document, project["total"])
                yield document["district"], project["name"], amount, str(count), per(amount, count), basis


def unit_cost(documents: Iterable[Json]) -> Iterator[Row]:
    """By default 场 of film screening: whatever its outputs count so, what compares, what is implied."""
    documents = list(documents)
    found = {(*row[:4], "场", *row[4:]) for row in compared_or_implied(documents)}
    for document in documents:
        for _, project in projects(document):
            start = document["district"], project["name"], yuan(document, project["total"])
            for count in screenings_put_out(documents, document, project):
                found = {row for row in found if row[:3] != start or row[6] == "printed"}
                found.add((*start, f"{count:f}", "场", per(start[2], count), "printed"))
    yield from found


def screenings_put_out(documents: list[Json], document: Json, project: Json) -> Iterator[Decimal]:
    """The 场 of the year's targets under 产出, where the project is about films before all else."""
    main = themes(documents)[document["district"], bare(project["name"])][:1]
    if main in (["film-screening"], ["rural-film-screening"]):
        for number in outputs(project):
            if number.unit in ("场", "场次") and not number.change and number.per in (None, "year"):
                yield number.value


def per(amount: str, count: int | Decimal) -> str:
    return f"{(Decimal(amount) / count).quantize(Decimal('0.01'), ROUND_HALF_UP):f}"


ANSWERS: dict[str, Callable[[Iterable[Json]], Iterator[Row]]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        theme_budget_by_district, tasks_by_theme, unassigned_projects, similar_goals_across_districts,
        transfers_by_level, comparable_indicators, unit_cost, same_project_next_year,
        work_of_one_district_only,
    )
}  # fmt: skip
