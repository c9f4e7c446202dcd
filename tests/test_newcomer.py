"""The simplest query that a newcomer writes gives the right answer, wherever the graph is loaded.

``tests/newcomer/`` holds such queries, each with the answer that plain Python finds in the records.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pytest
from tests.endpoints import UNION, serving
from tests.memory import texts
from tests.oracle_newcomer import ANSWERS
from tests.rdflib_store import RdflibStore, turtle

import budgetkg
from budgetkg.forms import parse_document
from budgetkg.queries import with_prefixes
from budgetkg.schema_json import document_json
from budgetkg.store import Store
from budgetkg.store.querytext import tokens
from budgetkg.store.remote import RemoteStore

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = ROOT / "tests" / "newcomer"
SLUGS = sorted(path.stem for path in WRITTEN.glob("*.rq"))
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


def query(slug: str) -> str:
    return (WRITTEN / f"{slug}.rq").read_text(encoding="utf-8")


def expected(slug: str) -> list[list[str]]:
    with (WRITTEN / f"{slug}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@cache
def records() -> list[object]:
    paths = sorted((ROOT / "examples").glob("*.txt"))
    return [document_json(read) for path in paths for read in parse_document(path.read_bytes(), path.name)]


def alike(rows: Iterable[Iterable[str]]) -> list[tuple[str, ...]]:
    """Rows in an order of their own; 100, 100.0 and 1E+2 are one number."""
    return sorted(tuple(map(number, row)) for row in rows)


def number(cell: str) -> str:
    try:
        return f"{Decimal(cell).normalize():f}"
    except InvalidOperation:
        return cell


@pytest.fixture(scope="module", params=["embedded", "server", "turtle"])
def store(request: pytest.FixtureRequest, built: Path) -> Iterator[Store]:
    if request.param == "server":
        with serving(built, UNION) as url:
            yield RemoteStore(url)
        return
    with budgetkg.open(built) as graph:
        yield graph.store if request.param == "embedded" else RdflibStore(turtle(graph))


def test_each_query_has_its_answer_and_its_oracle() -> None:
    assert SLUGS == sorted(ANSWERS) == sorted(path.stem for path in WRITTEN.glob("*.csv"))
    assert len(SLUGS) >= 10


@pytest.mark.parametrize("slug", SLUGS)
def test_it_is_as_short_as_a_newcomer_writes(slug: str) -> None:
    keywords = {token.keyword for token in tokens(query(slug))}
    assert len(query(slug).splitlines()) <= 5
    assert not keywords & {"GRAPH", "FROM", "FILTER", "OPTIONAL", "DISTINCT", "LANG", "STR"}


@pytest.mark.parametrize("slug", SLUGS)
def test_it_is_answered_right(slug: str, store: Store) -> None:
    header, *rows = expected(slug)
    answer = store.query(with_prefixes(query(slug)))
    assert getattr(answer, "variables", None) == tuple(header)
    assert alike(texts(answer)) == alike(rows)


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_written_down_is_what_plain_python_finds(slug: str) -> None:
    _, *rows = expected(slug)
    assert alike(rows) == alike(ANSWERS[slug](records()))  # type: ignore[arg-type]
