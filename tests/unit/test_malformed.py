"""A malformed query is named by its own line and column, not by where the engine's look ahead ended."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetkg
from budgetkg.errors import QueryError
from budgetkg.store.embedded import EmbeddedStore
from budgetkg.store.worker import Asked, Limits, Worker

CASES = [
    ("SELECT * {\n ?s a bkg:Project . ?s }\n\n", "line 2, column 24, at }"),
    ("SELECT * {\n ?s a\n }\n", "line 3, column 2, at }"),
    ("SELECT * { nonsense }", "line 1, column 12, at nonsense"),
    ("ASK {", "line 1, column 6, at its end"),
    ("SELECT * {\n  ?s zzz:name ?o }", "line 2, column 6, at zzz:name: Prefix not found"),
    ("SELECT ?s\nWHER { ?s ?p ?o }\nORDER BY ?s", "line 2, column 1, at WHER"),
    ("SELECT * { ?s a '项目 }\n", "line 1, column 17, at '"),
    ("SELECT * { FILTR(?x) }", "line 1, column 12, at FILTR"),
    ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "The SELECT contains a variable that is unbound"),
    ("SELECT * { ?s '''one\ntwo\a''' }", "line 1, column 15, at '''one two\N{REPLACEMENT CHARACTER}'''"),
    ("SELECT * {} SELECT * {}", "line 1, column 13, at SELECT"),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_the_place_is_the_users(built: Path, text: str, words: str) -> None:
    worker = Worker(built / "store", Limits())
    try:
        with pytest.raises(QueryError) as inside:
            list(worker.ask(Asked(text)))
    finally:
        worker.end()
    store = EmbeddedStore(built / "store")
    with pytest.raises(QueryError) as here:
        store.query(text)
    store.close()
    assert words in str(here.value)
    assert str(inside.value) == str(here.value)
    assert "\\u{" not in str(here.value), "no grammar"
    assert "\n" not in str(here.value)


def test_lines_that_we_put_above_are_not_counted(built: Path) -> None:
    with (
        budgetkg.open(built) as graph,
        pytest.raises(QueryError, match="line 2, column 3, at nonsense"),
    ):
        graph.query("SELECT * { ?s a bkg:Project ; rdfs:label ?l .\n  nonsense }")
