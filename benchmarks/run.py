"""Builds beside the peer's, in turns: ``python -m benchmarks.run --sizes 5,100 --rounds 3``.

Size 5 means the reference documents (../shared, else the samples in examples/); any other size that many
synthetic documents. Each run is a process of its own and the pipelines take turns, so that what else the
machine does falls on all of them; a table shows medians. Writes out/bench.json;
``docs/bench.json`` is the one that ``make generate`` turns into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import corpus
from benchmarks.measured import measured_code

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "documents" / "seeds"
WHO = ("budgetkg", "workers", "peer", "turtle")
OURS = WHO[:2]
Json = dict[str, Any]


def documents(size: int, folder: Path) -> None:
    """Put the documents of a size into a folder."""
    if size != 5:
        corpus.write(folder, size)
        return
    folder.mkdir()
    for path in sorted((SEEDS if SEEDS.is_dir() else ROOT / "examples").glob("*.txt")):
        shutil.copyfile(path, folder / path.name)


def once(who: str, folder: Path) -> Json:
    """One run of one pipeline in a process of its own."""
    with tempfile.TemporaryDirectory() as into:
        command = [sys.executable, "-m", "benchmarks.once", who, str(folder), into]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: Json = json.loads(done.stdout)
    print(f"{who}: {found}", file=sys.stderr, flush=True)
    return found


def size_of(size: int, rounds: int, who: Sequence[str]) -> Json:
    """The medians of all rounds, pipeline by pipeline."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "documents"
        documents(size, folder)
        runs: dict[str, list[Json]] = {one: [] for one in who}
        for _ in range(rounds):
            for one in who:
                runs[one].append(once(one, folder))
    if len({run["statements"] for several in runs.values() for run in several}) > 1:
        raise SystemExit(f"the pipelines state different numbers of statements: {runs}")
    medians = {
        one: {part: statistics.median(run[part] for run in several) for part in several[0]}
        for one, several in runs.items()
    }
    return {"size": size, "rounds": rounds, "runs": medians}


def main() -> None:
    """Measure every size and write the results."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--sizes", default="5,100", help="comma-separated (default: %(default)s)")
    options.add_argument("--rounds", type=int, default=3, help="how often each is run (default: %(default)s)")
    options.add_argument("--alone", type=int, default=1000, help="from this size on without the peer")
    options.add_argument("--out", type=Path, default=ROOT / "out" / "bench.json")
    options.add_argument("--note", default="", help="what else the machine did meanwhile")
    chosen = options.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",")]
    result = {
        "code": measured_code(ROOT),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "note": chosen.note,
        "sizes": [size_of(size, chosen.rounds, WHO if size < chosen.alone else OURS) for size in sizes],
    }
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
