"""What is wrong with a command line, in the user's language; the parser of options knows English only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typer.exceptions import TyperException

from budgetkg.cli.messages import language, say
from budgetkg.errors import choices

# What a value was checked for, as pydantic names it → our message.
_CHECKS = {
    "greater_than_equal": "usage-at-least",
    "int_parsing": "usage-no-number",
    "int_from_float": "usage-no-number",
    "float_parsing": "usage-no-number",
}


def usage(error: TyperException, arguments: Sequence[str]) -> str:
    """One line that says what is wrong, and which help tells more."""
    context: Any = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "budgetkg"
    return say("usage", reason=_reason(error, context, arguments), command=command)


def _reason(error: TyperException, context: Any, arguments: Sequence[str]) -> str:
    kind = type(error).__name__
    if kind == "MissingParameter":
        return say("usage-missing", name=_name(error))
    if kind == "NoSuchOption":
        return _unknown("usage-no-option", _attribute(error, "option_name"), _options(context))
    if kind == "BadOptionUsage":
        return say("usage-no-value", name=_attribute(error, "option_name"))
    commands = getattr(getattr(context, "command", None), "commands", None)
    wanted = next((word for word in arguments if not word.startswith("-")), None)
    if commands and wanted is not None and wanted not in commands:
        return _unknown("usage-no-command", wanted, list(commands))
    if kind == "BadParameter" and getattr(error, "param", None) is not None:
        return say("usage-bad-value", name=_name(error), reason=_bad_value(error))
    if kind == "UsageError" and not commands:
        return say("usage-too-much")
    return error.message


def _bad_value(error: TyperException) -> str:
    """What is wrong with one value; in the parser's own English where we have no words for its check."""
    missing = error.__context__
    if isinstance(missing, FileNotFoundError):
        return say("usage-no-such-path", path=missing.filename)
    errors = getattr(error.__cause__, "errors", None)
    problem = errors()[0] if errors is not None else {}
    key = _CHECKS.get(problem.get("type", ""))
    if key is None:
        return error.message
    return say(key, value=problem["input"], least=problem.get("ctx", {}).get("ge", ""))


def _unknown(key: str, name: str, known: Sequence[str]) -> str:
    return say(key, name=name, choices=choices(name, known).said(language()))


def _options(context: Any) -> list[str]:
    parameters = context.command.get_params(context) if context is not None else []
    return [name for item in parameters for name in item.opts if name.startswith("--")]


def _name(error: TyperException) -> str:
    """The option or argument that is meant, as its help spells it."""
    parameter: Any = getattr(error, "param", None)
    options = [name for name in getattr(parameter, "opts", ()) if name.startswith("-")]
    return " / ".join(options) or str(getattr(parameter, "metavar", None) or getattr(parameter, "name", ""))


def _attribute(error: TyperException, name: str) -> str:
    return str(getattr(error, name, ""))
