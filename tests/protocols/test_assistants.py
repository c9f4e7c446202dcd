"""`budgetkg mcp` as an assistant meets it: the protocol's own client, over standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

mcp = pytest.importorskip("mcp", reason="the package mcp is not installed")


def talk(directory: Path, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The tools' names, then what each call gives: JSON, or the error's line."""

    async def session() -> list[Any]:
        command = ["-m", "budgetkg", "mcp", str(directory), "--timeout", "5"]
        server = mcp.StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ))
        found: list[Any] = []
        async with mcp.Client(server) as client:
            found.append({tool.name: tool for tool in (await client.list_tools()).tools})
            for name, arguments in calls:
                result = await client.call_tool(name, arguments)
                text = result.content[0].text
                found.append(text if result.is_error else json.loads(text))
        return found

    return asyncio.run(session())


def test_an_assistant_finds_asks_explains(built: Path) -> None:
    tools, found, listed, asked, rows = talk(
        built,
        ("search", {"text": "黄埔区"}),
        ("list_questions", {}),
        ("ask", {"slug": "largest-projects", "parameters": {"limit": "2"}}),
        ("sparql", {"query": "SELECT (COUNT(?p) AS ?n) { ?p a bkg:Project }"}),
    )
    assert set(tools) == {"search", "list_questions", "ask", "explain", "sparql"}
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools.values())
    assert found["results"][0]["iri"].endswith("/code/division/440112")
    assert "largest-projects" in [one["slug"] for one in listed["questions"]]
    assert all(row["file"] and row["quote"] for row in asked["rows"])
    assert rows["rows"] == [{"n": 27}]


def test_explanations_have_sources(built: Path) -> None:
    _, rows = talk(built, ("sparql", {"query": "SELECT ?p { ?p a bkg:Project } ORDER BY ?p LIMIT 1"}))
    _, explained = talk(built, ("explain", {"name": rows["rows"][0]["p"]}))
    assert explained["iri"] == rows["rows"][0]["p"]
    assert any(place["quote"] for one in explained["statements"] for place in one["places"])


def test_errors_are_lines_and_limits_hold(built: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    told = talk(
        built,
        ("sparql", {"query": "SELECT * {\n nonsense }"}),
        ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> {} }"}),
        ("sparql", {"query": "DROP ALL"}),
        ("sparql", {"query": endless}),
        ("ask", {"slug": "nothing"}),
        ("ask", {"slug": "budget-per-head", "parameters": {"population": "/etc/passwd"}}),
        ("sparql", {"query": "ASK {}"}),
    )[1:]
    words = ("line 2, column 2", "SERVICE", "read-only", "5 seconds", "nothing", "population")
    assert all(word in line for word, line in zip(words, told, strict=False)), told
    assert told[-1] == {"boolean": True}, "and the server goes on"


def test_rows_come_in_pages(built: Path) -> None:
    query = {"query": "SELECT ?i { ?i oa:hasSource ?document } ORDER BY ?i"}
    _, first, second = talk(built, ("sparql", query), ("sparql", query | {"page": 2}))
    assert first["is_cut"] is True
    assert second["is_cut"] is False
    assert len(first["rows"]) + len(second["rows"]) == first["total"]
