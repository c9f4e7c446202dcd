"""The command line: thin, every command is one call of the library."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from budgetkg.errors import BudgetkgError, why
from budgetkg.messages import Message

if TYPE_CHECKING:
    from typer.exceptions import TyperException

# What a shell says of a program that Ctrl+C ended.
_INTERRUPTED = 130
# What it says of one whose reader had gone (budgetkg questions | head): 128 and the number of SIGPIPE.
_NOBODY_READS = 141


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; 0 is fine, 1 an input or a name that is wrong, 2 a wrong command."""
    from typer import Abort
    from typer.exceptions import TyperException

    from budgetkg.cli.app import application
    from budgetkg.cli.messages import language, say
    from budgetkg.cli.terminal import complain

    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        ended = application(given)(given, prog_name="budgetkg", standalone_mode=False)
    except SystemExit as error:
        if isinstance(error.__context__, BrokenPipeError):  # the framework ends so of itself
            _drop_output()
            return _NOBODY_READS
        return error.code if isinstance(error.code, int) else 1
    except (Abort, KeyboardInterrupt):
        complain(say("interrupted"))
        return _INTERRUPTED
    except TyperException as error:
        return _misused(error, given)
    except BrokenPipeError:
        _drop_output()
        return _NOBODY_READS
    except BudgetkgError as error:
        complain(error.said(language()))
        return 1
    except OSError as error:
        reason = why(error).said(language())
        complain(f"{error.filename}: {reason}" if error.filename else reason)
        return 1
    except MemoryError:
        complain(say("out-of-memory"))
        return 1
    except UnicodeError as error:
        complain(Message("bad-encoding", error=error).said(language()))
        return 1
    return ended if isinstance(ended, int) else 0


def main() -> None:
    """The entry point of the ``budgetkg`` command."""
    sys.exit(run())


def _misused(error: TyperException, arguments: Sequence[str]) -> int:
    """Say what is wrong with a command line; without any command, what there is."""
    from budgetkg.cli.terminal import complain, out
    from budgetkg.cli.usage import usage

    if not arguments:
        out(error.message)
    else:
        complain(usage(error, arguments))
    return error.exit_code


def _drop_output() -> None:
    """Whoever read our output has gone: say nothing more, not even when Python flushes at its end."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
