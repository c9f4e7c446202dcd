"""A list of sources into a folder of files, a list of them, and a log of what was fetched when.

The log, ``.collected.json``, says of each address which file it became, when, with which hash and
headers. Only the log has times; the list beside the files, ``sources.csv``, is what a build reads.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any, TypeAlias

from budgetkg.collecting.connections import Refused
from budgetkg.collecting.fetch import Fetcher, FetchOptions, discard
from budgetkg.collecting.names import apart, file_name
from budgetkg.errors import BudgetkgError, why
from budgetkg.messages import Message
from budgetkg.origins import COLUMNS, Listed, read_list, unknown_columns
from budgetkg.store.manifest import sha256

Json: TypeAlias = dict[str, Any]
LIST, LOG = "sources.csv", ".collected.json"
_RESUMED = frozenset(
    {"fetch-failed", "fetch-too-slow"}
)  # after these the next run goes on where this one ended


@dataclass(frozen=True, slots=True)
class Collected:
    """An address and its file; ``fresh`` where it was fetched now and differs from what was there."""

    url: str
    file: str
    size: int
    fresh: bool


@dataclass(slots=True)
class CollectReport:
    """What came, and what didn't: the place in the list, and why.

    ``unread`` are columns of the list that say nothing to this program.
    """

    folder: Path
    unread: tuple[str, ...] = ()
    files: list[Collected] = field(default_factory=list)
    failures: list[tuple[str, Message]] = field(default_factory=list)


def collect(
    sources: Path,
    into: Path,
    options: FetchOptions | None = None,
    *,
    refresh: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
    fetcher: Fetcher | None = None,
) -> CollectReport:
    """Fetch what a list names into a folder.

    What the log has and the folder still holds is not asked for again, unless ``refresh``. A source that
    fails costs that source alone. Raises BudgetkgError where the list can't be read or the folder written.
    """
    rows = read_list(sources)
    if sources.resolve().parent == into.resolve():
        raise BudgetkgError("collect-into-itself", path=sources)
    try:
        into.mkdir(parents=True, exist_ok=True)
        log = _read_log(into / LOG)
    except OSError as error:
        raise BudgetkgError("cant-be-written", path=into, reason=why(error)) from error
    collector = _Collector(into, log, fetcher or Fetcher(options or FetchOptions()), refresh)
    report = CollectReport(into, unknown_columns(sources))
    listed: list[tuple[Listed, str]] = []
    for number, row in enumerate(rows, start=1):
        try:
            if row.fault is not None:
                raise BudgetkgError(row.fault)
            if not row.origin.url:
                raise BudgetkgError("collect-no-url", file=row.file)
            found = collector.one(row)
        except BudgetkgError as error:
            report.failures.append((f"{sources}:{row.line}", error.message))
        else:
            report.files.append(found)
            listed.append((row, found.file))
        if progress is not None:
            progress(number, len(rows), row.origin.url)
    _write(into / LIST, _list_of(into / LIST, listed))
    return report


@dataclass(slots=True)
class _Collector:
    folder: Path
    log: dict[str, Json]
    fetcher: Fetcher
    refresh: bool

    def one(self, row: Listed) -> Collected:
        url, known = row.origin.url, self.log.get(row.origin.url)
        held = known is not None and self._holds(known)
        if held and known is not None and not self.refresh:
            return Collected(url, known["file"], known["bytes"], fresh=False)
        part = self.folder / f".{apart('fetching', url)}.part"
        try:
            fetched = self.fetcher.fetch(url, part, known["headers"] if held and known else None)
            if fetched is None and known is not None:
                return Collected(url, known["file"], known["bytes"], fresh=False)
            if fetched is None:
                raise BudgetkgError("fetch-status", status=304)
            name = known["file"] if known else self._free(file_name(url, fetched.headers, row.file), url)
            part.replace(self.folder / name)
        except Refused as error:
            if error.code not in _RESUMED:
                discard(part)
            raise
        except OSError as error:
            raise BudgetkgError("cant-be-written", path=self.folder, reason=why(error)) from error
        changed = known is None or known["sha256"] != fetched.sha256
        self.log[url] = {"file": name, "fetched": datetime.now(UTC).isoformat(), **fetched.json()}
        _write(self.folder / LOG, json.dumps(self.log, ensure_ascii=False, indent=1, sort_keys=True))
        return Collected(url, name, fetched.size, fresh=changed)

    def _holds(self, entry: Json) -> bool:
        path = self.folder / entry["file"]
        return path.is_file() and sha256(path) == str(entry["sha256"])

    def _free(self, name: str, url: str) -> str:
        taken = {entry["file"].casefold() for entry in self.log.values()} | {LIST}
        there = name.casefold() in taken or (self.folder / name).exists()
        return apart(name, url) if there else name


def _read_log(path: Path) -> dict[str, Json]:
    """What was fetched before; what isn't written as this program does is fetched again."""
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise BudgetkgError("cant-be-read", path=path, error=error) from error
    return {url: entry for url, entry in found.items() if _is_entry(entry)} if isinstance(found, dict) else {}


def _is_entry(entry: Any) -> bool:
    try:
        name, headers = entry["file"], entry["headers"]
        words = [name, entry["sha256"], *headers, *headers.values()]
        plain = name == PurePath(name).name and not name.startswith(".") and isinstance(entry["bytes"], int)
        return plain and all(isinstance(word, str) and word.isprintable() for word in words)
    except (KeyError, TypeError, AttributeError):
        return False


def _list_of(path: Path, listed: list[tuple[Listed, str]]) -> str:
    """The list for a build: the rows collected now, and those of other lists that were collected before."""
    rows = {file: {"file": file, **asdict(row.origin)} for row, file in listed}
    if path.exists():
        for old in read_list(path):
            rows.setdefault(old.file, {"file": old.file, **asdict(old.origin)})
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(COLUMNS), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows[file] for file in sorted(rows))
    return "\ufeff" + stream.getvalue()  # the mark by which Excel knows UTF-8


def _write(path: Path, text: str) -> None:
    """Exchange a file whole, so that a kill leaves the old one or the new one."""
    fresh = path.with_name(f".{path.name.lstrip('.')}.new")
    try:
        fresh.write_text(text, encoding="utf-8", newline="")
        os.replace(fresh, path)  # noqa: PTH105 - the name says that it is one step
    except OSError as error:
        raise BudgetkgError("cant-be-written", path=path, reason=why(error)) from error
