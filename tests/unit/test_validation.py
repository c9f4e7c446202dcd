from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef

from budgetkg.errors import BudgetkgError
from budgetkg.pipeline.checking import validate_path
from budgetkg.validation import Result, ValidationReport, packaged, validate_graph
from budgetkg.validation.reference import batched
from budgetkg.vocab import PREFIXES

SAMPLES = Path(__file__).resolve().parent.parent / "shapes"
EX = "https://example.org/"


def parsed(text: str) -> Graph:
    head = f"@prefix : <{EX}> . @prefix sh: <{SH}> . @prefix rdfs: <{RDFS}> .\n"
    return Graph().parse(data=head + text, format="turtle")


def sample(name: str) -> Graph:
    return Graph().parse(SAMPLES / name, format="turtle")


def result(**more: str | None) -> Result:
    given = {
        "severity": "Info", "focus": EX + "a", "path": None, "value": None, "value_term": None,
        "source_shape": EX + "s", "constraint": None, "component": str(SH.InConstraintComponent),
    }  # fmt: skip
    return Result(**{**given, **more}, messages=())  # type: ignore[arg-type]


def test_warnings_alone_conform() -> None:
    assert ValidationReport((result(severity="Warning"), result())).conforms
    assert not ValidationReport((result(severity="Violation"),)).conforms
    assert ValidationReport((result(), result())).count("Info") == 2


def test_result_says_where_what_and_in_two_languages() -> None:
    report = validate_graph(sample("project/bad-project-unnamed-min-count.ttl"))
    (found,) = (r for r in report.results if r.source_shape.endswith("/project-unnamed"))
    assert found.severity == "Violation"
    assert found.path == str(RDFS.label)
    assert found.value is None
    assert found.message("en") == "A project has exactly one label."
    assert found.message() == "项目应有且只有一个名称。"
    assert found.message("fr") != ""


def test_sum_is_a_rule_of_its_own_with_its_numbers() -> None:
    report = validate_graph(sample("accounting-units/bad-unit-totals-unreconciled-sparql.ttl"))
    (found,) = (r for r in report.results if r.constraint is not None)
    assert found.rule.endswith("/unit-totals-unreconciled")
    assert found.message("en") == ("The units of use add up to 300 yuan, but the printed total is 301 yuan.")
    assert "301 元" in found.message("zh")


def test_amount_that_is_no_number_breaks_no_sum() -> None:
    data = sample("accounting-units/ok-units-and-projects-add-up.ttl")
    amount = URIRef("https://w3id.org/budgetkg/ontology#amountYuan")
    for subject in set(data.subjects(amount)):
        data.set((subject, amount, Literal("much")))
    assert {r.constraint for r in validate_graph(data).results} == {None}


def test_graph_is_left_as_it_was() -> None:
    data = sample("document/ok-whole-document.ttl")
    before = set(data)
    validate_graph(data)
    assert set(data) == before


def test_graph_of_any_rdflib_store_will_do() -> None:
    plain = sample("project/bad-project-unnamed-min-count.ttl")
    simple = Graph(store="SimpleMemory")
    simple += plain
    assert validate_graph(simple) == validate_graph(plain)


def test_shapes_are_parsed_once() -> None:
    assert packaged() is packaged()


def test_own_shapes_and_complex_paths() -> None:
    shapes = parsed(
        ":S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:minCount 1 ; sh:severity sh:Info ;"
        " sh:path ( rdfs:seeAlso [ sh:inversePath rdfs:label ] ) ] ."
    )
    (found,) = validate_graph(parsed(':a rdfs:label "a" .'), shapes).results
    assert found.path == f"( <{RDFS.seeAlso}> [ <{SH.inversePath}> <{RDFS.label}> ] )"
    turtle = ValidationReport((found,)).turtle()
    assert len(Graph().parse(data=turtle, format="turtle")) > 8


def test_hostile_text_stays_text_in_the_report() -> None:
    shapes = parsed(
        ":S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path rdfs:label ; sh:maxLength 1 ] ."
    )
    text = "x\"] . <urn:x> a <urn:y> . ''' \\ \u202e"
    data = Graph()
    data.add((URIRef(EX + "a"), RDFS.label, Literal(text)))
    report = validate_graph(data, shapes)
    back = Graph().parse(data=report.turtle(), format="turtle")
    assert list(back.objects(None, SH.value)) == [Literal(text)]
    assert (URIRef("urn:x"), None, None) not in back


