"""``python -m budgetkg.generate [--check]``."""

from __future__ import annotations

import sys

from budgetkg.generate import checkout, stale, write


def main(arguments: list[str]) -> int:
    """Write the generated files, or with ``--check`` say which are stale."""
    if arguments == ["--check"]:
        found = stale(checkout())
        for path in found:
            sys.stderr.write(f"stale: {path} (run: python -m budgetkg.generate)\n")
        return 1 if found else 0
    if arguments:
        sys.stderr.write("usage: python -m budgetkg.generate [--check]\n")
        return 2
    for path in write(checkout()):
        sys.stdout.write(f"wrote {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
