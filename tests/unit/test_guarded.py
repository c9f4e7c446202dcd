"""Limits: what breaks one costs that job alone, and says which limit it was."""

from __future__ import annotations

import os
import time

import pytest

from budgetkg.pipeline.guarded import Limits, guarded

TIGHT = Limits(seconds=1.5, memory=256)


def job(what: str) -> str:
    """What a document may do to its reader."""
    if what == "sleep":
        time.sleep(60)
    elif what == "die":
        os._exit(3)
    elif what == "eat":
        try:
            return str(len(bytearray(1 << 30)))
        except MemoryError:
            return "no memory"
    return f"{what} done"


@pytest.mark.parametrize("workers", [1, 2])
def test_what_breaks_a_limit_costs_itself_alone(workers: int) -> None:
    jobs = ["a", "sleep", "b", "die", "c", "eat", "d"]
    start = time.monotonic()
    found = list(guarded(job, jobs, workers=workers, limits=TIGHT, lost=lambda what, why: f"{what}: {why}"))
    assert time.monotonic() - start < 20
    assert found == [
        "a done",
        "sleep: took longer than 1.5 seconds (--max-seconds)",
        "b done",
        "die: reading it ended the process (out of memory?)",
        "c done",
        "no memory",
        "d done",
    ]


def test_no_process_outlives_the_run() -> None:
    run = guarded(lambda _: os.getpid(), [1, 2, 3], workers=1, limits=TIGHT, lost=lambda *_: -1)
    first = next(run)
    run.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
