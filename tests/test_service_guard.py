"""No query reaches another endpoint, however SERVICE is spelt: a listener on loopback counts visits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from tests.listener import Listener, listening

from budgetkg.errors import QueryError
from budgetkg.processes.network import can_give_up_network
from budgetkg.store.bounded import BoundedStore
from budgetkg.store.embedded import EmbeddedStore
from budgetkg.store.federation import reaches_out
from budgetkg.store.remote import RemoteStore
from budgetkg.vocab import XSD

BEFORE = (
    "?s <u:b> true.", "?s <u:b> true", "?s <u:b> ?o .#c\r", "?s <u:b> ?o . # c\r\n", "?s ?p ?o.",
    "VALUES ?v {1}", "VALUES ?v {'SERVICE'}", "FILTER(true)", "BIND(1 AS ?v)", "{} ", "?s <u:b> ?o.#\r#\r",
    '?s ?p "x"^^<u:x>.', "OPTIONAL {} ", "?s ?p '''a'b'''@en.", "?s ?p ?o;.", "VALUES ?SERVICE {1}",
    "?s ?p 1.", "?s ?p 1.0", "?s ?p 1e0", "?s ?p [].",
)  # fmt: skip
WORDS = ("SERVICE", "service", "sErViCe", "SERVICE SILENT", "SERVICE#c\r", "SERVICE\t\n")
AROUND = (
    "SELECT * { %s }", "ASK { %s }", "SELECT * { { SELECT * { %s } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { %s }",
    "SELECT * { GRAPH ?g { %s } }", "SELECT * { FILTER EXISTS { %s } }", "SELECT * { {} UNION { %s } }",
    "PREFIX SERVICE: <u:x> SELECT * FROM <u:g> { %s }", "DESCRIBE ?s { %s }",
)  # fmt: skip
ESCAPED = (
    "\\u0053ERVICE",
    "SERVIC\\u0045",
    "\\U00000053ERVICE",
    "SER\\u0056ICE",
    "\u017fERVICE",
    "SERV\u0130CE",
)


def variants(url: str) -> Iterator[str]:
    """Queries that name an endpoint, most of which the engine takes."""
    body = "{ ?x ?y ?z }"
    for number, (before, word) in enumerate(product(BEFORE, WORDS)):
        for around in (AROUND[number % len(AROUND)], AROUND[(number + 4) % len(AROUND)]):
            yield around % f"{before}{word}<{url}>{body}"
    for word in ESCAPED:
        yield f"SELECT * {{ VALUES ?v {{1}} {word} <{url}> {body} }}"
    host = url.partition("//")[2]
    yield f"SELECT * {{ VALUES ?e {{ <{url}> }} SERVICE ?e {body} }}"
    yield f"PREFIX e: <http://> SELECT * {{ SERVICE e:{host.replace('/', '%2F')} {body} }}"
    yield f"BASE <{url}> SELECT * {{ SERVICE <> {body} }}"
    yield f"PREFIX e: <{url}> SELECT * {{ SERVICE e: {body} }}"
    yield f"SELECT * {{ SERVICE <{url.replace('x', chr(92) + 'u0078')}> {body} }}"
    yield f"SELECT * FROM <{url}> {{ ?s ?p ?o }}"
    yield f"SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    yield f"LOAD <{url}>"
    yield f"SELECT * {{}} ; LOAD <{url}>"
    yield "SELECT * FROM <file:///etc/hosts> { ?s ?p ?o }"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A small store, in which the patterns before SERVICE find something."""
    path = tmp_path / "store"
    made = pyoxigraph.Store(str(path))
    for value in (Literal("true", datatype=XSD.boolean), Literal("x"), Literal("1", datatype=XSD.integer)):
        made.add(Quad(NamedNode("u:a"), NamedNode("u:b"), value, NamedNode("u:g")))
    made.flush()
    del made
    return path


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


@pytest.mark.parametrize("kind", [BoundedStore, EmbeddedStore])
def test_no_spelling_reaches_a_listener(
    kind: type[BoundedStore] | type[EmbeddedStore], store: Path, listener: Listener
) -> None:
    asked = list(variants(listener.url))
    assert len(asked) > 200
    opened = kind(store)
    for text in asked:
        with suppress(QueryError):
            opened.query(text)
    opened.close()
    assert listener.visits == []


def test_the_engine_alone_would_go_there(store: Path, listener: Listener) -> None:
    """What the guard is for: without it the same queries are fetched, so that the test above can fail."""
    engine = pyoxigraph.Store.read_only(str(store))
    taken = 0
    for text in variants(listener.url):
        before = len(listener.visits)
        with suppress(SyntaxError, OSError, RuntimeError, ValueError):
            found = engine.query(text, use_default_graph_as_union=True)
            if not isinstance(found, pyoxigraph.QueryBoolean):
                list(found)  # type: ignore[call-overload]
        if len(listener.visits) > before:
            taken += 1
            assert reaches_out(text), text
            assert reaches_out(text, {"http://other.example/"}), text
    assert taken > 100


def test_an_allowed_endpoint_lets_no_other_through(store: Path, listener: Listener) -> None:
    with listening() as allowed:
        opened = BoundedStore(store, services=frozenset({allowed.url}))
        for text in [*variants(listener.url), f"SELECT * {{ SERVICE <{allowed.url}> {{ ?s ?p ?o }} }}"]:
            with suppress(QueryError):
                opened.query(text)
        opened.close()
        assert allowed.visits
    assert listener.visits == []


def test_no_bypass_is_sent_to_an_endpoint(listener: Listener) -> None:
    """What an endpoint would be asked to fetch for us is refused here as well."""
    remote = RemoteStore(listener.url)
    for text in variants("http://other.example/x"):
        if "service" in text.lower() or "\\" in text:
            with pytest.raises(QueryError):
                remote.query(text)
    assert listener.visits == []


@pytest.mark.skipif(not can_give_up_network(), reason="this system can't take the network from a process")
def test_the_word_in_a_string_is_only_a_word(store: Path) -> None:
    opened = EmbeddedStore(store)
    assert opened.query("ASK { BIND('customer service <http://a.example/>' AS ?x) }") is True
    opened.close()


@pytest.mark.parametrize(
    "text",
    ["SELECT ?service { ?service a bkg:service }", "SELECT $SERVICE {}", "SELECT * { SERVICE <u:a> {} }"],
)
def test_names_and_allowed_addresses_stay_usable(text: str) -> None:
    assert not reaches_out(text, {"u:a"})
