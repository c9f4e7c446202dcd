"""Stored questions: headers, prefixes, parameters as terms, presentation."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from tests.memory import MemoryStore, store_of, texts
from tests.records import document, indicator, project, unit

from budgetkg.errors import BudgetkgError, QueryError, UnknownName
from budgetkg.parameters import Value
from budgetkg.queries import (
    Question,
    presented,
    question,
    questions,
    read_question,
    sanity_checks,
    with_prefixes,
)
from budgetkg.store.querytext import tokens
from budgetkg.store.results import Solutions
from budgetkg.vocab import PREFIXES, XSD

ECHO = """#+ summary: Say it again
#+ summary_zh: 再说一遍
#+ parameter: said string nothing | what to say | 说什么
#+ columns: said
SELECT ?said WHERE { VALUES ?said { "nothing" } }
"""


def samples() -> MemoryStore:
    projects = [project(f"项目{n}", str(n), indicators=(indicator(),)) for n in range(1, 6)]
    return store_of([document(units_of_use=(unit(*projects),))])


def code(text: str) -> str:
    return "".join(token.text for token in tokens(text) if token.kind != "blank")


@pytest.mark.parametrize("found", questions(), ids=lambda found: found.slug)
def test_headers_are_complete(found: Question) -> None:
    assert found.summary.endswith("?")
    assert found.summary_zh.endswith("？")
    assert len(set(found.columns)) == len(found.columns) > 0
    for parameter in found.parameters:
        assert parameter.summary
        assert parameter.summary_zh


@pytest.mark.parametrize("found", questions(), ids=lambda found: found.slug)
def test_a_default_is_the_same_in_header_and_query(found: Question) -> None:
    for parameter in found.parameters:
        if parameter.name not in (found.limit, *found.narrowing) and parameter.kind != "table":
            default, written = parameter.default, parameter.default
            if parameter.kind in ("string", "theme"):
                written = f'"{default}"'
            elif parameter.kind == "year" and default:
                written = str(int(default))
            assert f"VALUES?{parameter.name}{{{written}}}" in code(found.text)


@pytest.mark.parametrize("found", questions(), ids=lambda found: found.slug)
def test_a_question_asks_the_default_graph(found: Question) -> None:
    keywords = {token.keyword for token in tokens(found.text)}
    assert not keywords & {"GRAPH", "FROM"}


def test_the_row_and_the_cell_of_evidence_are_spelt_alike_everywhere(root: Path) -> None:
    """A query is whole as it stands, so the words are repeated; a second spelling would be a second rule."""
    paths = [
        *(root / "queries").rglob("*.*"),
        *(root / "shapes").rglob("*.ttl"),
        *(root / "docs").rglob("*.md"),
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    rows = re.findall(r'IRI\(REPLACE\(STR\(\?\w+\), "#char=\.\*", ""\)\)', text)
    assert len(rows) == text.count('"#char=.*') > 10
    cells = re.findall(r'STRAFTER\(STR\(\?\w+\), "#char="\)', text)
    assert len(cells) == len(re.findall(r"STRAFTER\([^\n]*#char=", text)) > 5


@pytest.mark.parametrize("found", [*questions(), *sanity_checks()], ids=lambda found: found.slug)
def test_rows_come_in_an_order(found: Question) -> None:
    assert "ORDER BY" in found.text
    assert "FROM" not in {token.keyword for token in tokens(found.text)}


@pytest.mark.parametrize("found", questions(), ids=lambda found: found.slug)
def test_a_row_says_what_it_is_about_in_its_last_columns(found: Question) -> None:
    assert found.subjects
    assert not set(found.subjects) & set(found.columns)
    answer = samples().query(found.sparql(), {})
    assert isinstance(answer, Solutions)
    assert answer.variables[-len(found.subjects) :] == found.subjects


def test_an_unknown_question_names_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="largest-projects"):
        question("largest-project")


def test_a_broken_header_is_named() -> None:
    with pytest.raises(BudgetkgError, match="limit"):
        read_question("broken", "#+ parameter: limit whole 20\nASK {}")


def test_prefixes_used_are_put_in_front_and_no_others() -> None:
    text = with_prefixes('SELECT * { ?s bkg:goalText "skos:x" ; rdfs:label ?l # org:y\n }')
    assert text.startswith(f"PREFIX bkg: <{PREFIXES['bkg']}>\nPREFIX rdfs: <{PREFIXES['rdfs']}>\nSELECT")


def test_a_prefix_the_query_declares_stays_its_own() -> None:
    text = "PREFIX bkg: <https://other.example/> SELECT * { ?s bkg:p ?o }"
    assert with_prefixes(text) == text


def test_rows_are_numbered_and_cut() -> None:
    asked = question("largest-projects")
    rows = texts(asked.ask(samples(), {"limit": "2"}))
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("1", "项目5", "50000.00"),
        ("2", "项目4", "40000.00"),
    ]
    assert len(texts(asked.ask(samples()))) == 5
    assert texts(asked.ask(samples(), {"limit": 0})) == []
    assert texts(asked.ask(samples(), {"limit": -1})) == []


@pytest.mark.parametrize(("at_least", "rows"), [(1, 1), ("5", 1), (6, 0), (Literal(5), 1)])
def test_a_parameter_reaches_the_query(at_least: Value, rows: int) -> None:
    answer = question("boilerplate-indicators").ask(samples(), {"at_least": at_least})
    assert len(texts(answer)) == rows


@pytest.mark.parametrize("value", ["x", "", "1.5", "٣", "3 } #", "9" * 19])
def test_what_is_no_integer_is_refused(value: str) -> None:
    with pytest.raises(QueryError, match=r"boilerplate-indicators: parameter at_least"):
        question("boilerplate-indicators").bind({"at_least": value})


def test_an_unknown_parameter_names_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="at_least"):
        question("boilerplate-indicators").bind({"atleast": "3"})
    with pytest.raises(UnknownName, match="year"):
        question("repeated-rows").bind({"limit": "3"})


def test_a_required_parameter_is_required() -> None:
    asked = read_question("q", ECHO.replace("string nothing", "string required"))
    with pytest.raises(QueryError, match="said is required"):
        asked.bind({})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_string_is_bound_whole_whatever_it_holds(said: str) -> None:
    assert texts(read_question("echo", ECHO).ask(MemoryStore([]), {"said": said})) == [(said,)]


@pytest.mark.parametrize("said", ['" } } DROP ALL #', "\\", "}", "\n#", "'''", '"@zh', "<x>", "\u202e"])
def test_no_value_breaks_out_of_its_literal(said: str) -> None:
    assert texts(read_question("echo", ECHO).ask(MemoryStore([]), {"said": said})) == [(said,)]


@pytest.mark.parametrize(
    ("kind", "text", "term"),
    [
        ("integer", "-3", Literal("-3", datatype=XSD.integer)),
        ("decimal", "1.50", Literal("1.50", datatype=XSD.decimal)),
        ("year", "2023", Literal("2023", datatype=XSD.integer)),
        ("string", "3", Literal("3")),
        ("iri", "https://w3id.org/x", NamedNode("https://w3id.org/x")),
    ],
)
def test_each_kind_makes_its_term(kind: str, text: str, term: Literal | NamedNode) -> None:
    asked = read_question("q", ECHO.replace("string nothing", f"{kind} required"))
    assert asked.bind({"said": text}) == {"said": term}


@pytest.mark.parametrize(
    ("kind", "text"), [("iri", "no iri"), ("iri", "a> <b"), ("year", "23"), ("decimal", "NaN")]
)
def test_each_kind_refuses_the_rest(kind: str, text: str) -> None:
    asked = read_question("q", ECHO.replace("string nothing", f"{kind} required"))
    with pytest.raises(QueryError, match=f"is no {kind}"):
        asked.bind({"said": text})


def test_a_query_without_header_lets_any_variable_be_bound() -> None:
    asked = read_question("mine", "SELECT ?x ?y WHERE { BIND(?z AS ?x) }")
    assert asked.bind({"z": "<https://w3id.org/x>"}) == {"z": NamedNode("https://w3id.org/x")}
    assert texts(asked.ask(MemoryStore([]), {"z": "甲"})) == [("甲", "")]
    with pytest.raises(UnknownName, match="x, y, z"):
        asked.bind({"w": "1"})


@pytest.mark.parametrize(
    "text", ["INSERT DATA { <a:a> <a:b> 1 }", "DROP ALL", "", "SELECT * { SERVICE <a:a> {} }"]
)
def test_updates_and_nonsense_are_refused(text: str) -> None:
    with pytest.raises(QueryError):
        read_question("mine", text).ask(MemoryStore([]))


def test_amounts_have_two_decimals_and_shares_four() -> None:
    def decimal(text: str) -> Literal:
        return Literal(text, datatype=XSD.decimal)

    answer = Solutions(
        ("total_yuan", "yuan", "share", "share_of_x", "count", "yuan_per_x"),
        ((decimal("55200"), decimal("0.005"), decimal("0.66666"), None, decimal("3"), Literal("甲")),),
    )
    assert texts(presented(answer)) == [("55200.00", "0.01", "0.6667", "", "3", "甲")]


def test_an_amount_too_long_to_round_stays_as_it_is() -> None:
    long = Literal(str(Decimal(10) ** 40), datatype=XSD.decimal)
    assert presented(Solutions(("yuan",), ((long,),))).rows == ((long,),)


def test_a_question_that_is_no_select_is_answered_too() -> None:
    assert read_question("ask", "ASK { GRAPH ?g { ?s ?p ?o } }").ask(samples()) is True
