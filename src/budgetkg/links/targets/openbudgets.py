"""OpenBudgets.eu: its dimensions and code lists by a mapping of ours, and the phase of the budget.

``ontology/links/openbudgets.csv`` is the mapping. A form is about a phase of the budget only where its
title says so: 申报 is asked for (draft), 批复 is granted (approved), 调整 is changed (revised). A form
published beside a budget is of an approved one more often than not, but nothing in it says that.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import Quad

from budgetkg.links.instances import texts_of
from budgetkg.links.linkset import Link, TargetLinks
from budgetkg.resources import rows
from budgetkg.vocab import BKG, DCTERMS, PREFIXES, RDF

READS = (RDF.type, DCTERMS.title)

_DATA = "http://data.openbudgets.eu/"
_PHASES = (("批复", "approved", "0.90"), ("调整", "revised", "0.70"), ("申报", "draft", "0.70"))


def find(quads: Iterable[Quad], base: str) -> TargetLinks:
    """The lines of the mapping, and a link for each document whose title names one phase."""
    titles = texts_of(quads, BKG.Document, DCTERMS.title)
    phases = [_phase(document, title) for document, title in titles.items()]
    return TargetLinks(tuple(sorted((*_mapped(), *(link for link in phases if link)))))


def _phase(document: str, title: str) -> Link | None:
    named = [(word, phase, sure) for word, phase, sure in _PHASES if word in title]
    if len(named) != 1:
        return None
    ((word, phase, sure),) = named
    return Link(
        document,
        f"{PREFIXES['obeudim']}budgetPhase",
        f"{_DATA}resource/codelist/budget-phase/{phase}",
        "rule",
        f"{word} ({title})",
        Decimal(sure),
    )


def _mapped() -> Iterable[Link]:
    for row in rows("links/openbudgets.csv"):
        prefix, _, name = row["source"].partition(":")
        yield Link(
            PREFIXES[prefix] + name,
            PREFIXES["skos"] + row["relation"],
            _DATA + row["target"],
            "mapping",
            row["evidence"],
            Decimal(row["confidence"]),
        )
