"""Files into records, each read in this process or in one of its own that is held to limits."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from budgetkg.errors import BudgetkgError, UnreadableDocument
from budgetkg.messages import Message
from budgetkg.pipeline.guarded import Limits, guarded, tell
from budgetkg.pipeline.sources import Failure, expand, name_of, read_bytes
from budgetkg.pipeline.watching import Progress, Watch
from budgetkg.pipeline.workers import worker_count

if TYPE_CHECKING:
    from budgetkg.forms.corrections import CorrectionLine
    from budgetkg.forms.layout import Layout
    from budgetkg.reading import Pages
    from budgetkg.records import DocumentRecord

LayoutLike: TypeAlias = "str | os.PathLike[str] | Layout"
"""A layout of one's own: a file, a folder of them, the text of one, or one that is read already."""


class Readable(Protocol):
    """A source to be read, within limits, with layouts of the user's own."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def pages(self) -> int | None:
        """How many pages it may have."""

    @property
    def objects(self) -> int | None:
        """How many characters, lines and pictures a page may draw."""

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """Layouts that are tried before those that ship."""

    @property
    def corrections(self) -> tuple[CorrectionLine, ...]:
        """Right readings that a person wrote down."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source that is only read."""

    path: Path
    pages: int | None = None
    objects: int | None = None
    layouts: tuple[Layout, ...] = ()
    corrections: tuple[CorrectionLine, ...] = ()


def parse(
    path: str | os.PathLike[str],
    layout: LayoutLike | None = None,
    limits: Limits | None = None,
    *,
    progress: Pages | None = None,
    corrections: str | os.PathLike[str] | None = None,
) -> list[DocumentRecord]:
    """Read one file into records; a file may hold several documents.

    ``layout`` is read beside those that ship, and before them. Without ``limits`` the file is read in
    this process, however long it takes; with them in a process of its own that is ended where it
    breaks one. ``progress`` hears of each page that was read, and of how many there are. ``corrections``
    is a person's file of right readings.

    Raises :class:`budgetkg.errors.UnreadableDocument` where nothing can be read, and
    :class:`budgetkg.errors.BudgetkgError` for a layout that is none or a correction that is unclear.
    """
    file, own, told = Path(path), own_layouts(layout), corrections_in(corrections)
    if limits is None:
        return read(Source(file, layouts=own, corrections=told), progress)
    source = Source(file, limits.pages, limits.objects, own, told)
    watch = Watch(1)
    ((records, reason),) = read_all([source], 1, limits, watch)
    if reason is not None:
        raise UnreadableDocument(str(file), reason)
    return records


def parse_all(
    sources: Iterable[str | os.PathLike[str]],
    progress: Progress | None = None,
    limits: Limits | None = None,
    workers: int | None = None,
    layout: LayoutLike | None = None,
    corrections: str | os.PathLike[str] | None = None,
) -> tuple[list[DocumentRecord], list[Failure]]:
    """Read files, folders and globs, each within limits; what can't be read is a failure."""
    limits = limits or Limits()
    own, told = own_layouts(layout), corrections_in(corrections)
    found = expand(sources)
    files, failures = found.files, found.failures
    records: list[DocumentRecord] = []
    jobs = [Source(file, limits.pages, limits.objects, own, told) for file in files]
    watch = Watch(len(jobs), progress)
    outcomes = read_all(jobs, worker_count(workers, len(jobs)), limits, watch) if jobs else ()
    for file, (documents, reason) in zip(files, outcomes, strict=True):
        records += documents
        if reason is not None:
            failures.append(Failure(str(file), reason))
        watch.document(file)
    return records, failures


def read_all(
    jobs: Sequence[Source], workers: int, limits: Limits, watch: Watch
) -> Iterator[tuple[list[DocumentRecord], Message | None]]:
    """The records of each source, or the reason why there are none, read in so many processes."""
    load_readers(jobs)
    return guarded(
        _read, jobs, workers=workers, limits=limits, lost=_unread, weight=weight, progress=watch.page
    )


def load_readers(jobs: Sequence[Readable]) -> None:
    """Load what reads these: the processes that are begun as copies of this one have it then."""
    from budgetkg.forms.documents import load_forms, load_lists
    from budgetkg.reading.documents import load_reader

    load_lists()
    if len(jobs) > 1:  # of what form a single one is, its process will see
        load_forms()
    for name in {job.path.name for job in jobs}:
        load_reader(name)


def read(source: Readable, progress: Pages | None = None) -> list[DocumentRecord]:
    """The records of one source, read in this process. Raises as :func:`parse` does."""
    from budgetkg.forms import parse_document

    data, name = read_bytes(source.path), name_of(source.path)
    documents = parse_document(
        data, name, pages=source.pages, objects=source.objects, progress=progress, layouts=source.layouts
    )
    if not source.corrections:
        return list(documents)
    from budgetkg.forms.corrections import corrected

    return [corrected(record, source.corrections) for record in documents]


def corrections_in(path: str | os.PathLike[str] | None) -> tuple[CorrectionLine, ...]:
    """The right readings in a person's file; raises BudgetkgError for a line that says nothing clear."""
    if path is None:
        return ()
    from budgetkg.forms.corrections import read_corrections

    return read_corrections(Path(path))


def own_layouts(layout: LayoutLike | None) -> tuple[Layout, ...]:
    """The layouts that a caller names; raises BudgetkgError for one that is none."""
    if layout is None:
        return ()
    from budgetkg.forms.layout import read_layouts

    return read_layouts(layout)


def reason_of(error: Exception) -> Message:
    """What an error says, without the name of the source, which is shown beside it."""
    if isinstance(error, MemoryError):
        return Message("too-much-memory")
    if not isinstance(error, BudgetkgError):
        return Message("our-error", error=f"{error!r:.300}")
    return error.cause if isinstance(error, UnreadableDocument) else error.message


def weight(job: Readable) -> int:
    """How long a source may take compared with others: by its size, all that is known before it is read."""
    try:
        return job.path.stat().st_size
    except OSError:
        return 0


def _read(source: Source) -> tuple[list[DocumentRecord], Message | None]:
    try:
        return read(source, tell), None
    except Exception as error:  # noqa: BLE001 - a batch goes on, and the failure is reported by name
        return [], reason_of(error)


def _unread(source: Source, reason: Message) -> tuple[list[DocumentRecord], Message | None]:
    return [], reason
