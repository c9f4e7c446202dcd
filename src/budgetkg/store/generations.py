"""Where a built graph lies on disk, seen by its readers.

``DIR/generations/<digest>/`` is written once and never changed; ``DIR/current`` names the one that
counts and is exchanged in a single rename (:mod:`budgetkg.store.pointer`). ``DIR/store`` and
``DIR/findings.json`` lead there, where the file system has links.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from budgetkg.errors import StoreError, UnknownName
from budgetkg.messages import Message
from budgetkg.regular import content
from budgetkg.store.bounded import BoundedStore
from budgetkg.store.embedded import EmbeddedStore
from budgetkg.store.integrity import INDEX, seen_at_once
from budgetkg.store.locks import GENERATIONS
from budgetkg.store.manifest import DIGEST, MANIFEST, is_same, manifest_of
from budgetkg.store.pointer import pointed
from budgetkg.store.worker import Limits

_Opened = TypeVar("_Opened", EmbeddedStore, BoundedStore)

CURRENT = "current"
REFERENCE = "reference"
VOCABULARY = "vocabulary"
INFERRED = (
    "attainments", "evaluations", "implied", "measures", "series", "similarities", "themes", "transfers",
)  # fmt: skip
"""The graphs of what is concluded from several documents (:mod:`budgetkg.inference`)."""

SIGNALS = "signals"
"""The graph of what is measured of each document (:mod:`budgetkg.inference.signals`)."""

SIMILARITIES = "similarities"
BETWEEN = frozenset({"evaluations", "series", SIMILARITIES})
"""The graphs of what is concluded by comparing documents with each other."""

CONCLUSIONS = (*INFERRED, SIGNALS)
"""The graphs of what no document says itself."""

PROVENANCE = "provenance"
"""The graph of which software read which file, and how: the only one that may hold times."""

SHARED = (REFERENCE, VOCABULARY, *CONCLUSIONS, PROVENANCE)
"""The graphs that belong to no document."""

LINKS, MERGED = "links", "merged"
"""The folders of what a build takes in beside documents: tables of links, others' data."""

BESIDE = (f"{LINKS}-", f"{MERGED}-")
"""How the names of graphs begin that stand beside what the documents say: links, others' data."""

LAYOUT = 5
"""Counted up whenever an earlier version's graph can't be gone on with, or lacks what a question rests on."""

MEASURED = "measured"
"""The folder in which signals wait while a generation is made; none that is done has it."""

EXTRACT = ".extract.json"
"""How the name of a document in brief ends."""

_SHORTEST_HASH = 8


@dataclass(frozen=True, slots=True)
class Generation:
    """The files of one state of the graph; with ``only`` (keys) as if it held those documents alone."""

    path: Path
    only: tuple[str, ...] | None = None
    all_editions: bool = False

    @property
    def store(self) -> Path:
        """The Oxigraph store."""
        return self.path / "store"

    @property
    def findings(self) -> Path:
        """All findings of all documents, as JSON."""
        return self.path / "findings.json"

    @property
    def manifest(self) -> Path:
        """What the generation is made of, by content hash."""
        return self.path / MANIFEST

    def graph(self, key: str) -> Path:
        """The sorted N-Quads of one document or of one of the shared graphs."""
        return self.path / "graphs" / f"{key}.nq"

    def concluded(self, key: str) -> Path:
        """What follows from one document, in all graphs of conclusions but those of `BETWEEN`."""
        return self.graph(f"concluded-{key}")

    def compared(self, key: str) -> Path:
        """A document's share of what follows from several: of each conclusion, one of them has it."""
        return self.graph(f"compared-{key}")

    def measured(self, key: str) -> Path:
        """The signals of a document that was read now, until they stand in its conclusions."""
        return self.path / MEASURED / f"{key}.nq"

    def files_of_graph(self, name: str) -> tuple[Path, ...]:
        """The files that hold the statements of a graph, sorted; one of conclusions holds several graphs."""
        own = [path for path in (self.graph(name),) if path.exists()]
        if name in CONCLUSIONS:
            kind = "compared" if name in BETWEEN else "concluded"
            own += sorted((self.path / "graphs").glob(f"{kind}-*.nq"))
        return tuple(own)

    def document(self, key: str) -> Path:
        """What was read from one document, in the public record schema."""
        return self.path / "documents" / f"{key}.json"

    def extract(self, key: str) -> Path:
        """A document in brief (:mod:`budgetkg.inference.subjects`): what is compared with other documents."""
        return self.path / "documents" / f"{key}{EXTRACT}"

    def findings_of(self, key: str) -> Path:
        """The findings of one document: those of the reading and those of the validation."""
        return self.path / "documents" / f"{key}.findings.json"

    @property
    def keys(self) -> tuple[str, ...]:
        """The documents that count, by the first 16 digits of their SHA-256, sorted."""
        return tuple(entry["key"] for entry in self.counted())

    @property
    def index(self) -> Path:
        """The index: for each document what a summary and a look-up need."""
        return self.path / INDEX

    @property
    def beside(self) -> tuple[str, ...]:
        """The names of the graphs of links and of others' data, sorted."""
        names = (path.stem for path in (self.path / "graphs").glob("*.nq"))
        return tuple(sorted(name for name in names if name.startswith(BESIDE)))

    def entries(self) -> list[dict[str, Any]]:
        """The index: one entry per document that is held, counted or not, in the order of the keys."""
        entries: list[dict[str, Any]] = read_json(self.index)
        return entries if self.only is None else [entry for entry in entries if entry["key"] in self.only]

    def counted(self) -> list[dict[str, Any]]:
        """The entries of the documents that count: their graphs are in the store and in exports.

        Of several editions of one table one counts; documents asked for by ``only`` all do, and all do
        where ``all_editions`` are wanted.
        """
        every = self.only is not None or self.all_editions
        return [entry for entry in self.entries() if every or not entry["superseded_by"]]

    def superseded(self) -> list[dict[str, Any]]:
        """The entries of editions that don't count: held as files, to be compared with the one that does."""
        return [entry for entry in self.entries() if entry["superseded_by"]]

    def record(self, key: str) -> dict[str, Any]:
        """What was read from one document."""
        whole(self, [self.document(key)])
        record: dict[str, Any] = read_json(self.document(key))
        return record

    def all_findings(self) -> list[Mapping[str, Any]]:
        """The findings of all documents, by document."""
        whole(self, [self.findings])
        findings: list[Mapping[str, Any]] = read_json(self.findings)
        return findings

    def key_of(self, document: str) -> str:
        """The key of a document named by file name, SHA-256 (or its beginning) or IRI."""
        entries = self.entries()
        keys = tuple(sorted(entry["key"] for entry in entries if is_named(entry, document)))
        if len(keys) != 1:
            if keys:
                raise UnknownName("ambiguous-document", document=document, keys=keys)
            known = tuple(sorted(entry["source"] for entry in entries))
            raise UnknownName("no-such-document", document=document, known=known)
        return str(keys[0])


