"""Limits: what breaks one costs that job alone, and says which limit it was."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest

from budgetkg.pipeline.guarded import Limits, guarded, tell

TIGHT = Limits(seconds=3, memory=256)


def job(what: str) -> str:
    """What a document may do to its reader."""
    if what == "sleep":
        time.sleep(60)
    elif what == "talk":
        while True:
            tell(1, 2)
            time.sleep(0.05)
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
    jobs = ["a", "sleep", "b", "die", "c", "eat", "talk", "d"]
    found = list(guarded(job, jobs, workers=workers, limits=TIGHT, lost=lambda what, why: f"{what}: {why}"))
    assert found == [
        "a done",
        "sleep: took longer than 3 seconds (--max-seconds)",
        "b done",
        "die: reading it ended the process (out of memory?)",
        "c done",
        "no memory",
        "talk: took longer than 3 seconds (--max-seconds)",
        "d done",
    ]


def test_no_process_outlives_the_run() -> None:
    run = guarded(lambda _: os.getpid(), [1, 2, 3], workers=1, limits=TIGHT, lost=lambda *_: -1)
    first = next(run)
    run.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def steps(number: int) -> int:
    """A job that says how far it has come."""
    for step in range(1, number + 1):
        tell(step, number)
    return number


def test_steps_of_a_job_are_heard_before_its_result() -> None:
    heard: list[tuple[int, int, int]] = []
    run = guarded(
        steps, [2, 3], workers=1, limits=TIGHT, lost=lambda *_: -1, progress=lambda *step: heard.append(step)
    )
    assert list(run) == [2, 3]
    assert heard == [(2, 1, 2), (2, 2, 2), (3, 1, 3), (3, 2, 3), (3, 3, 3)]


def firsts(begun: list[int]) -> Callable[[int, int, int], None]:
    """Keeps the jobs that say their first step."""

    def step(job: int, done: int, _: int) -> None:
        if done == 1:
            begun.append(job)

    return step


def test_the_longest_job_near_is_begun_first_and_results_keep_their_order() -> None:
    begun: list[int] = []
    run = guarded(
        steps, [1, 2, 9, 3], workers=1, limits=TIGHT, lost=lambda *_: -1, weight=int, progress=firsts(begun)
    )
    assert list(run) == [1, 2, 9, 3]
    assert begun == [9, 3, 2, 1]


def test_work_does_not_run_far_ahead_of_the_result_that_is_waited_for() -> None:
    begun: list[int] = []
    jobs = list(range(1, 100))
    run = guarded(
        steps, jobs, workers=1, limits=TIGHT, lost=lambda *_: -1, weight=int, progress=firsts(begun)
    )
    assert next(run) == 1
    assert max(begun) <= 17
    run.close()
