"""Pages a second of reading with evidence, beside plain tables: ``python -m benchmarks.reading [PDF…]``.

The peer is what a user of pdfplumber writes first, ``page.extract_tables()`` for each page: no records,
no evidence, no rows put back together. One worker and two read the same documents.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber

from budgetkg.pipeline.guarded import Limits
from budgetkg.pipeline.parsing import Source, read_all
from budgetkg.pipeline.watching import Watch

REBUILT = Path(__file__).resolve().parent.parent.parent / "shared" / "documents" / "rebuilt"
ROUNDS = 3


def plain_tables(files: Sequence[Path]) -> int:
    """Extract the tables of every page with pdfplumber; returns the number of pages."""
    pages = 0
    for file in files:
        with pdfplumber.open(file) as pdf:
            for page in pdf.pages:
                page.extract_tables()
                page.close()
                pages += 1
    return pages


def records(files: Sequence[Path], workers: int) -> int:
    """Read the files into records with evidence; returns the number of documents."""
    jobs = [Source(file) for file in files]
    outcomes = read_all(jobs, workers, Limits(), Watch(len(jobs)))
    return sum(len(documents) for documents, _ in outcomes)


def measured(function: Callable[[], int]) -> tuple[int, float, float]:
    """Run a function several times in a process of its own.

    Returns its result, the seconds of the fastest round, and the MiB of the largest process: this one or a
    child.
    """
    mine, theirs = multiprocessing.get_context("fork").Pipe(duplex=False)

    def work() -> None:
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            result = function()
            times.append(time.perf_counter() - start)
        who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        theirs.send((result, min(times), max(resource.getrusage(one).ru_maxrss for one in who) / 1024))

    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    result, seconds, peak = mine.recv()
    process.join()
    return result, seconds, peak


def main(arguments: Sequence[str]) -> int:
    """Print a line for the peer, and one for each number of workers."""
    files = [Path(name) for name in arguments] or sorted(REBUILT.glob("*.pdf"))
    if not files:
        print(f"no PDF in {REBUILT}, and none was named", file=sys.stderr)
        return 0
    pages, peer, peak = measured(lambda: plain_tables(files))
    print(f"{len(files)} PDF files, {pages} pages, the best of {ROUNDS} rounds")
    print("                        pages/s   of the time   peak MiB")
    print(f"plain extract_tables()  {pages / peer:7.1f}          1.00   {peak:8.0f}")
    for workers in (1, 2):
        _, ours, peak = measured(lambda workers=workers: records(files, workers))  # type: ignore[misc]
        print(f"records, {workers} worker(s)   {pages / ours:7.1f}   {ours / peer:11.2f}   {peak:8.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
