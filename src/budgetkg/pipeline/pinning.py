"""Choosing by hand which edition of a table counts: a row of the person's file, applied at once."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from budgetkg.pipeline.building import finish
from budgetkg.pipeline.counting import EDITIONS, VERDICT_COLUMNS, Counted
from budgetkg.pipeline.document import BuildOptions
from budgetkg.store.commit import exclusive, keep, stage
from budgetkg.store.generations import current


def pin(directory: str | os.PathLike[str], document: str, reason: str = "") -> Counted:
    """Let a document count and not the other editions of its table; no source is read again.

    ``document`` is a file name, a SHA-256 or an IRI. The row goes to ``corrections/editions.csv``,
    under the SHA-256, so that another file of that name isn't meant by it; the last row on a document
    or on another edition of its table decides. Returns which documents count now. Raises
    :class:`budgetkg.errors.UnknownName` for a document that isn't there.
    """
    place = Path(directory)
    current(place)  # no graph, no lock
    with exclusive(place):
        old = current(place)
        key = old.key_of(document)
        entries = old.entries()
        chosen = next(entry for entry in entries if entry["key"] == key)
        rivals = {entry["key"] for entry in entries if key in (entry["superseded_by"], entry["key"])}
        rivals |= {
            entry["key"]
            for entry in entries
            if chosen["superseded_by"] in (entry["key"], entry["superseded_by"]) and chosen["superseded_by"]
        }
        others = [entry for entry in entries if entry["key"] in rivals]
        _write(place / EDITIONS, others, (str(chosen["sha256"]), "counts", reason or str(chosen["source"])))
        staged = stage(place)
        keep(old, staged, [entry["key"] for entry in entries])
        return finish(place, staged, entries, BuildOptions(base=entries[0]["base"])).counted


def _write(path: Path, rivals: list[dict[str, object]], row: tuple[str, ...]) -> None:
    """The file without earlier choices among the same editions, and with the new one at its end."""
    from budgetkg.inference import lines_of
    from budgetkg.store.generations import is_named

    earlier = [fields for _, fields in lines_of(path, VERDICT_COLUMNS)]
    kept = [
        tuple(fields[name] for name in VERDICT_COLUMNS)
        for fields in earlier
        if not any(is_named(entry, fields["subject"]) for entry in rivals)
    ]
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([VERDICT_COLUMNS, *kept, row])
