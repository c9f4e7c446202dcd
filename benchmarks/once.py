"""One pipeline over the documents of a folder, once: ``python -m benchmarks.once WHO DOCUMENTS INTO``.

WHO is ``budgetkg`` (records, graph, SHACL, conclusions and a store that answers questions), ``workers`` (the
part of it that is done document by document: records, graph, SHACL, N-Quads, in two processes), ``peer`` (the
same records; rdflib, pySHACL document by document in two processes, N-Quads) or ``turtle`` (that, joined into
one Turtle file). Prints one JSON object: seconds of the wall clock and of the processors, MiB of the largest
process, documents and statements.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

from rdflib import Dataset, Graph

import budgetkg
from benchmarks import peer
from budgetkg.forms import parse_document
from budgetkg.mapping.reference import plan_quads
from budgetkg.pipeline.document import BuildOptions, Job, process
from budgetkg.pipeline.parsing import load_readers
from budgetkg.processes.memory import collect_rarely

PROCESSES = 2
SHAPES = Path(__file__).resolve().parent.parent / "shapes"


def ours(documents: Sequence[Path], into: Path) -> int:
    """A whole build; returns how many statements the documents' own graphs hold."""
    report = budgetkg.build(documents, into / "graph", workers=PROCESSES)
    if report.failures:
        raise SystemExit(f"build: {report.failures}")
    graphs = into / "graph" / "current" / "graphs"
    return sum((graphs / f"{one['key']}.nq").read_bytes().count(b"\n") for one in report.documents)


def _graph(path: Path, into: Path) -> int:
    """What a worker of a build does with a source; saves its statements as N-Quads."""
    outcome = process(Job(path, BuildOptions()))
    if outcome.reason is not None:
        raise ValueError(f"{path.name}: {outcome.reason}")
    for built in outcome.built:
        (into / f"{built.key}.nq").write_bytes(built.graph)
    return sum(built.graph.count(b"\n") for built in outcome.built)


@cache
def _rules() -> Graph:
    return peer.shapes(SHAPES)


def _document(path: Path, into: Path) -> int:
    """Read, map, validate and save the documents of one file as the peer does."""
    statements = 0
    for record in parse_document(path.read_bytes(), path.name):
        mapper = peer.Mapper(record)
        graph = mapper.map()
        plan = "".join(f"{quad.triple} .\n" for quad in plan_quads(record))
        peer.validate(graph + Graph().parse(data=plan, format="nt"), _rules())
        dataset = Dataset()
        target = dataset.graph(mapper.mint.graph.value)
        for triple in graph:
            target.add(triple)
        dataset.serialize(into / f"{record.key}.nq", format="nquads")
        statements += len(graph)
    return statements


def _in_processes(
    function: Callable[..., int],
    documents: Sequence[Path],
    into: Path,
    begin: Callable[[], None] | None = None,
) -> int:
    """Save the statements of all documents; returns how many they are. ``begin`` is how a worker begins."""
    with multiprocessing.get_context("fork").Pool(PROCESSES, begin) as pool:
        statements = sum(pool.imap_unordered(partial(function, into=into), documents))
        pool.close()  # the processors' time of a worker counts once it has ended by itself
        pool.join()
    return statements


def workers(documents: Sequence[Path], into: Path) -> int:
    """Our files alone, without conclusions and store: what the peer makes."""
    load_readers([Job(path, BuildOptions()) for path in documents])
    return _in_processes(_graph, documents, into, collect_rarely)


def theirs(documents: Sequence[Path], into: Path) -> int:
    """The peer's files; returns how many statements they hold."""
    return _in_processes(_document, documents, into)


def turtle(documents: Sequence[Path], into: Path) -> int:
    """The peer's files joined into one; returns how many statements they hold."""
    statements, dataset = theirs(documents, into), Dataset(default_union=True)
    for path in sorted(into.glob("*.nq")):
        dataset.parse(path, format="nquads")
    peer.turtle(dataset, into / "peer.ttl")
    return statements


PIPELINES = {"budgetkg": ours, "workers": workers, "peer": theirs, "turtle": turtle}


def main(arguments: Sequence[str]) -> int:
    """Run one pipeline and print what it took."""
    who, documents, into = arguments
    paths = sorted(Path(documents).glob("*.txt"))
    start = time.perf_counter()
    statements = PIPELINES[who](paths, Path(into))
    wall = time.perf_counter() - start
    used = [resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({
        "wall": round(wall, 2),
        "cpu": round(sum(one.ru_utime + one.ru_stime for one in used), 2),
        "peak": max(one.ru_maxrss for one in used) // 1024,
        "documents": len(paths),
        "statements": statements,
    }))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
