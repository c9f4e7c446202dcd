"""Which documents are editions of one table, and which of them counts."""

from __future__ import annotations

from itertools import permutations

import pytest
from tests.records import amount, document, indicator, project, unit

from budgetkg.inference import extract
from budgetkg.mapping import DEFAULT_BASE, document_quads
from budgetkg.pipeline.editions import Edition, Editions, editions_of
from budgetkg.records import Amounts, BudgetLine, DocumentRecord, Task

TABLE = (("电影放映", "6.72"), ("报刊征订", "3.00"), ("舆情监测", "5.00"), ("文明创建", "9.00"))


def table(number: int, *projects: tuple[str, str], **more: object) -> DocumentRecord:
    """A document whose key begins with the number, with projects of these names and totals."""
    found = (project(name, total) for name, total in projects)
    return document(sha256=f"{number:04x}" * 16, units_of_use=(unit(*found),) if projects else (), **more)


def edition(record: DocumentRecord, **said: str | None) -> Edition:
    brief = extract(record, document_quads(record), DEFAULT_BASE)
    return Edition(brief, record.year_printed, **said)  # type: ignore[arg-type]


def among(*records: DocumentRecord) -> Editions:
    return editions_of(map(edition, records))


def keys(*numbers: int) -> tuple[str, ...]:
    return tuple(f"{number:04x}" * 4 for number in numbers)


def test_one_table_in_three_kinds_of_file_counts_once() -> None:
    (group,) = among(*(table(number, *TABLE) for number in (3, 1, 2))).groups
    assert (group.counted, group.superseded, group.reason) == (*keys(1), keys(2, 3), "no-difference")


def test_a_corrected_version_is_an_edition_and_the_fuller_counts() -> None:
    corrected = (*TABLE[:2], ("舆情监测", "8.00"), ("文明创建", "1.00"), ("理论学习", "2.00"))
    (group,) = among(table(1, *TABLE), table(2, *corrected)).groups
    assert (group.counted, group.superseded, group.reason) == (*keys(2), keys(1), "most-read")


def test_two_tables_of_one_year_both_count() -> None:
    found = among(
        table(1, *TABLE[:2]),
        table(2, *TABLE[2:]),
        table(3, ("报刊征订", "4.00"), ("理论学习", "2.00"), ("外宣", "7.00")),
    )
    assert found == Editions()


def test_next_years_table_stays_apart() -> None:
    assert among(table(1, *TABLE, year=2023), table(2, *TABLE, year=2024)) == Editions()


def test_another_form_or_department_stays_apart() -> None:
    assert among(table(1, *TABLE), table(2, *TABLE, form="department-annual")) == Editions()
    assert among(table(1, *TABLE), table(2, *TABLE, department="黄埔区文联")) == Editions()


@pytest.mark.parametrize("year", [None, 2023])
def test_where_no_year_is_printed_the_amounts_must_agree(year: int | None) -> None:
    same = {"year": year, "year_printed": False}
    raised = [(name, f"{total}1") for name, total in TABLE]
    assert among(table(1, *TABLE, **same), table(2, *TABLE, **same)).superseded.keys() == set(keys(2))
    unsure = among(table(1, *TABLE, **same), table(2, *raised, **same))
    assert (unsure.groups, unsure.doubtful) == ((), ((*keys(1), *keys(2)),))


def test_a_printed_and_an_inferred_year_are_not_sure_either() -> None:
    raised = [(name, f"{total}1") for name, total in TABLE]
    assert among(table(1, *TABLE), table(2, *raised, year_printed=False)).doubtful


def test_one_project_of_a_common_name_is_no_edition_of_a_long_table() -> None:
    long = [*TABLE, *((f"项目{n}", f"{n}.00") for n in range(1, 12))]
    assert among(table(1, *long), table(2, ("电影放映", "1.00"))).groups == ()
    assert among(table(1, *long), table(2, ("电影放映", "6.72"))).superseded.keys() == set(keys(2))


def test_parts_of_a_table_join_the_whole() -> None:
    (group,) = among(table(1, *TABLE[:2]), table(2, *TABLE[2:]), table(3, *TABLE)).groups
    assert (group.counted, group.superseded) == (*keys(3), keys(1, 2))


