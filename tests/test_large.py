"""Four times as many rows, columns, levels or objects cost four times as much, or one line says the limit.

The measure is the time of the processor, the best of several runs; eight is the limit, as for patterns.
"""

from __future__ import annotations

import gc
import os
import time

import pytest
from tests.printers.large import LARGE

from budgetkg.errors import BudgetkgError
from budgetkg.forms import parse_document
from budgetkg.schema_json import document_json

THOROUGH = "BUDGETKG_THOROUGH" in os.environ
SMALL, LARGER = (400, 1_600) if THOROUGH else (150, 600)
MOST = 8  # times the cost of the small document that the large one may cost
CLOCK = 0.1  # seconds; less says little
LOOKS = 3


def read(data: bytes) -> tuple[float, str]:
    """What reading costs; and what was said, where the document is refused.

    What other tests left in this process is kept out of it: collecting the garbage of a full one takes half
    a second.
    """
    gc.collect()
    gc.freeze()
    began = time.process_time()
    said = ""
    try:
        for record in parse_document(data, "large"):
            assert record.account.remainder == 0
            document_json(record)
    except BudgetkgError as error:
        said = str(error)
    cost = time.process_time() - began
    gc.unfreeze()
    return cost, said


@pytest.mark.parametrize("shape", LARGE)
def test_size_costs_in_proportion(shape: str) -> None:
    small, large = LARGE[shape](SMALL), LARGE[shape](LARGER)
    for _ in range(LOOKS):
        cost, said = read(large)
        assert "\n" not in said
        assert len(said) < 500
        if cost <= CLOCK + MOST * read(small)[0]:
            return
    pytest.fail(f"{shape}: {cost:.1f} s for {LARGER}, {read(small)[0]:.1f} s for {SMALL}")


REFUSED = {
    "forms in forms": (100, "objects"),
    "one text in many cells": (3_000, "more than 5,000,000 characters"),
    "deep elements": (2_000, "nested deeper than 5,000"),
    "deep tables of html": (200, "nested deeper"),
    "nested tables of docx": (1_000, "nested deeper than 512"),
    "ofd loop": (4_000, "more than 3000 pages"),
    "page tree": (100, "no pages"),
    "cross-reference loop": (100, "no readable PDF"),
}


@pytest.mark.parametrize("shape", REFUSED)
def test_what_no_form_has_is_refused_in_one_line(shape: str) -> None:
    size, words = REFUSED[shape]
    cost, said = read(LARGE[shape](size))
    assert words in said
    assert "\n" not in said
    assert cost < 30
