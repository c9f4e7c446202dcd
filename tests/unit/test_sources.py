"""From what a user names to files."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from budgetkg.pipeline.sources import Failure
from budgetkg.pipeline.sources import expand as sources_of


def expand(sources: list[str | Path], outside: Path | None = None) -> tuple[list[Path], list[Failure]]:
    found = sources_of(sources, outside)
    return found.files, found.failures


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "deep/c.txt", "deep/.hidden", ".git/config", "out/store/d.sst"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "in"


def names(found: list[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in found]


def test_folders_are_read_with_all_in_them_sorted(folder: Path) -> None:
    files, failures = expand([folder])
    assert names(files, folder) == ["a.txt", "b.txt", "deep/c.txt", "out/store/d.sst"]
    assert not failures


def test_what_a_build_writes_is_no_source(folder: Path) -> None:
    assert names(expand([folder], outside=folder / "out")[0], folder) == ["a.txt", "b.txt", "deep/c.txt"]


def test_each_file_once_in_the_order_given(folder: Path) -> None:
    again = folder / "deep" / ".." / "b.txt"
    files, _ = expand([folder / "b.txt", folder, again, str(folder / "*.txt")])
    assert names(files, folder)[:3] == ["b.txt", "a.txt", "deep/c.txt"]
    assert len(files) == 4


def test_a_name_with_brackets_is_a_name_where_such_a_file_is(folder: Path) -> None:
    odd = folder / "[2023] 表.txt"
    odd.touch()
    assert expand([odd])[0] == [odd]


def test_what_names_nothing_is_a_failure_with_a_reason(folder: Path) -> None:
    (folder / "empty").mkdir()
    sources = [folder / "no.txt", folder / "*.pdf", folder / "empty"]
    assert expand(sources)[1] == [
        Failure(str(sources[0]), "no such file"),
        Failure(str(sources[1]), "no file matches"),
        Failure(str(sources[2]), "no file in this folder"),
    ]


def test_what_is_no_document_in_a_folder_is_named(folder: Path) -> None:
    """A pipe would never end, a link to a folder may go round in a circle."""
    os.mkfifo(folder / "pipe.pdf")
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "no.txt")
    (folder / "same.txt").symlink_to("a.txt")
    (folder / ".lock").symlink_to("nobody@nowhere")
    files, failures = expand([folder, str(folder / "*.pdf")])
    assert names(files, folder) == ["a.txt", "b.txt", "deep/c.txt", "out/store/d.sst"]
    assert failures == [
        Failure(str(folder / "gone.txt"), "a link that leads nowhere"),
        Failure(str(folder / "loop"), "a link to a folder, which is not followed"),
        Failure(str(folder / "pipe.pdf"), "not a regular file"),
        Failure(str(folder / "pipe.pdf"), "not a regular file"),
    ]


def test_a_folder_that_is_closed_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.scandir

    def closed(path: str) -> object:
        if Path(path).name == "deep":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path)

    monkeypatch.setattr(os, "scandir", closed)
    files, failures = expand([folder])
    assert names(files, folder) == ["a.txt", "b.txt", "out/store/d.sst"]
    assert failures == [Failure(str(folder / "deep"), "Permission denied")]


@pytest.mark.skipif(os.name == "nt", reason="names are UTF-16 there")
def test_odd_names_cost_themselves_alone(folder: Path) -> None:
    """A link to itself has no place that it leads to, bytes that are no UTF-8 have no place in a graph."""
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "one.txt").symlink_to("two.txt")
    (folder / "two.txt").symlink_to("one.txt")
    Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff.txt")).touch()
    files, failures = expand([folder, folder / "self.txt"], outside=folder / "out")
    assert names(files, folder) == ["a.txt", "b.txt", "deep/c.txt"]
    reasons = [(Path(failure.source).name, str(failure.reason)) for failure in failures]
    assert reasons == [
        ("one.txt", "a link that leads nowhere"),
        ("self.txt", "a link that leads nowhere"),
        ("two.txt", "a link that leads nowhere"),
        ("bad\udcff.txt", "its name is not UTF-8 text: rename it"),
        ("self.txt", "a link that leads nowhere"),
    ]