def test_the_order_of_documents_changes_nothing() -> None:
    records = (
        table(1, *TABLE),
        table(2, *TABLE),
        table(3, *TABLE[:3], year_printed=False),
        table(4, ("外宣", "1.00")),
    )
    assert len({among(*order) for order in permutations(records)}) == 1


def test_tasks_and_indicators_are_names_too() -> None:
    tasks = tuple(Task(n, f"任务{n}", amount=amount(f"{n}.00")) for n in range(1, 5))
    rows = tuple(indicator(f"指标{n}") for n in range(4))
    for more in ({"tasks": tasks}, {"indicators": rows}):
        given = {"form": "department-annual", **more}
        assert among(table(1, **given), table(2, **given)).superseded.keys() == set(keys(2))


def test_a_budget_alone_is_one_table_where_its_amounts_are() -> None:
    lines = tuple(BudgetLine(label, amount(total)) for label, total in TABLE)
    given = {"form": "department-annual", "budget": lines}
    assert among(table(1, **given), table(2, **given)).groups
    other = tuple(BudgetLine(label, amount("1.11")) for label, _ in TABLE)
    assert among(table(1, **given), table(2, form="department-annual", budget=other)) == Editions()
    bare = {"form": "department-annual", "totals": Amounts()}
    assert among(table(1, **bare), table(2, **bare)) == Editions()


def test_a_person_chooses() -> None:
    records = [table(number, *TABLE) for number in (1, 2, 3)]
    chosen = [edition(records[0]), edition(records[1], verdict="counts", note="盖章件"), edition(records[2])]
    (group,) = editions_of(chosen).groups
    assert (group.counted, group.superseded, group.reason) == (*keys(2), keys(1, 3), "person")
    assert group.text == "由人选定 / a person chose it / 盖章件"


def test_a_person_says_that_it_is_none() -> None:
    apart = [edition(table(1, *TABLE)), edition(table(2, *TABLE), verdict="is-not-edition")]
    assert editions_of(apart) == Editions()


def test_the_newest_counts_where_dates_are_known() -> None:
    dated = [
        edition(table(1, *TABLE), published="2024-02-01"),
        edition(table(2, *TABLE), published="2024-03-01"),
        edition(table(3, *TABLE, ("外宣", "1.00"))),
    ]
    (group,) = editions_of(dated).groups
    assert (group.counted, group.reason) == (*keys(2), "newest")


def of_department(*records: DocumentRecord) -> Editions:
    """The editions among documents of one department in one kind of form, whatever their years."""
    return editions_of(edition(record, family="黄埔区委宣传部") for record in records)


def test_a_copy_that_prints_no_year_is_an_edition_of_the_one_that_does() -> None:
    copy = table(1, *TABLE, ("理论学习", "2.00"), year=None, year_printed=False)
    (group,) = of_department(copy, table(2, *TABLE, year=2024)).groups
    assert (group.counted, group.superseded, group.reason) == (*keys(2), keys(1), "year-printed")
    assert group.plan == edition(table(2, *TABLE, year=2024)).brief.plan


def test_a_table_without_a_year_and_with_other_amounts_is_only_said_to_be_in_doubt() -> None:
    raised = tuple((name, f"1{total}") for name, total in TABLE)
    found = of_department(table(1, *raised, year=None, year_printed=False), table(2, *TABLE))
    assert found == Editions(doubtful=((keys(1)[0], keys(2)[0]),))
    dated = of_department(table(1, *raised, year=2022, year_printed=False), table(2, *TABLE))
    assert dated == Editions()


def test_two_tables_of_which_other_years_are_guessed_both_count() -> None:
    guessed = (table(n, *TABLE, year=2022 + n, year_printed=False) for n in (1, 2))
    assert of_department(*guessed) == Editions(doubtful=((keys(1)[0], keys(2)[0]),))


def test_a_copy_without_a_year_never_joins_two_years() -> None:
    tables = (
        table(1, *TABLE, year=2023),
        table(2, *TABLE, year=2024),
        table(3, *TABLE, year=None, year_printed=False),
    )
    found = of_department(*tables)
    assert len(found.groups) == 1
    assert found.doubtful == ((keys(2)[0], keys(3)[0]),)
