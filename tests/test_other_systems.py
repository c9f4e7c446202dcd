"""What Windows and macOS lack is not needed: fcntl, resource, fork, symbolic links."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from budgetkg.errors import StoreError
from budgetkg.pipeline import build
from budgetkg.pipeline.document import BuildOptions
from budgetkg.store import pointer
from budgetkg.store.commit import prune
from budgetkg.store.generations import current, open_directory
from budgetkg.store.locks import Reading, building, is_read

# No main guard: a new interpreter must not run this script again.
SCRIPT = """
import os, sys
for name in ("fcntl", "resource"):
    sys.modules[name] = None
for name in ("fork", "forkpty", "register_at_fork", "sched_getaffinity", "sync"):
    if hasattr(os, name):
        delattr(os, name)
from budgetkg.cli import run
from budgetkg.store import pointer
pointer._LINKS = False
import budgetkg
sources, graph = sys.argv[1:-1], sys.argv[-1]
assert run(["parse", sources[0], "--max-memory", "512"]) == 0
assert budgetkg.parse(sources[0], limits=budgetkg.Limits())
for _ in range(2):
    assert run(["build", *sources, "--into", graph, "--no-validate", "--workers", "2"]) == 0
assert run(["query", "budget-by-district", "--store", graph]) == 0
assert run(["validate", graph]) == 0
"""


def test_without_fcntl_resource_fork_and_links(samples: list[Path], tmp_path: Path) -> None:
    script, graph = tmp_path / "script.py", tmp_path / "graph"
    script.write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, script, *samples[:2], graph]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.count("concluded") == 2 or done.stdout.count("✓") >= 2
    assert [path.name for path in graph.iterdir() if path.is_symlink()] == []
    assert (graph / "current").read_text("utf-8").startswith("generations/")
    assert "lets no process limit its memory" in done.stderr
    assert not list((graph / "generations").glob("*.reader"))


def test_the_same_graph_with_and_without_links(
    samples: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(samples[:1], tmp_path / "links", options=BuildOptions(validate=False), workers=1)
    monkeypatch.setattr(pointer, "_LINKS", False)
    build(samples[:1], tmp_path / "files", options=BuildOptions(validate=False), workers=1)
    linked, filed = current(tmp_path / "links"), current(tmp_path / "files")
    assert linked.path.name == filed.path.name
    assert (tmp_path / "links" / "current").is_symlink()
    assert not (tmp_path / "files" / "current").is_symlink()


def test_a_pointer_is_exchanged_and_may_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
    for links in (True, False, True):
        monkeypatch.setattr(pointer, "_LINKS", links)
        for name in "ab":
            pointer.point(tmp_path / "now", name)
            assert pointer.pointed(tmp_path / "now") == (tmp_path / name).resolve()
        pointer.point(tmp_path / "now", "c")
        assert pointer.pointed(tmp_path / "now") is None
    assert pointer.pointed(tmp_path / "never") is None


def test_one_build_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "generations").mkdir()
    with building(tmp_path), pytest.raises(StoreError, match="another build") as caught, building(tmp_path):
        pass
    assert caught.value.code == "build-running"
    with building(tmp_path):
        pass


def test_what_is_read_stays_and_what_a_killed_reader_left_does_not(
    samples: list[Path], tmp_path: Path
) -> None:
    directory = tmp_path / "graph"
    build(samples[:1], directory, options=BuildOptions(validate=False), workers=1)
    generation, store = open_directory(directory)
    assert is_read(generation.path)
    build(samples[1:2], directory, options=BuildOptions(validate=False), workers=1)
    assert generation.path.is_dir()
    store.close()
    leftover = directory / "generations" / f"{generation.path.name}.killed.reader"
    leftover.touch()
    assert not is_read(generation.path)
    assert not leftover.exists()
    prune(directory)
    assert not generation.path.exists()


def test_who_may_not_write_reads_all_the_same(
    samples: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "graph"
    build(samples[:1], directory, options=BuildOptions(validate=False), workers=1)

    def refused(*_: object) -> object:
        raise PermissionError

    monkeypatch.setattr("tempfile.mkstemp", refused)
    held = Reading(current(directory).store)
    assert not is_read(current(directory).path)
    held.close()
