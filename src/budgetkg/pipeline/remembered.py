"""What one build tells the next beside the graph itself; without it everything is done anew.

``generations/read.json`` holds which documents came of which readings (:mod:`budgetkg.pipeline.unchanged`),
and what was concluded from which basis. Where the next build comes to the same, nothing is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from budgetkg.pipeline.concluding import CORRECTIONS, Concluded
from budgetkg.pipeline.counting import EDITIONS, Counted
from budgetkg.pipeline.editions import Editions, Group
from budgetkg.pipeline.software import software
from budgetkg.pipeline.unchanged import Readings
from budgetkg.regular import content
from budgetkg.store.generations import LINKS, MERGED, Generation
from budgetkg.store.locks import GENERATIONS
from budgetkg.store.manifest import hashed_bytes
from budgetkg.store.memory import READ, recalled, remember

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the last build kept; ``outcome`` is what it concluded, by the basis and the generation."""

    readings: Readings = field(default_factory=dict)
    outcome: Json = field(default_factory=dict)

    def concluded(self, generation: Generation, basis: str) -> tuple[Concluded, Counted] | None:
        """What the last build came to, if it made this generation from the same basis."""
        kept = self.outcome
        if (kept.get("generation"), kept.get("basis")) != (generation.path.name, basis):
            return None
        groups = tuple(Group(**{**one, "superseded": tuple(one["superseded"])}) for one in kept["groups"])
        doubtful = tuple((one, other) for one, other in kept["doubtful"])
        counted = Counted(tuple(generation.entries()), Editions(groups, doubtful), tuple(kept["verdicts"]))
        return Concluded(kept["counts"], tuple(kept["unused"]), 0.0), counted


def remembered(directory: Path) -> Remembered:
    """What the last build kept; nothing where it is damaged or there was none."""
    kept = recalled(directory / GENERATIONS / READ)
    return Remembered(kept["readings"], kept["outcome"]) if isinstance(kept, dict) else Remembered()


def keep_for_next(
    directory: Path,
    readings: Readings,
    generation: Generation,
    basis: str,
    concluded: Concluded,
    counted: Counted,
) -> None:
    """Keep what the next build needs to know."""
    outcome = {
        "generation": generation.path.name,
        "basis": basis,
        "software": software(),
        "counts": concluded.counts,
        "unused": concluded.unused,
        "groups": [asdict(group) for group in counted.editions.groups],
        "doubtful": counted.editions.doubtful,
        "verdicts": counted.unused,
    }
    remember(directory / GENERATIONS / READ, {"readings": readings, "outcome": outcome})


def basis_of(directory: Path, entries: Iterable[Json], base: str) -> str:
    """All that a generation follows from, as one hash.

    The software, the entries of the documents, and what people keep beside the generations. The files of the
    documents are those of the generation: whoever asks has read none anew.
    """
    beside = [directory / CORRECTIONS, directory / EDITIONS]
    beside += sorted((*(directory / LINKS).glob("*.csv"), *(directory / MERGED).glob("*.nq")))
    own = [
        (path.relative_to(directory).as_posix(), hashlib.sha256(content(path)).hexdigest())
        for path in beside
        if path.exists()
    ]
    decided = [
        {name: value for name, value in entry.items() if name != "superseded_by"}
        for entry in sorted(entries, key=lambda entry: str(entry["key"]))
    ]
    return hashlib.sha256(hashed_bytes([software(), base, decided, own])).hexdigest()
