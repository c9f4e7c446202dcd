"""A person sets something right: a row in a file of corrections, checked and, where possible, applied.

Themes and editions follow from what the graph holds, so they are concluded anew without any source. A reading
(and so a year, a district, an organisation) is the record's: it is applied to what the document was read as
(:mod:`budgetkg.pipeline.kept`). Where that isn't kept, or doesn't give what the graph holds, the document is
needed once more, given as ``source`` or named for the next build.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkg.errors import BudgetkgError, StoreError
from budgetkg.pipeline.building import build, finish
from budgetkg.pipeline.concluding import CORRECTIONS
from budgetkg.pipeline.correction_rows import Asked, Row, row_of
from budgetkg.pipeline.document import BuildOptions
from budgetkg.pipeline.guarded import Limits
from budgetkg.pipeline.kept import Reader, set_right
from budgetkg.pipeline.readings import readings_of, told_apart
from budgetkg.regular import content
from budgetkg.sheets import columns_of, decoded, rows_of, with_row
from budgetkg.store.commit import exclusive, keep, stage
from budgetkg.store.durable import replace_bytes
from budgetkg.store.generations import Generation, current
from budgetkg.store.manifest import sha256

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budgetkg.forms.corrections import CorrectionLine


@dataclass(frozen=True, slots=True)
class Corrected:
    """The row that was written, and whether the graph follows it already.

    ``waiting`` is the document that has to be read again; ``unused`` says which rows fit nothing;
    ``already`` that nothing was written, because it is so without the row.
    """

    row: Row
    path: Path
    applied: bool
    waiting: str | None = None
    unused: tuple[str, ...] = ()
    already: bool = False


@dataclass(frozen=True, slots=True)
class _Correction:
    """A row, the graph that it is for, what its file said before, and the document where one is given."""

    place: Path
    generation: Generation
    row: Row
    path: Path
    earlier: Sequence[CorrectionLine]
    source: Path | None
    limits: Limits | None


def correct(
    directory: str | Path, asked: Asked, *, source: Path | None = None,
    limits: Limits | None = None, dry: bool = False,
) -> Corrected:  # fmt: skip
    """Write a row and apply it. ``dry`` only checks it.

    Raises :class:`budgetkg.errors.BudgetkgError` for what the graph doesn't know, with what may be meant;
    nothing is written then.
    """
    place = Path(directory)
    generation = current(place)
    row = row_of(generation, asked)
    path = place / row.file
    if source is not None and row.document is not None:
        _check_bytes(generation, row.document, source)
    before = content(path) if path.exists() else None
    correction = _Correction(place, generation, row, path, readings_of(place), source, limits)
    if row.already:
        return Corrected(row, path, applied=False, already=True)
    after = with_row(before or b"", row.columns, row.fields, row.gone)
    for fields in row.more:
        after = with_row(after, row.columns, fields)
    if after == before or (before and _is_said(before, row)):
        done = None if dry else _caught_up(correction)
        return done or Corrected(row, path, applied=False, already=True)
    _check_file(path, after, row)
    if dry:
        return Corrected(row, path, applied=False, waiting=row.document)
    path.parent.mkdir(exist_ok=True)
    file = path.resolve()  # a person may have made it a link
    replace_bytes(file, after)
    try:
        return _applied(correction)
    except BaseException:
        file.unlink() if before is None else replace_bytes(file, before)
        _remove_if_empty(path.parent)
        raise


def _caught_up(correction: _Correction) -> Corrected | None:
    """Apply what the file says and the graph doesn't yet: it was killed between the two.

    ``None`` where that changes nothing.
    """
    entries = correction.generation.entries()
    if correction.row.document is not None and not told_apart(correction.earlier, (), entries).waiting:
        return None
    done = _applied(correction)
    return done if done.applied and current(correction.place) != correction.generation else None


def _is_said(data: bytes, row: Row) -> bool:
    """Whether the file's last line about the same place of a document, or the same edition, says the same."""
    place = [name for name in row.columns if name in ("document", "place", "field", "subject")]
    header, *lines = rows_of(decoded(data))
    at = columns_of(header, dict(row.columns))
    told = [{name: line[i] if i < len(line) else "" for name, i in at.items()} for line in lines]
    if row.file == CORRECTIONS:  # a theme is compared with the graph, which follows its file at once
        told, place = (told[-1:] if not row.more else []), []  # unless it was killed between the two
    same = [line for line in told if all(line.get(name, "") == row.fields[name] for name in place)]
    return bool(same) and all(same[-1].get(name, "") == text for name, text in row.fields.items())


def _applied(correction: _Correction) -> Corrected:
    row, path, place = correction.row, correction.path, correction.place
    if row.document is None:
        return Corrected(row, path, applied=True, unused=_concluded_anew(place))
    if correction.source is None:
        told, applied = readings_of(place), _from_what_is_kept(place, correction.earlier)
        waiting = None if applied else row.document
        entries = current(place).entries()
        unused = told_apart(told, entries, ()).unused if applied else ()
        return Corrected(row, path, applied=applied, waiting=waiting, unused=unused)
    options = BuildOptions(base=correction.generation.entries()[0]["base"])
    report = build([correction.source], place, options=options, workers=1, limits=correction.limits)
    if report.failures:
        raise BudgetkgError(report.failures[0].reason)
    return Corrected(row, path, applied=True, unused=report.readings.unused)


def _from_what_is_kept(place: Path, earlier: Sequence[CorrectionLine]) -> bool:
    """Apply the lines to what the documents were read as; whether that changed any of them."""
    with exclusive(place):
        old = current(place)
        staged = stage(place)
        reader = Reader(place, old, readings_of(place), earlier)
        entries, right = set_right(reader, staged, old.entries())
        if right:
            keep(old, staged, [entry["key"] for entry in entries if entry["key"] not in right])
            finish(place, staged, entries, BuildOptions(base=entries[0]["base"]))
        return bool(right)


def _concluded_anew(place: Path) -> tuple[str, ...]:
    """The graph as a build of the same documents makes it now; no source is read."""
    with exclusive(place):
        old = current(place)
        entries = old.entries()
        staged = stage(place)
        keep(old, staged, [entry["key"] for entry in entries])
        done = finish(place, staged, entries, BuildOptions(base=entries[0]["base"]))
    return (*done.concluded.unused, *done.counted.unused)


def _check_bytes(generation: Generation, document: str, source: Path) -> None:
    """The source must be the very document: another version would replace it."""
    digest = sha256(source)
    known = {
        str(entry["sha256"])
        for entry in generation.entries()
        if document in (entry["source"], entry["sha256"])
    }
    if digest not in known:
        raise StoreError("correct-other-bytes", source=source, document=document)


def _check_file(path: Path, data: bytes, row: Row) -> None:
    """The whole file must be readable as the next build reads it; what is written to try it is taken away.

    It is tried in its own folder, so that a message about another line names a place that the user knows.
    """
    path.parent.mkdir(exist_ok=True)
    trial = path.with_name(f".{path.name}")
    trial.write_bytes(data)
    try:
        row.read(trial)
    finally:
        trial.unlink()
        _remove_if_empty(path.parent)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):  # it holds other corrections
        folder.rmdir()
