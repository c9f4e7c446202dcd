"""Reading a query's text token by token: its form, what it may not do, and its parameters.

SPARQL 1.1 has no parameters and the protocol carries none, so a term is bound where its variable
stands. It goes in as one token written by the RDF library, never as text: whatever a literal
holds, it can't end its own token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from budgetkg.errors import QueryError
from budgetkg.store.results import Substitutions

SHORT, KEPT = 8_000, 128
"""Texts of up to so many characters, and how many of them, stay cut: stored queries are asked often."""
_MARK = "\0"
"""No query holds it; so it may stand for a term."""

READING = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
WRITING = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})

_TOKEN = re.compile(
    r"""
      (?P<blank>\s+|\#[^\n]*)
    | (?P<string>\"{3}(?>(?:\"{0,2}(?:[^"\\]++|\\.))*)(?:\"{3}|\"{0,2}\\?\Z)
        |'{3}(?>(?:'{0,2}(?:[^'\\]++|\\.))*)(?:'{3}|'{0,2}\\?\Z)
        |"(?>(?:[^"\\\n]++|\\.)*)"?|'(?>(?:[^'\\\n]++|\\.)*)'?)
    | (?P<iri><[^<>"{}|^`\\\s]*>)
    | (?P<variable>[?$]\w+)
    | (?P<name>[^\W\d][\w.-]*+:?+(?>(?:[\w:%]++|\\.)*)(?>(?:[.\w:%-]*[\w:%-])?)
        |:(?>(?:[\w:.%-]++|\\[^\w\s])*)|@[A-Za-z-]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query; white space and comments are tokens too, so that the text can be rejoined."""

    kind: str
    text: str

    @property
    def keyword(self) -> str:
        """The token as a keyword; prefixed names hold a colon and are never one."""
        return self.text.upper() if self.kind == "name" else self.text


def tokens(text: str) -> Iterator[Token]:
    """Cut a query into tokens that join to the same text again.

    A string left open ends with its line, or with the text: no engine takes such a query, and to look behind
    each of its quotes for an end would take time squared.
    """
    return iter(_known(text)) if len(text) <= SHORT else _cut(text)


def _cut(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        yield Token(match.lastgroup or "other", match.group())


@lru_cache(KEPT)
def _known(text: str) -> tuple[Token, ...]:
    return tuple(_cut(text))


def query_form(text: str, services: frozenset[str] = frozenset()) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; anything that would write or leave the store is refused.

    SERVICE may name one of the endpoints in ``services``, spelt as it is there: no variable, no prefix.
    """
    written = [token for token in tokens(text) if token.kind != "blank"]
    words = [token.keyword for token in written]
    for place in (place for place, word in enumerate(words) if word == "SERVICE"):
        named = next((token.text for token in written[place + 1 :] if token.keyword != "SILENT"), "")
        if not (named.startswith("<") and named[1:-1] in services):
            raise QueryError("service-refused", name=named[:80])
    form = next((word for word in words if word in READING or word in WRITING), None)
    if form is None:
        raise QueryError("no-query")
    if form in WRITING:
        raise QueryError("update-refused", form=form)
    return form


def has_dataset_clause(text: str) -> bool:
    """Does the query choose its own graphs by FROM?"""
    return "FROM" in text.upper() and any(token.keyword == "FROM" for token in tokens(text))


def prologue(text: str, prefixes: Mapping[str, str]) -> str:
    """The declarations that a query leaves to us, on one line so that line numbers stay right.

    Stored queries spell no prefix: the one table is the ontology's.
    """
    written = [token for token in tokens(text) if token.kind != "blank"]
    used = {token.text.partition(":")[0] for token in written if token.kind == "name" and ":" in token.text}
    declared = {
        after.text.partition(":")[0] for before, after in pairwise(written) if before.keyword == "PREFIX"
    }
    names = sorted(name for name in used - declared if name in prefixes)
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in names)


def bound(text: str, terms: Substitutions) -> str:
    """The query with each variable of ``terms`` given its term.

    A parameter with a default stands in a block of its own, ``VALUES ?name { default }``: the
    block's value is exchanged, in each block of the name, and the variable stays. Any other variable is
    replaced where it stands; in a SELECT's list it becomes a column that holds the term. Several terms go
    into a block.
    """
    if not terms:
        return text
    written = [" ".join(map(str, term if isinstance(term, tuple) else (term,))) for term in terms.values()]
    if len(text) > SHORT or _MARK in text:
        return _filled(text, tuple(terms), tuple(written))
    # A stored query is asked again and again with other terms: where they go is found once.
    pieces = _cut_at(text, tuple(terms))
    return "".join(written[int(piece)] if at % 2 else piece for at, piece in enumerate(pieces))


@lru_cache(KEPT)
def _cut_at(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The query's text, cut where terms go in: every second piece is the number of a name."""
    marks = tuple(f"{_MARK}{number}{_MARK}" for number in range(len(names)))
    return tuple(_filled(text, names, marks).split(_MARK))


def _filled(text: str, names: tuple[str, ...], written: tuple[str, ...]) -> str:
    query = list(tokens(text))
    for name, term in zip(names, written, strict=True):
        query = _bind(query, name, term)
    return "".join(token.text for token in query)


def _bind(query: list[Token], name: str, term: str) -> list[Token]:
    """The tokens with a term for a variable; what goes in is one token, whatever it holds."""
    places = [i for i, token in enumerate(query) if token.kind == "variable" and token.text[1:] == name]
    if not places:
        raise QueryError("no-variable", name=name)
    made = list(query)
    blocks = [block for place in places if (block := _block(query, place))]
    if blocks:
        for opening, closing in reversed(blocks):
            made[opening + 1 : closing] = [Token("term", f" {term} ")]
        return made
    for place in places:
        made[place] = Token("term", f"({term} AS ?{name})" if _is_listed(query, place) else term)
    return made


def _next_token(query: list[Token], start: int, step: int) -> int | None:
    """The index of the next token that is no white space, in steps of 1 or -1; ``None`` behind the end."""
    place = start + step
    while 0 <= place < len(query):
        if query[place].kind != "blank":
            return place
        place += step
    return None


def _block(query: list[Token], place: int) -> tuple[int, int] | None:
    """The braces of ``VALUES ?name { … }`` around the variable at ``place``."""
    before, after = _next_token(query, place, -1), _next_token(query, place, 1)
    if before is None or after is None:
        return None
    if query[before].keyword != "VALUES" or query[after].text != "{":
        return None
    closing = next((i for i in range(after, len(query)) if query[i].text == "}"), None)
    return None if closing is None else (after, closing)


def _is_listed(query: list[Token], place: int) -> bool:
    """Does the variable stand by itself in a SELECT's list of columns?"""
    for token in reversed(query[:place]):
        if token.keyword == "SELECT":
            return True
        if token.text in ("{", "}", "(") or token.keyword in ("WHERE", "BY", "FROM"):
            return False
    return False
