"""Zip archives that mean no good: nothing leaves them, nothing is lost in silence, none takes long."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from budgetkg.errors import UnreadableDocument
from budgetkg.pipeline import archives
from budgetkg.pipeline.archives import is_archive, members, read_member
from budgetkg.pipeline.sources import expand, read_bytes

TEXT = "项目支出绩效目标表\n".encode() * 50


def archive(
    path: Path, *files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(path, "w", method) as made:
        for name, data in files:
            made.writestr(name, data)
    return path


def names(path: Path) -> list[str]:
    return [member.relative_to(path).as_posix() for member in members(path).paths]


def test_names_lead_nowhere(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.zip", ("../../up.txt", b"1"), ("/etc/root.txt", b"2"), ("C:\\x\\drive.txt", b"3"),
        (".hidden/h.txt", b"4"), ("a/", b""), ("..", b"5"),
    )  # fmt: skip
    assert names(path) == ["etc/root.txt", "up.txt", "x/drive.txt"]
    assert [read_bytes(member) for member in members(path).paths] == [b"2", b"1", b"3"]


def test_names_of_windows_are_gbk(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", ("xxxx.txt", TEXT))
    path.write_bytes(path.read_bytes().replace(b"xxxx.txt", "目标".encode("gbk") + b".txt"))
    assert names(path) == ["目标.txt"]
    assert read_bytes(path / "目标.txt") == TEXT


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_files_of_one_name_are_told(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.zip",
        ("a.txt", b"one"),
        ("../a.txt", b"two"),
        ("b.txt", TEXT),
        ("b.txt", TEXT),
        ("c.txt", b""),
    )
    found = expand([path])
    assert [file.name for file in found.files] == ["b.txt", "c.txt"]
    assert [(one.source, str(one.reason)) for one in found.failures] == [
        (str(path / "a.txt"), "the archive holds 2 different files of this name; none of them is read")
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_a_damaged_member_is_one_line(tmp_path: Path, method: int) -> None:
    path = archive(tmp_path / "a.zip", ("a.txt", TEXT * 100), method=method)
    data = bytearray(path.read_bytes())
    data[55:75] = b"\xff" * 20
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_member(path / "a.txt", path)


def test_an_archive_without_files_is_told(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", (".hidden", b"x"))
    assert [str(one.reason) for one in expand([path]).failures] == ["a zip archive without a document"]


def test_a_link_in_an_archive_is_its_own_text(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    path = archive(tmp_path / "a.zip", (link, b"/etc/passwd"))
    assert read_bytes(path / "link.txt") == b"/etc/passwd"


def lying_directory(entries: int) -> bytes:
    """A directory of a million names over one byte: what lists it takes gigabytes."""
    lists = b"".join(
        struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0, 0)
        + b"%08d" % number
        for number in range(entries)
    )
    local = b"PK\3\4" + bytes(26)
    return local + lists + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, len(lists), len(local), 0)


def test_a_huge_directory_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(lying_directory(200_000))
    assert is_archive(path)
    with pytest.raises(UnreadableDocument, match="list of members has"):
        members(path)
    path.write_bytes(lying_directory(20_000))
    with pytest.raises(UnreadableDocument, match="20,000 members"):
        members(path)


def bomb(change: Callable[[bytearray, int], None] | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("a.txt", bytes(64 << 20))
    data = bytearray(made.getvalue())
    if change:
        change(data, data.rfind(b"PK\1\2"))
    return bytes(data)


def _says_little(data: bytearray, at: int) -> None:
    data[at + 24 : at + 28] = struct.pack("<L", 1000)


def test_bombs(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(bomb())
    with pytest.raises(UnreadableDocument, match="a zip bomb"):
        read_member(path / "a.txt", path)
    path.write_bytes(bomb(_says_little))  # what comes is cut off where the list said that it ends
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_member(path / "a.txt", path)


def test_an_archive_is_opened_once_for_all_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "a.zip", *((f"{number}.txt", b"%d" % number) for number in range(300)))
    opened = []

    class Counting(zipfile.ZipFile):
        def __init__(self, file: Any, mode: Any = "r", *more: Any) -> None:
            opened.append(file)
            super().__init__(file, mode, *more)

    monkeypatch.setattr(archives.zipfile, "ZipFile", Counting)
    assert len({read_bytes(member) for member in members(path).paths}) == 300
    assert len(opened) == 1
    monkeypatch.undo()
    archive(path, ("new.txt", b"new"))
    assert names(path) == ["new.txt"]
