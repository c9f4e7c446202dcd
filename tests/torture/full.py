"""A disk without room or without inodes, a process without descriptors: one line that names a file."""

from __future__ import annotations

import errno
import random
from pathlib import Path

from tests.torture import shim
from tests.torture.kills import aftermath, command
from tests.torture.scenes import Scene, copied, forked, generation

ERRORS = (errno.ENOSPC, errno.EMFILE, errno.EDQUOT, errno.EIO, errno.EROFS)


def full(scene: Scene, work: Path, chance: random.Random) -> tuple[str, list[str]]:
    """From one operation on every change fails; what is wrong with what is said, and afterwards."""
    directory = work / "dir"
    copied(scene.before, directory)
    at, error = chance.randint(1, scene.operations), chance.choice(ERRORS)

    def run() -> int:
        from budgetkg.cli import run as started

        shim.arm(directory, fail=at, error=error)
        return started(command(scene, directory))

    ran = forked(run)
    what = f"{scene.name} {errno.errorcode[error]} at {at}"
    wrong = []
    lines = [line for line in ran.said.splitlines() if line.startswith("budgetkg: ")]
    if "Traceback" in ran.said or "panicked" in ran.said or ran.code not in (0, 1):
        wrong.append(f"{ran.code}: {ran.said[-1500:]}")
    elif ran.code and not any(str(directory) in line for line in lines):
        wrong.append(f"no file is named: {ran.said[-500:]}")
    if ran.code == 0 and generation(directory) != scene.end:
        wrong.append("reported as done, and it is not")
    return what, wrong + aftermath(scene, directory)
