"""The application that the commands register with.

To register a command costs its module and the evaluation of its annotations, for all of them more than
anything else that ``--help`` does. So the command that was asked for is registered whole, the others by
name and help.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from budgetkg.cli.frame import Command, Group
from budgetkg.cli.messages import say

if TYPE_CHECKING:
    app: typer.Typer

_COMMANDS = {
    "parse": "read.parse",
    "schema": "schema.schema",
    "new-layout": "drafts.new_layout",
    "collect": "collect.collect",
    "build": "read.build",
    "remove": "write.remove",
    "diff": "editions.diff",
    "pin": "editions.pin",
    "validate": "check.validate",
    "check": "whole.check",
    "target": "target.target",
    "findings": "findings.findings",
    "correct": "correct.correct",
    "query": "ask.query",
    "questions": "ask.questions",
    "explain": "ask.explain",
    "export": "write.export",
    "match": "link.match",
    "catalog": "publish.catalog",
    "report": "report.report",
    "link": "link.link",
    "merge": "link.merge",
    "serve": "serve.serve",
}
"""Each command with the function that runs it; their order is that of the help."""


def application(arguments: Sequence[str] | None = None) -> typer.Typer:
    """The application for a command line; ``None`` for one with every command whole."""
    completes = any(name.endswith("_COMPLETE") for name in os.environ)
    wanted = None if arguments is None or completes else _wanted(arguments)
    made = typer.Typer(
        cls=Group,
        name="budgetkg",
        help=say("app"),
        no_args_is_help=True,
        add_completion=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name, home in _COMMANDS.items():
        run = _function(home) if wanted in (None, name) else _listed
        made.command(name, help=say(name), cls=Command)(run)
    made.callback()(options)
    return made


def __getattr__(name: str) -> Any:
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return application()


def _wanted(arguments: Sequence[str]) -> str:
    """The command in a command line: the first of its words that is no option; "" where there is none."""
    return next((word for word in arguments if not word.startswith("-")), "")


def _function(home: str) -> Callable[..., None]:
    module, _, name = home.partition(".")
    function: Callable[..., None] = getattr(import_module(f"budgetkg.cli.{module}"), name)
    return function


def _listed() -> None:
    """Stands for a command that is only listed."""


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"budgetkg {version('budgetkg')}")
        raise typer.Exit


def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=say("opt-version"))
    ] = False,
) -> None:
    """What goes before any command."""
