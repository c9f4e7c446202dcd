"""Hostile files, archives, queries, endpoints, hosts: ``python -m tests.torture.hostile --seconds 60``.

Each must cost one line, bounded time and memory, and nobody may be visited. What fails is kept in a folder,
each way of failing once. A seed and a number make the same input again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import false_hosts, fuzz
from tests.false_endpoints import behaviours, endpoint
from tests.listener import Listener, listening
from tests.test_service_guard import variants
from tests.torture.archives import archive

from budgetkg.errors import BudgetkgError
from budgetkg.pipeline.guarded import Limits as DocumentLimits
from budgetkg.pipeline.guarded import guarded
from budgetkg.pipeline.sources import expand, read_bytes
from budgetkg.store.bounded import BoundedStore
from budgetkg.store.manifest import sha256
from budgetkg.store.remote import RemoteStore
from budgetkg.store.worker import Limits

INTO = fuzz.ROOT / "out" / "torture"
_BATCH = 20
_LONGEST_LINE = 2000
_LONGEST_BATCH = 1800  # seconds
_MOST_MEMORY = 4096  # MiB of any one process
_SLACK = 10  # seconds that a breach of the time may take to be seen, on a machine with other work

Fault = tuple[str, bytes]


def run(seconds: float, seed: int = 0, into: Path = INTO, batch: int = 0) -> int:
    """Look for failures; how many ways of failing were found.

    A ``batch`` of files is built first, within the same time if that is long enough; then there is a turn of
    each kind at least.
    """
    end = time.monotonic() + seconds
    found: set[str] = set()
    tried = {"files": 0, "archives": 0, "queries": 0, "endpoints": 0, "hosts": 0}
    for wrong in _batch(random.Random(seed), batch) if batch else ():
        found.add(wrong[0])
        _keep(into, f"batch-{seed}-{len(found)}", wrong)
    if batch:
        print(f"a batch of {batch} files: {len(found)} failures", flush=True)
    with listening() as listener, tempfile.TemporaryDirectory() as folder:
        store = _store(Path(folder))
        for turn in range(sys.maxsize):
            if turn and time.monotonic() > end:
                break
            chance = random.Random(f"{seed}-{turn}")
            for kind, faults in (
                ("files", _files(chance)),
                ("queries", _queries(chance, store, listener)),
                ("archives", _archives(chance, Path(folder))),
                ("endpoints", _endpoints(chance, listener)),
                ("hosts", _hosts(chance, listener, Path(folder))),
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
    """A folder of hostile files and a good one, built as a user does: one line each, and it is read."""
    with tempfile.TemporaryDirectory() as name, listening() as listener:
        folder, graph = Path(name) / "in", Path(name) / "graph"
        names = _laid(folder, chance, count)
        words = ["build", str(folder), "--into", str(graph), "--json", "--no-validate", "--max-seconds", "60"]
        command = [sys.executable, "-m", "budgetkg", *words]
        began = time.monotonic()
        ended = subprocess.run(command, capture_output=True, check=False, timeout=_LONGEST_BATCH)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
        print(f"the batch took {time.monotonic() - began:.0f} s and at most {most} MiB", flush=True)
        yield from _misled(ended, folder, names)
        if most > _MOST_MEMORY:
            yield f"a batch took {most} MiB", b""
        if sorted(path.name for path in Path(name).iterdir()) != ["graph", "in"]:
            yield "a batch wrote beside its folder", b""
        if sorted(path.name for path in folder.iterdir()) != sorted([*names, "0-good.txt"]):
            yield "a batch wrote among its sources", b""
        if listener.visits:
            yield "a batch visited somebody", b"\n".join(listener.visits)


def _laid(folder: Path, chance: random.Random, count: int) -> list[str]:
    """Lay out so many hostile files and a good one; the names of those."""
    folder.mkdir()
    corpus = fuzz.samples()
    names = []
    for number in range(count):
        zipped = number % 10 == 0
        names.append(f"{number:04}{'.zip' if zipped else ''}")
        data = archive(chance, corpus) if zipped else fuzz.damaged(chance, corpus)
        (folder / names[-1]).write_bytes(data)
    os.mkfifo(folder / "pipe")
    (folder / "round").symlink_to("round")
    (folder / "away").symlink_to("/etc")
    with socket.socket(socket.AF_UNIX) as unanswered:
        unanswered.bind(os.path.relpath(folder / "socket"))
    (folder / "0-good.txt").write_bytes(sorted(fuzz.ROOT.glob("examples/*.txt"))[0].read_bytes())
    return [*names, "pipe", "round", "away", "socket"]


def _misled(ended: subprocess.CompletedProcess[bytes], folder: Path, names: list[str]) -> Iterator[Fault]:
    """What is wrong with what a batch said: each file is a document or one line, no line is anything else.

    Some damage changes nothing, and the same bytes under two names are one document.
    """
    said = ended.stderr.decode("utf-8", "replace").splitlines()
    if ended.returncode not in (0, 1):
        yield "a batch ended early", ended.stderr
        return
    documents = {entry["sha256"] for entry in json.loads(ended.stdout)["documents"]}
    files = [name for name in (*names, "0-good.txt") if stat.S_ISREG((folder / name).lstat().st_mode)]
    read = {name for name in files if sha256(folder / name) in documents}
    if "0-good.txt" not in read:
        yield "a batch lost the good one", ended.stderr
    lines = Counter(line.split(": ")[1].split("/in/")[-1] for line in said if line.startswith("budgetkg: "))
    if any("Traceback" in line or "report it" in line or len(line) > _LONGEST_LINE for line in said):
        yield "a batch said more than lines", ended.stderr
    for name in names:
        if not name.endswith(".zip") and (name in read) + lines[name] != 1:
            yield f"{name} is told {lines[name]} times, and read: {name in read}", ended.stderr


def _files(chance: random.Random) -> Iterator[Fault | None]:
    """Damaged documents, each read in a process within limits, as a batch is."""
    corpus = fuzz.samples()
    inputs = [fuzz.damaged(chance, corpus) for _ in range(_BATCH)]
    limits = DocumentLimits(seconds=60, memory=1024)
    found = guarded(_read, inputs, workers=1, limits=limits, lost=lambda _, reason: f"lost: {reason}")
    for data, said in zip(inputs, found, strict=True):
        yield (said, data) if said else None


def _archives(chance: random.Random, folder: Path) -> Iterator[Fault | None]:
    """Zip archives, listed and read as a build does; in them nothing is lost in silence."""
    corpus = fuzz.samples()
    inputs = [archive(chance, corpus) for _ in range(_BATCH)]
    limits = DocumentLimits(seconds=60, memory=1024)
    path = folder / "some.zip"
    given = [(path, data) for data in inputs]
    found = guarded(_unpacked, given, workers=1, limits=limits, lost=lambda _, reason: f"lost: {reason}")
    for data, said in zip(inputs, found, strict=True):
        yield (said, data) if said else None


def _unpacked(given: tuple[Path, bytes]) -> str:
    path, data = given
    path.write_bytes(data)
    try:
        found = expand([path])
        for file in found.files:
            try:
                read_bytes(file)
            except BudgetkgError:
                continue
    except Exception as error:  # noqa: BLE001 - what this program looks for
        return f"{type(error).__name__}: {error}"[:300]
    return "" if found.files or found.failures else "an archive that gave nothing"


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


def _hosts(chance: random.Random, listener: Listener, folder: Path) -> Iterator[Fault | None]:
    """Hosts that a list of sources names; three a turn, because some wait until their time is over."""
    every = false_hosts.hosts(listener.url)
    with false_hosts.public():
        for number, name in enumerate(chance.sample(sorted(every), 3)):
            fault = false_hosts.faults(every[name], folder / f"host-{number}")
            shutil.rmtree(folder / f"host-{number}")
            yield (fault, name.encode()) if fault else None


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
