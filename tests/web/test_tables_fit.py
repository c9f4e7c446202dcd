"""Tables fit beside what narrows them, and an address means the same in both languages."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from budgetkg.web.pages.cells import Shown
from budgetkg.web.pages.fitting import WHOLE, under
from budgetkg.web.pages.tables import Column


def _rows(page: str) -> str:
    found = re.search(r'<p class="quiet rows">(.*?)</p>', page, re.DOTALL)
    assert found is not None
    return " ".join(re.findall(r"\d+", found[1])[:3])


def test_long_texts_go_under_the_row_first_and_what_it_is_about_stays() -> None:
    columns = [Column(name, name, right=False) for name in ("project", "remark", "district")]
    rows = [(Shown("电影放映"), Shown("一个很长的说明，" * 9), Shown("黄埔区"))] * 2
    assert under(columns, rows, WHOLE) == frozenset()
    many = [*columns, *(Column(f"n{at}", f"n{at}", right=True) for at in range(9))]
    wide = [(*row, *(Shown("1,000,000.00") for _ in range(9))) for row in rows]
    moved = under(many, wide, WHOLE)
    assert 1 in moved
    assert moved.isdisjoint({0, 2})


@pytest.mark.parametrize(
    ("zh", "en"),
    [("/findings?_is.severity=要紧", "/findings?_is.severity=serious"),
     ("/documents?_is.district=黄埔区", "/documents?_is.district=Huangpu District"),
     ("/documents?_is.form_zh=项目支出绩效目标表", "/documents?_is.form=Project table")],
)  # fmt: skip
def test_a_choice_means_the_same_in_both_languages(client: TestClient, zh: str, en: str) -> None:
    counts = {_rows(client.get(f"{path}&lang={lang}").text) for path in (zh, en) for lang in ("zh", "en")}
    whole = _rows(client.get(zh.partition("?")[0]).text)
    assert len(counts) == 1
    assert counts != {whole}


def test_english_pages_name_districts_in_english(client: TestClient) -> None:
    for path in ("/", "/documents", "/compare", "/questions/largest-projects"):
        page = client.get(f"{path}?lang=en").text
        assert "Huangpu District" in page, path
        assert not re.search(r">黄埔区<", page), path


def test_no_property_of_a_thing_is_told_by_its_code(client: TestClient) -> None:
    for path in ("/doc/ontology.html", "/doc/code/signal/quantified-targets.html"):
        for language in ("zh", "en"):
            page = client.get(f"{path}?lang={language}").text
            assert not re.search(r"<dt title=[^>]*>\w+:\w+</dt>", page), path
