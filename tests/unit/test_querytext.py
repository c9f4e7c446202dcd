"""A query's text: its form, what is refused, how parameters are bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store, Variable

from budgetkg.errors import QueryError
from budgetkg.store.querytext import bound, has_dataset_clause, prologue, query_form, tokens
from budgetkg.vocab import XSD

FIVE = Literal("5", datatype=XSD.integer)
HOSTILE = ['"', "'", "\\", "'''", '"""', "}", "# ", "\n", "\u202e", '" } INSERT', "$x ?x", "\\u0022", "<>"]


def ask(text: str) -> list[list[str | None]]:
    found = Store().query(text)
    return [[row[name].value if row[name] else None for name in found.variables] for row in found]


@given(st.text(alphabet=st.sampled_from([*"?$<>\"'\\#{}() \nab:._-%@^1中"]), max_size=60))
def test_tokens_join_to_the_text_again(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("# INSERT\nPREFIX delete: <http://e/insert>\nask {}", "ASK"),
        ("BASE <http://e/> construct {?s ?p ?o} where {?s ?p ?o}", "CONSTRUCT"),
        ("DESCRIBE <http://e/service>", "DESCRIBE"),
        ("SELECT ?service { ?service <http://e/load> 'CLEAR ALL; SERVICE <x> {}' }", "SELECT"),
        ("PREFIX service: <http://e/> SELECT * { ?s service:insert service:service }", "SELECT"),
    ],
)
def test_form_is_read(text: str, form: str) -> None:
    assert query_form(text) == form


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://e/a> <http://e/b> 1 }",
        "PREFIX e: <http://e/> DELETE WHERE { ?s ?p ?o }",
        "WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "clear all",
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { service SILENT ?where { ?s ?p ?o } }",
        "",
        "# only a remark",
    ],
)
def test_what_writes_or_reaches_out_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        query_form(text)


def test_dataset_clause_is_seen_outside_strings_only() -> None:
    assert has_dataset_clause("SELECT * FROM <http://e/g> {}")
    assert not has_dataset_clause("SELECT ?from { ?from <http://e/from> 'FROM <x>' } # FROM")


def test_default_in_a_values_block_is_exchanged() -> None:
    text = "SELECT ?n ?limit { VALUES ?n { 1 5 9 } VALUES ?limit { 20 } FILTER(?n <= ?limit) }"
    assert len(ask(text)) == 3
    assert ask(bound(text, {"limit": FIVE})) == [["1", "5"], ["5", "5"]]


def test_a_variable_without_default_is_replaced_wherever_it_stands() -> None:
    text = "SELECT ?n ?limit { { SELECT ?n { VALUES ?n { 1 5 9 } FILTER(?n <= $limit) } } }"
    assert ask(bound(text, {"limit": FIVE})) == [["1", "5"], ["5", "5"]]


def test_a_variable_in_a_string_or_comment_stays() -> None:
    text = "SELECT ?n { # ?limit\n BIND('?limit' AS ?n) FILTER(5 = ?limit) }"
    assert ask(bound(text, {"limit": FIVE})) == [["?limit"]]


def test_unknown_parameter_is_an_error() -> None:
    with pytest.raises(QueryError, match="nothing"):
        bound("SELECT * {}", {"nothing": FIVE})


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=5)), max_size=6).map("".join))
def test_whatever_a_literal_holds_it_stays_one_term(value: str) -> None:
    if any(0xD800 <= ord(character) <= 0xDFFF for character in value):
        return
    for text in ("SELECT ?x { VALUES ?x { 1 } }", "SELECT ?x { BIND(?x AS ?y) }"):
        assert ask(bound(text, {"x": Literal(value)})) == [[value]]


def test_iri_is_bound_as_an_iri() -> None:
    found = Store().query(bound("SELECT ?x { VALUES ?x { UNDEF } }", {"x": NamedNode("http://e/名")}))
    assert [row[Variable("x")] for row in found] == [NamedNode("http://e/名")]


def test_prologue_declares_what_is_used_and_not_declared() -> None:
    prefixes = {"a": "http://a/", "b": "http://b/", "c": "http://c/"}
    text = "PREFIX b: <http://bb/> SELECT * { a:x b:y 'c:z' }"
    assert prologue(text, prefixes) == "PREFIX a: <http://a/> "


def test_a_parameter_is_exchanged_in_each_of_its_blocks() -> None:
    text = "SELECT ?n { VALUES ?limit { 1 } { SELECT (?limit + 1 AS ?n) { VALUES ?limit { 2 } } } }"
    assert bound(text, {"limit": FIVE}).count(str(FIVE)) == 2
