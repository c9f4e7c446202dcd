"""The pages as a reader gets them: languages, links, tables that are narrowed by their address."""

from __future__ import annotations

import csv
import html
import re
import shlex
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import seen

from budgetkg import resources
from budgetkg.pipeline.correcting import correct
from budgetkg.pipeline.correction_rows import Asked
from budgetkg.queries import _discover, page_queries, question, questions
from budgetkg.web.pages import things
from budgetkg.web.pages.words import catalogue

PAGES = ("/", "/questions", "/questions/largest-projects", "/districts", "/documents", "/findings", "/sparql",
         "/signals", "/structure", "/search", "/search?q=电影", "/money", "/themes", "/policies", "/terms",
         "/compare", "/differences")  # fmt: skip
LARGEST = 200_000


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_is_whole_in_each_language(client: TestClient, path: str, language: str) -> None:
    answer = client.get(path, headers={"accept-language": f"fr, {language};q=0.8"})
    assert answer.status_code == 200
    found = seen(answer.text)
    assert found.language == {"zh": "zh-Hans", "en": "en"}[language]
    assert len(answer.content) < LARGEST
    assert [name for name, _ in found.elements].count("h1") == 1
    labelled = {given.get("for") for name, given in found.elements if name == "label"}
    fields = [
        given
        for name, given in found.elements
        if name in ("input", "select", "textarea") and given.get("type") != "hidden"
    ]
    assert {given["id"] for given in fields} <= labelled


def test_the_reader_chooses_the_language_and_it_is_kept(client: TestClient) -> None:
    chosen = client.get("/questions?lang=en", headers={"accept-language": "zh"})
    assert "Stored questions" in chosen.text
    assert "lang=en" in chosen.headers["set-cookie"]
    client.cookies.clear()
    kept = client.get("/questions", headers={"accept-language": "zh", "cookie": "lang=en"})
    assert "Stored questions" in kept.text


def test_the_front_page_says_of_how_many_plans_no_year_is_known(client: TestClient) -> None:
    assert "districts, fiscal year 2023, 3 of no known year: 27 projects" in client.get("/?lang=en").text
    assert "，2023 年度，3 份表年度不明：列出" in client.get("/?lang=zh").text


def test_every_link_within_the_site_leads_to_a_page(client: TestClient) -> None:
    """From the front page on, as far as it goes in 300 pages; each page once, without parameters."""
    waiting, known = ["/"], {"/"}
    for path in waiting:
        answer = client.get(path)
        assert answer.status_code == 200, path
        if "html" not in answer.headers["content-type"]:
            continue
        for link in seen(answer.text).links:
            path = link.partition("#")[0].partition("?")[0]
            if path.startswith("/") and path not in known and len(known) < 300:
                known.add(path)
                waiting.append(path)
    assert sum(path.startswith("/doc/") for path in known) > 50
    assert sum(path.startswith("/questions/") for path in known) > 50


def test_every_question_has_its_page(client: TestClient) -> None:
    listed = client.get("/questions").text
    for item in questions():
        assert f'"/questions/{item.slug}"' in listed


