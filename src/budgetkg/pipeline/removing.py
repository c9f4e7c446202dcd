"""Taking documents out of a graph; what is concluded from the others is concluded anew."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from budgetkg.errors import StoreError
from budgetkg.pipeline.building import finish
from budgetkg.pipeline.damaged import readable
from budgetkg.pipeline.document import BuildOptions
from budgetkg.store.commit import exclusive, keep, prune, stage
from budgetkg.store.generations import located
from budgetkg.store.healing import mended


def remove(directory: str | os.PathLike[str], documents: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """Take documents, named by file name, SHA-256 or IRI, out of the graph in a directory.

    The graph is then the one that a build of the others makes. Returns what the index said of those
    taken out. Raises :class:`budgetkg.errors.UnknownName` for a document that isn't there, and
    StoreError where none would be left or one that is to stay is damaged; nothing changes then.
    """
    place = Path(directory)
    located(place)  # no graph, no lock
    with exclusive(place):
        healed = mended(place, count=False)
        prune(place)  # a run before this one may have been ended when all but that was done
        old = located(place)
        gone = {old.key_of(document) for document in documents}
        entries = old.entries()
        kept = [entry for entry in entries if entry["key"] not in gone]
        if not kept:
            raise StoreError("last-document", directory=place)
        readable(place, healed, gone)
        staged = stage(place)
        keep(old, staged, [entry["key"] for entry in kept])
        finish(place, staged, kept, BuildOptions(base=kept[0]["base"]))
    return tuple(entry for entry in entries if entry["key"] in gone)
