"""What one document's graph holds."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from tests.records import amount, document, evidence, indicator, project, unit

from budgetkg.errors import UnknownName
from budgetkg.findings import Finding
from budgetkg.mapping import MappingOptions, document_quads, plan_quads
from budgetkg.records import Amounts, BudgetLine, DocumentRecord, PersonalDatum, PolicyCitation, Task
from budgetkg.vocab import BKG, DCTERMS, OA, ORG, RDF, RDFS

ZHANG = PersonalDatum("填报人", "张三丰", (evidence("张三丰", start=4),))


def objects(quads: Iterable[Quad], predicate: NamedNode) -> list[str]:
    return sorted(quad.object.value for quad in quads if quad.predicate == predicate)


def typed(record: DocumentRecord, kind: NamedNode) -> list[Quad]:
    return [quad for quad in document_quads(record) if quad.predicate == RDF.type and quad.object == kind]


def test_quads_are_sorted_unique_and_in_one_graph() -> None:
    quads = document_quads(document())
    assert [str(quad) for quad in quads] == sorted({str(quad) for quad in quads})
    assert {quad.graph_name.value for quad in quads} == {"https://w3id.org/budgetkg/graph/0123456789abcdef"}


def test_the_document_says_what_it_is_and_where_it_belongs() -> None:
    quads = document_quads(document())
    assert objects(quads, DCTERMS.identifier) == ["sha256:" + "0123456789abcdef" * 4]
    assert objects(quads, BKG.divisionPrinted) == ["黄埔区"]
    assert objects(quads, BKG.departmentPrinted) == ["中共广州市黄埔区委员会宣传部（部门）"]
    assert objects(quads, BKG.unaccountedCharacterCount) == ["0"]
    plan = plan_quads(document())
    assert objects(quads, BKG.statesPlan) == sorted({quad.subject.value for quad in plan})
    assert objects(quads, ORG.unitOf) == objects(plan, BKG.hasDepartment)
    assert objects(plan, BKG.hasDivision) == ["https://w3id.org/budgetkg/code/division/440112"]
    assert objects(plan, BKG.fiscalYear) == ["2023"]
    assert objects(plan, BKG.hasFiscalYearBasis) == ["https://w3id.org/budgetkg/code/basis/printed"]
    assert objects(plan, RDFS.label) == ["黄埔区 中共广州市黄埔区委员会宣传部 2023 项目支出绩效目标表"]
    inferred = plan_quads(document(year_printed=False, year_rule="statements-agree"))
    assert objects(inferred, RDFS.label) == ["黄埔区 中共广州市黄埔区委员会宣传部 2023? 项目支出绩效目标表"]


def test_a_district_of_the_same_name_elsewhere_is_another_place() -> None:
    nansha = document(department="三沙市南沙区宣传部", district="南沙区")
    sansha = "https://w3id.org/budgetkg/code/division/460303"
    assert objects(plan_quads(nansha), BKG.hasDivision) == [sansha]
    assert objects(document_quads(nansha), BKG.divisionPrinted) == ["南沙区"]


def test_blanks_state_nothing() -> None:
    blank = document(
        title=None,
        department=None,
        district=None,
        year=None,
        unit=None,
        totals=Amounts(),
        units_of_use=(unit(project(goal=None)),),
    )
    assert objects(plan_quads(blank), RDFS.label) == ["项目支出绩效目标表"]
    quads = document_quads(blank) + plan_quads(blank)
    for absent in (DCTERMS.title, BKG.hasDepartment, BKG.fiscalYear, BKG.amountYuan, BKG.hasGoal,
                   BKG.hasFiscalYearBasis, BKG.hasDivision):  # fmt: skip
        assert not objects(quads, absent)
    assert objects(quads, BKG.amountPrinted) == ["6.72", "6.72"]


def test_a_printed_zero_is_an_amount_and_a_blank_is_none() -> None:
    quads = document_quads(document(totals=Amounts(amount("0.00"), None, amount("0.00")), units_of_use=()))
    assert objects(quads, BKG.amountYuan) == ["0", "0"]
    assert len(objects(quads, BKG.hasTotal)) == len(objects(quads, BKG.hasSourceAmount)) == 1
    sources = [iri.rpartition("/")[2] for iri in objects(quads, BKG.hasFundingSource)]
    assert sources == ["fiscal-special-account"]


def test_a_total_is_no_source() -> None:
    quads = document_quads(document(totals=Amounts(amount("9"), amount("5"), None, amount("4"))))
    (plan,) = objects(quads, BKG.statesPlan)
    for predicate, yuan in ((BKG.hasTotal, {"90000"}), (BKG.hasSourceAmount, {"50000", "40000"})):
        nodes = {q.object for q in quads if q.subject.value == plan and q.predicate == predicate}
        found = {q.object.value for q in quads if q.subject in nodes and q.predicate == BKG.amountYuan}
        assert found == yuan


def test_documents_of_one_plan_say_so_and_keep_their_own_amounts() -> None:
    one = document()
    other = document(sha256="f" * 64, department="中共广州市黄埔区委员会宣传部", units_of_use=())
    assert objects(document_quads(one), BKG.statesPlan) == objects(document_quads(other), BKG.statesPlan)
    totals = [set(objects(document_quads(record), BKG.hasTotal)) for record in (one, other)]
    assert not totals[0] & totals[1]
    for unlike in (document(year=2024), document(form="department-annual"), document(department="文联")):
        assert objects(document_quads(unlike), BKG.statesPlan) != objects(document_quads(one), BKG.statesPlan)


def test_documents_without_a_department_state_plans_of_their_own() -> None:
    nobody = (document(department=None), document(department=None, sha256="f" * 64))
    one, other = (objects(document_quads(record), BKG.statesPlan) for record in nobody)
    assert one != other


def test_projects_differ_by_unit_name_and_amount() -> None:
    units = (unit(project(), project(total="7.00"), name="甲"), unit(project(), name="乙"))
    assert len(typed(document(units_of_use=units), BKG.Project)) == 3


def test_identical_projects_and_indicators_stay_apart() -> None:
    twins = (project(indicators=(indicator(), indicator())), project(indicators=(indicator(),)))
    record = document(units_of_use=(unit(*twins),))
    assert len(typed(record, BKG.Project)) == 2
    assert len(typed(record, BKG.Indicator)) == 3


def test_sequence_numbers_take_no_part_in_identity() -> None:
    first, second = (
        typed(document(units_of_use=(unit(project(indicators=(indicator(seq=seq),))),)), BKG.Indicator)
        for seq in (1, 9)
    )
    assert first == second


def test_targets_are_kept_as_printed() -> None:
    row = indicator(period_value=None, annual_value="≥ 90%\n以上")
    record = document(units_of_use=(unit(project(indicators=(row,))),))
    assert objects(document_quads(record), BKG.targetPrinted) == ["≥ 90%\n以上"]
    assert not typed(record, BKG.PeriodTarget)
    assert len(typed(record, BKG.AnnualTarget)) == 1


def test_a_policy_cited_twice_is_one() -> None:
    cited = (
        PolicyCitation("管理办法", "穗埔府规〔2021〕14号", "穗埔府规（2021）14号", (evidence("甲"),)),
        PolicyCitation("管理办法", "穗埔府规〔2021〕14号", "穗埔府规[2021]14号", (evidence("乙", 5),)),
    )
    record = document(units_of_use=(unit(project(policies=cited)),))
    assert len(typed(record, BKG.PolicyCitation)) == 1
    assert len(objects(document_quads(record), BKG.policyNumberPrinted)) == 2


def test_tasks_and_budget_lines() -> None:
    record = document(
        form="department-annual",
        units_of_use=(),
        tasks=(Task(1, "舆情工作", amount=amount("1.5"), projects=("甲", "乙"), indicators=(indicator(),)),),
        budget=(BudgetLine("项目支出", amount("2"), "支出", "expenditure"), BudgetLine("其他", None)),
    )
    quads = document_quads(record)
    assert objects(quads, BKG.projectNamePrinted) == ["乙", "甲"]
    assert objects(quads, BKG.amountYuan) == ["15000", "20000", "67200"]
    assert len(typed(record, BKG.BudgetLine)) == 2
    assert not [quad for quad in typed(record, BKG.Amount) if "budget-line" in quad.subject.value]
    assert len(objects(quads, BKG.hasTask)) == 1


def test_evidence_names_document_page_lines_and_words() -> None:
    record = document(units_of_use=(), evidence=(evidence("表题\n单位：万元", start=3),))
    quads = document_quads(record)
    assert objects(quads, BKG.quote) == ["表题\n单位：万元"]
    assert objects(quads, BKG.lineRange) == ["1"]
    assert {quad.subject.value.rpartition("/")[2] for quad in quads if quad.predicate == BKG.quote} == {
        "3-11"
    }
    assert objects(quads, OA.hasSource) == ["https://w3id.org/budgetkg/id/document/0123456789abcdef"]


def test_findings_speak_both_languages() -> None:
    finding = Finding("year-not-printed", "", (evidence("表题"),), (("inferred", "2023"), ("clue", "表题")))
    quads = document_quads(document(findings=(finding, finding)))
    comments = [quad.object for quad in quads if quad.predicate == RDFS.comment]
    assert {text.language for text in comments if isinstance(text, Literal)} == {"zh", "en"}
    assert all("2023" in text.value for text in comments)
    assert len(objects(quads, BKG.hasFinding)) == 2
    assert not objects(quads, BKG.locationText)


def test_a_code_that_no_list_has_is_an_error() -> None:
    with pytest.raises(UnknownName, match="no-such-code"):
        document_quads(document(findings=(Finding("no-such-code", "表题"),)))


def test_clerks_stay_out_unless_asked_for() -> None:
    line = "填报人：张三丰"
    said = Finding("text-unread", "张三丰", (evidence(line),), (("text", line),))
    record = document(people=(ZHANG,), findings=(said,), evidence=(evidence("人：张三丰，2023", start=2),))
    assert not [quad for quad in document_quads(record) if "张三" in str(quad) or "三丰" in str(quad)]
    quoted = objects(document_quads(record), BKG.quote)
    assert "填报人：■■■" in quoted
    assert "人：■■■，2023" in quoted
    asked = document_quads(record, MappingOptions(personal=True))
    assert objects(asked, BKG.valuePrinted) == ["张三丰"]


def test_another_base_moves_data_but_no_term() -> None:
    quads = document_quads(document(), MappingOptions(base="https://data.example.org/"))
    assert all(quad.subject.value.startswith("https://data.example.org/id/") for quad in quads)
    assert {quad.predicate for quad in quads} == {quad.predicate for quad in document_quads(document())}
