"""Building: one commit point, replacement, order, interruption, readers beside a build."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.torture.damage import other_layout

import budgetkg
from budgetkg.errors import BudgetkgError, StoreError, UnknownName
from budgetkg.pipeline import BuildOptions, build, remove
from budgetkg.store import commit as committing
from budgetkg.store.generations import LAYOUT, current, stored

QUICK = BuildOptions(validate=False)


class Interrupted(KeyboardInterrupt):
    """A build that is stopped in the middle."""


def state(directory: Path) -> dict[str, bytes]:
    """Every file that a reader can reach, but for the engine's own."""
    generation = current(directory).path
    files = (path for path in generation.rglob("*") if path.is_file() and path.parent.name != "store")
    return {path.relative_to(generation).as_posix(): path.read_bytes() for path in files}


def sources(directory: Path) -> list[str]:
    with budgetkg.open(directory) as graph:
        assert len(graph.ask("budget-by-district")) == len(graph.documents)
        return sorted(entry["source"] for entry in graph.documents)


@pytest.fixture
def pair(samples: list[Path], tmp_path: Path) -> tuple[Path, list[Path]]:
    """A graph of one document and, beside it, the two smallest samples."""
    chosen = sorted(samples, key=lambda path: path.stat().st_size)[:2]
    directory = tmp_path / "graph"
    build(chosen[:1], directory, options=QUICK, workers=1)
    return directory, chosen


