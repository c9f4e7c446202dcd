"""A build that goes on from an earlier one gives the bytes of one from nothing and reads only what is new."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph
import pytest

from benchmarks import corpus
from budgetkg.errors import StoreError
from budgetkg.pipeline import BuildOptions, build, remove
from budgetkg.pipeline.building import BuildReport
from budgetkg.pipeline.document import Job, Outcome, process
from budgetkg.store import filling
from budgetkg.store.generations import current
from budgetkg.store.healing import damages

QUICK = BuildOptions(validate=False)
NAMES = tuple(f"{number}.txt" for number in range(7))


@pytest.fixture(autouse=True)
def small_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents of five projects, and a store that is renewed however much of it is new."""
    monkeypatch.setattr(corpus, "PROJECTS", 5)
    monkeypatch.setattr(filling, "MOST_NEW", 10.0)


class Reading:
    """Reads in this process and remembers what it was given."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, function: object, jobs: Sequence[Job]) -> Iterator[Outcome]:
        for job in jobs:
            self.read.append(job.path.name)
            yield process(job)


def put(folder: Path, name: str, seed: int = 2024) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(corpus.document(int(name.removesuffix(".txt")), seed))


def built(folder: Path, into: Path, options: BuildOptions = QUICK) -> tuple[BuildReport, list[str]]:
    """A build of a folder, and the names of the documents that it read."""
    reading = Reading()
    return build([folder], into, options=options, mapper=reading), reading.read


def statements(graph: Path) -> list[str]:
    store = pyoxigraph.Store.read_only(str(current(graph).store))
    return sorted(map(str, store))


def files(graph: Path) -> dict[str, bytes]:
    place = current(graph).path
    paths: Iterable[Path] = (
        path for path in place.rglob("*") if path.is_file() and path.parent.name != "store"
    )
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in paths}


def test_what_did_not_change_is_not_read(tmp_path: Path) -> None:
    folder, graph = tmp_path / "documents", tmp_path / "graph"
    for name in NAMES[:3]:
        put(folder, name)
    first, read = built(folder, graph)
    assert read == list(NAMES[:3])
    again, read = built(folder, graph)
    assert read == []
    assert [entry["key"] for entry in again.documents] == [entry["key"] for entry in first.documents]
    assert again.concluded is not None
    assert first.concluded is not None
    assert again.concluded.counts == first.concluded.counts
    put(folder, NAMES[1], seed=1)
    assert built(folder, graph)[1] == [NAMES[1]]
    assert built(folder, graph, BuildOptions(validate=False, personal=True))[1] == list(NAMES[:3])


def test_a_correction_has_its_document_read_again(tmp_path: Path) -> None:
    folder, graph = tmp_path / "documents", tmp_path / "graph"
    for name in NAMES[:3]:
        put(folder, name)
    built(folder, graph)
    (graph / "corrections").mkdir()
    lines = f"document,place,field,value,reason,who\n{NAMES[2]},,year,2023,,\n"
    (graph / "corrections" / "readings.csv").write_text(lines, encoding="utf-8")
    assert built(folder, graph)[1] == [NAMES[2]]


@pytest.mark.parametrize("name", ["read.json", "stamps.json", "comparisons.json", "comparisons.db"])
def test_what_is_kept_for_the_next_build_may_be_lost(tmp_path: Path, name: str) -> None:
    folder, graph = tmp_path / "documents", tmp_path / "graph"
    put(folder, NAMES[0])
    built(folder, graph)
    before = files(graph)
    kept = graph / "generations" / name
    kept.write_bytes(kept.read_bytes().replace(b"1", b"2"))
    built(folder, graph)
    assert files(graph) == before
    kept.unlink()
    built(folder, graph)
    assert files(graph) == before
    assert not damages(graph)


@pytest.mark.parametrize(
    "trial", ["read.json exchanged", "stamps.json a-folder", "read.json of another graph"]
)
def test_what_is_kept_is_not_trusted(tmp_path: Path, trial: str) -> None:
    folder, graph = tmp_path / "documents", tmp_path / "graph"
    put(folder, NAMES[0])
    built(folder, graph)
    before = files(graph)
    name, _, way = trial.partition(" ")
    kept, beside = graph / "generations" / name, graph / "generations" / "stamps.json"
    if way == "exchanged":
        shutil.copy(beside, kept)
    elif way == "a-folder":
        kept.unlink()
        kept.mkdir()
    else:
        put(tmp_path / "others", NAMES[1])
        built(tmp_path / "others", tmp_path / "other")
        shutil.copy(tmp_path / "other" / "generations" / name, kept)
    built(folder, graph)
    assert files(graph) == before
    assert not damages(graph)


@pytest.mark.parametrize("links", [True, False])
def test_damage_that_leaves_size_and_times_is_not_trusted_once_it_is_seen(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, graph = tmp_path / "documents", tmp_path / "graph"
    put(folder, NAMES[0])
    built(folder, graph)
    before = files(graph)
    path = current(graph).graph(current(graph).keys[0])
    times = path.stat()
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    if links:
        assert damages(graph)
    else:  # where files are copied, the copy is looked at before it is sealed
        monkeypatch.setattr(os, "link", without_links)
        put(folder, NAMES[1])
        with pytest.raises(StoreError, match="damaged"):
            built(folder, graph)
        (folder / NAMES[1]).unlink()
        assert damages(graph)
    built(folder, graph)
    assert files(graph) == before
    assert not damages(graph)


def without_links(*_: object) -> None:
    raise OSError(95, "Operation not supported")


def test_a_file_that_was_touched_is_hashed(tmp_path: Path) -> None:
    folder, graph = tmp_path / "documents", tmp_path / "graph"
    put(folder, NAMES[0])
    built(folder, graph)
    before = files(graph)
    path = current(graph).graph(current(graph).keys[0])
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    report, read = built(folder, graph)
    assert report.mended.healed or read == [NAMES[0]]
    assert files(graph) == before


@pytest.mark.parametrize("seed", [1, 2])
def test_as_from_nothing(tmp_path: Path, seed: int) -> None:
    """Documents come, go and change, themes are corrected: each state is that of a build from nothing."""
    chance = random.Random(seed)
    folder, graph = tmp_path / "documents", tmp_path / "graph"
    for name in NAMES[:3]:
        put(folder, name)
    built(folder, graph)
    for step in range(4):
        there = sorted(path.name for path in folder.iterdir())
        action = chance.choice(("add", "change", "remove", "correct"))
        if action == "add":
            put(folder, chance.choice(NAMES))
        elif action == "change":
            put(folder, chance.choice(there), seed=step)
        elif action == "correct":
            (graph / "corrections").mkdir(exist_ok=True)
            line = f"subject,district,theme,verdict,reason\n校园安全工作经费第{step}项,,网络安全,is,\n"
            (graph / "corrections" / "themes.csv").write_text(line, encoding="utf-8")
        elif len(there) > 1:
            gone = chance.choice(there)
            (folder / gone).unlink()
            remove(graph, [gone])
        built(folder, graph)
        fresh = tmp_path / f"fresh-{step}"
        if (graph / "corrections").is_dir():
            shutil.copytree(graph / "corrections", fresh / "corrections")
        built(folder, fresh)
        assert files(graph) == files(fresh), action
        assert statements(graph) == statements(fresh), action
        assert not damages(graph), action