def test_malformed_shapes_are_one_clear_error() -> None:
    shapes = parsed(
        ":S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path rdfs:label ; sh:minCount :many ] ."
    )
    with pytest.raises(BudgetkgError, match="shapes"):
        validate_graph(parsed(':a rdfs:label "a" .'), shapes)


def constraint(select: str) -> Graph:
    prefixes = "sh:prefixes <https://w3id.org/budgetkg/ontology>"
    return parsed(f':S a sh:NodeShape ; sh:targetNode :a ; sh:sparql [ {prefixes} ; sh:select "{select}" ] .')


def test_own_sparql_constraint_may_use_the_table_of_prefixes() -> None:
    report = validate_graph(
        parsed(':a rdfs:label "a" .'), constraint("SELECT $this WHERE { $this rdfs:label ?l }")
    )
    assert [r.severity for r in report.results] == ["Violation"]


@pytest.mark.parametrize("select", ["SELECT $this WHERE {", "SELECT $this WHERE { $this nope:x ?y }"])
def test_malformed_sparql_constraint_is_one_clear_error(select: str) -> None:
    with pytest.raises(BudgetkgError, match="a SPARQL constraint is malformed"):
        validate_graph(parsed(':a rdfs:label "a" .'), constraint(select))


@pytest.mark.parametrize("kept", ["sh:deactivated true", "a rdfs:Class"])
def test_targets_stay_where_moving_would_change_something(kept: str) -> None:
    shapes = parsed(
        f":S a sh:NodeShape ; sh:targetNode :a ; {kept} ; sh:property :P . :P sh:path rdfs:label ."
    )
    assert set(batched(shapes)) == set(shapes)


def test_a_shape_that_others_use_keeps_its_properties() -> None:
    shapes = parsed(":S sh:targetNode :a ; sh:property :P . :P sh:path rdfs:label . :T sh:node :S .")
    assert set(batched(shapes)) == set(shapes)


def test_moved_targets_stand_at_the_property() -> None:
    moved = batched(parsed(":S a sh:NodeShape ; sh:targetNode :a ; sh:property :P . :P sh:path rdfs:label ."))
    assert (URIRef(EX + "P"), SH.targetNode, URIRef(EX + "a")) in moved
    assert (URIRef(EX + "S"), SH.property, None) not in moved


def test_blank_focus_node_is_written_as_one() -> None:
    data = Graph()
    data.add((BNode("b0"), RDF.type, URIRef(EX + "C")))
    shapes = parsed(":S sh:targetClass :C ; sh:property :P . :P sh:path rdfs:label ; sh:minCount 1 .")
    turtle = validate_graph(data, shapes).turtle()
    assert len(list(Graph().parse(data=turtle, format="turtle").objects(None, SH.focusNode))) == 1


PLAN = """
:reference { :plan a bkg:BudgetPlan ; rdfs:label "甲"@zh ; bkg:statedBy :d, :e ;
    bkg:hasForm form:project-table ; bkg:hasDepartment :x ; bkg:hasDivision division:440112 . }
:one { :d bkg:statesPlan :plan . :plan bkg:listsIndicator :i, :k .
    :i bkg:hasTarget :a . :a a bkg:AnnualTarget . :k bkg:hasTarget :c . :c a bkg:PeriodTarget . }
:two { :e bkg:statesPlan :plan . :plan bkg:listsIndicator :j, :l .
    :j bkg:hasTarget :b . :b a bkg:AnnualTarget . :l bkg:hasTarget :m . :m a bkg:PeriodTarget . }
"""


def test_each_document_is_validated_with_the_description_of_its_plan(tmp_path: Path) -> None:
    """Its year is said of the plan alone; whether values for the period are wanted, its targets say."""
    names = ("bkg", "division", "form", "rdfs")
    head = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in names)
    file = tmp_path / "graphs.trig"
    file.write_text(f"@prefix : <{EX}> .\n{head}{PLAN}", encoding="utf-8")
    found = [(r.rule.rpartition("/")[2], r.focus) for r in validate_path(file).results]
    lacking = [focus for rule, focus in found if rule == "indicator-without-period-target"]
    assert sorted(lacking) == [f"{EX}i", f"{EX}j"]
    # What is wrong with the plan is reported once, though two documents state it.
    assert found.count(("plan-year-missing", f"{EX}plan")) == 1


def test_importing_costs_no_heavy_library() -> None:
    code = (
        "import sys, budgetkg.validation, budgetkg.codelists; print({'rdflib','pyshacl'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
