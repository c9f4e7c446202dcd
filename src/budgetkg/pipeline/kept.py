"""The records as they were read, kept beside the generations: a right reading is applied to them at once.

``generations/kept/KEY`` has what one document was read as, before any correction. It is believed where it
gives, byte for byte, all that the graph holds of the document; else the document itself is needed. Without
these files everything works, and the source is asked for. Personal data is masked in them as in the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from budgetkg.pipeline.document import BuildOptions, Built, built
from budgetkg.regular import cleared, content
from budgetkg.store.commit import write_json
from budgetkg.store.durable import write_bytes
from budgetkg.store.generations import Generation, is_named, read_json
from budgetkg.store.locks import GENERATIONS
from budgetkg.store.manifest import json_bytes

if TYPE_CHECKING:
    from budgetkg.forms.corrections import CorrectionLine
    from budgetkg.records import DocumentRecord

Json: TypeAlias = dict[str, Any]

KEPT = "kept"
# What a build decides of a document beside its reading, and what says how it was read.
_BESIDE = ("made", "origin", "superseded_by")  # in the order in which a build decides them


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to apply corrections without sources: the graph, the lines now, and those before."""

    directory: Path
    generation: Generation
    lines: Sequence[CorrectionLine]
    earlier: Sequence[CorrectionLine] = ()

    def anew(self, entry: Json) -> Built | None:
        """A document as its corrections have it now.

        ``None`` where they change nothing, and where what is kept doesn't give what the graph holds.
        Raises UnclearCorrection for a line that may mean several things.
        """
        from budgetkg.forms.corrections import corrected, digests_in

        if not entry.get("corrections") and not any(is_named(entry, line.document) for line in self.lines):
            return None
        record = self._record(entry["key"])
        if record is None:
            return None
        right = corrected(record, self.lines)
        if sorted(digests_in(right)) == entry.get("corrections", []):
            return None
        options = _options(entry)
        known = {line.digest: line for line in (*self.earlier, *self.lines)}  # in the order of the file
        was = [line for digest, line in known.items() if digest in entry.get("corrections", ())]
        if not self._holds(built(corrected(record, was), options), entry):
            return None
        done = built(right, options)
        beside = {name: entry[name] for name in _BESIDE if name in entry}
        return replace(done, entry={**done.entry, **beside})

    def _record(self, key: str) -> DocumentRecord | None:
        from budgetkg.pipeline.packing import unpacked

        with suppress(OSError):
            return unpacked(content(_path(self.directory, key)))
        return None

    def _holds(self, made: Built, entry: Json) -> bool:
        """Whether the graph holds just what was made."""
        held, key = self.generation, made.key
        own = {name: value for name, value in entry.items() if name not in _BESIDE}
        return (
            held.graph(key).read_bytes() == made.graph
            and own == {name: value for name, value in made.entry.items() if name not in _BESIDE}
            and read_json(held.document(key)) == made.record
            and read_json(held.findings_of(key)) == list(made.findings)
            and json_bytes(read_json(held.extract(key))) == json_bytes(made.extract)
        )


def set_right(
    reader: Reader | None, staged: Generation, entries: Sequence[Json]
) -> tuple[list[Json], tuple[str, ...]]:
    """Apply the lines that wait for documents of earlier builds, as far as what is kept of them suffices.

    Returns the entries, and the keys of those that are other ones now, whose files are written.
    """
    anew = {entry["key"]: made for entry in entries if reader and (made := reader.anew(entry)) is not None}
    for made in anew.values():
        write_document(staged, made)
    return [anew[e["key"]].entry if e["key"] in anew else e for e in entries], tuple(anew)


def write_document(staged: Generation, built: Built) -> None:
    """Write all that a generation holds of a document, and its signals for who concludes."""
    write_bytes(staged.graph(built.key), built.graph)
    write_bytes(staged.measured(built.key), built.signals)
    write_json(staged.document(built.key), built.record)
    write_json(staged.findings_of(built.key), list(built.findings))
    write_json(staged.extract(built.key), built.extract)


def keep_reading(directory: Path, key: str, reading: bytes) -> None:
    """Keep what a document was read as."""
    path = _path(directory, key)
    if path.parent.is_symlink() or not path.parent.is_dir():  # a link may lead among others' files
        cleared(path.parent)
        path.parent.mkdir()
    write_bytes(path, reading)


def forget_readings(directory: Path, entries: Iterable[Mapping[str, Any]]) -> None:
    """Forget what was kept of documents that the graph no longer has."""
    held = {entry["key"] for entry in entries}
    folder = directory / GENERATIONS / KEPT
    with suppress(OSError):
        for path in () if folder.is_symlink() else sorted(folder.iterdir()):
            if path.name not in held:
                path.unlink(missing_ok=True)


def _path(directory: Path, key: str) -> Path:
    return directory / GENERATIONS / KEPT / key


def _options(entry: Json) -> BuildOptions:
    chosen = entry["made"]["configuration"]
    return BuildOptions(validate=chosen["validate"], personal=chosen["personal"], base=entry["base"])
