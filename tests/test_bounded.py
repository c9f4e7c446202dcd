"""Local queries within limits: each breach is one line, and the next query is answered."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.command_line import budgetkg

from budgetkg.errors import QueryError, QueryTimeout
from budgetkg.store.bounded import BoundedStore
from budgetkg.store.embedded import EmbeddedStore
from budgetkg.store.worker import Limits

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
PROJECTS = "SELECT ?s ?o { ?s a bkg:Project ; rdfs:label ?o } ORDER BY ?s ?o"


@pytest.mark.parametrize(("opening", "closing"), [("{", "}"), ("{SELECT * {", "}}"), ("FILTER(", ")")])
@pytest.mark.parametrize("depth", [3_000, 20_000])
def test_depth_costs_one_line(opening: str, closing: str, depth: int, built: Path) -> None:
    store = BoundedStore(built / "store", Limits(seconds=20))
    with pytest.raises(QueryError):
        store.query("SELECT * {" + opening * depth + closing * depth + "} #" if opening != "{" else
                    "SELECT * " + opening * depth + closing * depth)  # fmt: skip
    assert store.query("ASK { ?s a bkg:Project }") is True
    store.close()


def test_time_and_memory_are_held(built: Path) -> None:
    store = BoundedStore(built / "store", Limits(seconds=1))
    began = time.monotonic()
    with pytest.raises(QueryTimeout, match="longer than 1 seconds"):
        store.query(ENDLESS)
    assert time.monotonic() - began < 5
    store.close()
    store = BoundedStore(built / "store", Limits(seconds=120, memory=128))
    with pytest.raises(QueryError, match="128 MiB"):
        store.query(HUNGRY)
    assert store.query("ASK { ?s a bkg:Project }") is True
    store.close()


def test_an_answer_has_an_end(built: Path) -> None:
    store = BoundedStore(built / "store", Limits(answer=1 << 20))
    with pytest.raises(QueryError, match="larger than 1 MiB"):
        store.query("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    store.close()


def test_answers_are_those_of_the_engine(built: Path) -> None:
    bounded, plain = BoundedStore(built / "store"), EmbeddedStore(built / "store")
    for text in (PROJECTS, "ASK { ?s a bkg:Nothing }", "DESCRIBE tier:11"):
        assert bounded.query(text) == plain.query(text)
    assert bounded.graphs() == plain.graphs()
    bounded.close()
    plain.close()


def test_the_command_says_one_line(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = tmp_path / "q.rq"
    query.write_text(ENDLESS)
    out, err = budgetkg(capsys, "query", query, "--store", built, "--timeout", "1", code=1)
    assert not out
    assert err == "budgetkg: the query took longer than 1 seconds and was ended (--timeout)\n"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_program_leaves_no_query_behind(built: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text(ENDLESS)
    command = [sys.executable, "-m", "budgetkg", "query", str(query), "--store", str(built)]
    with subprocess.Popen(command) as parent:
        children: list[int] = []
        deadline = time.monotonic() + 30
        while not children and time.monotonic() < deadline:
            time.sleep(0.2)
            tasks = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
            children = [int(word) for word in tasks.read_text().split()]
        assert children
        time.sleep(0.5)
        os.kill(parent.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while any(map(_runs, children)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(_runs, children))


def _runs(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False
