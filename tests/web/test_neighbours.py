"""What a page lists beside its thing: like goals, other years, namesakes, the same work."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from budgetkg.queries import page_queries, with_prefixes
from budgetkg.store.querytext import bound

GRAPH = """
@prefix bkg: <https://w3id.org/budgetkg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:plan1> bkg:hasProject <urn:a> ; bkg:fiscalYear 2023 ; bkg:divisionPrinted "甲区" .
<urn:plan2> bkg:hasProject <urn:b> ; bkg:fiscalYear 2024 ; bkg:divisionPrinted "甲区" .
<urn:plan3> bkg:hasProject <urn:c> , <urn:d> ; bkg:fiscalYear 2023 ; bkg:divisionPrinted "乙区" .
<urn:a> a bkg:Project ; rdfs:label "放映"@zh ; bkg:hasGoal <urn:ga> ; bkg:hasTotal <urn:ta> .
<urn:b> a bkg:Project ; rdfs:label "放映补助"@zh ; bkg:hasGoal <urn:gb> ; bkg:hasTotal <urn:tb> .
<urn:c> a bkg:Project ; rdfs:label "放映"@zh ; bkg:hasGoal <urn:gc> .
<urn:d> a bkg:Project ; rdfs:label "观影"@zh ; bkg:hasGoal <urn:gd> .
<urn:ga> bkg:goalText "为全区每个村每月放映一场电影" . <urn:gb> bkg:goalText "另一回事" .
<urn:gc> bkg:goalText "为全区每个村每月放映一场电影" . <urn:gd> bkg:goalText "为每个村每月放映两场电影" .
<urn:ta> bkg:amountYuan 10 . <urn:tb> bkg:amountYuan 20 .
<urn:series> a bkg:ProjectSeries ; bkg:hasSubject <urn:a> , <urn:b> .
<urn:plan1> bkg:hasTask <urn:t> ; bkg:listsIndicator <urn:i1> . <urn:plan2> bkg:listsIndicator <urn:i2> .
<urn:plan3> bkg:hasTask <urn:u> ; bkg:listsIndicator <urn:i3> .
<urn:t> a bkg:Task ; rdfs:label "公益放映"@zh ; bkg:hasMainTheme <urn:film> .
<urn:u> a bkg:Task ; rdfs:label "送电影下乡"@zh ; bkg:hasMainTheme <urn:film> .
<urn:i1> a bkg:Indicator ; rdfs:label "放映场次"@zh . <urn:i2> a bkg:Indicator ; rdfs:label "放映场次"@zh .
<urn:i3> a bkg:Indicator ; rdfs:label "电影场数"@zh .
<urn:m1> bkg:hasSubject <urn:i1> ; bkg:hasMeasure <urn:screenings> .
<urn:m3> bkg:hasSubject <urn:i3> ; bkg:hasMeasure <urn:screenings> .
<urn:like> a bkg:GoalSimilarity ; bkg:hasSubject <urn:a> , <urn:d> ; bkg:confidence 0.8 .
"""


@pytest.mark.parametrize(
    ("slug", "thing", "expected"),
    [
        ("of-near-goals", "a", ["urn:c", "urn:d"]),
        ("of-years", "a", ["urn:b"]),
        ("of-namesakes", "a", ["urn:c"]),
        ("of-neighbours", "t", ["urn:u"]),
        ("of-same-indicator", "i1", ["urn:i2"]),
        ("of-same-measure", "i1", ["urn:i3"]),
    ],
)
def test_the_neighbours_of_a_thing(slug: str, thing: str, expected: list[str]) -> None:
    store = Store()
    store.load(GRAPH.encode(), format=RdfFormat.TURTLE)
    item = next(item for item in page_queries() if item.slug == slug)
    answer = store.query(bound(with_prefixes(item.text), {"thing": NamedNode(f"urn:{thing}")}))
    assert isinstance(answer, QuerySolutions)
    rows = list(answer)
    assert [row[item.subjects[0]].value for row in rows] == expected
    if slug == "of-near-goals":
        assert [row["similarity"].value for row in rows] == ["1", "0.8"]
