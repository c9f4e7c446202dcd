"""The same project next year, over two tiny documents of one department."""

from __future__ import annotations

from dataclasses import replace

from tests.memory import store_of, texts
from tests.oracle_relations import same_project_next_year
from tests.records import document, project, unit

from budgetkg.queries import question
from budgetkg.records import DocumentRecord
from budgetkg.schema_json import document_json


def year(number: int, *totals: tuple[str, str]) -> DocumentRecord:
    """A document of the year, with projects of these names and totals."""
    projects = [project(name, total) for name, total in totals]
    plain = document(year=number, units_of_use=(unit(*projects),))
    return replace(plain, sha256=f"{number:04d}" * 16)


def test_a_project_is_found_again_under_the_next_year() -> None:
    records = [
        year(2023, ("2023年电影放映补助", "6.72"), ("征订经费", "3.00")),
        year(2024, ("2024年电影放映补助", "8.00"), ("舆情工作", "1.00")),
    ]
    rows = texts(question("same-project-next-year").ask(store_of(records)), 7)
    assert rows == [("黄埔区", "宣传部", "2023年电影放映补助", "2023", "67200.00", "2024", "80000.00")]
    assert list(same_project_next_year(map(document_json, records))) == rows
