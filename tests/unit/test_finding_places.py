"""The list of findings shows of each finding the place that comes first in its document."""

from __future__ import annotations

from pyoxigraph import Literal, RdfFormat, parse
from tests.memory import MemoryStore

from budgetkg.queries import page_queries
from budgetkg.store.results import Solutions
from budgetkg.vocab import PREFIXES

D = "https://w3id.org/budgetkg/id/document/1"
GIVEN = f"""
GRAPH <https://w3id.org/budgetkg/graph/1> {{
  <{D}> bkg:hasFinding <{D}/finding/1> ; bkg:fileName "a.txt" .
  <{D}/finding/1> bkg:hasFindingCode <{D}/code> ; bkg:hasSeverity sh:Info ;
    bkg:hasEvidence <{D}/evidence/10062-10064>, <{D}/evidence/999-1001> .
  <{D}/code> rdfs:label "甲"@zh ; bkg:labelEn "a"@en .
  <{D}/evidence/10062-10064> bkg:pageNumber 2 ; bkg:lineRange "70-71" ; bkg:quote "后面" .
  <{D}/evidence/999-1001> bkg:pageNumber 1 ; bkg:lineRange "7" ; bkg:quote "前面" .
}}
"""


def test_the_first_of_several_places_is_that_which_comes_first_in_the_text() -> None:
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    (listed,) = (query for query in page_queries() if query.slug == "findings")
    answer = listed.ask(MemoryStore(list(parse(head + GIVEN, RdfFormat.TRIG))))
    assert isinstance(answer, Solutions)
    shown = dict(zip(answer.variables, answer.rows[0], strict=True))
    told = {
        name: cell.value for name in ("page", "line", "quote") if isinstance(cell := shown[name], Literal)
    }
    assert len(answer.rows) == 1
    assert told == {"page": "1", "line": "7", "quote": "前面"}
