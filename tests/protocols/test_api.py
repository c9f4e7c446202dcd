"""`/api/questions`: the stored questions as JSON, paged, with errors that stay the same."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from tests.protocols.served import Served

import budgetkg
from budgetkg.queries import questions


def test_every_question_is_listed(served: Served) -> None:
    listed = served.ask("/api/questions").json
    assert [one["slug"] for one in listed["questions"]] == [one.slug for one in questions()]
    assert listed["total"] == len(questions())
    described = served.ask("/openapi.json").json
    assert {f"/api/questions/{one.slug}" for one in questions()} < set(described["paths"])


def test_an_answer_is_the_librarys(served: Served, built: object) -> None:
    told = served.ask("/api/questions/largest-projects", fields={"limit": "7"}).json
    with budgetkg.open(str(built)) as graph:
        rows = graph.ask("largest-projects", limit=7)
    assert told["columns"] == list(rows.columns)
    assert [row["project"] for row in told["rows"]] == [row["project"] for row in rows]
    assert [row["amount_yuan"] for row in told["rows"]] == [str(row["amount_yuan"]) for row in rows]
    assert [row["rank"] for row in told["rows"]] == list(range(1, 8))


def test_pages_join_to_the_whole(served: Served) -> None:
    whole = served.ask("/api/questions/largest-projects").json
    part = served.ask("/api/questions/largest-projects?per_page=6").json
    rows = list(part["rows"])
    while "next" in part:
        where = urlsplit(part["next"])
        part = served.ask(f"{where.path}?{where.query}").json
        rows += part["rows"]
    assert rows == whole["rows"]
    assert served.ask("/api/questions/largest-projects?page=999").json["rows"] == []


def test_rows_say_where_they_are_printed(served: Served) -> None:
    told = served.ask("/api/questions/largest-projects?limit=2&evidence=true").json
    assert {"file", "page", "quote"} <= set(told["columns"])
    assert all(row["quote"] for row in told["rows"])


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/questions/nothing", 404, "no-question"),
        ("/api/questions/largest-projects?limits=3", 400, "no-parameter"),
        ("/api/questions/largest-projects?limit=many", 400, "parameter-value"),
        ("/api/questions/largest-projects?page=0", 400, "api-number"),
        ("/api/questions/largest-projects?per_page=1e9", 400, "api-number"),
        ("/api/questions/largest-projects?limit=1&limit=2", 400, "api-twice"),
        ("/api/questions/largest-projects?evidence=yes", 400, "api-truth"),
        ("/api/questions/tasks-by-theme?theme=zzz", 400, "parameter-unknown"),
        ("/api/questions/budget-per-head?population=/etc/passwd", 400, "no-parameter"),
    ],
)
def test_errors_have_codes(served: Served, path: str, status: int, code: str) -> None:
    answer = served.ask(path)
    assert (answer.status, answer.json["error"]["code"]) == (status, code), answer.text
    assert answer.json["error"]["message_zh"] != answer.json["error"]["message"]


def test_no_file_of_the_machine_can_be_named(served: Served) -> None:
    """Tables are parameters that the command line reads from a file."""
    tables = {
        parameter.name for one in questions() for parameter in one.parameters if parameter.kind == "table"
    }
    assert tables, "there is such a question"
    listed = served.ask("/api/questions").json["questions"]
    assert not tables & {parameter["name"] for one in listed for parameter in one["parameters"]}
    paths = served.ask("/openapi.json").json["paths"]
    given = {one["name"] for path in paths.values() for one in path["get"]["parameters"]}
    assert not tables & given


def test_an_answer_can_be_kept(served: Served) -> None:
    first = served.ask("/api/questions/largest-projects")
    assert first.headers["access-control-allow-origin"] == "*"
    assert served.ask("/api/questions/largest-projects", if_none_match=first.headers["etag"]).status == 304


def test_schemathesis_finds_nothing(served: Served) -> None:
    """A sample of its cases for every path; the description is what answers are held to."""
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
    hypothesis = pytest.importorskip("hypothesis")
    schema = schemathesis.openapi.from_url(f"{served.url}/openapi.json")
    paths = [path for path in schema if path.count("/") == 3][::6]
    for path in ["/api/questions", *paths]:
        strategy = schema[path]["GET"].as_strategy()

        @hypothesis.settings(
            max_examples=15, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        )  # fmt: skip
        @hypothesis.given(case=strategy)
        def run(case: object) -> None:
            case.call_and_validate()  # type: ignore[attr-defined]

        run()
