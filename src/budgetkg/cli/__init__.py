"""The command line: thin, every command is one call of the library."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from budgetkg.errors import BudgetkgError, UnreadableDocument


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; 0 is fine, 1 an input or a name that is wrong, 2 a wrong command."""
    from budgetkg.cli.app import app
    from budgetkg.cli.reasons import said
    from budgetkg.cli.terminal import complain

    try:
        app(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except BrokenPipeError:
        _drop_output()
        return 1
    except UnreadableDocument as error:
        where = f"page {error.place.removeprefix('page ')}: " if error.place else ""
        complain(f"{error.source}: {said(where + error.reason)}")
        return 1
    except BudgetkgError as error:
        complain(str(error))
        return 1
    except OSError as error:
        complain(f"{error.filename}: {said(str(error.strerror))}" if error.filename else str(error))
        return 1
    except UnicodeError as error:
        complain(f"text in an encoding that can't be read or written: {error}")
        return 1
    return 0


def main() -> None:
    """The entry point of the ``budgetkg`` command."""
    sys.exit(run())


def _drop_output() -> None:
    """Whoever read our output has gone: say nothing more, not even when Python flushes at its end."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
