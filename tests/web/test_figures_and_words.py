"""Figures lead to what they stand for, quotes and tables hold nothing empty, nothing is told by its IRI."""

from __future__ import annotations

import html
import re

from starlette.testclient import TestClient
from tests.web.conftest import seen

from budgetkg.queries import questions
from budgetkg.vocab import BKG
from budgetkg.web.addresses import document_path
from budgetkg.web.pages.words import catalogue


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
        for table in re.findall(r"<table .*?</table>", page, re.DOTALL):
            rows = [re.findall(r"<td.*?</td>", row, re.DOTALL) for row in table.split('<tr role="row">')[2:]]
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
    facts, _, sections = page.partition("金额：原文与元")
    assert "合计金额" not in facts
    assert "绩效指标" in facts
    assert "原文所在" in sections, "amounts come before the quotes"
    table = sections.partition("</table>")[0]
    first = re.sub(r"<[^>]*>", " ", table.split('<tr role="row">')[2]).split()
    assert first[0] == "合计"
    assert first[2] == "万元"


def _of_kind(client: TestClient, kind: str) -> list[str]:
    """The pages of things of a kind that the pages of documents lead to."""
    documents = [
        link for link in seen(client.get("/documents").text).links if link.startswith("/doc/id/document/")
    ]
    found = (link for page in dict.fromkeys(documents) for link in seen(client.get(page).text).links)
    return [link for link in dict.fromkeys(found) if f"/{kind}/" in link]


def test_a_part_says_what_it_is_part_of_and_values_of_the_same_words_say_which_they_are(
    client: TestClient,
) -> None:
    """An indicator names plan and project above its title; "100%" of the year and of the period differ."""
    pages = (client.get(f"{link}?lang=zh").text for link in _of_kind(client, "indicator"))
    page = next(page for page in pages if "年度目标值</small>" in page)
    above = re.findall(r'<nav class="above".*?</nav>', page, re.DOTALL)
    assert len(above) == 1
    assert "绩效目标" in above[0]
    facts = page.partition("原文所在")[0]
    assert "实施周期目标值</small>" in facts
    mentions = page.partition("提到它的")[2].partition("</section>")[0]
    assert not set(re.findall(r'href="([^"]*)"', above[0])) & set(re.findall(r'href="([^"]*)"', mentions))


def test_what_has_no_name_is_titled_by_what_it_is_and_is_about(client: TestClient) -> None:
    project = client.get(_of_kind(client, "project")[0] + "?lang=zh").text
    assignment = next(link for link in seen(project).links if "/theme-assignment/" in link)
    for language, kind in (("zh", "主题归入："), ("en", "theme assignment: ")):
        page = client.get(f"{assignment}?lang={language}").text
        title = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
        assert title is not None
        assert title[1].startswith(kind)
        assert "w3id.org" not in title[1]


def test_an_inferred_year_keeps_its_mark_among_the_facts(client: TestClient) -> None:
    listed = client.get("/questions/budget-by-district?lang=zh").text
    assert re.search(r">20\d\d\?<", listed)
    told = {
        (basis[1], year[1])
        for plan in _of_kind(client, "plan")
        for page in [client.get(f"{plan}?lang=zh").text]
        if (year := re.search(r"预算年度</dt>\s*<dd><p>([^<]*)</p>", page))
        and (basis := re.search(r"年度依据类别</dt>\s*<dd><p><a[^>]*>([^<]*)</a>", page))
    }
    assert told
    assert all((basis == "印出") != year.endswith("?") for basis, year in told)
    assert any(year.endswith("?") for _, year in told)


def test_a_class_is_named_in_words_in_both_languages(client: TestClient) -> None:
    plan = _of_kind(client, "plan")[0]
    kinds = [
        re.search(r'<p class="kind">(.*?)</p>', client.get(f"{plan}?lang={language}").text)
        for language in ("zh", "en")
    ]
    assert [kind[1] for kind in kinds if kind] == ["预算绩效计划", "budget plan"]


def test_each_cell_names_its_column_for_a_phone(client: TestClient) -> None:
    """On a phone a row stands as a list of name and value, and what reads aloud still finds a table."""
    page = client.get("/questions/largest-projects?lang=zh").text
    heads = re.findall(r'role="columnheader"[^>]*>(?:<a[^>]*>)?([^<]*)', page)
    row = page.partition("<tbody")[2].partition("</tr>")[0]
    assert [html.unescape(head) for head in re.findall(r'data-head="([^"]*)"', row)] == heads
    assert row.count('role="cell"') == len(heads)


def test_the_figure_of_a_sum_leads_to_what_it_sums_up_as_printed(client: TestClient) -> None:
    """One click from a sum: the row once for each place, with file, page and words; as CSV too."""
    summed = [item for item in questions() if item.summed]
    led = 0
    for item in summed:
        page = client.get(f"/questions/{item.slug}?lang=zh").text
        found = [html.unescape(link) for link in seen(page).links if "/places?" in link and "_is." in link]
        led += bool(found)
        for link in found[:2]:
            placed = client.get(f"{link}&lang=zh").text
            cells = re.findall(r'data-head="原文"[^>]*>([^<]*)<', placed)
            assert cells, link
            table = client.get(link.replace("/places?", "/places.csv?")).text
            assert table.partition("\n")[0].strip().endswith("place,file,page,lines,quote,picture")
            assert table.count("\n") > len(cells) / 2
    assert led > 8


def test_every_question_can_be_seen_with_its_places(client: TestClient) -> None:
    for item in questions():
        page = client.get(f"/questions/{item.slug}?lang=en").text
        address = f"/questions/{item.slug}/places"
        assert any(link.startswith(address) for link in seen(page).links) == bool(item.subjects), item.slug
    largest = client.get("/questions/largest-projects/places?limit=3&lang=zh").text
    quotes = re.findall(r'data-head="原文"[^>]*>([^<]*)<', largest)
    assert len(quotes) >= 3
    assert all(quotes)
    assert client.get("/questions/largest-projects/places.svg").status_code == 404


def test_the_words_for_properties_are_those_of_terms_that_there_are() -> None:
    groups = ("property.bkg:", "inverse.bkg:")
    named = {name.partition("bkg:")[2] for name in catalogue() if name.startswith(groups)}
    assert named
    assert {name for name in named if not hasattr(BKG, name)} == set()


def test_a_row_of_evidence_says_what_it_is_and_what_stands_in_its_cells(client: TestClient) -> None:
    """It has no type, and of its cells nothing is said: the page of the row is theirs too."""
    query = """SELECT ?value ?cell { ?value bkg:targetPrinted ?words ; bkg:hasEvidence ?cell
        FILTER (CONTAINS(STR(?cell), "#char=")) } ORDER BY ?cell LIMIT 1"""
    (found,) = client.get("/sparql", params={"query": query, "format": "json"}).json()["results"]["bindings"]
    page, target = (f"{document_path(found[name]['value'])}" for name in ("cell", "value"))
    for language, kind in (("zh", "出处"), ("en", "evidence")):
        text = client.get(f"{page}?lang={language}").text
        assert f'<p class="kind">{kind}</p>' in text
        assert target in seen(text).links