def test_a_question_that_is_added_as_a_file_is_on_the_site(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No Python: a header says how it is shown, and what its form asks."""
    copied = tmp_path / "queries"
    copied.mkdir()
    for name in ("internal", "pages", "shared"):
        (copied / name).symlink_to(resources.directory("queries") / name)
    (copied / "units-by-name.rq").write_text(
        "#+ summary: Which units have a project named so?\n#+ summary_zh: 哪些单位有此名称的项目？\n"
        "#+ topic: money\n#+ parameter: words string 经费 | words of the name | 名称中的文字\n"
        "#+ columns: district, project, amount_yuan\n#+ subject: ?p\n"
        "#+ chart: bar project amount_yuan by district\n"
        "#+ chart: treemap project amount_yuan\n#+ map: district amount_yuan\n"
        "#+ facets: district\n#+ entity: project\n\n"
        "SELECT ?district ?project ?amount_yuan ?p WHERE {\n  VALUES ?words { UNDEF }\n  #& plan\n"
        "  ?plan bkg:hasProject ?p ; bkg:divisionPrinted ?district .\n"
        "  ?p rdfs:label ?project ; bkg:hasTotal/bkg:amountYuan ?amount_yuan .\n"
        "  FILTER (CONTAINS(STR(?project), ?words))\n} ORDER BY ?district DESC(?amount_yuan) ?p\n",
        "utf-8",
    )
    real = resources.directory
    monkeypatch.setattr(
        "budgetkg.queries.directory", lambda name: copied if name == "queries" else real(name)
    )
    _discover.cache_clear()
    try:
        assert "哪些单位有此名称的项目？" in client.get("/questions").text
        page = client.get("/questions/units-by-name?words=电影&_is.district=番禺区")
        assert page.status_code == 200
        assert 'value="电影"' in page.text
        assert 'class="bars"' in page.text
        assert page.text.count('class="areas"') == 2
        assert "广州市" in page.text  # the tiles stand under their city
        picture = client.get("/questions/units-by-name.svg?words=电影").text
        assert ElementTree.fromstring(picture).tag.endswith("svg")
        assert any(link.startswith("/doc/id/document/") for link in seen(page.text).links)
        rows = (
            client.get("/questions/units-by-name.csv?words=电影&_is.district=番禺区")
            .content.decode("utf-8-sig")
            .splitlines()
        )
        assert rows[0] == "district,project,amount_yuan"
        assert len(rows) > 1
        assert all(row.startswith("番禺区,") and "电影" in row for row in rows[1:])
    finally:
        _discover.cache_clear()


def test_a_table_is_sorted_narrowed_and_paged_by_its_address(client: TestClient) -> None:
    rows = client.get("/questions/largest-projects.csv?limit=100&_sort=amount_yuan").content.decode(
        "utf-8-sig"
    )
    amounts = [float(line.split(",")[4]) for line in rows.splitlines()[1:]]
    assert amounts == sorted(amounts)
    few = (
        client.get("/questions/largest-projects.csv?limit=100&_has=电影")
        .content.decode("utf-8-sig")
        .splitlines()
    )
    assert 1 < len(few) < len(amounts)
    assert all("电影" in line for line in few[1:])
    second = client.get("/findings?_page=2").text
    assert 'rel="prev"' in second
    assert "第 1–" not in second


def test_two_documents_stand_side_by_side(client: TestClient) -> None:
    documents = [link for link in seen(client.get("/documents").text).links if "/id/document/" in link]
    one, other = documents[:2]
    page = client.get(one).text
    compared = next(link for link in seen(page).links if link.startswith("/differences?one="))
    assert 'class="bars"' in page  # what became of every character
    iri = compared.partition("one=")[2]
    second = next(
        link for link in seen(client.get(other).text).links if link.startswith("/differences")
    ).partition("one=")[2]
    assert "<tbody " in client.get(f"/differences?one={iri}&other={second}").text
    same = client.get(f"/differences?one={iri}&other={iri}&lang=en")
    assert "Nothing differs." in same.text
    assert 'role="alert"' in client.get(f"/differences?one={iri}&other=urn:nothing").text


def test_a_sum_that_is_compared_leads_to_the_projects_it_sums_up(client: TestClient) -> None:
    page = client.get("/compare?theme=电影放映&district=番禺区").text
    sums = [link for link in seen(page).links if link.endswith("#compare-projects")]
    behind = client.get(sums[0]).text.partition('id="compare-projects"')[2]
    assert any("/project/" in link for link in seen(behind).links)
    costs = page.partition('id="cost-of-the-same-work"')[2].partition("</section>")[0]
    assert "黄埔区" not in costs


def test_a_policy_is_listed_and_found_by_its_number(client: TestClient) -> None:
    listed = client.get("/policies").text
    number = re.findall(r"[^\s<>]*〔20\d\d〕\d+号", listed)[0]
    found = [link for link in seen(client.get(f"/search?q={number}").text).links if "/id/" in link]
    assert found
    assert client.get(found[0]).status_code == 200


def test_what_is_asked_wrongly_is_said_in_a_sentence(client: TestClient) -> None:
    assert client.get("/questions/no-such-question").status_code == 404
    assert client.get("/doc/id/nothing.html").status_code == 404
    wrong = client.get("/questions/largest-projects?limit=many")
    assert wrong.status_code == 200
    assert 'role="alert"' in wrong.text
    assert client.get("/questions/unit-cost?theme=没有的主题").status_code == 200
    assert client.get("/questions/largest-projects.exe").status_code == 404


def test_addresses_of_published_files_lead_to_the_same_pages(client: TestClient) -> None:
    district = "/doc/code/division/440113.html"
    question = "/questions/unit-cost"
    for path, page in (("/zh/index.html", "/?lang=zh"), (f"/en{question}.html", f"{question}?lang=en"),
                       (f"/en{district}", f"{district}?lang=en")):  # fmt: skip
        answer = client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, page)
        assert client.get(page).status_code == 200
    assert client.get("/fr/index.html", follow_redirects=False).status_code == 404


def test_a_wrong_reading_is_reported_by_a_line_that_the_command_takes(
    client: TestClient, built: Path
) -> None:
    """What a page says of a project, a task, an indicator and a document is understood as it stands."""
    tried = set()
    for link in seen(client.get("/search?q=放映").text).links + seen(client.get("/documents").text).links:
        kind = link.removesuffix(".html").split("/")[-2] if link.startswith("/doc/id/document/") else ""
        if kind not in ("document", "project", "task", "indicator") or kind in tried:
            continue
        tried.add(kind)
        code = html.unescape(re.findall(r"<code>(budgetkg correct [^<]*)</code>", client.get(link).text)[0])
        said = shlex.split(code)[3:]
        options = dict(zip(said[3::2], said[4::2], strict=True))
        value = "2031" if said[0] == "year" else "77"
        asked = Asked(said[0], said[1], value, options.get("--document", ""), options.get("--field", ""))
        assert correct(built, asked, dry=True)
        lines = html.unescape(re.findall(r"<code>(document,place[^<]*)</code>", client.get(link).text)[0])
        rows = list(csv.DictReader(lines.splitlines()))
        assert {row["place"] for row in rows} == ({""} if kind == "document" else {said[1]})
    assert {"document", "project", "indicator"} <= tried


def test_the_picture_of_the_core_is_true_of_the_graph(client: TestClient) -> None:
    page = client.get("/structure").text
    classes = re.findall(r'class="term"[^>]*>(\w+)<', page)
    properties = set(re.findall(r'class="property"[^>]*>([\w:]+)<', page))
    assert len(classes) == 13
    for name in properties:
        term = name if ":" in name else f"bkg:{name}"
        asked = f"ASK {{ ?from {term} ?to }}"
        assert client.get("/sparql", params={"query": asked, "format": "json"}).json()["boolean"], name
    tried = [link for link in seen(page).links if link.startswith("/sparql?query=")]
    assert len(tried) == 3
    for link in tried:
        assert "<tbody " in client.get(link).text


def test_what_a_question_leaves_out_is_said_in_the_language_of_its_page(client: TestClient) -> None:
    for item in (*questions(), *page_queries()):
        assert bool(item.description) == bool(item.description_zh), item.slug
    page = client.get("/questions/theme-shares?lang=zh").text
    assert question("theme-shares").description_zh in html.unescape(page)
    told = page.partition('class="standfirst">')[2].partition("</p>")[0]
    assert question("theme-shares").description not in html.unescape(told)


def test_each_text_is_said_in_both_languages() -> None:
    for name, words in catalogue().items():
        assert words["zh"], name
        assert words["en"], name


def test_every_file_is_sent_as_what_it_is(client: TestClient) -> None:
    for ending, kind in (("csv", "text/csv"), ("json", "application/sparql-results+json"),
                         ("svg", "image/svg+xml"),
                         ("xlsx", "application/vnd.openxmlformats")):  # fmt: skip
        answer = client.get(f"/questions/largest-projects.{ending}")
        assert answer.headers["content-type"].startswith(kind)
        assert answer.content == client.get(f"/questions/largest-projects.{ending}").content


def test_places_that_are_not_shown_are_counted(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(things, "MOST_PLACES", 1)
    listed = seen(client.get("/questions/largest-projects").text).links
    page = client.get(next(link for link in listed if "/project/" in link)).text
    assert page.count("<blockquote>") == 1
    assert re.search(r"[1-9]\d* (?:条|more)", page.partition("</blockquote>")[2].partition("</section>")[0])
