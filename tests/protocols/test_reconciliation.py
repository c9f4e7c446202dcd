"""`/reconcile` by the W3C's schemas (Reconciliation API 0.2), with the requests that OpenRefine sends."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from tests.protocols.served import FORM, Answered, Served

jsonschema = pytest.importorskip("jsonschema")
referencing = pytest.importorskip("referencing")

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "standards" / "reconciliation-0.2" / "schemas"


@cache
def checker(name: str) -> Any:
    """The validator of a schema; schemas name each other by their file names."""
    if not SCHEMAS.is_dir():
        pytest.skip("../shared is not beside this clone")
    found = {path.name: json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.json")}
    registry = referencing.Registry()
    for schema in found.values():
        resource = referencing.Resource.from_contents(schema, referencing.jsonschema.DRAFT7)
        registry = registry.with_resource(schema["$id"], resource)
    return jsonschema.Draft7Validator(found[f"{name}.json"], registry=registry)


def valid(name: str, value: Any) -> Any:
    checker(name).validate(value)
    return value


def answered(name: str, answer: Answered) -> Any:
    assert answer.status == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    return valid(name, answer.json)


def reconcile(served: Served, queries: dict[str, Any], method: str = "POST") -> dict[str, list[Any]]:
    """A batch as OpenRefine sends it, request and answer by the schemas."""
    fields = {"queries": json.dumps(valid("reconciliation-query-batch", queries), ensure_ascii=False)}
    answer = (
        served.post("/reconcile", fields) if method == "POST" else served.ask("/reconcile", fields=fields)
    )
    found = answered("reconciliation-result-batch", answer)
    return {key: value["result"] for key, value in found.items()}


def test_the_manifest(served: Served) -> None:
    manifest = answered("manifest", served.ask("/reconcile"))
    assert manifest["view"]["url"] == f"{served.url}/{{{{id}}}}"
    assert manifest["identifierSpace"].endswith("/")
    assert {kind["id"] for kind in manifest["defaultTypes"]} == {
        "AdministrativeDivision", "Department", "Project", "Theme", "FundingSource",
    }  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_names_become_things(served: Served, method: str) -> None:
    found = reconcile(
        served,
        {
            "q0": {"query": "黄埔区", "type": "AdministrativeDivision", "type_strict": "should", "limit": 3},
            "q1": {"query": "Huangpu District"},
            "q2": {"query": "黄埔区委宣传部", "type": "Department", "limit": 5},
            "q3": {"query": "４４０１１２"},
            "q4": {"query": "公务接待", "type": "Theme"},
            "q5": {"query": "财政专户管理资金", "type": "FundingSource"},
            "q6": {"query": "zzzzqqqq"},
        },
        method,
    )
    huangpu = "code/division/440112"
    assert [found[key][0]["id"] for key in ("q0", "q1", "q3")] == [huangpu] * 3
    assert all(found[key][0]["match"] for key in ("q0", "q1", "q3", "q4", "q5"))
    assert found["q2"][0]["name"] == "中共广州市黄埔区委员会宣传部"
    assert found["q2"][0]["match"] is False, "near is not the same"
    assert found["q4"][0]["id"] == "code/theme/reception"
    assert found["q5"][0]["id"] == "code/funding-source/fiscal-special-account"
    assert found["q6"] == []
    for results in found.values():
        scores = [one["score"] for one in results]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= one["features"][0]["value"] <= 100 for one in results)


def test_properties_tell_namesakes_apart(served: Served) -> None:
    """The columns beside a name: OpenRefine sends a reconciled cell as an object, another as text."""
    found = reconcile(
        served,
        {
            "q0": {
                "query": "宣传部",
                "type": "Department",
                "properties": [{"pid": "division", "v": {"id": "code/division/440115", "name": "南沙区"}}],
            },
            "q1": {"properties": [{"pid": "division", "v": "番禺区"}], "type": ["Department"]},
            "q2": {"query": "x", "properties": [{"pid": "nothing", "v": [1, True, "a"]}]},
        },
    )
    assert "南沙区" in found["q0"][0]["name"]
    assert {"id": "property_division", "value": True} in found["q0"][0]["features"]
    assert [one["name"] for one in found["q1"]] == ["中国共产党广州市番禺区委员会宣传部"]


def test_projects_are_found_by_amount(served: Served) -> None:
    query = "SELECT ?n ?a { ?p a bkg:Project ; rdfs:label ?n ; bkg:hasTotal/bkg:amountYuan ?a } ORDER BY ?p"
    name, amount = (
        served.ask("/sparql", fields={"query": query, "format": "csv"}).text.splitlines()[1].split(",")
    )
    wanted = {"query": name, "type": "Project", "properties": [{"pid": "amount_yuan", "v": float(amount)}]}
    first = reconcile(served, {"q0": wanted})["q0"][0]
    assert (first["name"], first["match"]) == (name, True)


def test_suggestions(served: Served) -> None:
    entities = answered(
        "suggest-entities-response", served.ask(f"/reconcile/suggest/entity?prefix={quote('黄埔')}")
    )
    assert entities["result"][0]["id"] == "code/division/440112"
    after = served.ask(f"/reconcile/suggest/entity?prefix={quote('黄埔')}&cursor=1").json
    assert after["result"][: len(entities["result"]) - 1] == entities["result"][1:]
    types = answered("suggest-types-response", served.ask("/reconcile/suggest/type?prefix=depart"))
    assert [kind["id"] for kind in types["result"]] == ["Department"]
    found = answered(
        "suggest-properties-response", served.ask(f"/reconcile/suggest/property?prefix={quote('金额')}")
    )
    assert "amount_yuan" in [one["id"] for one in found["result"]]


def test_previews_and_flyouts(served: Served) -> None:
    preview = served.ask("/reconcile/preview?id=code%2Fdivision%2F440112")
    assert preview.kind == "text/html"
    assert "黄埔区" in preview.text
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    for kind, name in (("entity", "code/division/440112"), ("type", "Theme"), ("property", "code")):
        flyout = served.ask(f"/reconcile/flyout/{kind}?{urlencode({'id': name})}").json
        assert flyout["id"] == name
        assert flyout["html"].startswith("<p>")
    assert served.ask("/reconcile/preview?id=%3Cscript%3E").status == 404


def test_data_extension(served: Served) -> None:
    proposed = answered(
        "data-extension-property-proposal", served.ask("/reconcile/properties?type=AdministrativeDivision")
    )
    names = [one["id"] for one in proposed["properties"]]
    assert names == ["code", "within", "departments"]
    wanted = {
        "ids": ["code/division/440112", "code/division/440115", "code/division/999999"],
        "properties": [{"id": name, "settings": {"limit": "1"}} for name in names] + [{"id": "unknown"}],
    }
    fields = {"extend": json.dumps(valid("data-extension-query", wanted))}
    found = answered("data-extension-response", served.post("/reconcile", fields))
    assert found["rows"]["code/division/440112"]["code"] == [{"str": "440112"}]
    assert found["rows"]["code/division/440112"]["within"][0] == {
        "id": "code/division/440100",
        "name": "广州市",
    }
    assert found["rows"]["code/division/999999"] == {name: [] for name in [*names, "unknown"]}


@pytest.mark.parametrize(
    "queries", ["", "[]", "{", '{"q0": 1}', '{"q0": {}}', '{"q0": {"query": 1}}', "[" * 9000,
                '{"q0": {"query": "x", "properties": [{}]}}', '{"q0": {"query": "x", "limit": "many"}}'],
)  # fmt: skip
def test_what_is_no_query_is_refused(served: Served, queries: str) -> None:
    answer = served.post("/reconcile", {"queries": queries})
    assert answer.status == 400, answer.text
    assert answer.json["status"] == "error"


def test_other_bodies_are_refused(served: Served) -> None:
    assert served.ask("/reconcile", "POST", "{}", content_type="application/json").status == 415
    assert served.ask("/reconcile", "POST", b"queries=%ff", content_type=FORM).status == 400


def test_markup_in_a_name_stays_text() -> None:
    from budgetkg.web.protocols.reconciliation.index import Thing
    from budgetkg.web.protocols.reconciliation.properties import Value
    from budgetkg.web.protocols.reconciliation.showing import card

    thing = Thing("id/x", "Department", "<script>1</script>", ())
    shown = card(thing, {("id/x", "division"): [Value("<img>")]}, "http://x/'onclick='")
    assert "<script>" not in shown
    assert "<img>" not in shown
    assert "'onclick" not in shown
