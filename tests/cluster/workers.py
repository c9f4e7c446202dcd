"""What the tests give the workers of a cluster to run; in a module of its own, because they import it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from budgetkg.cluster.scheduling import read_on_worker
from budgetkg.pipeline.document import Job, Outcome, process
from budgetkg.pipeline.guarded import Limits


def poisoned(function: object, job: Job, data: bytes, limits: Limits, same: str) -> Outcome:
    """Run by a worker: some documents end it, whichever it is."""
    if b"poison" in data:
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(job.path)


def greedily(function: object, job: Job, data: bytes, limits: Limits, same: str) -> Outcome:
    """Run by a worker: one document takes more memory than a document may."""
    return read_on_worker(greedy, job, data, limits, same)


def older(function: object, job: Job, data: bytes, limits: Limits, same: str) -> Outcome:
    """Run by a worker: who asks has another program."""
    return read_on_worker(process, job, data, limits, "0" * 64)


def slowly(job: Job) -> Outcome:
    """A document, read so slowly that a test can end its worker meanwhile; it says that it has begun."""
    Path(os.environ["BUDGETKG_TEST_BEGUN"], f"{job.path.name}.{os.getpid()}").touch()
    time.sleep(0.5)
    return process(job)


def greedy(job: Job) -> Outcome:
    """A document that takes more memory than a document may."""
    if "huangpu" in job.path.name:
        assert len(bytearray(1 << 31))
    return process(job)
