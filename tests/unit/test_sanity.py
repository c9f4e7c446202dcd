"""Each sanity check finds the defect it is named after, and nothing in a sound graph."""

from __future__ import annotations

import pytest
from pyoxigraph import Quad, RdfFormat, parse
from tests.memory import MemoryStore, texts

from budgetkg.mapping import vocabulary_quads
from budgetkg.queries import Question, sanity_checks
from budgetkg.vocab import PREFIXES

# What is wrong, in TriG; d: is a document's names, g: graphs.
DEFECTS = {
    "amount-without-one-value": "g:1 { d:p bkg:hasTotal d:a . d:a a bkg:Amount }",
    "blank-node": "g:1 { d:a rdfs:seeAlso [] }",
    "concept-without-label": "g:1 { d:c skos:inScheme d:s }",
    "evidence-without-quote": "g:1 { <{d}evidence/3-5> oa:hasSource d:d ; bkg:pageNumber 1 }",
    "finding-without-message": 'g:1 { d:f a bkg:Finding ; rdfs:comment "只有中文"@zh }',
    "graph-without-one-document": "g:1 { d:d a bkg:Document . d:q bkg:hasProject d:p . d:c a bkg:Document }",
    "indicator-without-one-owner": "g:1 { d:i a bkg:Indicator }",
    "orphan-node": "g:1 { d:d a bkg:Document ; bkg:characterCount 1 . d:p a bkg:Project }",
    "plan-without-counted-document": "g:1 { d:d bkg:statesPlan d:q }",
    "project-without-one-unit": "g:1 { d:p a bkg:Project ; bkg:hasUnitOfUse d:u, d:v . "
    "d:q bkg:hasProject d:p ; bkg:listsUnit d:u, d:v }",
    "target-without-one-value": "g:1 { d:i bkg:hasTarget d:t . d:t a bkg:AnnualTarget }",
    "triple-in-two-graphs": 'g:1 { d:p rdfs:label "甲"@zh } g:2 { d:p rdfs:label "甲"@zh }',
    "two-amounts-of-one-source": "g:1 { d:p a bkg:Project ; bkg:hasSourceAmount d:a, d:b . "
    "d:a bkg:hasFundingSource funding:other . d:b bkg:hasFundingSource funding:other }",
    "two-labels": 'g:1 { d:p a bkg:Project ; rdfs:label "甲"@zh, "乙"@zh }',
    "undefined-term": 'g:1 { d:p bkg:noSuchTerm "甲" }',
    "undescribed-node": "g:1 { d:d a bkg:Document ; bkg:characterCount 1 . d:q bkg:hasTask d:t }",
}
# Further defects that a check must find, and what is sound and it must pass.
MORE_DEFECTS = [
    ("evidence-without-quote", "g:1 { {row} ; bkg:quote '甲' }"),
    ("evidence-without-quote", "g:1 { {row} ; bkg:quote '甲乙丙' }"),
    ("evidence-without-quote", "g:1 { <{d}evidence/3-5> bkg:pageNumber 1 ; bkg:quote '甲乙' }"),
    ("evidence-without-quote", "g:1 { <{d}evidence/3-5> oa:hasSource d:d ; bkg:quote '甲乙' }"),
    (
        "evidence-without-quote",
        "g:1 { <{d}evidence/1> oa:hasSource d:d ; bkg:pageNumber 1 ; bkg:quote '甲乙' }",
    ),
    ("evidence-without-quote", "g:1 { d:t bkg:hasEvidence <{d}evidence/3-5> }"),
    ("evidence-without-quote", "g:1 { d:t bkg:hasEvidence {cell} }"),
    (
        "evidence-without-quote",
        "g:1 { {row} ; bkg:quote '甲乙' . d:t bkg:hasEvidence <{d}evidence/3-5#char=1,3> }",
    ),
    (
        "evidence-without-quote",
        "g:1 { {row} ; bkg:quote '甲乙' . d:t bkg:hasEvidence <{d}evidence/3-5#char=1,1> }",
    ),
    ("undescribed-node", "g:1 { d:d a bkg:Document ; bkg:characterCount 1 . d:t bkg:hasEvidence {cell} }"),
    ("orphan-node", "g:1 { d:d a bkg:Document ; bkg:characterCount 1 . {row} ; bkg:quote '甲乙' }"),
    ("amount-without-one-value", 'g:1 { d:q bkg:hasBudgetLine d:l . d:l bkg:amountPrinted "1", "2" }'),
    ("project-without-one-unit", "g:1 { d:p a bkg:Project . d:q bkg:hasProject d:p }"),
]
SOUND = [
    (
        "evidence-without-quote",
        "g:1 { {row} ; bkg:quote '甲乙' . d:t bkg:hasEvidence <{d}evidence/3-5#char=0,2> }",
    ),
    (
        "undescribed-node",
        "g:1 { {row} . d:d a bkg:Document ; bkg:characterCount 1 ; bkg:hasEvidence {cell} }",
    ),
    ("orphan-node", "g:1 { d:d a bkg:Document ; bkg:characterCount 1 ; bkg:hasEvidence {cell} . {row} }"),
    ("amount-without-one-value", "g:1 { d:q bkg:hasBudgetLine d:l . d:l a bkg:BudgetLine }"),
]
DOCUMENT = f"{PREFIXES['id']}document/1/"
PLACES = {
    "{row}": f"<{DOCUMENT}evidence/3-5> oa:hasSource d:d ; bkg:pageNumber 1",
    "{cell}": f"<{DOCUMENT}evidence/3-5#char=0,1>",
    "{d}": DOCUMENT,
}
"""How a row, a cell of it and the names of a document are written."""


def quads(trig: str) -> list[Quad]:
    head = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in sorted(PREFIXES.items()))
    ours = f"@prefix d: <{DOCUMENT}> . @prefix g: <{PREFIXES['graph']}> .\n"
    for name, text in PLACES.items():
        trig = trig.replace(name, text)
    return list(parse(head + ours + trig, format=RdfFormat.TRIG))


def defects(slug: str, trig: str) -> list[tuple[str, ...]]:
    (check,) = (found for found in sanity_checks() if found.slug == slug)
    return texts(check.ask(MemoryStore(vocabulary_quads() + quads(trig))))


def test_every_check_has_a_defect_to_find() -> None:
    assert sorted(DEFECTS) == [check.slug for check in sanity_checks()]


@pytest.mark.parametrize(("slug", "trig"), [*DEFECTS.items(), *MORE_DEFECTS])
def test_the_defect_is_found(slug: str, trig: str) -> None:
    assert defects(slug, trig)


@pytest.mark.parametrize(("slug", "trig"), SOUND)
def test_what_is_sound_passes(slug: str, trig: str) -> None:
    assert not defects(slug, trig)


@pytest.mark.parametrize("check", sanity_checks(), ids=lambda check: check.slug)
def test_the_header_says_what_a_row_means(check: Question) -> None:
    assert check.summary
    assert check.summary_zh
    assert check.columns
    assert not check.parameters
