"""Damage to what builds keep for the next one, and damage that leaves a file's size and times alone."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.torture.damage import PLACES, WAYS, _bytes, kinds
from tests.torture.scenes import SMALL, copied, damaged, generation, leftovers, line

from budgetkg.store.manifest import digest_of
from budgetkg.store.memory import READ, STAMPS, recalled, remember

_KEPT = (STAMPS, READ)


def trials(work: Path) -> dict[str, Callable[[Path], bool]]:
    """What is done to a graph's directory, by name; each says whether ``check`` must see it."""
    found: dict[str, Callable[[Path], bool]] = {}
    for name in _KEPT:
        for way in WAYS:
            found[f"kept {name} {way}"] = partial(_kept_damaged, name, way)
        found[f"kept {name} of another graph"] = partial(_of_another, name, work / "first")
        found[f"kept {name} that lies"] = partial(_lies, name)
    for name in kinds(work / "both"):
        found[f"rot {name}"] = partial(_rotten, name)
    for place in PLACES:
        found[f"nothing kept, {place}"] = partial(_nothing_kept, place)
    return found


def _kept_damaged(name: str, way: str, directory: Path) -> bool:
    place = directory / "generations"
    WAYS[way](place / name, place / _KEPT[name == STAMPS])
    return False


def _of_another(name: str, other: Path, directory: Path) -> bool:
    (directory / "generations" / name).write_bytes((other / "generations" / name).read_bytes())
    return False


def _lies(name: str, directory: Path) -> bool:
    """Its own hash fits, and what it says of everything is untrue."""
    path = directory / "generations" / name
    kept = recalled(path)
    if name == STAMPS:
        kept["files"] = {file: [1, 1, 1] for file in kept["files"]}
    else:
        untrue = digest_of(b"untrue")
        kept["readings"] = {key: dict.fromkeys(held, untrue) for key, held in kept["readings"].items()}
        kept["outcome"] = {**kept["outcome"], "generation": untrue}
    remember(path, kept)
    return False


def _rotten(name: str, directory: Path) -> bool:
    """A disk that gives other bytes than were written: nothing of the file says so but its content."""
    path, _ = kinds(directory)[name]
    before = path.stat()
    data = bytearray(path.read_bytes())
    if not data:  # a document that shares nothing with others: nothing can rot
        return False
    data[len(data) // 2] ^= 0x04
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    return True


def _nothing_kept(place: str, directory: Path) -> bool:
    for name in _KEPT:
        (directory / "generations" / name).unlink()
    PLACES[place](directory)
    return True


def remembered_all(work: Path, chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Each trial once, in an order of chance, and what is wrong afterwards."""
    every = sorted(trials(work).items())
    chance.shuffle(every)
    for name, change in every:
        yield name, tried(work, change)


def tried(work: Path, change: Callable[[Path], bool]) -> list[str]:
    """Damage a copy of the whole graph, look at it, build again: what is wrong then."""
    directory, whole = work / "dir", work / "both"
    copied(whole, directory)
    _stamped(directory)
    wrong = []
    if change(directory) != bool(damaged(directory)):
        wrong.append("not seen, or seen where nothing is damaged")
    sources = [work / "in" / name for name in SMALL]
    again = line("build", *sources, "--into", directory, "--no-validate", "--workers", "1")
    if again.code or "Traceback" in again.said:
        wrong.append(f"build: {again.code} {again.said[-1500:]}")
    wrong += [f"after building: {damage}" for damage in damaged(directory)]
    if generation(directory) != generation(whole):
        wrong.append(f"after building: {generation(directory)}, not {generation(whole)}")
    if _bytes(directory) != _bytes(whole):
        wrong.append("after building: other bytes")
    return wrong + [f"left over: {left}" for left in leftovers(directory) if left != "aside"]


def _stamped(directory: Path) -> None:
    """A copy has other inodes: keep stamps of it as a build would."""
    from budgetkg.store.memory import keep_stamps

    keep_stamps((directory / "current").resolve())
