"""What work costs in CPU time, so that a test says how cost grows with size, not how fast a machine is."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Callable, Sequence

SLACK = 4
"""How far a cost may lie above its proportion: caches, garbage, a clock that counts in steps."""
_CLOCK = 0.05  # below so many seconds a clock says little


def seconds(work: Callable[[], object]) -> float:
    """The CPU time of this process for some work, the best of three."""

    def once() -> float:
        began = time.process_time()
        work()
        return time.process_time() - began

    return min(once() for _ in range(3))


def in_proportion(small: Callable[[], object], large: Callable[[], object], ratio: float) -> bool:
    """Does the large work cost at most ``ratio`` times the small one, give or take?"""
    return seconds(large) <= SLACK * ratio * max(seconds(small), _CLOCK)


def run(
    command: Sequence[str], most: float | None = None
) -> tuple[subprocess.CompletedProcess[bytes], float]:
    """Run a program that is ended beyond ``most`` seconds of CPU time; what it did, and what it took."""

    def limited() -> None:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (int(most) + 1, int(most) + 1))

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(command, capture_output=True, check=False, preexec_fn=limited)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
