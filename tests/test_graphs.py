"""The graph as a whole: one graph per triple, sums that count once, the same bytes always."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize
from tests.memory import MemoryStore, all_quads, store_of, texts
from tests.records import amount, document, evidence, indicator, project, unit
from tests.unit.forms.grids import read

from budgetkg.findings import Finding
from budgetkg.forms import parse_document
from budgetkg.mapping import document_quads, reference_quads, vocabulary_quads
from budgetkg.queries import question, sanity_checks
from budgetkg.records import Amounts, DocumentRecord, PolicyCitation
from budgetkg.vocab import BKG, RDFS, SKOS

ROOT = Path(__file__).resolve().parent.parent

HOSTILE = (
    '<script>"x"</script>',
    "{ ?s ?p ?o } ^^<http://evil.example/>",
    'a" . <http://evil.example/s> <http://evil.example/p> "o',
    "''' \"\"\" \\ \\u0000 \\n %0A ^`|",
    "} ; DROP ALL ; INSERT DATA { <a:a> <a:b> <a:c> } #",
    "\u202e\u2066右到左\u200b",
    "NUL\x00 VT\x0b ESC\x1b DEL\x7f NEL\x85 LS\u2028 BOM\ufeff \ufffe\uffff",
    "@prefix x: <http://evil.example/> . x:a x:b x:c .",
    "𠮷野家 👩‍👩‍👧 é é",
    "   ",
    "",
)


def samples() -> list[DocumentRecord]:
    paths = sorted((ROOT / "examples").glob("*.txt"))
    return [record for path in paths for record in parse_document(path.read_bytes(), path.name)]


def seeds(shared: Path) -> list[DocumentRecord]:
    paths = sorted((shared / "documents" / "seeds").glob("*.txt"))
    return [record for path in paths for record in parse_document(path.read_bytes(), path.name)]


def hostile(text: str) -> DocumentRecord:
    """A record that says ``text`` wherever a record can say anything."""
    place = evidence(text or "-")
    row = indicator(text, tier1=text, tier2=text, tier1_code=text, tier2_code=text, period_value=text,
                    annual_value=text, explanation=text, unit=text, note=text, evidence=(place,))  # fmt: skip
    policy = PolicyCitation(text, text, text, (place,))
    child = project(text, goal=text, indicators=(row,), policies=(policy,), evidence=(place,))
    return document(
        source=text, title=text, department=text, district=text, year_evidence=text, functions=text,
        overall_goal=text, finance_office=text, units_of_use=(unit(child, name=text),),
        findings=(Finding("text-garbled", text, (place,), (("text", text),)),),
    )  # fmt: skip


READING = (BKG.hasQuantity, BKG.deadlinePrinted)


def shape(quads: list[Quad]) -> list[tuple[str, str]]:
    """How many statements of which predicate: what may not change with the text."""
    # What a target is read as is no statement of the text's own making: it varies with what is printed.
    return sorted(
        (quad.predicate.value, type(quad.object).__name__)
        for quad in quads
        if quad.predicate not in READING and "/quantity/" not in quad.subject.value
    )


def check_quads(quads: list[Quad]) -> None:
    lines = serialize(quads, format=RdfFormat.N_QUADS)
    assert isinstance(lines, bytes)
    assert set(parse(lines, format=RdfFormat.N_QUADS)) == set(quads)
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.graph_name):
            assert isinstance(term, NamedNode)
            assert term.value.isascii()
            assert not set('<>"{}|^`\\ ') & set(term.value)
        assert isinstance(quad.object, NamedNode | Literal)
        assert isinstance(quad.object, Literal) or "evil" not in quad.object.value


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_ever_a_literal(text: str) -> None:
    quads = document_quads(hostile(text)) + reference_quads([hostile(text)])
    check_quads(quads)
    assert "evil" not in {quad.predicate.value for quad in quads}


@pytest.mark.parametrize("text", HOSTILE[:6])
def test_hostile_text_makes_no_further_triple(text: str) -> None:
    assert shape(document_quads(hostile(text))) == shape(document_quads(hostile("甲")))


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_text_comes_back_from_every_format(text: str) -> None:
    quads = document_quads(hostile(text))
    check_quads(quads)
    triples = [quad.triple for quad in quads]
    for kind in (RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.N_TRIPLES, RdfFormat.JSON_LD):
        written = serialize(triples, format=kind)
        assert isinstance(written, bytes)
        read = {quad.triple for quad in parse(written, format=kind)}
        # XML reads a carriage return as a line feed; all else must be whole.
        if "\r" not in text:
            assert read == set(triples), kind


@pytest.mark.parametrize("text", ["“甲”\n乙\t丙", "x = '''y''' \\ \"z\"", "\u202e右", "𠮷", "  前后  "])
def test_nasty_text_comes_back_as_printed(text: str) -> None:
    store = Store()
    store.bulk_extend(document_quads(hostile(text)))
    labels = {quad.object.value for quad in store.quads_for_pattern(None, RDFS.label, None)}
    goals = {quad.object.value for quad in store.quads_for_pattern(None, BKG.goalText, None)}
    assert labels == goals == {text}


def test_samples_pass_every_sanity_check() -> None:
    assert_sane(store_of(samples()))


def assert_sane(store: MemoryStore) -> None:
    found = {check.slug: texts(check.ask(store)) for check in sanity_checks()}
    assert not {slug: rows[:5] for slug, rows in found.items() if rows}


def test_the_five_pass_every_sanity_check(shared: Path) -> None:
    assert_sane(store_of(seeds(shared)))


def test_every_triple_stands_in_one_graph(shared: Path) -> None:
    quads = all_quads(seeds(shared) + samples())
    assert len({quad.triple for quad in quads}) == len(set(quads)) == len(quads)


def test_a_sum_over_the_union_counts_once(shared: Path) -> None:
    records = seeds(shared)
    for union in (True, False):
        store = store_of(records, union)
        rows = texts(question("budget-by-unit").ask(store))
        assert sum(Decimal(row[2]) for row in rows) == Decimal("113190200.00")


def test_quads_are_the_same_whatever_the_order_of_the_sources(shared: Path) -> None:
    records = seeds(shared)
    forth, back = all_quads(records), all_quads(records[::-1])
    assert serialized(forth) == serialized(back)
    assert list(map(str, reference_quads(records))) == list(map(str, reference_quads(records[::-1])))


def test_reading_again_gives_the_same_bytes() -> None:
    assert serialized(all_quads(samples())) == serialized(all_quads(samples()))


def serialized(quads: list[Quad]) -> bytes:
    written = serialize(sorted(quads, key=str), format=RdfFormat.N_QUADS)
    assert isinstance(written, bytes)
    return written


def test_what_is_said_of_a_department_depends_on_nothing_else() -> None:
    one = document(department="中共广州市黄埔区委员会宣传部")
    two = document(department="中共广州市黄埔区委员会宣传部（部门）", year=2024)
    said = [
        [quad for quad in reference_quads(records) if "/id/department/" in quad.subject.value]
        for records in ([one], [two], [one, two])
    ]
    assert said[0] == said[1] == said[2] != []


def test_what_is_said_of_a_plan_is_said_once_whoever_states_it() -> None:
    one = document(department="中共广州市黄埔区委员会宣传部", year_printed=False)
    two = document(department="中共广州市黄埔区委员会宣传部（部门）", sha256="f" * 64)
    own, other, both = (
        {(quad.predicate, quad.object) for quad in quads if "/id/plan/" in quad.subject.value}
        for quads in map(reference_quads, ([one], [two], [two, one]))
    )
    stated = {said for said in both if said[0] in (BKG.statedBy, BKG.countedDocument)}
    assert len(stated) == 4
    assert both == other | stated
    basis = {term for predicate, term in own ^ other if predicate == BKG.hasFiscalYearBasis}
    assert len(basis) == 2


def test_a_concept_has_one_name_to_show_and_one_in_english() -> None:
    quads = reference_quads([document()])
    concepts = {quad.subject for quad in quads if quad.predicate == SKOS.inScheme}
    for predicate in (RDFS.label, BKG.labelEn):
        named = Counter(quad.subject for quad in quads if quad.predicate == predicate)
        assert set(named.values()) == {1}
        assert concepts <= set(named) or predicate == BKG.labelEn
    assert len(concepts) > 300


def test_the_vocabulary_repeats_nothing_of_the_reference_graph() -> None:
    reference = {quad.triple for quad in reference_quads([])}
    assert not reference & {quad.triple for quad in vocabulary_quads()}


def test_totals_that_differ_are_found_once_each() -> None:
    record = document(totals=Amounts(total=amount("9.00"), fiscal_appropriation=amount("8.00")))
    rows = texts(question("unreconciled-totals").ask(store_of([record])), 4)
    assert sorted(rows) == [
        ("黄埔区", "合计", "90000.00", "67200.00"),
        ("黄埔区", "合计", "90000.00", "80000.00"),
    ]


def test_income_that_is_no_source_may_be_what_the_sources_lack() -> None:
    money = "年度部门预算（万元）~2|资金总额|一般公共预算拨款|政府性基金|其他收入\n120.00|100.00|15.00|5.00"
    names = "部门名称|洱源县水务局^4\n年度总体目标|保障供水安全。^4"
    indicators = "一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|维修渠道|12公里"
    record = read("2025年部门整体支出绩效目标表", names, money, indicators)
    assert (record.totals.total, record.totals.other) != (None, None)
    store = store_of([record])
    assert texts(question("unreconciled-totals").ask(store)) == []
    without = replace(record, budget=())
    assert len(texts(question("unreconciled-totals").ask(store_of([without])))) == 1
