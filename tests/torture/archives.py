"""Zip archives that mean no good: names that lead away, bombs, lies in the list, damage of every packing."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile

from tests import fuzz

_NAMES = (
    "a.txt", "b.csv", "../../up.txt", "/etc/passwd", "C:\\x\\y.txt", "..", ".hidden", "__MACOSX/._a", "a/",
    "a.txt/b", "a\nb.txt", "\x1b[31m.txt", "\u202e.txt", "表.xls", "x" * 300, "长" * 200, "con.txt",
    "in.zip", "a.docx", "a.pdf",
)  # fmt: skip
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_LIST, _END = b"PK\1\2", b"PK\5\6"
_BOMB = 40 << 20  # bytes


def archive(chance: random.Random, corpus: list[bytes], deep: int = 0) -> bytes:
    """One archive; the same choices make the same bytes."""
    kind = chance.randrange(8)
    if kind == 0:
        return _lying_list(chance.choice((1, 1000, 20_000, 200_000)))
    made = io.BytesIO()
    with (
        warnings.catch_warnings(action="ignore"),
        zipfile.ZipFile(made, "w", chance.choice(_METHODS)) as file,
    ):
        for _ in range(chance.choice((1, 1, 3, 8))):
            info = zipfile.ZipInfo(chance.choice(_NAMES))
            info.compress_type = chance.choice(_METHODS)
            if chance.random() < 0.1:
                info.create_system, info.external_attr = 3, 0o120777 << 16  # a link
            file.writestr(info, _member(chance, corpus, deep))
    data = bytearray(made.getvalue())
    at = data.find(_LIST)
    if kind == 1:  # names of another code page
        data = bytearray(bytes(data).replace(b"a.txt", "目a".encode("gbk") + b"xx"))
    elif kind == 2:  # another size, packed or not
        data[at + 20 : at + 28] = struct.pack(
            "<LL", chance.choice((0, 1, 1 << 31)), chance.choice((0, 1, 1 << 31))
        )
    elif kind == 3:  # locked, or packed in a way that nobody knows
        data[at + 8] |= chance.choice((0, 1, 0x40))
        data[at + 10] = chance.choice((1, 9, 93, 99, 200))
    elif kind == 4:  # elsewhere
        data[at + 42 : at + 46] = struct.pack("<L", chance.choice((1, 1 << 20, (1 << 32) - 1)))
    elif kind == 5:  # where the list is, and how long
        end = data.rfind(_END)
        data[end + 12 : end + 20] = struct.pack("<LL", *chance.choices((0, 1, 1 << 20, (1 << 32) - 1), k=2))
    elif kind == 6:
        for _ in range(chance.choice((1, 5, 50))):
            data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _member(chance: random.Random, corpus: list[bytes], deep: int) -> bytes:
    match chance.randrange(6):
        case 0:
            return b""
        case 1:
            return bytes(_BOMB)
        case 2 if deep < 2:
            return archive(chance, corpus, deep + 1)
        case _:
            return fuzz.damaged(chance, corpus)


def _lying_list(entries: int) -> bytes:
    """A list of so many names over one byte."""
    numbers = (20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0, 0)
    listed = b"".join(
        struct.pack("<4s4B4HL2L5H2L", _LIST, *numbers) + b"%08d" % number for number in range(entries)
    )
    count = min(entries, 65535)
    return (
        b"PK\3\4" + bytes(26) + listed + struct.pack("<4s4H2LH", _END, 0, 0, count, count, len(listed), 30, 0)
    )
