"""Every regular expression costs in proportion to its text, on the worst text that its structure gives.

The measure is the time of the processor for a text of 1,000 characters and one of 4,000: four times as much
where a pattern is linear, sixteen times where it is quadratic. Between them lies the limit, eight; what is
above it is tried with 16,000 too. `make test-patterns` tries 100,000 characters too.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import takewhile
from multiprocessing import get_context
from typing import Any

from tests.patterns import patterns, worst

SMALL, LARGE, LARGER, HUGE = 1_000, 4_000, 16_000, 100_000
THOROUGH = bool(os.environ.get("BUDGETKG_THOROUGH"))
MOST = 8  # times the cost of the small text that the large one may cost
CAP = 3.0  # seconds that one look at a text may take before it counts as slow
CLOCK = 0.001  # seconds; below this the clock says little
BUSY = 10  # how much longer than alone a pattern may run where others work on the machine
LOOKS = 3  # a pattern is slow where it looks slow each time: other work on the machine comes and goes


class _Slow(Exception):
    pass


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Raise _Slow after so much time; a timer of the processor would make its clock coarse for good."""

    def stop(*_: object) -> None:
        raise _Slow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def cost(pattern: re.Pattern, use: str, text: str | bytes) -> float:  # type: ignore[type-arg]
    began = time.process_time()
    if use == "match":
        pattern.match(text)
    else:
        for _ in pattern.finditer(text):
            pass
    pattern.fullmatch(text)
    return time.process_time() - began


def slow(key: tuple[str | bytes, int], use: str, thorough: bool = False) -> str | None:
    """The text that costs more than in proportion, in short; ``None`` where none does."""
    pattern, flags = key
    made = re.compile(pattern, flags)
    sizes = (SMALL, LARGE, LARGER, HUGE) if thorough else (SMALL, LARGE, LARGER)
    for texts in zip(*(worst(pattern, flags, size) for size in sizes), strict=True):
        looks = (_slowness(made, use, texts) for _ in range(LOOKS))
        found = list(takewhile(bool, looks))
        if len(found) == LOOKS:
            return f"{texts[0][:30]!r}…{texts[0][-3:]!r}: {'; '.join(found)}"
    return None


def _slowness(made: re.Pattern, use: str, texts: tuple[str | bytes, ...]) -> str:  # type: ignore[type-arg]
    """What is slow about a pattern on texts of rising size, in seconds; empty where nothing is."""
    told = []
    try:
        for text in texts[:2]:
            told.append(_measured(made, use, text))
        small, large = told
        # Four times as far, the clock tells linear (16) from quadratic (256) on a busy machine too.
        if large > CLOCK + MOST * small:
            told.append(_measured(made, use, texts[2]))
            if told[-1] > CLOCK + MOST * MOST * small:
                return " ".join(f"{seconds:.4f}" for seconds in told)
        for text in texts[3:]:
            most = MOST * HUGE / LARGE * max(large, CLOCK) + CAP
            with ended_after(BUSY * most):
                told.append(cost(made, use, text))
            if told[-1] > most:
                return " ".join(f"{seconds:.4f}" for seconds in told)
    except _Slow:
        return " ".join([*(f"{seconds:.4f}" for seconds in told), "ended"])
    return ""


def _measured(made: re.Pattern, use: str, text: str | bytes) -> float:  # type: ignore[type-arg]
    with ended_after(CAP):
        return cost(made, use, text)


def _found(one: tuple[tuple[str | bytes, int], str], thorough: bool) -> str | None:
    text = slow(*one, thorough)
    return None if text is None else f"{one[0][0]!r} ({one[1]}): {text}"


def test_the_measure_sees_through_a_bad_pattern() -> None:
    for bad in (r"(?:a|a)*b", r"(?:\(?\d{1,2}[).、]|[(]?[一二]{1,3}[)、.]|[^\w])*", r"\s+$"):
        assert slow((bad, 0), "search"), bad
    for good in (r"\d{4}年", r"(?<!\s)\s++$", r"[^,]*,"):
        assert slow((good, 0), "match") is None, good


def test_every_pattern_costs_in_proportion() -> None:
    every = sorted(patterns().items(), key=str)
    assert len(every) > 200
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        found = list(pool.map(partial(_found, thorough=THOROUGH), every, chunksize=8))
    assert not any(found), "\n".join(filter(None, found))


_ONE = frozenset({"IN", "LITERAL", "NOT_LITERAL", "ANY", "CATEGORY"})


def test_only_single_characters_are_repeated_possessively() -> None:
    """Python before 3.11.5 matches other things wrongly (gh-106052): ``≥95%`` lost its sign on Debian 12.

    ``(?>(?:…)*)`` says the same and is right everywhere.
    """
    wrong = [str(key[0]) for key in patterns() if any(_repeats_several(re._parser.parse(*key)))]  # type: ignore[attr-defined]
    assert not wrong, "\n".join(wrong)
    assert any(_repeats_several(re._parser.parse(r"a(?:bc)*+")))  # type: ignore[attr-defined]


def _repeats_several(node: Any) -> Iterator[bool]:
    """For each possessive repetition in a parsed pattern, whether it repeats more than one character."""
    for item in node:
        if isinstance(item, tuple) and item and str(item[0]) == "POSSESSIVE_REPEAT":
            repeated = list(item[1][2])
            yield len(repeated) != 1 or str(repeated[0][0]) not in _ONE
        if isinstance(item, tuple | list) or hasattr(item, "data"):
            yield from _repeats_several(item)
