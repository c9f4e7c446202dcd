"""Kills at an operation or at a moment, of the group, the parent or a child; what is whole afterwards."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

from tests.torture import shim
from tests.torture.scenes import (
    Scene,
    begun,
    copied,
    damaged,
    ended,
    forked,
    generation,
    leftovers,
    line,
)


def command(scene: Scene, directory: Path) -> list[str]:
    """The command line of a scene with its place."""
    return [str(directory) if word == "DIR" else word for word in scene.command]


def measured(scene: Scene, directory: Path) -> None:
    """Run a scene to its end: how many operations it takes, how long, and to which generation it leads."""
    copied(scene.before, directory)
    scene.start = generation(directory)
    since = time.monotonic()

    def run() -> list[int]:
        from budgetkg.cli import run as started

        shim.arm(directory)
        return [started(command(scene, directory)), shim.count()]

    ran = forked(run)
    if not ran.value or ran.value[0]:
        raise SystemExit(f"{scene.name}: {ran.code} {ran.said}")
    scene.operations, scene.seconds = ran.value[1], time.monotonic() - since
    scene.end = generation(directory)
    wrong = damaged(directory) + leftovers(directory)
    if wrong:
        raise SystemExit(f"{scene.name}: {wrong}")


def killed(scene: Scene, directory: Path, way: str, at: int, chance: random.Random) -> tuple[list[str], bool]:
    """One kill, and what is wrong afterwards; whether it came before the end."""
    copied(scene.before, directory)
    wrong: list[str] = []
    if at:
        child = begun(command(scene, directory), lambda: shim.arm(directory, None, at, way == "group"))
    else:
        child = begun(command(scene, directory), lambda: None)
        time.sleep(chance.uniform(0, scene.seconds * 1.1))
        _kill(child, way)
    try:
        code = ended(child)
    except AssertionError as error:
        code, wrong = -9, [str(error)]
    return wrong + aftermath(scene, directory, way), code == -9 or way == "child"


def _kill(child: int, way: str) -> None:
    try:
        if way == "group":
            os.killpg(child, signal.SIGKILL)
        elif way == "parent":
            os.kill(child, signal.SIGKILL)
        else:
            for one in _children(child)[:1]:
                os.kill(one, signal.SIGKILL)
    except ProcessLookupError:
        return


def _children(parent: int) -> list[int]:
    try:
        text = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(word) for word in text.split()]


def aftermath(scene: Scene, directory: Path, way: str = "group") -> list[str]:
    """What is wrong after something broke: the state now, the command once more, the state then."""
    wrong = []
    now = generation(directory)
    if now not in (scene.start, scene.end) and way != "child":
        wrong.append(f"leads to {now}")
    if now is not None:
        wrong += [f"after it: {damage}" for damage in damaged(directory)]
    again = line(*command(scene, directory))
    done = (
        scene.name == "remove" and now == scene.end and again.code == 1 and "no such document" in again.said
    )
    if again.code and not done:
        wrong.append(f"again: {again.code} {again.said[-1000:]}")
    if generation(directory) != scene.end:
        wrong.append(f"again: leads to {generation(directory)}, not {scene.end}")
    wrong += [f"again: {damage}" for damage in damaged(directory)]
    return wrong + [f"left over: {name}" for name in leftovers(directory)]
