"""Office packages (xlsx, docx): zip archives of XML, opened so that a hostile one costs little.

Nothing is extracted to disk, no relation to something outside the package is followed, no document type is
accepted (Office never writes one, and entity bombs need one). Namespaces are dropped, so that the
transitional and the strict variant of the format read alike.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import cast
from xml.etree import ElementTree as ET
from xml.parsers import expat

from budgetkg.errors import BudgetkgError, UnreadableDocument
from budgetkg.reading.damaged import DAMAGED

LARGEST_PACKAGE = 256 * 1024 * 1024  # bytes, unpacked
LARGEST_PART = 64 * 1024 * 1024  # bytes, unpacked
MOST_PARTS = 10_000
HIGHEST_RATIO = 200  # unpacked to packed
DEEPEST_XML = 512

# A sheet of equal rows packs well; the ratio says something only where much comes out.
_RATIO_COUNTS_FROM = 16 * 1024 * 1024
_CHUNK = 64 * 1024
_PIECE = 512  # bytes looked at at once until the first element begins: where that is, few are looked at twice
_NAMES_KEPT = 1 << 10  # names of elements and attributes whose namespace was cut off once; a format has fewer
_MAIN_PARTS = {"xl/workbook.xml": "workbook", "word/document.xml": "document"}
_OFD_ROOT = "OFD.xml"

Take = Callable[[ET.Element], None]


class _Refused(BudgetkgError):
    """XML that no Office program writes."""


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package: its parts by path, in lower case."""

    name: str
    archive: zipfile.ZipFile
    parts: Mapping[str, zipfile.ZipInfo]

    def has(self, path: str) -> bool:
        """Whether the package holds a part."""
        return path.lower() in self.parts

    def tree(self, path: str) -> ET.Element:
        """Parse a part as XML without namespaces; raises UnreadableDocument where that can't be done."""
        return self.stream(path, {})

    def stream(self, path: str, takes: Mapping[str, Take]) -> ET.Element:
        """Parse a part as :meth:`tree` does, without keeping all of it.

        Each element whose tag is in ``takes`` is given to the function there when it ends, and stays in the
        tree as an empty one: a sheet may have a million rows.
        """
        info = self.parts.get(path.lower())
        if info is None:
            raise UnreadableDocument(self.name, "part-missing", path=path)
        tree = _Tree(takes)
        try:
            # Read in chunks: the size that the archive states for a part may be false.
            with self.archive.open(info) as part:
                taken = 0
                while chunk := part.read(_CHUNK):
                    taken += len(chunk)
                    if taken > LARGEST_PART:
                        raise _Refused("xml-too-large", most=LARGEST_PART)
                    tree.feed(chunk)
            root = tree.close()
        except (*DAMAGED, ET.ParseError, expat.ExpatError) as error:
            raise UnreadableDocument(self.name, "part-damaged", path=path, error=error) from error
        except (_Refused, ValueError, LookupError) as error:
            raise UnreadableDocument(self.name, "part-refused", path=path, reason=error) from error
        except (NotImplementedError, RuntimeError) as error:
            raise UnreadableDocument(self.name, "part-packing", path=path) from error
        return root

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """The relations of a part to others of the package: id → (last word of the type, path)."""
        folder, base = posixpath.split(path)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(rels):
            return {}
        found = {}
        for relation in self.tree(rels):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                kind = relation.get("Type", "").rpartition("/")[2]
                found[relation.get("Id", "")] = (kind, target.lstrip("/"))
        return found

    def main_part(self) -> str:
        """The path of the workbook or document itself; empty where there is none."""
        related = (path for kind, path in self.relations("").values() if kind == "officeDocument")
        return next((path for path in (*related, *_MAIN_PARTS) if self.has(path)), "")


