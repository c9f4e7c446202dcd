"""A cache on disk for answers of SPARQL endpoints; only complete answers are stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from budgetkg.export import replacing


class Cache:
    """The stored answer of one endpoint to one query with its values."""

    def __init__(self, folder: Path, url: str, text: str, values: Sequence[str]) -> None:
        asked = "\x1f".join((url, text, *values))
        self._path = folder / f"{hashlib.sha256(asked.encode()).hexdigest()[:16]}.json"

    def read(self) -> list[list[str]] | None:
        """The rows of four texts each; ``None`` where nothing is stored, or something else."""
        try:
            rows = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return None
        whole = isinstance(rows, list) and all(isinstance(row, list) and len(row) == 4 for row in rows)
        return rows if whole else None

    def write(self, text: str) -> None:
        """Store an answer (JSON); the file appears only when it is whole."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(self._path) as stream:
            stream.write(text.encode("utf-8"))
