"""A plan with its total in one document and its units in another is compared like one with both in one.

The marks of summaries are a document's own, so neither of the two has one.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from pyoxigraph import Literal, RdfFormat, parse
from tests.memory import MemoryStore

from budgetkg.queries import question
from budgetkg.store.results import Solutions
from budgetkg.vocab import PREFIXES

D = "https://w3id.org/budgetkg/id/"
GIVEN = """
GRAPH <https://w3id.org/budgetkg/graph/1> {{
  <{d}document/1> bkg:statesPlan <{d}plan/1> .
  <{d}plan/1> a bkg:BudgetPlan ; bkg:hasTotal <{d}total> .
  <{d}total> bkg:amountYuan 100.00
}}
GRAPH <https://w3id.org/budgetkg/graph/2> {{
  <{d}document/2> bkg:statesPlan <{d}plan/1> .
  <{d}plan/1> bkg:listsUnit <{d}unit/1>, <{d}unit/2> .
  <{d}unit/1> bkg:hasTotal <{d}unit/1/total> . <{d}unit/1/total> bkg:amountYuan 60.00 .
  <{d}unit/2> bkg:hasTotal <{d}unit/2/total> . <{d}unit/2/total> bkg:amountYuan {second} .
}}
"""


@pytest.mark.parametrize(("second", "differs"), [("30.00", True), ("40.00", False)])
def test_its_total_is_compared_with_its_units(second: str, differs: bool) -> None:
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    store = MemoryStore(list(parse(head + GIVEN.format(d=D, second=second), RdfFormat.TRIG)))
    answer = question("unreconciled-totals").ask(store)
    assert isinstance(answer, Solutions)
    found = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
    sums = [
        {name: cell.value for name, cell in row.items() if isinstance(cell, Literal) and cell.value}
        for row in found
    ]
    assert len(sums) == int(differs)
    for row in sums:
        assert row["rule"] == "units"
        assert (Decimal(row["printed_yuan"]), Decimal(row["computed_yuan"])) == (100, 90)