def test_files_of_the_same_bytes_are_one_document_and_are_named(samples: list[Path], tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.txt", "two.txt")]
    for path in files:
        shutil.copy(samples[0], path)
    for _ in range(2):  # read, and known from before
        report = build([*files, samples[1]], tmp_path / "graph", options=QUICK, workers=1)
        assert len(report.documents) == 2
        assert report.repeated == (tuple(files),)
    assert build(files[:1], tmp_path / "graph", options=QUICK, workers=1).repeated == ()


def test_documents_of_earlier_builds_stay(pair: tuple[Path, list[Path]]) -> None:
    directory, files = pair
    report = build(files[1:], directory, options=QUICK, workers=1)
    assert [entry["source"] for entry in report.kept] == [files[0].name]
    assert sources(directory) == sorted(path.name for path in files)
    assert len(stored(directory)) == 1


def test_building_one_by_one_or_at_once_gives_the_same_bytes(
    pair: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    directory, files = pair
    build(files[1:], directory, options=QUICK, workers=1)
    build(list(reversed(files)), tmp_path / "other", options=QUICK, workers=2)
    assert state(directory) == state(tmp_path / "other")
    assert current(directory).path.name == current(tmp_path / "other").path.name


def test_building_the_same_again_changes_nothing(pair: tuple[Path, list[Path]]) -> None:
    directory, files = pair
    before = state(directory)
    report = build(files[:1], directory, options=QUICK, workers=1)
    assert report.replaced == ()
    assert state(directory) == before


def test_a_corrected_version_replaces_the_old_one(pair: tuple[Path, list[Path]], tmp_path: Path) -> None:
    directory, files = pair
    corrected = tmp_path / files[0].name
    corrected.write_bytes(files[0].read_bytes() + b"\n")
    report = build([corrected], directory, options=QUICK, workers=1)
    assert report.replaced == (files[0].name,)
    assert sources(directory) == [files[0].name]


def test_the_same_bytes_under_two_names_are_one_document(
    pair: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    files = pair[1]
    shutil.copy(files[0], tmp_path / "a.txt")
    shutil.copy(files[0], tmp_path / "b.txt")
    names = [tmp_path / "b.txt", tmp_path / "a.txt"]
    build(names, tmp_path / "other", options=QUICK, workers=1)
    assert sources(tmp_path / "other") == ["a.txt"]


def test_a_graph_of_another_layout_is_refused_in_one_line(pair: tuple[Path, list[Path]]) -> None:
    directory, files = pair
    other_layout(directory, 1)
    for use in (budgetkg.open, lambda place: build(files, place, options=QUICK, workers=1)):
        with pytest.raises(
            StoreError, match=rf"another version .*layout 1, this one reads {LAYOUT}.*build it again"
        ):
            use(directory)


def test_without_a_document_the_graph_is_that_of_the_others(
    pair: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    directory, files = pair
    build(files, directory, options=QUICK, workers=1)
    gone = remove(directory, [files[0].name])
    assert [entry["source"] for entry in gone] == [files[0].name]
    build(files[1:], tmp_path / "other", options=QUICK, workers=1)
    assert state(directory) == state(tmp_path / "other")


def test_the_last_document_and_strangers_stay(pair: tuple[Path, list[Path]]) -> None:
    directory, files = pair
    before = state(directory)
    with pytest.raises(StoreError, match="no document would be left"):
        remove(directory, [files[0].name])
    with pytest.raises(UnknownName, match="no such document"):
        remove(directory, ["other.txt"])
    assert state(directory) == before


def test_what_cannot_be_read_costs_itself_alone(pair: tuple[Path, list[Path]], tmp_path: Path) -> None:
    directory, files = pair
    (tmp_path / "empty.txt").touch()
    report = build([files[1], tmp_path / "empty.txt", tmp_path / "no.txt"], directory, options=QUICK)
    assert {Path(failure.source).name for failure in report.failures} == {"empty.txt", "no.txt"}
    assert not report.ok
    assert sources(directory) == sorted(path.name for path in files)


def test_where_nothing_can_be_read_nothing_changes(pair: tuple[Path, list[Path]], tmp_path: Path) -> None:
    directory = pair[0]
    before = state(directory)
    (tmp_path / "empty.txt").touch()
    assert build([tmp_path / "empty.txt"], directory).documents == ()
    assert state(directory) == before
    assert build([tmp_path / "empty.txt"], tmp_path / "fresh").documents == ()
    assert not (tmp_path / "fresh").exists()


STEPS: list[tuple[object, str]] = [
    (committing, "_seal"),
    (committing, "load"),
    (committing, "point"),
    (committing, "prune"),
    (Path, "rename"),
    (Path, "replace"),
    (os, "fsync"),
]


@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _, name in STEPS])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_an_interrupted_build_leaves_one_state_whole(
    pair: tuple[Path, list[Path]], monkeypatch: pytest.MonkeyPatch, owner: object, name: str, after: bool
) -> None:
    directory, files = pair
    before = state(directory)
    original: Callable[..., object] = getattr(owner, name)

    def interrupted(*args: object, **kwargs: object) -> object:
        if after:
            original(*args, **kwargs)
        raise Interrupted

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, interrupted)
        with pytest.raises(Interrupted):
            build(files[1:], directory, options=QUICK, workers=1)
    committed = (name in ("point", "replace") and after) or name == "prune"
    assert sources(directory) == sorted(path.name for path in (files if committed else files[:1]))
    assert committed or state(directory) == before
    build(files[1:], directory, options=QUICK, workers=1)
    assert sources(directory) == sorted(path.name for path in files)
    assert len(stored(directory)) == 1


@pytest.mark.parametrize("seconds", [0.2, 0.5, 0.8, 1.1])
def test_a_killed_build_leaves_one_state_whole(pair: tuple[Path, list[Path]], seconds: float) -> None:
    directory, files = pair
    command = [sys.executable, "-m", "budgetkg", "build", *map(str, files), "--into", str(directory)]
    with subprocess.Popen([*command, "--no-validate"], stdout=subprocess.DEVNULL) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    assert sources(directory) in ([files[0].name], sorted(path.name for path in files))
    build(files, directory, options=QUICK, workers=1)
    assert sources(directory) == sorted(path.name for path in files)


def test_two_builds_at_once_are_refused(pair: tuple[Path, list[Path]]) -> None:
    directory, files = pair
    with committing.exclusive(directory), pytest.raises(StoreError, match="another build"):
        build(files, directory, options=QUICK, workers=1)


def test_a_reader_keeps_its_graph_while_others_build(pair: tuple[Path, list[Path]]) -> None:
    directory, files = pair
    with budgetkg.open(directory) as graph:
        build(files, directory, options=QUICK, workers=1)
        assert len(graph.ask("budget-by-district")) == 1
        assert graph.generation.path.is_dir()
    assert sources(directory) == sorted(path.name for path in files)
    build(files, directory, options=QUICK, workers=1)
    assert len(stored(directory)) == 1


def test_what_is_not_ours_is_left_alone(samples: list[Path], tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    with pytest.raises(StoreError, match="did not write"):
        build(samples[:1], tmp_path)
    with pytest.raises(StoreError, match="not a directory"):
        build(samples[:1], samples[0])


def test_findings_are_data_in_both_languages(built: Path) -> None:
    findings = json.loads((built / "findings.json").read_text(encoding="utf-8"))
    assert {finding["origin"] for finding in findings} == {"reading", "validation"}
    for finding in findings:
        assert finding["severity"] in ("Violation", "Warning", "Info")
        assert finding["message"]["zh"]
        assert finding["message"]["en"]
        assert finding["document"].endswith(".txt")
        assert all(place["page"] >= 1 and place["quote"] for place in finding["evidence"])


def test_bases_do_not_mix(pair: tuple[Path, list[Path]]) -> None:
    directory, files = pair
    other = BuildOptions(validate=False, base="https://example.org/kg/")
    with pytest.raises(StoreError, match="choose one base"):
        build(files[1:], directory, options=other, workers=1)
    assert sources(directory) == [files[0].name]


def test_a_base_of_ones_own(samples: list[Path], tmp_path: Path) -> None:
    build(samples[:1], tmp_path, options=BuildOptions(validate=False, base="https://example.org/kg/"))
    text = budgetkg.open(tmp_path).export("nquads")
    assert text
    assert b"<https://example.org/kg/id/document/" in text
    assert b"<https://w3id.org/budgetkg/id/" not in text


def test_a_cluster_may_map_the_documents(samples: list[Path], tmp_path: Path, built: Path) -> None:
    def mapper(function: Callable[..., object], jobs: object) -> list[object]:
        return [function(job) for job in reversed(list(jobs))]  # type: ignore[call-overload]

    build(samples, tmp_path, mapper=mapper)  # type: ignore[arg-type]
    assert state(tmp_path) == state(built)


def test_no_worker_at_all_is_an_error(samples: list[Path], tmp_path: Path) -> None:
    with pytest.raises(BudgetkgError, match="at least one"):
        build(samples, tmp_path, workers=0)
