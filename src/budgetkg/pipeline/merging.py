"""RDF of others in our store: in graphs of its own, so that ours stay as they are. Nothing is fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from budgetkg.errors import BudgetkgError, why
from budgetkg.export import clear_leftovers, replacing
from budgetkg.mapping import DEFAULT_BASE
from budgetkg.messages import Message
from budgetkg.pipeline.foreign import Job, Taken, quads_of, stated, take
from budgetkg.pipeline.guarded import Limits, guarded
from budgetkg.pipeline.linking import renew
from budgetkg.store.commit import exclusive
from budgetkg.store.generations import BESIDE, MERGED, Generation, current
from budgetkg.store.manifest import sha256
from budgetkg.vocab import PREFIXES, RDF


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of merging a file: how many statements, in which graphs, of which classes.

    ``known`` statements are ones that our graphs or another merged file make already; ``moved`` are graphs of
    the file that bear a name of ours and were put beside instead; ``unknown`` are namespaces that we have no
    prefix for; ``ill_typed`` are literals that are none of their datatype.
    """

    source: str
    statements: int
    known: int
    graphs: tuple[str, ...]
    moved: tuple[str, ...]
    blank_nodes: int
    classes: tuple[tuple[str, int], ...]
    unknown: tuple[str, ...]
    ill_typed: tuple[str, ...] = ()


def merge(directory: Path, files: Iterable[Path], limits: Limits = Limits()) -> tuple[Merged, ...]:  # noqa: B008
    """Take RDF files into the store; where one can't be read or breaks a limit, nothing changes."""
    generation = current(directory)
    entries = generation.entries()
    base = str(entries[0]["base"]) if entries else DEFAULT_BASE
    jobs = [Job(path, _key(path), base) for path in files]
    read = [_whole(job, found) for job, found in zip(jobs, list(_read(jobs, limits)), strict=True)]
    with exclusive(directory):
        ours = list(_ours(generation))
        reports = []
        (directory / MERGED).mkdir(exist_ok=True)
        clear_leftovers(directory / MERGED)
        for job, found in zip(jobs, read, strict=True):
            place = directory / MERGED / f"{job.key}.nq"
            beside = [path for path in (directory / MERGED).glob("*.nq") if path != place]
            reports.append(_report(job, found, [*ours, *beside]))
            with replacing(place) as stream:
                stream.write(found.lines)
        renew(directory, current(directory))
    return tuple(reports)


def _read(jobs: list[Job], limits: Limits) -> Iterator[Taken | BudgetkgError]:
    """Each file in a process: blank nodes that all look alike take time and memory without bound."""

    def lost(job: Job, reason: Message) -> BudgetkgError:
        return BudgetkgError("merge-lost", path=job.path, reason=reason)

    return guarded(take, jobs, workers=1, limits=limits, lost=lost)


def _whole(job: Job, found: Taken | BudgetkgError) -> Taken:
    if isinstance(found, BudgetkgError):
        raise found
    return found


def _key(path: Path) -> str:
    try:
        return sha256(path)[:16]
    except OSError as error:
        raise BudgetkgError("at-path", path=path, reason=why(error)) from error


def _ours(generation: Generation) -> Iterator[Path]:
    graphs = (generation.path / "graphs").glob("*.nq")
    return (path for path in graphs if not path.stem.startswith(BESIDE))


def _report(job: Job, found: Taken, others: Iterable[Path]) -> Merged:
    first: dict[object, Quad] = {}
    for quad in quads_of(found.lines):
        first.setdefault(quad.triple, quad)
    known = stated((quad.triple for quad in first.values()), others)
    kept = [quad for quad in first.values() if quad.triple not in known]
    classes = Counter(
        _short(quad.object.value)
        for quad in kept
        if quad.predicate == RDF.type and isinstance(quad.object, NamedNode)
    )
    graphs = {quad.graph_name.value for quad in kept if isinstance(quad.graph_name, NamedNode)}
    return Merged(
        source=job.path.name,
        statements=len(kept),
        known=len(known),
        graphs=tuple(sorted(graphs)),
        moved=found.moved,
        blank_nodes=found.blank_nodes,
        classes=tuple(sorted(classes.items())),
        unknown=tuple(sorted({_namespace(quad.predicate.value) for quad in kept} - set(PREFIXES.values()))),
        ill_typed=found.ill_typed,
    )


def _namespace(value: str) -> str:
    return value[: max(value.rfind("#"), value.rfind("/")) + 1]


def _short(value: str) -> str:
    for prefix, namespace in sorted(PREFIXES.items(), key=lambda item: -len(item[1])):
        if value.startswith(namespace):
            return f"{prefix}:{value.removeprefix(namespace)}"
    return value
