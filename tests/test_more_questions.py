"""The questions over years, shares and self-evaluations, over a corpus that has what the samples lack.

Each is answered a second time by plain Python over the records, and its answer is written down in
``tests/answers/years/``; the samples' answers are checked with those of all questions.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, serialize
from tests import oracle_money, oracle_published, oracle_years
from tests.memory import store_of, texts
from tests.oracle import blankless
from tests.rdflib_store import RdflibStore
from tests.two_years import documents, store

from budgetkg.queries import question
from budgetkg.schema_json import document_json

WRITTEN = Path(__file__).parent / "answers" / "years"
ANSWERS = {**oracle_years.ANSWERS, **oracle_money.ANSWERS, **oracle_published.ANSWERS}
SLUGS = sorted(ANSWERS)


def rows(slug: str, **given: str) -> list[tuple[str, ...]]:
    return texts(question(slug).ask(store(), given))
