"""Links with OpenBudgets.eu: a mapping line by line, and the phase that a title names."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from budgetkg.links.linkset import Link
from budgetkg.links.targets import openbudgets
from budgetkg.vocab import BKG, DCTERMS, RDF

DOCUMENT = NamedNode("https://w3id.org/budgetkg/id/document/0123456789abcdef")
PHASE = "http://data.openbudgets.eu/resource/codelist/budget-phase/"


def links(title: str) -> dict[str, Link]:
    said = [
        Quad(DOCUMENT, RDF.type, BKG.Document, DOCUMENT),
        Quad(DOCUMENT, DCTERMS.title, Literal(title, language="zh"), DOCUMENT),
        # What a document cites has a title too, and no phase.
        Quad(NamedNode("u:policy"), DCTERMS.title, Literal("关于批复预算的通知", language="zh"), DOCUMENT),
    ]
    return {link.source: link for link in openbudgets.find(said, "").links}


@pytest.mark.parametrize(
    ("title", "phase", "confidence"),
    [
        ("部门整体支出绩效目标申报表", "draft", "0.70"),
        ("项目支出绩效目标批复表", "approved", "0.90"),
        ("项目支出绩效目标调整表", "revised", "0.70"),
    ],
)
def test_a_title_names_the_phase(title: str, phase: str, confidence: str) -> None:
    found = links(title)[DOCUMENT.value]
    assert found.target == PHASE + phase
    assert (str(found.confidence), found.method) == (confidence, "rule")
    assert title in found.evidence
    assert "u:policy" not in links(title)


@pytest.mark.parametrize("title", ["项目支出绩效目标表", "绩效目标申报及批复表", ""])
def test_a_title_that_names_none_or_two_says_nothing(title: str) -> None:
    assert DOCUMENT.value not in links(title)


def test_sides_are_close_to_their_operation_characters() -> None:
    found = links("")["https://w3id.org/budgetkg/code/budget-side/income"]
    assert found.target == "http://data.openbudgets.eu/resource/codelist/operation-character/revenue"
    assert (found.relation.rpartition("#")[2], found.method) == ("closeMatch", "mapping")
