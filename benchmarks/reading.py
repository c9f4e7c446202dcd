"""Pages a second of reading with evidence, beside plain tables: ``python -m benchmarks.reading [PDF…]``.

The peer is what a user of pdfplumber writes first, ``page.extract_tables()`` for each page: no records,
no evidence, no rows put back together. One worker and two read the same documents.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber

from budgetkg.pipeline.document import BuildOptions, Job, read
from budgetkg.pipeline.guarded import Limits, guarded

REBUILT = Path(__file__).resolve().parent.parent.parent / "shared" / "documents" / "rebuilt"
ROUNDS = 3


def plain_tables(files: Sequence[Path]) -> int:
    """The peer; returns how many pages it has seen."""
    pages = 0
    for file in files:
        with pdfplumber.open(file) as pdf:
            for page in pdf.pages:
                page.extract_tables()
                page.close()
                pages += 1
    return pages


def records(files: Sequence[Path], workers: int) -> int:
    """Ours, from bytes to records with evidence; returns how many documents were read."""
    jobs = [Job(file, BuildOptions()) for file in files]
    outcomes = guarded(read, jobs, workers=workers, limits=Limits(), lost=lambda _, why: ([], why))
    return sum(len(found) for found, _ in outcomes)


def best(function: Callable[[], object]) -> float:
    """The shortest of several rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def main(arguments: Sequence[str]) -> int:
    """Print a line for the peer, one for each number of workers, and the peak memory."""
    files = [Path(name) for name in arguments] or sorted(REBUILT.glob("*.pdf"))
    if not files:
        print(f"no PDF in {REBUILT}", file=sys.stderr)
        return 1
    pages = plain_tables(files)
    peer = best(lambda: plain_tables(files))
    print(f"plain extract_tables()   {pages / peer:6.1f} pages/s")
    for workers in (1, 2):
        ours = best(lambda workers=workers: records(files, workers))  # type: ignore[misc]
        print(f"records, {workers} worker(s)     {pages / ours:6.1f} pages/s  {ours / peer:.2f} of the time")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak memory              {peak / 1024:6.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
