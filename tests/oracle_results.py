"""What was promised and reached, in plain Python over records: no graph, no SPARQL, no reader of targets.

A value counts as a number where it is one sign at most, digits and a word; all others are left as printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from tests.oracle import Json, Row, owned, projects, yuan

SIGNS = {"≥": ">=", "≤": "<=", "": "="}
VALUE = re.compile(r"([≥≤]?)(\d+(?:\.\d+)?)([^\d、，。；~-]*)")
TRUE_AS = {True: "true", False: "false", None: ""}


def is_self_evaluation(document: Json) -> bool:
    return "自评" in (document["title"] or "")


def number(text: str | None) -> tuple[str, Decimal, str] | None:
    found = VALUE.fullmatch(text or "")
    return (SIGNS[found[1]], Decimal(found[2]), found[3]) if found else None


def met(promised: tuple[str, Decimal, str], reached: tuple[str, Decimal, str]) -> bool | None:
    """Unknown where the units differ, or a number without a sign was not met exactly."""
    sign, wanted, unit = promised
    _, value, other = reached
    if unit != other or (sign == "=" and wanted != value):
        return None
    return {">=": value >= wanted, "<=": value <= wanted, "=": True}[sign]


def promised_and_reached(documents: Iterable[Json]) -> Iterator[Row]:
    documents = list(documents)
    plans = {
        (plan["department"], plan["year"], project["name"], row["name"]): row["annual_value"]
        for plan in documents
        if not is_self_evaluation(plan)
        for _, project in projects(plan)
        for row in project["indicators"]
    }
    for document in filter(is_self_evaluation, documents):
        for unit, owner, _, row in owned(document):
            promised, reached = number(row["annual_value"]), number(row.get("actual_value"))
            verdict = met(promised, reached) if promised and reached else None
            place = (document["department"], document["year"])
            yield (
                document["district"], document["department"], str(document["year"]), unit, owner,
                row["name"], row["annual_value"] or "", row.get("actual_value") or "",
                promised[0] if promised else "", str(promised[1]) if promised else "",
                str(reached[1]) if reached else "", reached[2] if reached else "", TRUE_AS[verdict],
                row.get("weight") or "", row.get("score") or "", row.get("deviation") or "",
                row.get("deviation_reason") or "", plans.get((*place, owner, row["name"]), ""),
            )  # fmt: skip


def execution_rates(documents: Iterable[Json]) -> Iterator[Row]:
    for document in filter(is_self_evaluation, documents):
        for _, project in projects(document):
            for line in project.get("funds", ()):
                spent, budget = line["executed"], line["adjusted"] or line["initial"]
                rate = ""
                if spent and budget:
                    share = (Decimal(spent) / Decimal(budget)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
                    rate = f"{share.normalize():f}"
                yield (
                    document["district"], document["department"], str(document["year"]), project["name"],
                    line["label"], "total" if line["source"] == "total" else "part", "",
                    yuan(document, line["initial"]), yuan(document, line["adjusted"]), yuan(document, spent),
                    line["rate"] or "", rate, line["score"] or "",
                )  # fmt: skip


ANSWERS: dict[str, Callable[[Iterable[Json]], Iterator[Row]]] = {
    "promised-and-reached": promised_and_reached,
    "execution-rates": execution_rates,
}
