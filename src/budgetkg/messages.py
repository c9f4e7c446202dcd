"""Messages by code: English as strings, for programs and logs, and any language for terminals.

The catalogue is ``messages.toml`` beside this module: for each code the sentence in each language, with
``{placeholders}`` for parameters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "zh")
_ENTRY = re.compile(r'^\[(?P<code>[\w-]+)\]$|^(?P<language>\w+) = (?P<text>"(?:[^"\\]|\\.)*")$', re.MULTILINE)
_BETWEEN = {"en": ", ", "zh": "、"}


class Message(str):
    """A message of the catalogue, which is its English sentence as a string.

    ``params`` fill the placeholders. A parameter that is a message itself is put into the same language; a
    tuple becomes a list in that language.
    """

    code: str
    params: Mapping[str, Any]
    __slots__ = ("code", "params")

    def __new__(cls, code: str, /, **params: Any) -> Message:
        """Make the message of a code; raises KeyError for an unknown code or a missing parameter."""
        filling = {name: _parameter(value) for name, value in params.items()}
        made = super().__new__(cls, _filled(code, filling, "en"))
        made.code, made.params = code, filling
        return made

    def said(self, language: str) -> str:
        """The sentence in ``en`` or ``zh``."""
        return _filled(self.code, self.params, language)

    def __reduce__(self) -> tuple[Callable[..., Message], tuple[str, Mapping[str, Any]]]:
        """Pickle as code and parameters, so that a message survives the way between processes."""
        return _message, (self.code, self.params)


def message(text: str, /, **params: Any) -> Message:
    """The message of a code; any other text becomes a message with that text in every language."""
    if isinstance(text, Message):
        return text
    return Message(text, **params) if params or text in catalogue() else Message("text", text=text)


def said(text: str, language: str) -> str:
    """A text in a language if it is a message, else as it is."""
    return text.said(language) if isinstance(text, Message) else text


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every message: code → language → sentence with placeholders."""
    return sentences(Path(__file__).with_suffix(".toml"))


def sentences(path: Path) -> dict[str, dict[str, str]]:
    """A catalogue of messages, which holds tables of one-line strings and nothing else of TOML.

    Whatever the command line does reads hundreds of them first: tomllib takes a fifth of the time of --help
    for it. Where a file holds more than this reads, a test says so.
    """
    found: dict[str, dict[str, str]] = {}
    code = ""
    for match in _ENTRY.finditer(path.read_text("utf-8")):
        if match["code"]:
            code = match["code"]
        else:
            found.setdefault(code, {})[match["language"]] = json.loads(match["text"])
    return found


def _message(code: str, params: Mapping[str, Any]) -> Message:
    return Message(code, **params)


def _parameter(value: Any) -> Any:
    """A parameter in a form that can be pickled: a message, a number, a tuple of these, else its text."""
    if isinstance(value, tuple | list):
        return tuple(_parameter(item) for item in value)
    value = getattr(value, "message", value)
    return value if isinstance(value, Message | int | float) else str(value)


def _filled(code: str, params: Mapping[str, Any], language: str) -> str:
    words = {name: _word(value, language) for name, value in params.items()}
    return catalogue()[code][language].format(**words)


def _word(value: Any, language: str) -> Any:
    if isinstance(value, Message):
        return value.said(language)
    return listed(value, language) if isinstance(value, tuple | list) else value


def listed(names: Iterable[object], language: str = "en") -> str:
    """Names one after the other: (a, b, c) in English, (a、b、c) in Chinese."""
    return _BETWEEN[language].join(map(str, names))
