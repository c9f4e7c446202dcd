"""A file or folder that replaces another: what a killed run left goes, what was there stays till the end."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from budgetkg.errors import BudgetkgError
from budgetkg.export import exchanging
from budgetkg.export.files import replacing, replacing_folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_a_killed_run_began_of_a_file_goes_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".a[1].nq.x1y2z3w4.half").touch()
    others = [".a[1].nq.20240101", ".b.nq.x1y2z3w4.half"]
    for other in others:
        (tmp_path / other).touch()
    with replacing(tmp_path / "a[1].nq") as stream:
        stream.write(b"x")
        with replacing(tmp_path / "a[1].nq") as second:  # the first is being written: it isn't cleared
            second.write(b"y")
    assert names(tmp_path) == sorted([*others, "a[1].nq"])
    assert (tmp_path / "a[1].nq").read_bytes() == b"x"


def test_what_a_killed_run_began_of_a_folder_goes(tmp_path: Path) -> None:
    left = tmp_path / ".out.x1y2z3w4"
    (left / "new").mkdir(parents=True)
    (left / "lock").touch()
    with replacing_folder(tmp_path / "out", "main") as folder:
        (folder / "main").touch()
    assert names(tmp_path) == ["out"]


def test_a_folder_that_cannot_be_exchanged_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between taking the old one away and putting the new one there, the disk may fail."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "main").write_text("old")
    plain = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(errno.EIO, "Input/output error", str(self))
        return plain(self, target)

    monkeypatch.setattr(exchanging, "_in_one_step", lambda *_: False)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(BudgetkgError), replacing_folder(out, "main") as folder:
        (folder / "main").write_text("new")
    assert names(tmp_path) == ["out"]
    assert (out / "main").read_text() == "old"
