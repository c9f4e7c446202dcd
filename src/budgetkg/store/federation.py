"""What of a query could reach another endpoint, told without the engine's grammar.

A guard that takes a query apart by a grammar of its own misses what the engine's grammar reads otherwise:
``true.SERVICE <…>`` is two tokens to one and three to the other. So nothing is taken apart here: wherever
the word stands, in code, a string or a remark, it counts, unless it is part of a longer name or stands
directly before an address that is allowed. The engine decodes no ``\\u`` escape outside strings and IRIs,
and each is looked at decoded all the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection

# Part of a variable (?service, $service) or of a prefixed name (bkg:service): any grammar reads on there.
_WORD = re.compile(r"(?<![?$:])service", re.IGNORECASE)
_NAMED = re.compile(r"service[ \t\n]{1,9}(?:silent[ \t\n]{1,9})?<([^<>\s\\]*)>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LAST_CHARACTER = 0x10FFFF


def reaches_out(text: str, services: Collection[str] = ()) -> bool:
    """Whether a query might ask an endpoint that is not in ``services``, read by whatever grammar."""
    return any(_reaches(version, services) for version in {text, _ESCAPE.sub(_decoded, text)})


def _reaches(text: str, services: Collection[str]) -> bool:
    for word in _WORD.finditer(text):
        named = _NAMED.match(text, word.start())
        if named is None or named[1] not in services:
            return True
    return False


def _decoded(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= _LAST_CHARACTER else escape[0]
