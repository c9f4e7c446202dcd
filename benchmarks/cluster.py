"""How much sooner two workers of a Dask scheduler read than one: ``python -m benchmarks.cluster``.

Workers are processes of their own, reached over TCP on this machine as ``budgetkg build --scheduler`` does
it; each has read a document before the clock starts. Reading ends when the last outcome has come back,
whole and in order; a build also draws its conclusions and fills its store, which one process does. What two
processes gain that only add numbers and share nothing is the most that the machine gives at the time.

One worker and two take turns, and the fastest round of each counts, by the clock: other work on the machine
falls on all of them (``nice -n -15``, as root, goes before it).
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import budgetkg
from benchmarks import corpus
from budgetkg.cluster.scheduling import over_cluster
from budgetkg.pipeline.document import BuildOptions, Job, process
from budgetkg.pipeline.guarded import Limits

CREWS = (1, 2)
NUMBERS = 30_000_000
"""How many numbers are added by processes that share nothing: some seconds for one."""


@contextmanager
def crew(count: int) -> Iterator[str]:
    """The address of a scheduler with so many workers of one thread."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=count, threads_per_worker=1, processes=True, protocol="tcp://", dashboard_address=None
    ) as cluster:
        yield str(cluster.scheduler_address)


def reading(address: str, jobs: Sequence[Job]) -> float:
    """Seconds until the workers have read documents."""
    start = time.perf_counter()
    outcomes = list(over_cluster(address, process, jobs, limits=Limits()))
    if any(outcome.reason for outcome in outcomes):
        raise SystemExit(f"not read: {[outcome.reason for outcome in outcomes if outcome.reason]}")
    return time.perf_counter() - start


def building(address: str, jobs: Sequence[Job]) -> float:
    """Seconds of a whole build by the workers and this process."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as into:
        mapper = partial(over_cluster, address, limits=Limits())
        budgetkg.build([job.path for job in jobs], into, mapper=mapper)
    return time.perf_counter() - start


def adding(count: int) -> float:
    """Seconds until so many processes together have added all the numbers."""
    start = time.perf_counter()
    with multiprocessing.get_context("fork").Pool(count) as pool:
        pool.map(_sum, [NUMBERS // count] * count, chunksize=1)
    return time.perf_counter() - start


def _sum(numbers: int) -> int:
    return sum(number & 3 for number in range(numbers))


def main() -> None:
    """Measure in turns and print what two workers gain."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--documents", type=int, default=20, help="synthetic ones (default: %(default)s)")
    options.add_argument("--rounds", type=int, default=3, help="how often each (default: %(default)s)")
    chosen = options.parse_args()
    kinds = {"reading": reading, "build": building}
    seconds: dict[tuple[str, int], list[float]] = {
        (kind, count): [] for kind in ("adding", *kinds) for count in CREWS
    }
    with tempfile.TemporaryDirectory() as folder:
        jobs = [Job(path, BuildOptions()) for path in corpus.write(Path(folder), chosen.documents)]
        for _ in range(chosen.rounds):
            for count in CREWS:
                seconds["adding", count].append(adding(count))
                with crew(count) as address:
                    reading(address, jobs[: 2 * count])  # each loads its program
                    for kind, measure in kinds.items():
                        seconds[kind, count].append(measure(address, jobs))
    for kind in ("adding", *kinds):
        one, two = (min(seconds[kind, count]) for count in CREWS)
        print(f"{kind:8} one worker {one:6.2f} s, two {two:6.2f} s: {one / two:.2f} times as fast")


if __name__ == "__main__":
    main()
