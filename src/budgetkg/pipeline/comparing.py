"""The memory of comparisons beside the generations: ``generations/comparisons.db``, with its seal.

It belongs to a state of the conclusions, and counts only where the current generation holds just these and
nobody has written to the file since: else everything is compared from nothing. It is written after the
generation, so whatever ends a build between the two costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkg.errors import StoreError
from budgetkg.pipeline.software import software
from budgetkg.regular import cleared
from budgetkg.store.generations import EXTRACT, Generation, located
from budgetkg.store.locks import GENERATIONS
from budgetkg.store.manifest import hashed_bytes, manifest_of
from budgetkg.store.memory import recalled, remember

if TYPE_CHECKING:
    from budgetkg.inference import Comparisons

_BASE, _SEAL = "comparisons.db", "comparisons.json"


class Memory:
    """What is remembered of documents, and the generation whose conclusions it knows, if any."""

    def __init__(self, directory: Path, basis: str) -> None:
        from budgetkg.inference import Comparisons

        self._directory, self._basis = directory, hashlib.sha256(f"{software()} {basis}".encode()).hexdigest()
        self._path = directory / GENERATIONS / _BASE
        self.before = self._known()
        if self.before is None:
            self._forget()
        self.comparisons: Comparisons = Comparisons(self._path)
        self._kept = False

    def forgotten(self) -> None:
        """Begin from nothing, where what was remembered turns out not to be whole."""
        from budgetkg.inference import Comparisons

        self.comparisons.base.close()
        self._forget()
        self.before, self.comparisons = None, Comparisons(self._path)

    def keep(self, generation: Generation) -> None:
        """Write what is remembered now; it belongs to the conclusions of this generation."""
        self.comparisons.close(keeping=True)
        self._kept = True
        kept = [self._basis, _shares(generation), _stamp(self._path)]
        remember(self._path.with_name(_SEAL), kept)

    def close(self) -> None:
        """Leave everything as it was, unless it was kept."""
        if not self._kept:
            self.comparisons.base.close()

    def _known(self) -> Generation | None:
        try:
            before = located(self._directory)
            kept = recalled(self._path.with_name(_SEAL))
            return before if kept == [self._basis, _shares(before), _stamp(self._path)] else None
        except (StoreError, OSError):
            return None

    def _forget(self) -> None:
        for path in self._path.parent.glob(f"{_BASE}*"):
            cleared(path)


@contextmanager
def remembering(directory: Path, basis: str) -> Iterator[Memory]:
    """The memory of a directory's comparisons; what isn't kept is as if it had never been."""
    try:
        memory = Memory(directory, basis)
    except sqlite3.DatabaseError:
        cleared(directory / GENERATIONS / _SEAL)
        memory = Memory(directory, basis)
    try:
        yield memory
    finally:
        memory.close()


def _shares(generation: Generation) -> str:
    """What the conclusions of a generation are: the hashes of their files, and of what they follow from."""
    manifest = manifest_of(generation.path)
    files = manifest[1] if manifest else {}
    own = {
        name: known
        for name, known in files.items()
        if name.startswith(("graphs/concluded-", "graphs/compared-")) or name.endswith(EXTRACT)
    }
    return hashlib.sha256(hashed_bytes(own)).hexdigest()


def _stamp(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ino]
