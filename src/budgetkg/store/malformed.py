"""Where a query is malformed, and why: the engine's own message made readable.

The engine tries each keyword on as many characters as the keyword has, and names the furthest place that it
looked at: often a line below the mistake. So the text is cut after one token after the other: the first cut
at which the engine doesn't come to its end is the mistake.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate

import pyoxigraph

from budgetkg.errors import QueryError
from budgetkg.messages import Message
from budgetkg.store.querytext import Token, tokens

_PADDING = " " * 64
"""More than any keyword is long, so that a look ahead ends before the mark."""
_MARK = "\x00"
"""No query may hold it, so no cut is ever answered."""
_LONGEST = 20_000
_MOST_EXPECTED = 12
_SHOWN = 40
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"(?:^|, )([A-Z][a-z]+(?: [\w?.:]+){1,})(?=,|$)")
_QUOTED = re.compile(r'(?<!\\)"((?>(?:[^"\\]++|\\.)+))"')
_WORD = re.compile(r"(?:^|, )([A-Z]{2,})(?=,|$)")


def malformed(text: str, error: SyntaxError, prefixes: Mapping[str, str]) -> QueryError:
    """What to say of a query that the engine can't read."""
    engine = _PLACE.match(str(error))
    if engine is None or len(text) > _LONGEST:
        return QueryError("query-malformed", error=_first_line(error))
    pieces = list(tokens(text))
    ends = list(accumulate(len(piece.text) for piece in pieces))
    wrong = _first_wrong(text, pieces, ends, prefixes)
    start = len(text.rstrip()) if wrong is None else ends[wrong] - len(pieces[wrong].text)
    token = Message("query-end") if wrong is None else Message("text", text=_on_a_line(pieces[wrong].text))
    line, column = text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1
    reason = _reason(_said(text[:start], prefixes) or engine[3], engine[3])
    found = Message("query-place", line=line, column=column, token=token, reason=reason)
    return QueryError("query-malformed", error=found)


def moved(error: QueryError, lines: int) -> QueryError:
    """The same error in a text without the first ``lines`` lines, which we put above the user's."""
    place = error.params.get("error")
    if not lines or not isinstance(place, Message) or place.code != "query-place":
        return error
    line = max(1, place.params["line"] - lines)
    return QueryError(error.code, error=Message(place.code, **{**place.params, "line": line}))


def _first_wrong(
    text: str, pieces: Sequence[Token], ends: Sequence[int], prefixes: Mapping[str, str]
) -> int | None:
    """The place of the first token with which the engine can't go on; ``None`` where it misses more."""
    written = [place for place, piece in enumerate(pieces) if piece.kind != "blank"]
    unclosed = next((place for place in written if pieces[place].text in ('"', "'")), None)
    low, high = 0, len(written)
    while low < high:
        middle = (low + high) // 2
        if _goes_on(text[: ends[written[middle]]], prefixes):
            low = middle + 1
        else:
            high = middle
    wrong = written[low] if low < len(written) else None
    return unclosed if unclosed is not None and (wrong is None or wrong > unclosed) else wrong


def _goes_on(cut: str, prefixes: Mapping[str, str]) -> bool:
    """Whether the engine reads a text up to its end, and only then misses something."""
    padded = f"{cut}\n{_PADDING}"
    place = _PLACE.match(_error(padded, prefixes))
    if place is None:
        return True
    lines = padded.split("\n")
    offset = sum(len(line) + 1 for line in lines[: int(place[1]) - 1]) + int(place[2]) - 1
    return offset >= len(padded)


def _said(cut: str, prefixes: Mapping[str, str]) -> str:
    """What the engine would take behind a text that it reads so far."""
    place = _PLACE.match(_error(f"{cut}\n{_PADDING}", prefixes))
    return place[3] if place else ""


def _error(padded: str, prefixes: Mapping[str, str]) -> str:
    try:
        pyoxigraph.Store().query(padded + _MARK, prefixes=dict(prefixes))
    except SyntaxError as error:
        return str(error)
    return ""


def _reason(expected: str, said: str) -> Message:
    """The engine's sentence where it says one, else the signs and words it would take."""
    sentences = sorted({match.strip() for match in _SENTENCE.findall(said)})
    if sentences:
        return Message("text", text="; ".join(sentences))
    signs = dict.fromkeys([*_QUOTED.findall(expected), *_WORD.findall(expected)])
    if not signs:
        return Message("query-unexpected")
    shown = [sign.replace('\\"', '"') for sign in signs][:_MOST_EXPECTED]
    more = " …" if len(signs) > len(shown) else ""
    return Message("query-expected", signs=" ".join(shown) + more)


def _on_a_line(token: str) -> str:
    """The beginning of a token, which may hold line ends and controls: a message is one line."""
    shown = " ".join(token[:_SHOWN].split())
    return "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in shown)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
