"""The graph as compressed, sorted N-Quads in parts, with a manifest: what any store loads in bulk.

A part holds whole named graphs, the documents' in the order of their keys, then those they share; its lines
are in the order of their bytes. The manifest gives for each part its quads and bytes, and the SHA-256 of the
file and of what it unpacks to: the second is the same whatever wrote the gzip.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from budgetkg.export.files import write_json
from budgetkg.export.quads import graph_files, merged_lines
from budgetkg.formats import FOLDERS, SHARDS
from budgetkg.store.generations import Generation

# Bytes of N-Quads after which a part is full: some 300,000 quads. A larger graph isn't cut.
FULL = 64 << 20
_LEVEL = 6  # gzip's own middle between size and time


def write_shards(generation: Generation, folder: Path, *, spreadsheet: bool = False) -> None:
    """Write the parts and their manifest into an empty folder."""
    parts = [_part(folder, number, paths) for number, paths in enumerate(_together(graph_files(generation)))]
    totals = {name: sum(part[name] for part in parts) for name in ("quads", "bytes")}
    manifest = {"format": "application/n-quads", "compression": "gzip", **totals, "parts": parts}
    write_json(folder / FOLDERS[SHARDS], manifest)


def _together(paths: tuple[Path, ...]) -> Iterator[list[Path]]:
    """The files of each part."""
    part: list[Path] = []
    size = 0
    for path in paths:
        part.append(path)
        size += path.stat().st_size
        if size >= FULL:
            yield part
            part, size = [], 0
    if part:
        yield part


def _part(folder: Path, number: int, paths: list[Path]) -> dict[str, Any]:
    out = folder / f"part-{number:05d}.nq.gz"
    whole, quads, size = hashlib.sha256(), 0, 0
    # Neither a name nor a time in the head of the file: the same graph gives the same bytes.
    with (
        out.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=_LEVEL, fileobj=raw, mtime=0) as packed,
    ):
        for line in merged_lines(paths):
            packed.write(line)
            whole.update(line)
            quads, size = quads + 1, size + len(line)
    with out.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "file": out.name, "graphs": len(paths), "quads": quads, "bytes": size,
        "sha256": digest, "sha256_unpacked": whole.hexdigest(),
    }  # fmt: skip


WRITERS = {SHARDS: write_shards}
