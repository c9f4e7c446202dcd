"""What a measurement is of: one hash over the code, the data that it reads, and the benchmark itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

FOLDERS = ("src/budgetkg", "ontology", "shapes", "queries", "benchmarks")
_KINDS = frozenset({".py", ".toml", ".ttl", ".rq", ".csv"})


def measured_code(root: Path) -> str:
    """The first sixteen digits of the hash of all files that decide what a benchmark measures."""
    whole = hashlib.sha256()
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in _KINDS and path.is_file():
                whole.update(f"{path.relative_to(root).as_posix()}\n".encode())
                whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]
