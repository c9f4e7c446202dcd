"""Telling who watches how far a batch has come: documents done, and the page of the one being read."""

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
    """One batch; without anybody who watches it says nothing."""

    total: int
    progress: Progress | None = None
    done: int = 0

    def document(self, path: Path) -> None:
        """A document is done."""
        self.done += 1
        self._say(path.name)

    def page(self, job: _HasPath, number: int, pages: int) -> None:
        """A page of a document that is being read is done."""
        self._say(f"{job.path.name} {number}/{pages}")

    def _say(self, what: str) -> None:
        if self.progress is not None:
            self.progress(self.done, self.total, what)
