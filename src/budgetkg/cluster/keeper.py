"""The process that a worker of the cluster keeps: it reads documents one by one, each within its limits.

A program of its own, because the workers of Dask are daemons, which may begin no processes, and have threads,
beside which none may be forked. It takes pickled jobs on its standard input and gives pickled outcomes on its
standard output; at the end of its input it ends.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeAlias

from budgetkg.pipeline.document import Job, Outcome, lost
from budgetkg.pipeline.guarded import Guard, Limits

Reading: TypeAlias = Callable[[Job], Outcome]


class Keeper:
    """The side of the worker: a process that is begun with the first job, and again if it has ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def outcome(self, function: Reading, job: Job, data: bytes, limits: Limits) -> Outcome:
        """What a function of a module makes of a source with these bytes.

        Raises EOFError where the process ends instead.
        """
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "budgetkg.cluster.keeper"]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        given, taken = self._process.stdin, self._process.stdout
        if given is None or taken is None:  # never: pipes were asked for
            raise EOFError
        try:
            pickle.dump((function, job, data, limits), given)
            given.flush()
            outcome: Outcome = pickle.load(taken)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self._process.kill()
            self._process.wait()
            raise EOFError(str(error)) from error
        return outcome


def main() -> None:
    """Read documents until no more come."""
    given, taken = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no outcome
    with tempfile.TemporaryDirectory(prefix="budgetkg-") as folder:
        _keep(given, taken, Path(folder))


def _keep(given: BinaryIO, taken: BinaryIO, folder: Path) -> None:
    guard: Guard[Job, Outcome] | None = None
    held: tuple[Reading, Limits] | None = None
    try:
        while True:
            try:
                function, job, data, limits = pickle.load(given)
            except EOFError:
                return
            if guard is None or held != (function, limits):
                if guard is not None:
                    guard.end()
                guard, held = Guard(function, limits, lost), (function, limits)
            outcome = _read(guard, job, data, folder)
            try:
                pickle.dump(outcome, taken)
                taken.flush()
            except BrokenPipeError:  # the worker has ended
                return
    finally:
        if guard is not None:
            guard.end()


def _read(guard: Guard[Job, Outcome], job: Job, data: bytes, folder: Path) -> Outcome:
    """The outcome of a source that lies on another machine: a copy of it, under its name, is read here."""
    copy = folder / job.path.name
    copy.write_bytes(data)
    try:
        return replace(guard.outcome(replace(job, path=copy)), path=job.path)
    finally:
        copy.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
