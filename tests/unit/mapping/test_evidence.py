"""The cell of a fact is where its value stands, or it is the row: never another place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad
from tests.records import amount, document, evidence, indicator, project, unit

import budgetkg
from budgetkg.mapping import document_quads
from budgetkg.mapping.iri import cell_of, place_of, row_of
from budgetkg.mapping.locating import locate, text_of
from budgetkg.reading import read_document
from budgetkg.records import Amounts, DocumentRecord, Indicator
from budgetkg.text.personal import MASK
from budgetkg.vocab import BKG

FACTS = (BKG.amountPrinted, BKG.targetPrinted, BKG.goalText)
# Words that run into each other, hold each other and repeat: what a row may print and its cells may say.
WORDS = st.sampled_from(
    ["5", "15", "5场", "不少于5场", "98.00", "8.00", "100%", "甲", "甲乙", "标准：100%", "办5 场。"]
)
GAPS = st.sampled_from(["\t", " ", "\n", "；", "", "。", "，", "\n\n"])


def cells(record: DocumentRecord) -> dict[tuple[str, str], list[str]]:
    """The words at the places of each fact: by its node's last segment and its value as printed."""
    quads = document_quads(record)
    quotes = {quad.subject.value: quad.object.value for quad in quads if quad.predicate == BKG.quote}
    found: dict[tuple[str, str], list[str]] = {}
    for fact in (quad for quad in quads if quad.predicate in FACTS):
        assert isinstance(fact.subject, NamedNode)
        places = [
            quad.object.value
            for quad in quads
            if (quad.subject, quad.predicate) == (fact.subject, BKG.hasEvidence)
        ]
        said = []
        for place in places:
            start, end = cell_of(place) or (0, None)
            said.append(quotes[row_of(place)][start:end])
        found[fact.subject.value.rpartition("/")[2], fact.object.value] = said
    return found


def of_row(quote: str, **columns: str | None) -> dict[tuple[str, str], list[str]]:
    row = indicator(
        evidence=(evidence(quote, start=40),), **{"period_value": None, "annual_value": None, **columns}
    )
    return {key: said for key, said in cells(with_row(row)).items() if key[0] in ("period", "annual")}


def with_row(row: Indicator) -> DocumentRecord:
    return document(units_of_use=(unit(project(indicators=(row,))),))


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("quote", "period", "annual", "places"),
    [
        ("产出\t放映\t12场\t3场", "12场", "3场", ("12场", "3场")),
        ("产出\t放映\t3场\t3场", "3场", "3场", ("3场", "3场")),
        (
            "1、产出；放映；实施周期指标值:不少于\n\n4场；年度指标值:4场。",
            "不少于4场",
            "4场",
            ("不少于\n\n4场", "4场"),
        ),
        ("放映；周期值:标准：100%；年度值:100%。", "标准：100%", "100%", ("标准：100%", "100%")),
    ],
)
def test_each_target_has_its_own_cell(quote: str, period: str, annual: str, places: tuple[str, str]) -> None:
    found = of_row(quote, name="放映", period_value=period, annual_value=annual)
    assert (found["period", period], found["annual", annual]) == ([places[0]], [places[1]])


@pytest.mark.parametrize(
    ("quote", "columns"),
    [
        ("放映\t15场", {"annual_value": "5场"}),  # a piece of another number is no cell
        ("放映\t5场\t5场", {"annual_value": "5场"}),  # which of the two?
        # may be a piece of the other
        ("放\t5\t不少 5 于5场", {"annual_value": "5", "period_value": "不少于5场"}),
        ("放映\t五场", {"annual_value": "5场"}),  # read otherwise than printed
        ("放映\t5\t元", {"annual_value": "5", "weight": "5"}),  # the weight's or the target's
    ],
)
def test_where_it_is_in_doubt_the_row_is_the_place(quote: str, columns: dict[str, str]) -> None:
    found = of_row(quote, name="放映", **columns)
    assert found["annual", columns["annual_value"]] == [quote]


def test_a_name_that_is_printed_as_target_too_comes_first() -> None:
    found = of_row("活动场次\t活动场次\t3场", name="活动场次", period_value="活动场次", annual_value="3场")
    assert found["period", "活动场次"] == ["活动场次"]
    record = with_row(indicator("活动场次", period_value="活动场次", annual_value=None,
                                evidence=(evidence("活动场次\t活动场次"),)))  # fmt: skip
    places = [q.object.value for q in document_quads(record) if q.predicate == BKG.hasEvidence]
    assert [cell_of(place) for place in places if cell_of(place)] == [(5, 9)]


def test_amounts_and_goal_have_their_cells_in_each_printing() -> None:
    amounts = Amounts(amount("98.00"), amount("98.00"))
    rows = (evidence("征订 98.00 98.00\n订阅报刊。"), evidence("征订\t98.00\t98.00\t订阅报刊。", start=90))
    twice = project("征订", goal="订阅报刊。", evidence=rows)
    record = document(units_of_use=(unit(type(twice)("征订", amounts, "订阅报刊。", evidence=rows)),))
    found = cells(record)
    assert found["total", "98.00"] == ["98.00", "98.00"]
    assert found["fiscal-appropriation", "98.00"] == ["98.00", "98.00"]
    assert found["goal", "订阅报刊。"] == ["订阅报刊。", "订阅报刊。"]


