"""Search finds what people type: two characters, pinyin, initials, traditional characters."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from budgetkg.web.pages.search_index import MOST_HITS, Index

ROW = {"also": None, "owner": None, "district": None, "department": None, "fiscal_year": None,
       "year_basis": None,       "theme": None, "tier1": None}  # fmt: skip


def rows(*names: str, kind: str = "indicator") -> Index:
    return Index(
        [{**ROW, "kind": kind, "name": name, "thing": f"u:{place}"} for place, name in enumerate(names)]
    )


@pytest.mark.parametrize(
    "typed", ["电影", "电影放映", "电影 场次", "dianying", "dyfy", "電影", "ＤＩＡＮＹＩＮＧ"]
)
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    pytest.importorskip("pypinyin", reason="search by pinyin is not installed")
    found = rows("电影放映场次", "新闻报道篇数", "图书馆开放天数").hits(typed)
    assert [row["name"] for row in found] == ["电影放映场次"]


def test_nothing_is_found_for_nothing() -> None:
    assert rows("电影").hits("  ") == []
    assert rows("电影").hits('"') == []
    assert rows("电影").hits('a" OR 1') == []


def test_kinds_come_in_their_order_and_the_shortest_name_first() -> None:
    some = Index([
        {**ROW, "kind": "indicator", "name": "电影", "thing": "u:1"},
        {**ROW, "kind": "project", "name": "公益电影放映", "thing": "u:2"},
        {**ROW, "kind": "project", "name": "电影放映", "thing": "u:3"},
    ])  # fmt: skip
    assert [row["thing"] for row in some.hits("电影")] == ["u:3", "u:2", "u:1"]


def test_a_hundred_thousand_texts_are_searched() -> None:
    many = rows(
        *(f"第{place}项工作的完成数量（{place % 977}号点位）" for place in range(100_000)), kind="finding"
    )
    counts = {typed: len(many.hits(typed)) for typed in ("第99999项", "数量", "没有的词", "完成 第123项")}
    assert counts == {"第99999项": 1, "数量": MOST_HITS, "没有的词": 0, "完成 第123项": 1}


def test_hits_lead_to_pages_and_names_are_suggested(client: TestClient) -> None:
    page = client.get("/search?q=电影").text
    assert "/doc/id/document/" in page
    names = client.get("/search.json?q=电影").json()
    assert names
    assert all(isinstance(name, str) for name in names)
