"""The progress of a batch: how many documents are done, and which page of which one is being read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

# Documents done, documents in all, what is read now.
Progress: TypeAlias = Callable[[int, int, str], None]


class _HasPath(Protocol):
    @property
    def path(self) -> Path: ...


@dataclass(slots=True)
class Watch:
    """Counts the documents of one batch and calls ``progress``, if there is one, at every step."""

    total: int
    progress: Progress | None = None
    done: int = 0

    def document(self, path: Path) -> None:
        """Count a document that is done."""
        self.done += 1
        self._report(path.name)

    def page(self, job: _HasPath, number: int, pages: int) -> None:
        """Report a page that is done, of a document that is being read."""
        self._report(f"{job.path.name} {number}/{pages}")

    def _report(self, what: str) -> None:
        if self.progress is not None:
            self.progress(self.done, self.total, what)
