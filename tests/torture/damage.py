"""Kinds of damage to every kind of file: seen, said in one line, mended where it can be."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from tests.torture.scenes import SMALL, Ran, copied, damaged, generation, leftovers, line

Way = Callable[[Path, Path], None]


def _flip(path: Path, _: Path) -> None:
    data = bytearray(path.read_bytes())
    data = data or bytearray(1)  # an empty file gets a byte
    data[len(data) // 2] ^= 0x04
    path.write_bytes(data)


def _flip_end(path: Path, _: Path) -> None:
    data = bytearray(path.read_bytes())
    data = data or bytearray(1)
    data[-2 if len(data) > 1 else 0] ^= 0x01
    path.write_bytes(data)


def _half(path: Path, _: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _other(path: Path, other: Path) -> None:
    shutil.copyfile(other, path)


def _loop(path: Path, _: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def _folder(path: Path, _: Path) -> None:
    path.unlink()
    path.mkdir()


WAYS: dict[str, Way] = {
    "flipped": _flip,
    "flipped-end": _flip_end,
    "half": _half,
    "empty": lambda path, _: os.truncate(path, 0),
    "deleted": lambda path, _: path.unlink(),
    "zeros": lambda path, _: path.write_bytes(bytes(path.stat().st_size)) and None,
    "longer": lambda path, _: path.write_bytes(path.read_bytes() + b"\n") and None,
    "exchanged": _other,
    "a-loop": _loop,
    "a-folder": _folder,
}


def kinds(directory: Path) -> dict[str, tuple[Path, Path]]:
    """A file of each kind, with another of its kind to take its place."""
    place = (directory / "current").resolve()
    documents = sorted(path for path in (place / "documents").iterdir() if path.name.count(".") == 1)
    graphs = [place / "graphs" / f"{path.stem}.nq" for path in documents]
    tables = sorted(path for path in (place / "store").glob("*.sst"))
    tables.sort(key=lambda path: path.stat().st_size)
    small = {path.name.partition("-")[0]: path for path in (place / "store").iterdir()}
    found = {
        "manifest": (place / "manifest.json", place / "index.json"),
        "seal": (place / "store" / "seal.json", place / "manifest.json"),
        "index": (place / "index.json", place / "findings.json"),
        "findings": (place / "findings.json", place / "index.json"),
        "graph": (graphs[0], graphs[1]),
        "reference": (place / "graphs" / "reference.nq", graphs[0]),
        "vocabulary": (place / "graphs" / "vocabulary.nq", graphs[0]),
        "provenance": (place / "graphs" / "provenance.nq", graphs[0]),
        "concluded": (min((place / "graphs").glob("concluded-*.nq")), graphs[0]),
        "compared": (min((place / "graphs").glob("compared-*.nq")), graphs[0]),
        "links": (min((place / "graphs").glob("links-*.nq")), graphs[0]),
        "merged": (min((place / "graphs").glob("merged-*.nq")), graphs[0]),
        "record": (documents[0], documents[1]),
        "finding": (documents[0].with_suffix(".findings.json"), documents[1].with_suffix(".findings.json")),
        "extract": (documents[0].with_suffix(".extract.json"), documents[1].with_suffix(".extract.json")),
        "largest-sst": (tables[-1], tables[-2]),
        "smallest-sst": (tables[0], tables[1]),
        "rocks-current": (small["CURRENT"], small["IDENTITY"]),
        "rocks-manifest": (small["MANIFEST"], small["OPTIONS"]),
        "rocks-options": (small["OPTIONS"], small["MANIFEST"]),
        "rocks-identity": (small["IDENTITY"], small["CURRENT"]),
    }
    return {name: pair for name, pair in found.items() if pair[0].exists()}


def _all_empty(path: Path) -> None:
    for file in path.rglob("*"):
        if file.is_file():
            os.truncate(file, 0)


def _pointer_garbage(directory: Path) -> None:
    (directory / "current").unlink()
    (directory / "current").write_bytes(b"\xff\0x")


def _way_elsewhere(directory: Path) -> None:
    (directory / "store").unlink()
    (directory / "store").symlink_to("/tmp")


def _pointed(to: str) -> Callable[[Path], None]:
    def change(directory: Path) -> None:
        (directory / "current").unlink()
        (directory / "current").symlink_to(to)

    return change


def _stranger(directory: Path) -> None:
    ((directory / "current").resolve() / "graphs" / "stranger.nq").write_text("<u:a> <u:b> <u:c> .\n")


def _stale_sst(directory: Path) -> None:
    store = (directory / "current").resolve() / "store"
    shutil.copyfile(min(store.glob("*.sst")), store / "000099.sst")


PLACES: dict[str, Callable[[Path], None]] = {
    "no store": lambda at: shutil.rmtree((at / "current").resolve() / "store"),
    "no graphs": lambda at: shutil.rmtree((at / "current").resolve() / "graphs"),
    "no documents": lambda at: shutil.rmtree((at / "current").resolve() / "documents"),
    "no generation": lambda at: shutil.rmtree((at / "current").resolve()),
    "all empty": lambda at: _all_empty((at / "current").resolve()),
    "store empty": lambda at: _all_empty((at / "current").resolve() / "store"),
    "no pointer": lambda at: (at / "current").unlink(),
    "pointer nowhere": _pointed("generations/0123456789abcdef"),
    "pointer out": _pointed("/"),
    "pointer loop": _pointed("current"),
    "pointer garbage": _pointer_garbage,
    "no way in": lambda at: (at / "store").unlink(),
    "way elsewhere": _way_elsewhere,
    "stranger": _stranger,
    "stale sst": _stale_sst,
}
ASKED = (
    ("query", "largest-projects", "--store", "DIR"),
    ("export", "DIR", "--format", "nquads"),
    ("findings", "DIR", "--json"),
)


def damage_all(
    work: Path, chance: random.Random, share: tuple[int, int] = (1, 1)
) -> Iterator[tuple[str, list[str]]]:
    """Every kind of damage once (or a share of them), in an order of chance; what is wrong afterwards."""
    whole = work / "both"
    trials = [(name, way) for name in kinds(whole) for way in WAYS]
    every = [*trials, *((place, "") for place in PLACES)]
    chance.shuffle(every)
    for name, way in every[share[0] - 1 :: share[1]]:
        yield f"{name} {way}".strip(), damaged_once(work, name, way)


def damaged_once(work: Path, name: str, way: str) -> list[str]:
    """One kind of damage to a copy of the whole graph, and what is wrong afterwards."""
    directory, whole = work / "dir", work / "both"
    copied(whole, directory)
    before = _bytes(whole)
    if way:
        path, other = kinds(directory)[name]
        WAYS[way](path, other)
    else:
        PLACES[name](directory)
    if _bytes(directory) == before and _leads(directory) == _leads(whole):
        return []  # the same bytes: nothing is damaged
    wrong = []
    seen = damaged(directory)
    if not seen:
        wrong.append("not seen")
    wrong += _answers(directory, whole)
    mended = line("check", directory, "--repair")
    wrong += _one_line("check --repair", mended.code, mended.said)
    if mended.code == 0 and damaged(directory):
        wrong.append(f"said to be whole: {damaged(directory)}")
    if mended.code == 0 and generation(directory) != generation(whole):
        wrong.append("mended to another generation")
    sources = [work / "in" / name for name in SMALL]
    again = line("build", *sources, "--into", directory, "--no-validate", "--workers", "1")
    if again.code:
        wrong.append(f"build: {again.code} {again.said[-1500:]}")
    wrong += [f"after building: {damage}" for damage in damaged(directory)]
    if generation(directory) != generation(whole):
        wrong.append(f"after building: {generation(directory)}, not {generation(whole)}")
    if _bytes(directory) != before:
        wrong.append("after building: other bytes")
    return wrong + [f"left over: {left}" for left in leftovers(directory) if left != "aside"]


def _leads(directory: Path) -> Path | None:
    name = directory / "current"
    return name.readlink() if name.is_symlink() else None


def _answers(directory: Path, whole: Path) -> list[str]:
    """What reading commands say: what they say of the whole graph, or one line."""
    wrong = []
    for asked in ASKED:
        ran, right = _asked(directory, asked), _right(whole, asked)
        if ran.code == right.code and ran.said == right.said:
            continue
        wrong += _one_line(asked[0], ran.code, ran.said)
        if ran.code == 0:
            wrong.append(f"{asked[0]}: another answer, and exit code 0")
    return wrong


def _asked(directory: Path, words: tuple[str, ...]) -> Ran:
    return line(*[str(directory) if word == "DIR" else word for word in words])


@cache
def _right(whole: Path, words: tuple[str, ...]) -> Ran:
    return _asked(whole, words)


def _one_line(name: str, code: int, said: str) -> list[str]:
    if code in (0, 1) and "Traceback" not in said and "panicked" not in said:
        return []
    return [f"{name}: {code} {said[-1500:]}"]


def _bytes(directory: Path) -> dict[str, bytes]:
    """The files of a generation, but for the engine's."""
    place = Path(os.path.realpath(directory / "current"))
    if not place.is_dir() or place.parent.name != "generations":
        return {}
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file() and "store" not in path.relative_to(place).parts
    }


def other_layout(directory: Path, number: int) -> None:
    """Make a graph one of another version: its manifest says another layout, and its name fits."""
    from budgetkg.store.manifest import digest_of, json_bytes

    place = (directory / "current").resolve()
    found = json.loads((place / "manifest.json").read_bytes())
    data = json_bytes({**found, "layout": number})
    (place / "manifest.json").write_bytes(data)
    place.rename(place.with_name(digest_of(data)))
    _pointed(f"generations/{digest_of(data)}")(directory)
