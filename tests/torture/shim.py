"""The shim between this process and the C library (``shim.c``): built once, loaded before everything else."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")


def compiler() -> str | None:
    """A C compiler, on Linux: elsewhere libraries can't be put before the C library this way."""
    return shutil.which("cc") or shutil.which("gcc") if sys.platform == "linux" else None


def built(folder: Path) -> Path:
    """The shim as a library."""
    library = folder / "shim.so"
    command = [compiler() or "cc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"]
    subprocess.run(command, check=True)
    return library


def preloaded(folder: Path, module: str, arguments: list[str]) -> int:
    """Run a module of ours in a process that has the shim; its exit code."""
    root = SOURCE.parent.parent.parent
    path = os.pathsep.join([str(root / "src"), str(root), os.environ.get("PYTHONPATH", "")])
    there = {**os.environ, "LD_PRELOAD": str(built(folder)), "PYTHONPATH": path, "LC_ALL": "C.UTF-8"}
    return subprocess.run([sys.executable, "-m", module, *arguments], env=there, check=False).returncode


def is_loaded() -> bool:
    """Whether this process has the shim."""
    return hasattr(ctypes.CDLL(None), "torture_arm")


def arm(
    folder: Path,
    shadow: Path | None = None,
    stop: int = 0,
    group: bool = False,
    fail: int = 0,
    error: int = 0,
) -> None:
    """Begin to count what this process changes below a folder.

    At operation ``stop`` it ends, or its group does; from ``fail`` on every operation fails with ``error``.
    """
    if not is_loaded():
        return
    library = ctypes.CDLL(None)
    library.torture_arm.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_long, ctypes.c_int,
                                    ctypes.c_long, ctypes.c_int]  # fmt: skip
    keep = os.fsencode(shadow) if shadow else b""
    library.torture_arm(os.fsencode(folder), keep, stop, int(group), fail, error)


def count() -> int:
    """How many operations there have been since."""
    if not is_loaded():
        return 0
    library = ctypes.CDLL(None)
    library.torture_count.restype = ctypes.c_long
    return int(library.torture_count())
