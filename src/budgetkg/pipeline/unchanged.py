"""What needn't be read again: sources whose bytes, name and all that decides their reading are as before.

A build keeps for each source that it read a key, the hash of all these, and what the reading gave: the
documents, each by a digest of what the generation holds of it. Where the key of a source is known and the
current generation still holds just that, its files are carried over. A source that gave no document is read
again, because it may have been the machine that failed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from budgetkg.pipeline.document import Job
from budgetkg.pipeline.software import software
from budgetkg.pipeline.sources import name_of, read_bytes
from budgetkg.store.generations import Generation, files_of_document
from budgetkg.store.healing import Mended
from budgetkg.store.manifest import hashed_bytes, manifest_of, sha256

Json: TypeAlias = dict[str, Any]
Readings: TypeAlias = Mapping[str, Mapping[str, str]]
"""By the key of a source: its documents by their keys, with the digest of each."""

# What a build decides of a document beside its reading.
_DECIDED = frozenset({"superseded_by", "origin"})


@dataclass(frozen=True, slots=True)
class Known:
    """The entries of sources that needn't be read, and the keys of all sources."""

    entries: Mapping[Path, tuple[Json, ...]] = field(default_factory=dict)
    keys: Mapping[Path, str] = field(default_factory=dict)

    @property
    def documents(self) -> set[str]:
        """The keys of the documents whose files are carried over."""
        return {entry["key"] for entries in self.entries.values() for entry in entries}


def known(jobs: Sequence[Job], old: Generation | None, kept: Readings, healed: Mended) -> Known:
    """Look up each source among what earlier builds read; what is damaged is read again."""
    how = _how(jobs[0])
    keys = {job.path: key for job in jobs if (key := _key(job, how)) is not None}
    if old is None or not kept:
        return Known(keys=keys)
    held, digests = {entry["key"]: entry for entry in old.entries()}, _digests(old)
    for damage in healed.left:
        digests.pop(damage.path.name.partition(".")[0], None)
    found: dict[Path, tuple[Json, ...]] = {}
    for path, key in keys.items():
        documents = kept.get(key, {})
        if not documents or any(digests.get(name) != wanted for name, wanted in documents.items()):
            continue
        entries = tuple(held[name] for name in documents)
        # The same bytes under another name are one document, which goes by the name that it was read under.
        if all(entry["source"] == name_of(path) for entry in entries):
            found[path] = entries
    return Known(found, keys)


def readings(fresh: Mapping[str, Sequence[str]], kept: Readings, generation: Generation) -> dict[str, Json]:
    """What to keep for the next build: documents by the keys of their sources, fresh and earlier ones.

    An earlier reading whose documents are no longer held is forgotten.
    """
    digests = _digests(generation)
    made = {key: {name: digests[name] for name in names} for key, names in fresh.items() if names}
    still = {
        key: dict(documents)
        for key, documents in kept.items()
        if all(digests.get(name) == wanted for name, wanted in documents.items())
    }
    return dict(sorted({**still, **made}.items()))


def _digests(generation: Generation) -> dict[str, str]:
    """What a generation holds of each document, as one hash: its files and its entry."""
    manifest = manifest_of(generation.path)
    hashes = manifest[1] if manifest else {}
    found = {}
    for entry in generation.entries():
        files = [hashes.get(name) for name in files_of_document(entry["key"])]
        own = {name: value for name, value in entry.items() if name not in _DECIDED}
        if None not in files:
            found[str(entry["key"])] = hashlib.sha256(hashed_bytes([files, own])).hexdigest()
    return found


def _how(job: Job) -> str:
    """What decides how every source of a build is read."""
    said = (software(), asdict(job.options), job.pages, job.objects, _plain(job.layouts))
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _key(job: Job, how: str) -> str | None:
    try:
        # Only what lies in an archive is held in memory whole: its size is limited.
        plain = job.path.is_file()
        digest = sha256(job.path) if plain else hashlib.sha256(read_bytes(job.path)).hexdigest()
    except Exception:  # noqa: BLE001 - whatever is wrong with a source is said when it is read
        return None
    name = name_of(job.path)
    told = sorted(line.digest for line in job.corrections if _may_mean(line.document, name, digest))
    said = (how, name, digest, told)
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _may_mean(document: str, name: str, digest: str) -> bool:
    """Whether a correction may be about a document of the source: by its name or by its hash."""
    said = document.removeprefix("sha256:").casefold()
    return document == name or digest.startswith(said) or said.startswith(digest[:16])


def _plain(value: Any) -> Any:
    """A layout as values whose text is the same on every run: sets have no order."""
    if isinstance(value, re.Pattern):
        return (value.pattern, value.flags)
    if isinstance(value, Mapping):
        return sorted((repr(_plain(name)), _plain(item)) for name, item in value.items())
    if isinstance(value, set | frozenset):
        return sorted(repr(_plain(item)) for item in value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return [(one.name, _plain(getattr(value, one.name))) for one in dataclasses.fields(value)]
    return value if isinstance(value, str | int | float | bool | None) else _plain(vars(value))