def test_totals_that_no_row_of_the_document_prints_have_no_place() -> None:
    record = document(evidence=(evidence("表题"),), units_of_use=())
    assert cells(record)["total", "6.72"] == []


def test_two_things_of_one_row_share_its_evidence() -> None:
    row = (evidence("甲\t1场\t乙\t2场"),)
    pair = (indicator("甲", annual_value="1场", period_value=None, evidence=row),
            indicator("乙", annual_value="2场", period_value=None, evidence=row))  # fmt: skip
    quads = document_quads(document(units_of_use=(unit(project(indicators=pair)),)))
    assert (
        len({quad.subject for quad in quads if quad.predicate == BKG.quote and "甲\t" in quad.object.value})
        == 1
    )
    cells = {cell_of(quad.object.value) for quad in quads if quad.predicate == BKG.hasEvidence}
    assert cells == {None, (2, 4), (7, 9)}


def test_a_row_without_end_is_left_alone() -> None:
    assert list(locate("5 6 " * 50_000 + "7", [text_of(value, n) for n, value in enumerate("567")])) == []


@given(st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=6), st.lists(WORDS, min_size=1, max_size=4))
def test_a_place_is_never_invented(printed: list[tuple[str, str]], values: list[str]) -> None:
    """What is located is there, whole, each place once, and every place that it could be is taken."""
    quote = "".join(word + gap for word, gap in printed)
    texts = [text_of(value, order) for order, value in enumerate(values)]
    found = [(text, start, end) for text, start, end in locate(quote, texts)]
    taken: set[int] = set()
    for text, start, end in found:
        assert bare(quote[start:end]) == text.value
        assert not taken & set(range(start, end))
        taken |= set(range(start, end))
    for value in {text.value for text, _, _ in found}:
        places = sorted(start for text, start, _ in found if text.value == value)
        orders = [
            text.order for text, start, _ in sorted(found, key=lambda item: item[1]) if text.value == value
        ]
        assert len(places) == sum(bare(said) == value for said in values)
        assert orders == sorted(orders, key=lambda order: order or 0)


@given(st.lists(WORDS, min_size=1, max_size=5, unique=True))
def test_where_each_cell_prints_one_value_all_are_found(values: list[str]) -> None:
    quote = "\t".join(values)
    starts = {
        text.value: start for text, start, _ in locate(quote, [text_of(v, n) for n, v in enumerate(values)])
    }
    whole = {bare(value): quote.split("\t").index(value) for value in values}
    for value, start in starts.items():
        assert quote[:start].count("\t") == whole[value]
    longest = max(values, key=lambda value: (len(bare(value)), bare(value)))
    assert bare(longest) in starts


def test_evidence_is_half_of_what_selectors_took(samples: list[Path]) -> None:
    """0.1 had twelve statements a row, seven of them two selectors, and no place of a fact."""
    for path in samples:
        for record in budgetkg.parse(path):
            quads = document_quads(record)
            rows = {quad.subject for quad in quads if quad.predicate == BKG.quote}
            facts = {quad.subject for quad in quads if quad.predicate in FACTS} - lines_of(quads)
            about = [quad for quad in quads if quad.subject in rows]
            links = [quad for quad in quads if quad.predicate == BKG.hasEvidence]
            before = 12 * len(rows) + sum(quad.subject not in facts for quad in links)
            assert len(about) + len(links) <= 0.6 * before, path.name
            assert len({q.subject for q in links if q.subject in facts}) >= 0.8 * len(facts), path.name


def test_a_row_is_named_by_its_place_in_the_text(samples: list[Path]) -> None:
    """A name for each place, and all that is said of a place follows from where it is."""
    for path in samples:
        text = read_document(path.read_bytes(), path.name).source.text
        for record in budgetkg.parse(path):
            quotes = [quad for quad in document_quads(record) if quad.predicate == BKG.quote]
            assert len({quad.subject for quad in quotes}) == len(quotes) > 0
            for quad in quotes:
                start, end = place_of(quad.subject.value) or (0, 0)
                assert len(quad.object.value) == end - start > 0
                assert quad.object.value == text[start:end] or MASK in quad.object.value


def test_nothing_but_a_source_makes_evidence(root: Path) -> None:
    """Its place names it because all else is worked out of the place, by one function."""
    sources = sorted((root / "src").rglob("*.py"))
    makers = [path.name for path in sources if re.search(r"\bEvidence\(", path.read_text(encoding="utf-8"))]
    assert makers == ["source.py"]


def lines_of(quads: list[Quad]) -> set[object]:
    """Lines of a budget, which are rows of their own and had evidence before."""
    return {quad.object for quad in quads if quad.predicate == BKG.hasBudgetLine}


@pytest.mark.parametrize(
    ("texts", "located"),
    [
        ([("甲村", 1), ("100", 2), ("100", 3), ("1001", 4)], [0, 3, 7, 11]),
        ([("甲村", 1), ("100", 2), ("1001", 4)], [0, 11]),
        ([("甲村", 1), ("100", None), ("100", None), ("1001", 4)], [0, 11]),
        ([("甲村", 1), ("100", 2), ("100", 3), ("1001", 4), ("1001", 5)], [0]),
    ],
)
def test_the_example_of_locate(texts: list[tuple[str, int | None]], located: list[int]) -> None:
    places = locate("甲村 100 100 1001", [text_of(value, order) for value, order in texts])
    assert sorted(start for _, start, _ in places) == located
