"""Kills, damage and power cuts for as long as asked: ``python -m tests.torture [--seconds 60] [--seed N]``.

What failed is kept, with the directory as it was left. A seed makes the same choices again (a kill at a
moment, unlike one at an operation, still depends on the machine).
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import io
import pkgutil
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.torture import shim
from tests.torture.damage import damage_all
from tests.torture.full import full
from tests.torture.kills import killed, measured
from tests.torture.power import cut
from tests.torture.remembered import remembered_all
from tests.torture.scenes import ROOT, Scene, copied, scenes

WAYS = ("group", "parent", "child")


def main(arguments: list[str]) -> int:
    """Torture; 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--into", type=Path, default=ROOT / "out" / "torture")
    parser.add_argument("--parts", default="kills,damage,remembered,power,full", help="which of them")
    parser.add_argument("--share", default="1/1", help="which part of the kinds of damage: 2/3")
    chosen = parser.parse_args(arguments)
    memory = Path("/dev/shm")  # where syncing costs nothing
    with tempfile.TemporaryDirectory("", "budgetkg-torture-", memory if memory.is_dir() else None) as name:
        work = Path(name)
        if not shim.is_loaded():
            if shim.compiler() is not None:
                return shim.preloaded(work, "tests.torture", arguments)
            print("no C compiler, or not Linux: only damage")
            chosen.parts = "damage"
        return _run(work, chosen)


def _run(work: Path, chosen: argparse.Namespace) -> int:
    modules = _loaded()
    end = time.monotonic() + chosen.seconds
    parts = chosen.parts.split(",")
    print(f"seed {chosen.seed}, {chosen.seconds:g} seconds, {modules} modules", flush=True)
    every = scenes(work)
    _warmed(work)
    for scene in every:
        measured(scene, work / "dir")
        print(f"{scene.name}: {scene.operations} operations, {scene.seconds:.2f} s", flush=True)
    counts: Counter[str] = Counter()
    failures = 0
    chance = random.Random(chosen.seed)
    share = tuple(map(int, chosen.share.split("/")))
    once = {
        "damage": damage_all(work, chance, (share[0], share[1])),
        "remembered": remembered_all(work, chance),
    }
    while parts and time.monotonic() < end:
        for part in tuple(parts):
            if part in once:
                found = next(once[part], None)
                if found is None:
                    parts.remove(part)
                    continue
                what, wrong = found
            else:
                scene = chance.choice(every)
                what, wrong = KINDS[part](scene, work, chance)
            counts[part] += 1
            counts[f"{part} {what.split(' at ')[0]}"] += 1
            if wrong:
                failures += 1
                place = chosen.into / f"{counts[part]}-{what.replace(' ', '-').replace('/', '_')}"
                copied(work / "dir", place)
                text = f"seed {chosen.seed}: {part}: {what}: " + "\n ".join(wrong)
                place.with_suffix(".txt").write_text(text, encoding="utf-8")
                print(text, flush=True)
        if sum(counts[part] for part in set(parts)) % 20 < len(parts):
            print({part: counts[part] for part in parts}, f"{failures} failures", flush=True)
    for name, count in sorted(counts.items()):
        print(f"{count:6} {name}")
    print(f"{sum(counts[part] for part in (*KINDS, *once))} in all, {failures} failures")
    return 1 if failures else 0


def _loaded() -> int:
    """Load every module of ours once, and with them what they need: children then begin at once."""
    import budgetkg

    count = 0
    for found in pkgutil.walk_packages(budgetkg.__path__, "budgetkg."):
        if found.name != "budgetkg.__main__":
            with contextlib.suppress(ImportError):  # of an extra that isn't installed
                importlib.import_module(found.name)
                count += 1
    return count


class _Enough(Exception):
    """A build that has filled what is kept in memory, and is not to open a store."""


def _warmed(work: Path) -> None:
    """Build once in this process, but for the store, so that children need not load the lists again."""
    from unittest.mock import patch

    from budgetkg.cli import run
    from budgetkg.pipeline import BuildOptions, build

    sources = sorted((work / "in").glob("*.txt"))
    options = BuildOptions(validate=False)
    with patch("budgetkg.pipeline.building.commit", side_effect=_Enough), contextlib.suppress(_Enough):
        build(sources, work / "warm", options=options, mapper=map)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for words in (["questions"], ["remove", str(work / "none"), "x"]):
            run([*words])
    gc.collect()
    gc.freeze()  # what a child doesn't touch isn't copied


def _kill(scene: Scene, work: Path, chance: random.Random) -> tuple[str, list[str]]:
    way = chance.choice(WAYS)
    at = chance.randint(1, scene.operations) if way != "child" and chance.random() < 0.6 else 0
    wrong, _ = killed(scene, work / "dir", way, at, chance)
    return f"{scene.name} {way} at {at or 'a moment'}", wrong


KINDS = {"kills": _kill, "power": cut, "full": full}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
