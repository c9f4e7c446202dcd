"""Zip archives as folders: the files in them are sources, named ``archive.zip/folder/file.xls``.

Nothing is unpacked to disk, so that no name in an archive can lead anywhere. Office and OFD files are zip
archives too; they are told apart by what they hold.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from budgetkg.errors import UnreadableDocument

MOST_MEMBERS = 10_000
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


def is_archive(path: Path) -> bool:
    """Is a file a zip archive that holds other files, and no document itself?"""
    if path.suffix.lower() in _DOCUMENT_SUFFIXES:
        return False
    try:
        with path.open("rb") as stream:
            if stream.read(len(_MARK)) != _MARK:
                return False
        with zipfile.ZipFile(path) as archive:
            names = {name.lower() for name in archive.namelist()[:MOST_MEMBERS]}
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False
    return not names & _OF_DOCUMENTS


def members(path: Path) -> list[Path]:
    """The paths of the files in an archive, sorted; hidden ones are left out, as in folders.

    Raises UnreadableDocument for an archive that is too large, or locked by a password.
    """
    with zipfile.ZipFile(path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise UnreadableDocument(str(path), "zip-members", members=len(infos), most=MOST_MEMBERS)
    size = sum(info.file_size for info in infos)
    if size > LARGEST_ARCHIVE:
        raise UnreadableDocument(str(path), "zip-bomb", size=size, most=LARGEST_ARCHIVE)
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise UnreadableDocument(str(path), "zip-password")
    return sorted({path / name for name in map(_name, infos) if name})


def archive_of(path: Path) -> Path | None:
    """The archive in which a path lies; ``None`` for one that lies in a folder."""
    return next((parent for parent in path.parents if parent.is_file()), None)


def read_member(path: Path, archive: Path) -> bytes:
    """The bytes of a file in an archive; raises UnreadableDocument where it is damaged or too large."""
    wanted = path.relative_to(archive).as_posix()
    try:
        with zipfile.ZipFile(archive) as opened:
            info = next(info for info in opened.infolist() if _name(info) == wanted)
            ratio = info.file_size / max(1, info.compress_size)
            if info.file_size > LARGEST_MEMBER:
                raise UnreadableDocument(str(path), "zip-bomb", size=info.file_size, most=LARGEST_MEMBER)
            if ratio > HIGHEST_RATIO and info.file_size > _RATIO_COUNTS_FROM:
                raise UnreadableDocument(str(path), "zip-bomb-ratio", ratio=ratio)
            with opened.open(info) as member:
                data = member.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, StopIteration) as error:
        raise UnreadableDocument(str(path), "zip-damaged", error=error) from error
    return data


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