class _Tree:
    """Builds the tree as the parser goes; elements of ``takes`` are given away and stay in it empty.

    The parser builds it by itself and tells what began and ended, a chunk at a time. It says nothing of a
    document type, which can only stand before the first element: so another looks at what stands there.
    """

    def __init__(self, takes: Mapping[str, Take]) -> None:
        self._takes = takes
        self._parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start", "end"))
        self._ahead = expat.ParserCreate()
        self._ahead.StartDoctypeDeclHandler = _refuse_type
        self._ahead.StartElementHandler = self._begin
        self._begun = False
        self._depth = 0
        self._root: ET.Element | None = None

    def feed(self, chunk: bytes) -> None:
        at = 0
        while not self._begun and at < len(chunk):
            self._ahead.Parse(chunk[at : at + _PIECE])
            at += _PIECE
        self._parser.feed(chunk)
        self._go_on()

    def close(self) -> ET.Element:
        self._parser.close()
        self._go_on()
        if self._root is None:
            raise _Refused("xml-empty")
        return self._root

    def _begin(self, *_: object) -> None:
        self._begun = True

    def _go_on(self) -> None:
        for event, element in cast("Iterator[tuple[str, ET.Element]]", self._parser.read_events()):
            if event == "start":
                self._depth += 1
                if self._depth > DEEPEST_XML:
                    raise _Refused("xml-too-deep", most=DEEPEST_XML)
            else:
                self._depth -= 1
                self._root = element  # the last one to end
                tag = element.tag = _local(element.tag)
                if "}" in "".join(element.keys()):
                    _drop_namespaces(element.attrib)
                if tag in self._takes:
                    self._takes[tag](element)
                    element.clear()


def _drop_namespaces(attributes: dict[str, str]) -> None:
    plain = {_local(name): value for name, value in attributes.items()}
    attributes.clear()
    attributes.update(plain)


def _refuse_type(name: str, *_: object) -> None:
    raise _Refused("document-type", name=name[:40])


@lru_cache(maxsize=_NAMES_KEPT)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def open_package(data: bytes, name: str) -> Package:
    """Open an Office package; raises UnreadableDocument where it is damaged, a zip bomb or protected."""
    refuse = partial(UnreadableDocument, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise refuse("zip-damaged", error=error) from error
    members = archive.infolist()
    if len(members) > MOST_PARTS:
        raise refuse("zip-members", members=len(members), most=MOST_PARTS)
    size = sum(member.file_size for member in members)
    if size > LARGEST_PACKAGE:
        raise refuse("zip-bomb", size=size, most=LARGEST_PACKAGE)
    for member in members:
        ratio = member.file_size / max(1, member.compress_size)
        if ratio > HIGHEST_RATIO and member.file_size > _RATIO_COUNTS_FROM:
            raise refuse("zip-bomb-ratio", ratio=ratio)
    if any(member.flag_bits & 1 for member in members):
        raise refuse("zip-password")
    return Package(name, archive, {member.filename.lower().lstrip("/"): member for member in members})


def package_kind(data: bytes, name: str) -> str:
    """``workbook``, ``document``, ``ofd``, ``odt``, ``ods`` or ``xlsb``, told by what the archive holds."""
    package = open_package(data, name)
    if package.has(_OFD_ROOT):
        return "ofd"
    main = package.main_part()
    if main in _MAIN_PARTS:
        return _MAIN_PARTS[main]
    root = package.tree(main).tag if main.endswith(".xml") else ""
    if root in _MAIN_PARTS.values():
        return root
    if main.endswith(".bin") or package.has("xl/workbook.bin"):
        return "xlsb"
    if package.has("content.xml") and package.has("mimetype"):
        return _opendocument(package)
    if package.has("ppt/presentation.xml"):
        raise UnreadableDocument(name, "presentation")
    raise UnreadableDocument(name, "zip-of-something-else")


def _opendocument(package: Package) -> str:
    """``odt`` or ``ods``, as the first member of an OpenDocument package says (ODF 1.3, part 2, 3.3)."""
    with package.archive.open(package.parts["mimetype"]) as member:
        said = member.read(100).decode("ascii", "replace")
    for kind, word in (("odt", "opendocument.text"), ("ods", "opendocument.spreadsheet")):
        if word in said:
            return kind
    raise UnreadableDocument(package.name, "opendocument-kind", kind=said[:80])
