"""Time every stage beside the peer: ``python -m benchmarks.run --sizes 5,100``.

Size 5 means the reference documents (../shared, else the samples in examples/); any other size that
many synthetic documents. The peer is run up to ``--peer-limit`` documents: beyond that its Turtle
alone takes longer than everything else together.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Quad
from rdflib import Graph

import budgetkg
from benchmarks import corpus, peer
from budgetkg.export import export_file
from budgetkg.forms import parse_document
from budgetkg.mapping import DEFAULT_BASE, document_quads, reference_quads, vocabulary_quads
from budgetkg.mapping.plan import plan_iri
from budgetkg.mapping.reference import plan_quads
from budgetkg.pipeline.checks import check
from budgetkg.pipeline.document import sorted_lines
from budgetkg.records import DocumentRecord
from budgetkg.store.commit import commit, stage, write_json
from budgetkg.store.embedded import EmbeddedStore

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "documents" / "seeds"
# Three that rdflib answers in time linear in the documents; on most of the others it takes minutes.
QUESTIONS = ("budget-by-district", "indicators-by-tier", "largest-projects")
STAGES = ("parse", "map", "validate", "load", "query", "export")
# What a build does; then the peer saves its graph.
BUILD = ("parse", "map", "validate", "load")

Times = dict[str, float]


class Clock:
    """Seconds by stage, printed as each ends, because the peer takes minutes."""

    def __init__(self, who: str) -> None:
        self.who = who
        self.times: Times = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.times[name] = time.perf_counter() - start
        print(f"{self.who} {name}: {self.times[name]:.2f} s", file=sys.stderr, flush=True)


def sources(size: int, folder: Path) -> list[Path]:
    """The documents of a size: the reference documents for 5, else synthetic ones written to the folder."""
    if size == 5:
        return sorted((SEEDS if SEEDS.is_dir() else ROOT / "examples").glob("*.txt"))
    return corpus.write(folder, size)


def read(paths: Sequence[Path], clock: Clock) -> list[DocumentRecord]:
    with clock.stage("parse"):
        return [record for path in paths for record in parse_document(path.read_bytes(), path.name)]


def questions() -> list[str]:
    return [(ROOT / "queries" / f"{name}.rq").read_text(encoding="utf-8") for name in QUESTIONS]


def ours(records: Sequence[DocumentRecord], folder: Path, clock: Clock) -> int:
    """Run every stage of budgetkg in this process; returns the number of quads."""
    with clock.stage("map"):
        graphs = [document_quads(record) for record in records]
        lines = [sorted_lines(quads) for quads in graphs]
    with clock.stage("validate"):
        for record, quads in zip(records, graphs, strict=True):
            check(quads + plan_quads(record))
    with clock.stage("load"):
        staged = stage(folder)
        for record, text in zip(records, lines, strict=True):
            staged.graph(record.key).write_bytes(text)
        staged.graph("reference").write_bytes(sorted_lines(reference_quads(records)))
        staged.graph("vocabulary").write_bytes(sorted_lines(vocabulary_quads()))
        write_json(staged.index, list(map(entry, records)))
        final = commit(folder, staged)
    store = EmbeddedStore(final.store)
    with clock.stage("query"):
        for question in questions():
            store.query(question)
    store.close()
    with clock.stage("export"):
        export_file(final, "turtle", folder / "out.ttl")
    return sum(len(quads) for quads in graphs)


def entry(record: DocumentRecord) -> dict[str, object]:
    """What the index of a build must say of a document; none of the corpus is an edition of another."""
    return {"key": record.key, "plan": plan_iri(DEFAULT_BASE, record).value, "superseded_by": None}


def parsed(quads: Iterable[Quad]) -> Graph:
    """Quads as an rdflib graph."""
    return Graph().parse(data="".join(f"{quad.triple} .\n" for quad in quads), format="nt")


def theirs(records: Sequence[DocumentRecord], folder: Path, clock: Clock) -> int:
    """Run the same stages of the peer; returns the number of triples."""
    rules = peer.shapes(ROOT / "shapes")
    with clock.stage("map"):
        graphs = {mapper.mint.graph.value: mapper.map() for mapper in map(peer.Mapper, records)}
    with clock.stage("validate"):
        for record, graph in zip(records, graphs.values(), strict=True):
            peer.validate(graph + parsed(plan_quads(record)), rules)
    shared = parsed(reference_quads(records))
    with clock.stage("load"):
        dataset = peer.load({**graphs, f"{DEFAULT_BASE}graph/reference": shared})
    with clock.stage("save"):
        dataset.serialize(folder / "out.nq", format="nquads")
    with clock.stage("query"):
        for text in questions():
            peer.ask(dataset, text)
    with clock.stage("export"):
        peer.turtle(dataset, folder / "peer.ttl")
    return sum(len(graph) for graph in graphs.values())


def built(paths: Sequence[Path], folder: Path, workers: int | None) -> float:
    """Seconds of a whole ``budgetkg.build`` with validation."""
    start = time.perf_counter()
    report = budgetkg.build(paths, folder, workers=workers)
    if report.failures:
        raise SystemExit(f"build: {report.failures}")
    return time.perf_counter() - start


def row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(size: int, mine: Times, other: Times | None, whole: Times) -> str:
    """Seconds and ratios as Markdown."""
    lines = [row(("stage", "budgetkg s", "ms a document", "peer s", "ratio")), row(["---"] * 5)]
    for name in STAGES:
        beside = other.get(name) if other else None
        ratio = f"{beside / mine[name]:.1f}" if beside is not None and name != "parse" else ""
        shown = f"{beside:.2f}" if beside is not None else ""
        lines.append(row((name, f"{mine[name]:.2f}", f"{mine[name] / size * 1000:.1f}", shown, ratio)))
    for name, seconds in whole.items():
        for saved, step in (("Turtle", "export"), ("N-Quads", "save")):
            label = f"{name}; peer saves {saved}"
            beside = sum(other[part] for part in (*BUILD, step)) if other else None
            ratio = f"{beside / seconds:.1f}" if beside is not None else ""
            shown = f"{beside:.2f}" if beside is not None else ""
            lines.append(row((label, f"{seconds:.2f}", f"{seconds / size * 1000:.1f}", shown, ratio)))
    return "\n".join(lines)


def measure(size: int, peer_limit: int, say: Callable[[str], None]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("documents", "stages", "one", "all", "peer"):
            (folder / part).mkdir()
        paths = sources(size, folder / "documents")
        whole = {
            "build, all workers": built(paths, folder / "all", None),
            "build, one worker": built(paths, folder / "one", 1),
        }
        mine, other = Clock("budgetkg"), Clock("peer")
        records = read(paths, mine)
        quads = ours(records, folder / "stages", mine)
        if size <= peer_limit:
            other.times["parse"] = mine.times["parse"]
            triples = theirs(records, folder / "peer", other)
            if triples != quads:
                say(f"the peer states {triples:,} triples where we state {quads:,}")
        say(f"\n## {len(paths):,} documents, {quads:,} quads\n")
        say(table(len(paths), mine.times, other.times or None, whole))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--sizes", default="5,100", help="comma-separated (default: %(default)s)")
    options.add_argument("--peer-limit", type=int, default=100, metavar="N")
    chosen = options.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for size in chosen.sizes.split(","):
        measure(int(size), chosen.peer_limit, lambda text: print(text, flush=True))


if __name__ == "__main__":
    main()
