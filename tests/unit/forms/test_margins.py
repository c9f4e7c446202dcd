"""How sure a table's reading is stands in the record and in the graph."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.forms.test_audited_forms import HEAD, LINES, ROWS, form, indicators, page, read

from budgetkg.forms import parse_document
from budgetkg.mapping import document_quads
from budgetkg.vocab import BKG


def unit_column(cell: str) -> list[Any]:
    rows = [[*row, cell] for row in ROWS]
    return indicators(read(page(form([*HEAD, "计量单位"], rows), LINES)))


def test_a_table_whose_cells_contradict_a_header_is_read_less_surely() -> None:
    sure, odd = unit_column("件"), unit_column("≥")
    assert [one["name"] for one in sure] == [one["name"] for one in odd]
    assert len({one["margin"] for one in sure}) == 1
    assert sure[0]["margin"] > odd[0]["margin"] > 0


def test_the_graph_says_the_same_of_each_indicator() -> None:
    (record,) = parse_document(page(form(HEAD, ROWS), LINES), "form.html")
    margin = record.units_of_use[0].projects[0].indicators[0].margin
    said = [str(quad.object.value) for quad in document_quads(record) if quad.predicate == BKG.readingMargin]
    assert [Decimal(one) for one in said] == [Decimal(str(margin))] * len(ROWS)
