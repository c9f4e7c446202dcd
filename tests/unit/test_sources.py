"""From what a user names to files."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkg.pipeline.sources import Failure, expand


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
