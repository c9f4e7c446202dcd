"""``python -m tools.generate [--check | --docs FOLDER]``."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.generate import stale, write
from tools.generate.repository import checkout


def main(arguments: list[str]) -> int:
    """Write stale files; with --check only name them; with --docs write the ontology's pages into a folder.

    Returns the exit code: 1 where --check names a file, 2 for wrong arguments.
    """
    if arguments == ["--check"]:
        paths = stale(checkout())
        for path in paths:
            sys.stderr.write(f"stale: {path} (run: python -m tools.generate)\n")
        return 1 if paths else 0
    if len(arguments) == 2 and arguments[0] == "--docs":
        from tools.generate import site

        sys.stdout.write(f"wrote {site.write(Path(arguments[1]))} pages into {arguments[1]}\n")
        return 0
    if arguments:
        sys.stderr.write("usage: python -m tools.generate [--check | --docs FOLDER]\n")
        return 2
    for path in write(checkout()):
        sys.stdout.write(f"wrote {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
