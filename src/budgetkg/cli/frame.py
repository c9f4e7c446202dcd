"""What every command has in common: its help in the user's language, ``--quiet``, and ``--store DIR``.

The parser of command lines knows English only; here its frame (usage, arguments, options) is written anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from budgetkg.cli.conversion import convert_plainly
from budgetkg.cli.messages import say
from budgetkg.cli.options import Quiet, StoreAgain
from budgetkg.cli.terminal import out, terminal_width, visible
from budgetkg.cli.wrapping import filled, wrapped

_STORE = "--store"
_WIDEST_NAME = 30
_LEAST = 20
# Options that the parser of command lines brings along, in our words.
_OF_THE_PARSER = {
    "help": "frame-help",
    "install_completion": "opt-install-completion",
    "show_completion": "opt-show-completion",
}
_DIRECTORIES = ("directory", "target")


class Command(TyperCommand):
    """A command with the options that all have."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        has = {name for parameter in self.params for name in parameter.opts}
        first = self.params[0] if self.params else None
        self._takes_directory = (
            first is not None and first.param_type_name == "argument" and first.name in _DIRECTORIES
            and _STORE not in has
        )  # fmt: skip
        for parameter in _shared_parameters():
            if parameter.name == "quiet" or self._takes_directory:
                parameter.expose_value = False
                self.params.append(parameter)

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, of which plain values are taken as they are."""
        return _converting(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """``--store DIR`` is DIR at its usual place; ``--quiet`` holds from here on."""
        if self._takes_directory:
            args = _store_first(args)
        left: list[str] = super().parse_args(ctx, args)
        return left

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help in our words."""
        _help(self, ctx)


class Group(TyperGroup):
    """The program itself, with its commands."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, of which plain values are taken as they are."""
        return _converting(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help in our words."""
        _help(self, ctx)
        out()
        out(f"{say('frame-commands')}:")
        _listed([(name, command.help or "") for name, command in self.commands.items() if not command.hidden])


def _converting(parameters: list[Any]) -> list[Any]:
    for parameter in parameters:
        convert_plainly(parameter)
    return parameters


def _shared(quiet: Quiet = False, store: StoreAgain = None) -> None:
    """Has the options that every command has as its parameters."""


@cache
def _shared_parameters() -> list[Any]:
    app = typer.Typer(add_completion=False)
    app.command()(_shared)
    return list(get_command(app).params)


def _store_first(arguments: list[str]) -> list[str]:
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for place, word in enumerate(before):
        if word == _STORE and place + 1 < len(arguments):
            return [arguments[place + 1], *arguments[:place], *arguments[place + 2 :]]
        if word.startswith(f"{_STORE}="):
            return [word.partition("=")[2], *arguments[:place], *arguments[place + 1 :]]
    return arguments


def _help(command: Any, ctx: Any) -> None:
    parameters = [one for one in command.get_params(ctx) if not getattr(one, "hidden", False)]
    arguments = [one for one in parameters if one.param_type_name == "argument"]
    options = [one for one in parameters if one.param_type_name == "option"]
    usage = [ctx.command_path, *([f"[{say('frame-options')}]"] if options else [])]
    usage += [_argument(one) for one in arguments] or (
        [say("frame-command"), "…"] if isinstance(command, TyperGroup) else []
    )
    _paragraph(f"{say('frame-usage')}: {' '.join(usage)}")
    out()
    _paragraph(command.help or "")
    for title, those in (("frame-arguments", arguments), ("frame-options", options)):
        if those:
            out()
            out(f"{say(title)}:")
            _listed([(_name(one), _meaning(one)) for one in those])


def _paragraph(text: str) -> None:
    for line in wrapped(text, terminal_width()):
        out(line)


def _listed(items: Iterable[tuple[str, str]]) -> None:
    """Names and what they mean, side by side; a long name has a line of its own."""
    items = list(items)
    wide = min(_WIDEST_NAME, max(cell_len(name) for name, _ in items))
    for name, meaning in items:
        lines = wrapped(meaning, max(_LEAST, terminal_width() - wide - 4))
        shown = [name, *[""] * (len(lines) - 1)]
        if cell_len(name) > wide:
            out(f"  {name}")
            shown[0] = ""
        for word, line in zip(shown, lines, strict=True):
            out(f"  {filled(word, wide)}  {line}".rstrip())


def _argument(one: Any) -> str:
    name = str(one.metavar or one.name.upper())
    return name if one.required else f"[{name}]"


def _name(one: Any) -> str:
    if one.param_type_name == "argument":
        return str(one.metavar or one.name.upper())
    names = ", ".join(sorted(one.opts, key=len))
    return names if one.is_flag or one.name == "help" else f"{names} {one.metavar or one.name.upper()}"


def _meaning(one: Any) -> str:
    if one.name in _OF_THE_PARSER:
        return say(_OF_THE_PARSER[one.name])
    said = [visible(one.help or "")]
    if one.required:
        said.append(f"[{say('frame-required')}]")
    elif one.default not in (None, False, "") and isinstance(one.default, str | int | float):
        said.append(f"[{say('frame-default')} {one.default}]")
    return " ".join(filter(None, said))
