"""A graph that breaks is seen to be broken, mended where it can be, and never goes on broken in silence."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.command_line import budgetkg
from tests.torture.damage import PLACES, WAYS, kinds

from budgetkg.errors import StoreError
from budgetkg.pipeline import BuildOptions, build, remove
from budgetkg.store import commit as committing
from budgetkg.store.commit import exclusive
from budgetkg.store.generations import current, open_directory
from budgetkg.store.healing import damages, mended

QUICK = BuildOptions(validate=False)
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")


@pytest.fixture(scope="module")
def whole(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the two smallest samples, with links and something merged; not to be written to."""
    folder = tmp_path_factory.mktemp("whole")
    build(smallest(samples), folder / "graph", options=QUICK, workers=1)
    (folder / "others.ttl").write_text("<https://others.example/a> <https://others.example/b> 1 .")
    from budgetkg.pipeline.linking import link
    from budgetkg.pipeline.merging import merge

    link(folder / "graph")
    merge(folder / "graph", [folder / "others.ttl"])
    return folder / "graph"


@pytest.fixture
def graph(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "graph", symlinks=True)
    return tmp_path / "graph"


def smallest(samples: list[Path]) -> list[Path]:
    return sorted(samples, key=lambda path: path.stat().st_size)[:2]


@pytest.mark.parametrize("way", ["flipped", "half", "deleted", "a-loop"])
def test_damage_to_every_kind_of_file_is_seen_and_a_build_heals_it(
    graph: Path, whole: Path, samples: list[Path], way: str
) -> None:
    for name, (path, other) in kinds(graph).items():
        WAYS[way](path, other)
        assert damages(graph), f"{name} {way}: not seen"
    report = build(smallest(samples), graph, options=QUICK, workers=1)
    assert report.mended.healed or report.mended.left
    assert current(graph).path.name == current(whole).path.name
    assert not damages(graph)


