"""Zip archives as folders: the files in them are sources, named ``archive.zip/folder/file.xls``.

Nothing is unpacked to disk, so that no name in an archive can lead anywhere. Office and OFD files are zip
archives too; they are told apart by what they hold.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.damaged import DAMAGED

MOST_MEMBERS = 10_000
LARGEST_DIRECTORY = 8 * 1024**2  # bytes of names and places; 10,000 members of an office have one or two
LARGEST_ARCHIVE = 4 * 1024**3  # bytes, all members unpacked
LARGEST_MEMBER = 512 * 1024**2  # bytes, unpacked
HIGHEST_RATIO = 500  # unpacked to packed; text dumps of equal rows reach 200
_RATIO_COUNTS_FROM = 16 * 1024**2  # bytes, unpacked
_MARK = b"PK\x03\x04"
_UTF8 = 0x800  # the flag of a name in UTF-8
_ENCRYPTED = 0x1
# Files of office programs, whatever is wrong with them: their readers say it better.
_DOCUMENT_SUFFIXES = frozenset(
    f".{suffix}" for suffix in ("docx", "docm", "xlsx", "xlsm", "xlsb", "pptx", "ofd", "odt", "ods", "odp")
)
# What the package of a document holds at its top, in lower case: Office, OpenDocument, OFD.
_OF_DOCUMENTS = {"[content_types].xml", "mimetype", "ofd.xml"}


class _Stream(io.FileIO):
    """A file that gives at most so many bytes at once: zipfile reads the whole directory of an archive."""

    most: int | None = LARGEST_DIRECTORY

    def read(self, size: int | None = -1, /) -> bytes:
        if self.most is not None and size is not None and size > self.most:
            raise UnreadableDocument(str(self.name), "zip-directory", size=size, most=self.most)
        return super().read(size) or b""

    def __del__(self) -> None:
        """Close it when the last of those who read from it, in whatever thread, is done."""
        self.close()


@dataclass(frozen=True, slots=True)
class _Opened:
    """An archive, and its files by their names; those of which ``several`` differ are not among them."""

    file: zipfile.ZipFile
    infos: Mapping[str, zipfile.ZipInfo]
    several: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Members:
    """The paths of the files in an archive, sorted, and how many there are of each name that isn't clear."""

    paths: tuple[Path, ...]
    several: Mapping[Path, int]


def is_archive(path: Path) -> bool:
    """Is a file a zip archive that holds other files, and no document itself?"""
    if path.suffix.lower() in _DOCUMENT_SUFFIXES:
        return False
    try:
        with path.open("rb") as stream:
            if stream.read(len(_MARK)) != _MARK:
                return False
        names = {name.lower() for name in _opened(path).file.namelist()[:MOST_MEMBERS]}
    except UnreadableDocument:
        return True  # whoever asks for its members is told why
    except (*DAMAGED, ValueError, NotImplementedError):
        return False
    return not names & _OF_DOCUMENTS


def members(path: Path) -> Members:
    """The files in an archive; hidden ones are left out, as in folders.

    Raises UnreadableDocument for an archive that is too large, or locked by a password.
    """
    opened = _opened(path)
    infos = [info for info in opened.file.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise UnreadableDocument(str(path), "zip-members", members=len(infos), most=MOST_MEMBERS)
    size = sum(info.file_size for info in infos)
    if size > LARGEST_ARCHIVE:
        raise UnreadableDocument(str(path), "zip-bomb", size=size, most=LARGEST_ARCHIVE)
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise UnreadableDocument(str(path), "zip-password")
    if not opened.infos and not opened.several:
        raise UnreadableDocument(str(path), "zip-without-document")
    several = {path / name: count for name, count in sorted(opened.several.items())}
    return Members(tuple(sorted(path / name for name in opened.infos)), several)


def archive_of(path: Path) -> Path | None:
    """The archive in which a path lies; ``None`` for one that lies in a folder."""
    return next((parent for parent in path.parents if parent.is_file()), None)


def read_member(path: Path, archive: Path) -> bytes:
    """The bytes of a file in an archive; raises UnreadableDocument where it is damaged or too large."""
    wanted = path.relative_to(archive).as_posix()
    try:
        opened = _opened(archive)
        info = opened.infos[wanted]
        ratio = info.file_size / max(1, info.compress_size)
        if info.file_size > LARGEST_MEMBER:
            raise UnreadableDocument(str(path), "zip-bomb", size=info.file_size, most=LARGEST_MEMBER)
        if ratio > HIGHEST_RATIO and info.file_size > _RATIO_COUNTS_FROM:
            raise UnreadableDocument(str(path), "zip-bomb-ratio", ratio=ratio)
        with opened.file.open(info) as member:
            return member.read(info.file_size + 1)
    except (*DAMAGED, NotImplementedError, RuntimeError, ValueError, LookupError) as error:
        raise UnreadableDocument(str(path), "zip-damaged", error=error) from error


def _opened(path: Path) -> _Opened:
    """An archive as it is now, opened once for all its files: each opening reads the whole directory."""
    found = path.stat()
    return _as_it_was(path.absolute(), (found.st_size, found.st_mtime_ns, found.st_ino), os.getpid())


@lru_cache(maxsize=1)
def _as_it_was(path: Path, _stamp: tuple[int, ...], _process: int) -> _Opened:
    """Open an archive; a process that was forked must not share the place in the file with its parent."""
    stream = _Stream(path)
    try:
        file = zipfile.ZipFile(stream)
    except BaseException:
        stream.close()
        raise
    stream.most = None
    infos: dict[str, zipfile.ZipInfo] = {}
    others: Counter[str] = Counter()
    for info in file.infolist():
        name = "" if info.is_dir() else _name(info)
        known = infos.setdefault(name, info)
        others[name] += (known.CRC, known.file_size) != (info.CRC, info.file_size)
    several = {name: count + 1 for name, count in others.items() if name and count}
    clear = {name: info for name, info in infos.items() if name and name not in several}
    return _Opened(file, clear, several)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member without steps up or to a root; empty for a hidden one.

    Programs of Windows write names in the code page of the country, which here is GBK; zipfile reads
    them as code page 437, as the format says.
    """
    name = info.filename
    if not info.flag_bits & _UTF8:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = name.encode("utf-8", "surrogatepass")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("..", "/")]
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return "" if hidden else "/".join(part for part in parts if not part.endswith(":"))