def files_of_document(key: str) -> tuple[str, ...]:
    """The names in a generation of all files of one document."""
    # As `Generation` places them; said as text, because thousands are asked for.
    return (
        f"graphs/{key}.nq",
        f"documents/{key}.json",
        f"documents/{key}.findings.json",
        f"documents/{key}{EXTRACT}",
    )


def is_named(entry: Mapping[str, Any], name: str) -> bool:
    """Does a name mean this document: its file, its SHA-256 or the beginning of it, its IRI?"""
    ending = name.rsplit("/", 1)[-1].removeprefix("sha256:")
    if entry["source"] in (name, ending) or entry["key"] == ending:
        return True
    return len(ending) >= _SHORTEST_HASH and str(entry["sha256"]).startswith(ending)


def located(directory: Path) -> Generation:
    """The generation that counts now, whole or not. Raises StoreError where nothing leads to one."""
    place = pointed(directory / CURRENT)
    if place is None or not DIGEST.fullmatch(place.name):
        if stored(directory) or (directory / CURRENT).is_symlink() or (directory / CURRENT).exists():
            raise StoreError("graph-damaged", path=directory / CURRENT, error=Message("damage-pointer"))
        reason = Message("no-graph-in-it") if directory.is_dir() else Message("no-such-directory")
        raise StoreError("no-graph", directory=directory, reason=reason, into=directory)
    generation, manifest = Generation(place), manifest_of(place)
    if manifest is not None and manifest[0] != LAYOUT:
        raise StoreError("other-version", directory=directory, found=manifest[0], wanted=LAYOUT)
    return generation


def stored(directory: Path) -> list[Path]:
    """The folders under the name of a generation, whole or not, sorted; resolved like the pointer."""
    place = (directory / GENERATIONS).resolve()
    if not place.is_dir():
        return []
    return sorted(path for path in place.iterdir() if DIGEST.fullmatch(path.name) and path.is_dir())


def current(directory: Path) -> Generation:
    """The generation that counts now; raises StoreError where damage shows without reading its files."""
    generation = located(directory)
    for damage in seen_at_once(generation.path):
        if pointed(directory / CURRENT) != generation.path:  # a build has exchanged it meanwhile
            return current(directory)
        raise StoreError("graph-damaged", path=damage.path, error=damage.what)
    return generation


def open_directory(
    directory: Path, services: frozenset[str] = frozenset()
) -> tuple[Generation, EmbeddedStore]:
    """The current generation and its store.

    Between looking and opening, a build may exchange the generation: look again then.
    """
    return _opened(directory, lambda path: EmbeddedStore(path, services))


def open_bounded(
    directory: Path, limits: Limits, services: frozenset[str] = frozenset()
) -> tuple[Generation, BoundedStore]:
    """The current generation and its store, asked in a process of its own within limits.

    For programs that have opened no store: the process is begun as a copy of theirs.
    """
    return _opened(directory, lambda path: BoundedStore(path, limits, services, copied=True))


def _opened(directory: Path, opened: Callable[[Path], _Opened]) -> tuple[Generation, _Opened]:
    while True:
        generation = current(directory)
        try:
            store = opened(generation.store)
        except StoreError:
            if located(directory) == generation:
                raise
            continue
        if located(directory) == generation:
            return generation, store
        store.close()


def whole(generation: Generation, paths: Iterable[Path]) -> None:
    """Raise StoreError for the first of these files that isn't as it was written, by its hash."""
    if not DIGEST.fullmatch(generation.path.name):
        return  # it is being made, and has no manifest yet
    manifest = manifest_of(generation.path)
    if manifest is None:
        raise StoreError("graph-damaged", path=generation.manifest, error=Message("damage-content"))
    for path in paths:
        known = manifest[1].get(path.relative_to(generation.path).as_posix())
        if known is None or not is_same(path, known):
            what = (
                "damage-missing"
                if not path.exists()
                else "damage-stranger"
                if known is None
                else "damage-content"
            )
            raise StoreError("graph-damaged", path=path, error=Message(what))


def read_json(path: Path) -> Any:
    """A JSON file of a generation; a damaged one is named."""
    try:
        return json.loads(content(path))
    except (OSError, ValueError, RecursionError) as error:
        raise StoreError("graph-damaged", path=path, error=error) from error
