"""Hostile files, queries, endpoints for some time: ``python -m tests.torture.hostile --seconds 60``.

Each must cost one line, bounded time and memory, and nobody may be visited. What fails is kept in a folder,
each way of failing once. A seed and a number make the same input again.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import fuzz
from tests.false_endpoints import behaviours, endpoint
from tests.listener import Listener, listening
from tests.test_service_guard import variants

from budgetkg.errors import BudgetkgError
from budgetkg.pipeline.guarded import Limits as DocumentLimits
from budgetkg.pipeline.guarded import guarded
from budgetkg.store.bounded import BoundedStore
from budgetkg.store.remote import RemoteStore
from budgetkg.store.worker import Limits

INTO = fuzz.ROOT / "out" / "torture"
_BATCH = 20
_LONGEST_LINE = 2000
_SLACK = 10  # seconds that a breach of the time may take to be seen, on a machine with other work

Fault = tuple[str, bytes]


def run(seconds: float, seed: int = 0, into: Path = INTO, batch: int = 0) -> int:
    """Look for failures; how many ways of failing were found. First a ``batch`` of files is built."""
    found: set[str] = set()
    tried = {"files": 0, "queries": 0, "endpoints": 0}
    for fault in _batch(random.Random(seed), batch) if batch else ():
        found.add(fault[0])
        _keep(into, f"batch-{seed}-{len(found)}", fault)
    if batch:
        print(f"a batch of {batch} files: {len(found)} failures", flush=True)
    end = time.monotonic() + seconds
    with listening() as listener, tempfile.TemporaryDirectory() as folder:
        store = _store(Path(folder))
        for turn in range(sys.maxsize):
            if time.monotonic() > end:
                break
            chance = random.Random(f"{seed}-{turn}")
            for kind, faults in (
                ("files", _files(chance, Path(folder))),
                ("queries", _queries(chance, store, listener)),
                ("endpoints", _endpoints(chance, listener)),
            ):
                for fault in faults:
                    tried[kind] += 1
                    if fault is not None and fault[0] not in found:
                        found.add(fault[0])
                        _keep(into, f"{kind}-{seed}-{turn}-{len(found)}", fault)
                if listener.visits:
                    found.add(f"{kind}: somebody was visited")
                    _keep(into, f"{kind}-{seed}-{turn}-visit", ("visited", b"\n".join(listener.visits)))
                    listener.visits.clear()
    print(", ".join(f"{count} {kind}" for kind, count in tried.items()) + f": {len(found)} failures")
    return len(found)


def _keep(into: Path, name: str, fault: Fault) -> None:
    into.mkdir(parents=True, exist_ok=True)
    (into / f"{name}.bin").write_bytes(fault[1])
    (into / f"{name}.txt").write_text(fault[0], encoding="utf-8")
    print(f"{name}: {fault[0]}", flush=True)


def _batch(chance: random.Random, count: int) -> Iterator[Fault]:
    """A folder of hostile files and a good one, built as a user does: lines for those, and it is read."""
    with tempfile.TemporaryDirectory() as name, listening() as listener:
        folder, graph = Path(name) / "in", Path(name) / "graph"
        folder.mkdir()
        corpus = fuzz.samples()
        for number in range(count):
            (folder / f"{number:04}").write_bytes(fuzz.damaged(chance, corpus))
        (folder / "0-good.txt").write_bytes(sorted(fuzz.ROOT.glob("examples/*.txt"))[0].read_bytes())
        words = ["build", str(folder), "--into", str(graph), "--json", "--no-validate", "--max-seconds", "60"]
        ended = subprocess.run([sys.executable, "-m", "budgetkg", *words], capture_output=True, check=False)
        said = ended.stderr.decode("utf-8", "replace").splitlines()
        if ended.returncode not in (0, 1) or "0-good.txt" not in ended.stdout.decode("utf-8", "replace"):
            yield "a batch ended early", ended.stderr
        if any("Traceback" in line or len(line) > _LONGEST_LINE for line in said):
            yield "a batch said more than lines", ended.stderr
        if sorted(path.name for path in Path(name).iterdir()) != ["graph", "in"]:
            yield "a batch wrote beside its folder", b""
        if len(list(folder.iterdir())) != count + 1:
            yield "a batch wrote among its sources", b""
        if listener.visits:
            yield "a batch visited somebody", b"\n".join(listener.visits)


def _files(chance: random.Random, folder: Path) -> Iterator[Fault | None]:
    """Damaged documents, each read in a process within limits, as a batch is."""
    corpus = fuzz.samples()
    inputs = [fuzz.damaged(chance, corpus) for _ in range(_BATCH)]
    limits = DocumentLimits(seconds=60, memory=1024)
    found = guarded(_read, inputs, workers=1, limits=limits, lost=lambda _, reason: f"lost: {reason}")
    for data, said in zip(inputs, found, strict=True):
        yield (said, data) if said else None


def _read(data: bytes) -> str:
    fault = fuzz.fault(data)
    return fault[0] if fault else ""


def _queries(chance: random.Random, store: Path, listener: Listener) -> Iterator[Fault | None]:
    every = list(variants(listener.url))
    opened = BoundedStore(store, Limits(seconds=5, memory=512))
    for _ in range(_BATCH):
        text = _damaged(chance, chance.choice(every))
        yield _told(lambda text=text: opened.query(text), 5, text.encode("utf-8", "replace"))  # type: ignore[misc]
    opened.close()


def _damaged(chance: random.Random, text: str) -> str:
    pieces = (
        "{",
        "}",
        "\\",
        "\r",
        "#",
        "'''",
        "SERVICE",
        "<",
        ">",
        ".",
        ";",
        "\x00",
        "\ud800",
        "?x",
        "(" * 500,
    )
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(pieces) * chance.choice((1, 1, 5)) + text[at:]
    return text


def _endpoints(chance: random.Random, listener: Listener) -> Iterator[Fault | None]:
    every = behaviours(listener.url)
    for name in chance.sample(sorted(every), 5):
        with endpoint(every[name]) as url:
            ask = RemoteStore(url, 2).query
            yield _told(lambda ask=ask: ask("SELECT * { ?s ?p ?o }"), 2, name.encode())  # type: ignore[misc]


def _told(work: Callable[[], object], seconds: float, data: bytes) -> Fault | None:
    """How some work fails to end with an answer or one line in time."""
    began = time.monotonic()
    said = ""
    try:
        work()
    except BudgetkgError as error:
        said = str(error)
    except Exception as error:  # noqa: BLE001 - what this program looks for
        return f"{type(error).__name__}: {error}"[:300], data
    if "\n" in said or len(said) > _LONGEST_LINE:
        return f"no line: {said[:200]!r}", data
    return ("too slow", data) if time.monotonic() - began > seconds + _SLACK else None


def _store(folder: Path) -> Path:
    import pyoxigraph
    from pyoxigraph import Literal, NamedNode, Quad

    path = folder / "store"
    made = pyoxigraph.Store(str(path))
    made.add(Quad(NamedNode("u:a"), NamedNode("u:b"), Literal("x"), NamedNode("u:g")))
    made.flush()
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--into", type=Path, default=INTO)
    parser.add_argument("--batch", type=int, default=500, help="hostile files that are built in one go first")
    chosen = parser.parse_args()
    sys.exit(min(run(chosen.seconds, chosen.seed, chosen.into, chosen.batch), 1))
