"""Figures lead to what they stand for, quotes and tables hold nothing empty, nothing is told by its IRI."""

from __future__ import annotations

import html
import re

from starlette.testclient import TestClient
from tests.web.conftest import seen


def test_each_bar_leads_to_what_it_stands_for(client: TestClient) -> None:
    """A bar of a sum to the projects it sums up, one of a whole budget to the plan that prints it."""
    for path in ("/compare", "/questions/theme-budget-by-district", "/questions/target-kinds", "/"):
        page = client.get(path).text
        labels = re.findall(r"<dt>(.*?)</dt>", page)
        assert labels, path
        assert all(label.startswith("<a href=") for label in labels), path
    page = client.get("/compare?theme=电影放映&district=番禺区").text
    bar = html.unescape(re.findall(r'<dt><a href="([^"]*)"', page)[0])
    assert bar.endswith("#compare-projects")
    assert client.get(bar).status_code == 200


def test_a_quote_has_no_blank_lines_and_a_table_no_empty_column(client: TestClient) -> None:
    listed = seen(client.get("/questions/largest-projects").text).links
    for link in [link for link in listed if "/project/" in link][:4]:
        page = client.get(link).text
        quotes = re.findall(r"<blockquote>(.*?)</blockquote>", page, re.DOTALL)
        assert quotes
        assert not any(re.search(r"\n\s*\n", quote) for quote in quotes)
        for table in re.findall(r"<table>.*?</table>", page, re.DOTALL):
            rows = [re.findall(r"<td.*?</td>", row, re.DOTALL) for row in table.split("<tr>")[2:]]
            for column in zip(*rows, strict=True):
                assert any(re.sub(r"<[^>]*>", "", cell).strip() for cell in column)


def test_a_page_of_a_thing_has_words_for_what_has_no_name(client: TestClient) -> None:
    listed = [
        *seen(client.get("/documents").text).links,
        *seen(client.get("/questions/largest-projects").text).links,
    ]
    tried = [link for link in dict.fromkeys(listed) if link.startswith("/doc/id/document/")][:8]
    assert tried
    for link in tried:
        for language in ("zh", "en"):
            facts = client.get(f"{link}?lang={language}").text
            assert not re.search(r">(?:id|graph)/[^<]*</a>", facts), link
    hits = seen(client.get("/search?q=看内容应属").text).links
    finding = next(link for link in hits if "/finding/" in link)
    page = client.get(f"{finding}?lang=zh").text
    assert "sh:Info" not in page
    assert "列在" in page
    assert "stands under" not in page


def test_amounts_stand_once_with_their_unit_and_a_name_for_the_total(client: TestClient) -> None:
    listed = seen(client.get("/questions/largest-projects").text).links
    page = client.get(next(link for link in listed if "/project/" in link) + "?lang=zh").text
    facts, _, sections = page.partition("原文所在")
    assert "合计金额" not in facts
    assert "绩效指标" in facts
    table = sections.partition("金额：原文与元")[2].partition("</table>")[0]
    first = re.sub(r"<[^>]*>", " ", table.split("<tr>")[2]).split()
    assert first[0] == "合计"
    assert first[2] == "万元"
