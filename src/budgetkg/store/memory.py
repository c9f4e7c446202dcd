"""What a build keeps for the next one beside the generations; without it everything is done anew.

``generations/stamps.json`` has size, time of change and inode of each file of the current generation, as they
were when its hash was known to be right. A file of which these are as they were needn't be hashed again, as
Git and make have it; ``budgetkg check`` hashes every file all the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from budgetkg.regular import content
from budgetkg.store.durable import naming
from budgetkg.store.manifest import MANIFEST, STORE, hashed_bytes, names_of
from budgetkg.store.seal import engine_files

STAMPS, READ = "stamps.json", "read.json"

Stamp: TypeAlias = list[int]


@dataclass(frozen=True, slots=True)
class Stamps:
    """The stamps of a generation's files, by their names in it."""

    generation: Path
    files: Mapping[str, Stamp]

    def untouched(self, name: str) -> bool:
        """Has nobody written to a file, by its name in the generation, since its hash was known?"""
        try:
            return name in self.files and self.files[name] == _stamp(f"{self.generation}/{name}")
        except OSError:
            return False


def stamps_of(generation: Path) -> Stamps:
    """The stamps that were kept of a generation; none where they are of another one, or damaged."""
    kept = recalled(generation.parent / STAMPS)
    if not isinstance(kept, dict) or kept.get("generation") != generation.name:
        return Stamps(generation, {})
    return Stamps(generation, kept["files"])


def keep_stamps(generation: Path) -> None:
    """Keep the stamps of a generation whose files are as its manifest and its seal say."""
    names = [*names_of(generation), MANIFEST]
    names += [f"{STORE}/{path.name}" for path in engine_files(generation / STORE)]
    with suppress(OSError):  # a file that goes away meanwhile: everything is hashed then
        files = {name: _stamp(f"{generation}/{name}") for name in names}
        remember(generation.parent / STAMPS, {"generation": generation.name, "files": files})


def forget_stamps(generation: Path) -> None:
    """Have the next build hash every file: damage was found of which the stamps said nothing."""
    with suppress(OSError):  # a disk that can only be read: whoever builds there says so
        (generation.parent / STAMPS).unlink(missing_ok=True)


def remember(path: Path, kept: Any) -> None:
    """Keep something with the hash of its name and itself: no half of it nor another is taken for it."""
    own = _digest(path, kept)
    fresh = path.with_name(f".{path.name}.new")
    with naming(path):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)  # nobody but us writes there, and nothing is kept in a folder
        fresh.write_bytes(json.dumps({"sha256": own, "kept": kept}, ensure_ascii=False).encode("utf-8"))
        fresh.replace(path)


def recalled(path: Path) -> Any:
    """What was kept; ``None`` where nothing is, or not as it was written."""
    try:
        found = json.loads(content(path))
        kept = found["kept"]
        return kept if _digest(path, kept) == found["sha256"] else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _digest(path: Path, kept: Any) -> str:
    return hashlib.sha256(hashed_bytes([path.name, kept])).hexdigest()


def _stamp(path: Path | str) -> Stamp:
    found = os.stat(path)  # noqa: PTH116 - thousands of names: as text in a quarter of the time
    return [found.st_size, found.st_mtime_ns, found.st_ino]
