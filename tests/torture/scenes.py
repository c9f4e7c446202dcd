"""What is done to a graph's directory while something breaks: each scene a place and a command line.

Everything that opens a store runs in a forked child: the engine keeps threads, and a process that has them
must not be forked.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
BESIDE = ("lock", "read.json", "stamps.json", "kept", "comparisons.db", "comparisons.json")
SMALL = ("nansha-2023-declaration.txt", "huadu-2023-declaration.txt")
MERGED = "<https://others.example/a> <https://others.example/b> _:x .\n_:x <https://others.example/c> 1 .\n"
READING = "document,place,field,value,reason,who\n{name},,year,2023,as printed,us\n"


@dataclass(frozen=True)
class Ran:
    """How a child ended: its exit code (negative: a signal), what it said, what its function gave."""

    code: int
    said: str = ""
    value: Any = None


@dataclass
class Scene:
    """A directory as it is before, a command line, and the generations before and after it."""

    name: str
    before: Path
    command: list[str]
    start: str | None = None
    end: str | None = None
    operations: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


def forked(function: Callable[[], Any]) -> Ran:
    """A function in a child of its own, and what it returns (as JSON)."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        told = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="replace", write_through=True)
        code, value = 70, None
        try:
            with contextlib.redirect_stderr(told), contextlib.redirect_stdout(told):
                value = function()
            code = value if isinstance(value, int) else 0
        except BaseException:  # noqa: BLE001 - a child must never go on as its parent
            told.write(traceback.format_exc())
        with contextlib.suppress(OSError), os.fdopen(writer, "w") as stream:
            told.seek(0)
            json.dump([told.read(), value], stream)
        os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as stream:
        text = stream.read()
    _, status = os.waitpid(child, 0)
    said, value = json.loads(text) if text else ("", None)
    return Ran(os.waitstatus_to_exitcode(status), said, value)


def line(*arguments: str | Path) -> Ran:
    """A command line of ours, run to its end."""
    from budgetkg.cli import run

    return forked(lambda: run([str(argument) for argument in arguments]))


def begun(command: Sequence[str], prepare: Callable[[], None]) -> int:
    """A command line in a child that leads a group of its own; ``prepare`` runs in it first."""
    child = os.fork()
    if not child:
        try:
            os.setpgid(0, 0)
            null = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(null, descriptor)
            prepare()
            from budgetkg.cli import run

            code = run(list(command))
            os._exit(code)
        finally:
            os._exit(71)
    with contextlib.suppress(OSError):
        os.setpgid(child, child)
    return child


def ended(child: int, seconds: float = 120) -> int:
    """Wait for a child; its exit code, and what it left running in its group is an error."""
    limit = time.monotonic() + seconds
    status = None
    while status is None and time.monotonic() < limit:
        done, found = os.waitpid(child, os.WNOHANG)
        status = found if done else None
        if status is None:
            time.sleep(0.002)
    if status is None:
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise AssertionError("it never ended")
    for _ in range(1500):
        try:
            os.killpg(child, 0)
        except ProcessLookupError:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.killpg(child, signal.SIGKILL)
    raise AssertionError("a process outlived its parent by 3 s")


def generation(directory: Path) -> str | None:
    """The name of the generation that counts, however it is."""
    try:
        return (directory / "current").readlink().name
    except OSError:
        return None


def damaged(directory: Path) -> list[str]:
    """What ``budgetkg check`` says of a directory; nothing where it is whole."""

    def seen() -> list[str]:
        from budgetkg.errors import BudgetkgError
        from budgetkg.store.healing import damages

        try:
            return [f"{damage.path.relative_to(directory)}: {damage.what}" for damage in damages(directory)]
        except BudgetkgError as error:
            return [str(error)]

    ran = forked(seen)
    return ran.value if ran.value is not None else [f"check ended with {ran.code}: {ran.said[-2000:]}"]


def leftovers(directory: Path) -> list[str]:
    """What lies in a directory and belongs to no graph."""
    digest = generation(directory)
    wanted = {"current", "store", "findings.json", "generations", "links", "merged", "corrections", "exports"}
    found = [path.name for path in directory.iterdir() if path.name not in wanted]
    for path in (directory / "generations").glob("*"):
        if path.name not in (digest, *BESIDE):
            found.append(f"generations/{path.name}")
    for folder in ("links", "merged", "exports"):
        found += [f"{folder}/{path.name}" for path in (directory / folder).glob(".*")]
    return found


def copied(source: Path, target: Path) -> None:
    """A directory as it is, links as links; the copy takes the place of what is there."""
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target, symlinks=True)


def scenes(work: Path) -> list[Scene]:
    """Every command that writes, over small graphs that are made here; the command says DIR for its place."""
    inputs = work / "in"
    inputs.mkdir(parents=True)
    one, two = (inputs / name for name in SMALL)
    for path in (one, two):
        shutil.copy(ROOT / "examples" / path.name, path)
    (inputs / "again").mkdir()
    other = inputs / "again" / one.name
    other.write_bytes(one.read_bytes() + b"\n")
    others = inputs / "others.ttl"
    others.write_text(MERGED, encoding="utf-8")
    quick = ["--no-validate", "--workers", "2"]
    first, both, read, old = (work / name for name in ("first", "both", "read", "old"))
    _made(["build", str(one), "--into", str(first), *quick])
    _made(["build", str(one), str(two), "--into", str(both), *quick])
    _made(["link", str(both)])
    _made(["merge", str(both), str(others)])
    copied(both, read)
    copied(both, old)
    earlier = f"generations/{generation(first)}"
    copied(first / earlier, old / earlier)  # as a reader that held it open leaves it
    (read / "corrections").mkdir()
    (read / "corrections" / "themes.csv").write_text("subject,theme,reason,who\n", encoding="utf-8")
    return [
        Scene("build", work / "none", ["build", str(one), str(two), "--into", "DIR", *quick]),
        Scene("add", first, ["build", str(two), "--into", "DIR", *quick]),
        Scene("rebuild", both, ["build", str(one), str(two), "--into", "DIR", *quick]),
        Scene("replace", both, ["build", str(other), "--into", "DIR", *quick]),
        Scene("remove", both, ["remove", "DIR", one.name]),
        Scene("prune", old, ["build", str(one), str(two), "--into", "DIR", *quick]),
        Scene("link", first, ["link", "DIR"]),
        Scene("merge", first, ["merge", "DIR", str(others)]),
        Scene("correct", read, ["build", str(one), "--into", "DIR", *quick]),
        Scene("export", first, ["build", str(two), "--into", "DIR", *quick, "--export", "nquads"]),
    ]


def _made(command: list[str]) -> None:
    ran = line(*command)
    if ran.code:
        sys.exit(f"{command}: {ran.said}")