@pytest.mark.parametrize("name", [
    "graph", "reference", "concluded", "merged", "findings", "manifest", "seal",
    "rocks-manifest", "rocks-current", "largest-sst",
])  # fmt: skip
def test_one_file_is_mended_by_the_others(graph: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path, _ = kinds(graph)[name]
    WAYS["flipped"](path, path)
    said = budgetkg(capsys, "check", graph, code=1)[1].splitlines()
    assert said[0].startswith(f"budgetkg: {path.resolve()}: ")
    assert "mended" in budgetkg(capsys, "check", graph, "--repair")[1]
    assert "whole" in budgetkg(capsys, "check", graph)[0]


@pytest.mark.parametrize("name", ["rocks-manifest", "rocks-current", "index", "manifest", "seal"])
def test_what_leads_to_everything_else_is_looked_at_when_a_graph_is_opened(
    graph: Path, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = kinds(graph)[name]
    for way in ("half", "exchanged"):
        WAYS[way](path, other)
        out, err = budgetkg(capsys, "query", "largest-projects", "--store", graph, code=1)
        assert not out
        assert len(err.splitlines()) == 1
        assert "check DIR --repair" in err
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "已损坏" in budgetkg(capsys, "query", "largest-projects", "--store", graph, code=1)[1]


def test_a_flipped_graph_is_not_exported(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, other = kinds(graph)["graph"]
    WAYS["flipped"](path, other)
    assert not budgetkg(capsys, "export", graph, "--format", "nquads", code=1)[0]
    budgetkg(capsys, "validate", graph, code=1)
    budgetkg(capsys, "link", graph, code=1)


def test_a_document_that_cannot_be_mended_is_never_dropped_in_silence(
    graph: Path, samples: list[Path], tmp_path: Path
) -> None:
    lost = next(path for path in (current(graph).path / "documents").iterdir() if path.name.count(".") == 1)
    entry = next(entry for entry in current(graph).entries() if entry["key"] == lost.stem)
    lost.unlink()
    other = max(samples, key=lambda path: path.stat().st_size)
    with pytest.raises(StoreError, match=f"damaged, and not among the files to be built: {entry['source']}"):
        build([other], graph, options=QUICK, workers=1)
    for rest in current_entries(graph):
        if rest["key"] != lost.stem:
            with pytest.raises(StoreError, match="damaged"):
                remove(graph, [rest["source"]])
    assert [gone["source"] for gone in remove(graph, [entry["source"]])] == [entry["source"]]
    assert not damages(graph)


def current_entries(graph: Path) -> list[dict[str, str]]:
    from budgetkg.store.generations import located

    return located(graph).entries()


@pytest.mark.parametrize("place", sorted(PLACES))
def test_damage_to_whole_folders_and_links(graph: Path, whole: Path, samples: list[Path], place: str) -> None:
    PLACES[place](graph)
    assert damages(graph)
    with exclusive(graph):
        mended(graph)
    build(smallest(samples), graph, options=QUICK, workers=1)
    assert not damages(graph)
    assert current(graph).path.name == current(whole).path.name


def test_half_a_generation_under_its_final_name_is_not_adopted(graph: Path, samples: list[Path]) -> None:
    """What a kill in the middle of deleting left behind, in 0.1."""
    digest = current(graph).path.name
    shutil.copytree(current(graph).path, graph / "kept")
    gone = remove(graph, [smallest(samples)[0].name])
    assert gone
    half = graph / "generations" / digest
    (graph / "kept").rename(half)
    for path in sorted(half.rglob("*.sst")):
        path.unlink()
    build(smallest(samples), graph, options=QUICK, workers=1)
    assert current(graph).path.name == digest
    assert not damages(graph)
    generation, store = open_directory(graph)
    assert len(store.graphs()) > len(generation.entries())
    store.close()


def test_deleting_begins_with_a_rename(
    graph: Path, samples: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current(graph).path.name

    def interrupted(path: Path, ignore_errors: bool = False) -> None:
        if path.exists() and path.name.startswith(before):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(committing.shutil, "rmtree", interrupted)
        with pytest.raises(KeyboardInterrupt):
            remove(graph, [smallest(samples)[0].name])
    assert not (graph / "generations" / before).exists()
    build(smallest(samples), graph, options=QUICK, workers=1)
    assert current(graph).path.name == before
    names = sorted(path.name for path in (graph / "generations").iterdir())
    beside = {"comparisons.db", "comparisons.json", "kept", "lock", "read.json", "stamps.json"}
    assert names == sorted({before, *beside})


def test_what_is_left_of_a_killed_first_build_is_found_again(graph: Path, samples: list[Path]) -> None:
    (graph / "current").unlink()
    empty = graph.parent / "empty.txt"
    empty.touch()
    assert not build([empty], graph, options=QUICK).documents
    assert not damages(graph)


def test_a_first_build_is_whole_from_the_moment_that_it_counts(
    samples: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = committing.point

    def killed(name: Path, target: str) -> None:
        counts(name, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(committing, "point", killed)
    with pytest.raises(KeyboardInterrupt):
        build(smallest(samples)[:1], tmp_path / "graph", options=QUICK, workers=1)
    assert current(tmp_path / "graph").entries()
    assert not damages(tmp_path / "graph")


def without_locks(code: int) -> Callable[..., None]:
    def flock(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    return flock


@pytest.mark.skipif(os.name == "nt", reason="flock is of Unix")
@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_without_locks_a_file_says_that_a_build_is_running(
    graph: Path, samples: list[Path], monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    files = smallest(samples)
    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", without_locks(code))
        with exclusive(graph), pytest.raises(StoreError, match="knows no locks"):
            build(files, graph, options=QUICK, workers=1)
        with exclusive(graph):
            patch.undo()  # another machine, which has locks there
            with pytest.raises(StoreError, match="knows no locks"):
                build(files, graph, options=QUICK, workers=1)
    build(files, graph, options=QUICK, workers=1)
    assert not damages(graph)


def test_no_clock_decides_anything(graph: Path, samples: list[Path]) -> None:
    before = current(graph).path.name
    for number, path in enumerate(sorted(graph.rglob("*"))):
        os.utime(path, (0, 0) if number % 2 else (4_102_444_800, 4_102_444_800), follow_symlinks=False)
    assert not damages(graph)
    build(smallest(samples), graph, options=QUICK, workers=1)
    assert current(graph).path.name == before


STUCK = """
import ctypes, os, sys, time
from pathlib import Path
from budgetkg.pipeline.guarded import Limits, guarded
from budgetkg.store.commit import exclusive

def stuck(path):
    Path(path).write_text(str(os.getpid()))
    ctypes.PyDLL(None).sleep(60)  # in C, and no other thread of the process can go on

with exclusive(Path(sys.argv[1])):
    list(guarded(stuck, [sys.argv[2]], workers=1, limits=Limits(seconds=60), lost=lambda *_: None))
"""


@linux
def test_a_worker_stuck_in_c_ends_with_its_parent_and_holds_no_lock(graph: Path, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    with subprocess.Popen([sys.executable, "-c", STUCK, str(graph), str(told)]) as parent:
        until(lambda: told.exists() and told.read_text() != "")
        parent.kill()
    worker = Path("/proc") / told.read_text()
    until(lambda: not worker.exists() or ") Z " in (worker / "stat").read_text())
    with exclusive(graph):
        pass


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    import time

    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_odd_names_cost_nobody_anything(
    samples: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "loop.txt").symlink_to("loop.txt")
    try:
        shutil.copy(samples[0], os.fsencode(folder) + b"/\xb1\xed.txt")
    except OSError:
        pytest.skip("a file system that takes no such name")
    out, err = budgetkg(capsys, "build", folder, "--into", tmp_path / "graph", "--no-validate", code=1)
    assert [line.split(": ")[1] for line in err.splitlines()] == [str(folder / "loop.txt")]
    assert "\\xb1\\xed.txt" in out
    assert not damages(tmp_path / "graph")


def test_torture_in_brief(tmp_path: Path) -> None:
    """The same choices each time, as many as the time allows; ``make torture`` goes on for longer."""
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-m", "tests.torture", "--seconds", "25", "--into", str(tmp_path)]
    path = os.pathsep.join([str(root / "src"), str(root)])
    ran = subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
