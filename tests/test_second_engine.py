"""The stored questions on rdflib: standard SPARQL, over the exported files as anybody would load them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from tests.memory import texts
from tests.rdflib_store import RdflibStore, nquads, turtle

import budgetkg
from budgetkg.queries import Question, questions

# rdflib warns of its own internals.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture(scope="module", params=[turtle, nquads], ids=lambda made: made.__name__)
def second(request: pytest.FixtureRequest, built: Path) -> RdflibStore:
    made: Callable[[budgetkg.Graph], rdflib.Graph] = request.param
    with budgetkg.open(built) as graph:
        return RdflibStore(made(graph))


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.slug)
def test_two_engines_agree(asked: Question, second: RdflibStore, built: Path) -> None:
    with budgetkg.open(built) as graph:
        first = asked.ask(graph.store)
    assert sorted(texts(asked.ask(second))) == sorted(texts(first))
