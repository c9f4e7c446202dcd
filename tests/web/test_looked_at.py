"""What was found by looking at every page as a picture, so that it stays mended."""

from __future__ import annotations

import re

from starlette.testclient import TestClient
from tests.web.conftest import seen

from budgetkg.queries import page_queries, questions
from budgetkg.store.places import Place
from budgetkg.web.pages.cells import columns_for, heading
from budgetkg.web.pages.places import told_once

_TAGS = re.compile(r"<[^>]*>")


def _rows(page: str) -> list[str]:
    """The words of each row of a page's tables."""
    return [" ".join(_TAGS.sub(" ", row).split()) for row in page.split('<tr role="row"')[1:]]


def test_a_district_has_the_years_of_its_plans_and_those_alone(client: TestClient) -> None:
    rows = {text.partition(">")[2].split()[0]: text for text in _rows(client.get("/districts?lang=zh").text)}
    assert "2023 2023" in rows["荔湾区"]
    assert "2023? 2023?" in rows["黄埔区"]
    assert rows["花都区"].count("年度不详") == 2


def test_a_department_has_its_money_though_only_sources_are_printed(client: TestClient) -> None:
    listed = seen(client.get("/?lang=zh").text).links
    pages = [client.get(link).text for link in dict.fromkeys(listed) if "/id/department/" in link]
    assert len(pages) == 5
    assert all("万元" in page.partition("工作任务")[0].partition("项目</h2>")[0] for page in pages)


def test_findings_are_listed_with_their_place_and_their_quote(client: TestClient) -> None:
    page = client.get("/findings?lang=zh&_has=控制数").text
    assert "控制数" in page
    assert {"页", "行", "位置"} <= {_TAGS.sub("", cell) for cell in re.findall(r"<th[^>]*>.*?</th>", page)}
    assert ">原文</dt>" in page


def test_a_hit_is_told_in_the_readers_language(client: TestClient) -> None:
    page = client.get("/search?q=电影&lang=en").text
    themes = page.partition("Themes <")[2].partition("</section>")[0]
    assert ">Film screening</a>" in themes
    assert "Panyu District" in page
    assert "番禺区</a>" not in page
    finding = client.get("/search?q=控制数&lang=en").text.partition("Findings <")[2]
    assert "only refers to a figure" in finding.partition("</li>")[0]


def test_hits_of_one_kind_go_on_after_the_fiftieth(client: TestClient) -> None:
    address = "/search?q=的&lang=zh&_is.kind=读表时的发现"
    first = client.get(address).text
    after = next(link for link in seen(first).links if "_page=2" in link)
    pages = [page.partition('class="hits"')[2] for page in (first, client.get(after).text)]
    assert pages[0].count("<li>") == 50
    assert 0 < pages[1].count("<li>") < 50


def test_no_thing_is_called_by_its_kind_alone(client: TestClient) -> None:
    page = client.get("/doc/code/finding/placeholder-target.html?lang=zh").text
    assert "发现：" in page
    assert page.count("发现</a>") == 1, "the section of the site and nothing else"


def test_a_department_of_two_spellings_is_offered_once(client: TestClient) -> None:
    """The form prints 宣传部（部门） and 宣传部."""
    page = client.get("/compare?lang=zh").text
    field = page.partition('name="department"')[2].partition("</select>")[0]
    assert field.count("黄埔区") == 1


def test_headings_of_a_chinese_page_are_chinese() -> None:
    english = {
        (item.slug, name)
        for item in (*page_queries(), *questions())
        for name in columns_for(item.columns, "zh")
        if not re.search("[\u4e00-\u9fff]", heading(name, "zh"))
    }
    shown = {item.slug for item in page_queries() if re.search(r"^#\+ (page|of):", item.text, re.MULTILINE)}
    asked = {item.slug for item in questions()}
    assert not {each for each in english if each[0] in shown | asked}


def test_a_wrong_value_is_refused_in_the_readers_language(client: TestClient) -> None:
    page = client.get("/questions/largest-projects?limit=viele&lang=zh").text
    assert "不是 整数" in page
    assert "需要先填写" not in page


def test_a_refused_method_says_which_are_answered(client: TestClient) -> None:
    answer = client.request("TRACE", "/api/questions/largest-projects")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_the_ontology_lists_its_classes(client: TestClient) -> None:
    assert 'href="/doc/ontology/Project.html"' in client.get("/doc/ontology.html").text


def test_a_theme_that_is_compared_has_those_under_it(client: TestClient) -> None:
    """Panyu names some of its films rural ones: without them it would seem to spend less."""
    page = client.get("/compare?theme=电影放映&lang=zh").text
    money = page.partition('id="compare-money"')[2].partition("</section>")[0]
    assert ">农村电影放映<" in money
    assert ">电影放映<" in money
    assert "新闻宣传" not in money
    assert client.get("/compare.csv?theme=电影放映").text.count("农村电影放映") > 0


def test_a_theme_leads_to_what_districts_spend_on_it(client: TestClient) -> None:
    page = client.get("/doc/code/theme/film-screening.html?lang=zh").text
    link = next(link for link in seen(page).links if link.startswith("/compare?theme="))
    assert "compare-money" in client.get(link).text


def test_a_description_calls_values_what_the_table_calls_them(client: TestClient) -> None:
    page = client.get("/questions/theme-budget-by-district?lang=zh").text
    about = page.partition('class="standfirst"')[2].partition("</p>")[0]
    assert "“主要主题”" in about
    assert "main theme" not in about


def test_a_question_says_how_it_takes_a_table_of_ones_own(client: TestClient) -> None:
    page = client.get("/questions/budget-per-head?lang=zh").text
    assert "budgetkg query budget-per-head --param population=FILE.csv" in page
    assert "--param" not in client.get("/questions/largest-projects").text


def test_the_ontology_doesnt_begin_with_fifty_prefixes(client: TestClient) -> None:
    assert len(re.findall(r"/prefix/[a-z]+<", client.get("/doc/ontology.html").text)) <= 3


def test_a_query_that_fails_says_so_to_programs_too(client: TestClient) -> None:
    answer = client.get("/sparql?query=SELECT%20*%20{")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_of_places_of_the_same_lines_the_one_with_more_words_is_told() -> None:
    part, whole = Place("a", 1, (3, 3), "场次"), Place("a", 1, (3, 3), "放映场次 12")
    elsewhere = Place("a", 1, (4, 4), "场次")
    assert told_once([part, whole, elsewhere, part]) == (whole, elsewhere)
