"""RDF files of others, read without fetching anything.

A file may refer to a context or an entity elsewhere, or hold entities that expand to gigabytes. The parsers
fetch nothing; entities of XML are checked before parsing.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from pyoxigraph import Quad, RdfFormat, parse

from budgetkg.errors import BudgetkgError, UnreadableDocument, why
from budgetkg.messages import Message

# Bytes.
LARGEST_FILE = 512 * 1024 * 1024
# Characters of an entity and number of entities; what abbreviates namespaces has far fewer.
_LONGEST_ENTITY = 2000
_MOST_ENTITIES = 200
_DEEPEST = 1000  # levels of elements
_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".turtle": RdfFormat.TURTLE,
    ".n3": RdfFormat.N3,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}
_ENCODING = re.compile(r"""(?<=<\?xml version="1\.0") encoding=["'][\w-]{1,20}["']""")
_ENTITY = re.compile(rb"<!ENTITY\s+(%\s*)?(\S+)\s+(SYSTEM|PUBLIC|\"[^\"]*\"|'[^']*')", re.IGNORECASE)


def read_quads(path: Path) -> list[Quad]:
    """The statements of a file in Turtle, TriG, N-Triples, N-Quads, N3, RDF/XML or JSON-LD.

    Raises :class:`UnreadableDocument` for a file that isn't such RDF or is too large, and
    :class:`BudgetkgError` for one that can't be opened.
    """
    data = _content(path)
    kind = _FORMATS.get(path.suffix.lower()) or _guessed(data)
    if kind == RdfFormat.RDF_XML:
        _check_entities(path, data)
        _check_depth(path, data)
    try:
        return list(parse(data, kind, base_iri=_base(path)))
    except (SyntaxError, ValueError, OSError, MemoryError) as error:  # a literal of more than 16 MiB
        raise UnreadableDocument(str(path), _reason(error)) from error


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnreadableDocument(
                str(path), "not-a-regular-file"
            )  # a pipe would be waited for, /dev/zero never ends
        if path.is_file() and path.stat().st_size > LARGEST_FILE:
            raise UnreadableDocument(str(path), "rdf-too-large", most=LARGEST_FILE >> 20)
        data = path.read_bytes()
    except OSError as error:
        raise BudgetkgError("at-path", path=path, reason=why(error)) from error
    data = _without_mark(path, data)
    if not data.strip():
        raise UnreadableDocument(str(path), "rdf-empty")
    return data


def _without_mark(path: Path, data: bytes) -> bytes:
    """The text in UTF-8 without a byte order mark: Windows' editors write one, and UTF-16 where asked."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableDocument(str(path), "no-readable-rdf", error=error.reason) from error
        return _ENCODING.sub("", text, count=1).encode("utf-8", "surrogatepass")
    return data.removeprefix(codecs.BOM_UTF8)


def _guessed(data: bytes) -> RdfFormat:
    """The format by the first characters; TriG reads Turtle and N-Triples too."""
    head = data[:1000].lstrip(b" \t\r\n")
    if head.startswith((b"<?xml", b"<rdf:", b"<!DOCTYPE")):
        return RdfFormat.RDF_XML
    return RdfFormat.JSON_LD if head.startswith((b"{", b"[")) else RdfFormat.TRIG


def _check_entities(path: Path, data: bytes) -> None:
    """Refuse XML entities that nest or name another file; those that abbreviate a namespace are common."""
    entities = _ENTITY.findall(data)
    if len(entities) > _MOST_ENTITIES or len(entities) < len(re.findall(rb"<!ENTITY", data, re.IGNORECASE)):
        raise UnreadableDocument(str(path), "entities-suspicious")
    for parameter, name, value in entities:
        if parameter or value[:1] not in b"\"'" or b"&" in value or len(value) > _LONGEST_ENTITY:
            shown = name.decode("utf-8", "replace")[:40]
            raise UnreadableDocument(str(path), "entity-not-followed", name=shown)


def _check_depth(path: Path, data: bytes) -> None:
    """Refuse XML nested so deep that reading it takes the square of its size.

    What isn't well-formed is left to the parser that reads it, which says where.
    """
    depth = 0

    def opened(_: str, __: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise UnreadableDocument(str(path), "xml-too-deep", most=_DEEPEST)

    def closed(_: str) -> None:
        nonlocal depth
        depth -= 1

    reader = expat.ParserCreate()
    reader.StartElementHandler, reader.EndElementHandler = opened, closed
    with suppress(expat.ExpatError, ValueError, LookupError):
        reader.Parse(data, True)


def _base(path: Path) -> str:
    """The base of relative IRIs in a file: its name and not its folder, the same on every machine."""
    name = re.sub(r"[^A-Za-z0-9._-]", "_", path.name)
    return f"urn:budgetkg:file:{name}#"


def _reason(error: Exception) -> Message:
    text = (str(error).strip() or type(error).__name__).splitlines()[0]
    if "LoadDocumentCallback" in text:
        return Message("context-elsewhere")
    return Message("no-readable-rdf", error=text)
