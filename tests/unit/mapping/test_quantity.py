"""What a target means, as triples."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode
from tests.records import document, evidence, indicator, project, unit

from budgetkg.mapping import document_quads
from budgetkg.vocab import BKG, PREFIXES


def quantities(text: str, **cells: str) -> list[dict[str, str]]:
    """The quantities of an annual target by local names, in the order they are printed."""
    row = indicator("指标", annual_value=text, evidence=(evidence("指标"),), **cells)
    record = document(units_of_use=(unit(project("项目", indicators=(row,))),))
    found: dict[str, dict[str, str]] = {}
    for quad in document_quads(record):
        if "/annual/quantity/" in quad.subject.value:
            said = found.setdefault(quad.subject.value, {})
            said[local(quad.predicate)] = local(quad.object)
    return [dict(sorted(found[node].items())) for node in sorted(found)]


def local(term: NamedNode | Literal) -> str:
    return term.value if isinstance(term, Literal) else term.value.rpartition("#")[2].rpartition("/")[2]


def test_a_quantity_has_comparator_value_and_unit() -> None:
    (only,) = quantities("不少于98场")
    assert only == {
        "type": "Quantity", "hasComparator": "at-least", "quantityValue": "98", "hasCountingUnit": "session",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("80%-90%", {"hasComparator": "between", "quantityValue": "80", "quantityUpper": "90"}),
        ("3场次", {"hasCountingUnit": "session", "unitPrinted": "场次"}),
        ("25坨以上", {"unitPrinted": "坨", "quantityValue": "25"}),
        ("1.5万元", {"quantityValue": "15000", "currency": "CNY", "hasCountingUnit": "yuan"}),
        ("1.5万元", {"scalePrinted": "万"}),
        ("2000美元", {"quantityValue": "2000", "currency": "USD"}),
        ("提升5%", {"hasChange": "increase"}),
        ("每季度1次", {"hasRecurrence": "quarter"}),
    ],
)
def test_what_is_printed_is_said(printed: str, said: dict[str, str]) -> None:
    (only,) = quantities(printed)
    assert said.items() <= only.items()


def test_a_unit_that_no_concept_has_makes_no_concept() -> None:
    (only,) = quantities("25坨以上")
    assert "hasCountingUnit" not in only


def test_cells_of_operator_and_unit_join_in() -> None:
    (only,) = quantities("90", operator="≥", unit="%")
    assert (only["hasComparator"], only["hasCountingUnit"]) == ("at-least", "percent")


def test_kind_and_deadline_stand_on_the_target() -> None:
    row = indicator("指标", annual_value="6月30日前", evidence=(evidence("指标"),))
    quads = document_quads(document(units_of_use=(unit(project("项目", indicators=(row,))),)))
    said = {quad.predicate: quad.object.value for quad in quads if quad.subject.value.endswith("/annual")}
    assert said[BKG.hasTargetKind] == PREFIXES["targetkind"] + "deadline"
    assert said[BKG.deadlinePrinted] == "6月30日前"
