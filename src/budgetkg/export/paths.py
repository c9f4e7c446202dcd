"""Where a column's value stands: a path through the graph, written as one line of a table.

``bkg:hasAllocation[bkg:hasFundingSource=funding:other]/bkg:amountYuan`` follows properties; ``^``
goes against one, ``[property=node]`` keeps the nodes that have a value, ``@zh`` the texts of a
language. ``$`` starts at the document, ``@id`` is the node itself and ``@type`` its class. Of
several paths parted by ``|``, the first that leads somewhere counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode

from budgetkg.errors import BudgetkgError
from budgetkg.export.nodes import Nodes, Value
from budgetkg.vocab import PREFIXES, RDF

_STEP = re.compile(
    r"(?P<back>\^)?(?P<name>[\w-]+:[\w-]+)(?:\[(?P<has>[\w-]+:[\w-]+)=(?P<node>[\w-]+:[\w.-]+)\])?"
    r"(?:@(?P<language>[a-z]+))?"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One property, against its direction or not, with what its values must have."""

    predicate: str
    back: bool = False
    has: tuple[str, str] | None = None
    language: str | None = None

    def follow(self, nodes: Nodes, node: str) -> list[Value]:
        """The nodes and literals one step on."""
        found = (nodes.sources if self.back else nodes.values)(node, self.predicate)
        return [value for value in found if self._fits(nodes, value)]

    def _fits(self, nodes: Nodes, value: Value) -> bool:
        if self.language is not None and (not isinstance(value, Literal) or value.language != self.language):
            return False
        if self.has is None:
            return True
        predicate, wanted = self.has
        return any(found.value == wanted for found in nodes.values(value.value, predicate))


@dataclass(frozen=True, slots=True)
class Path:
    """A path as it is written, and as its steps."""

    text: str
    routes: tuple[tuple[bool, tuple[Step, ...]], ...]

    @property
    def direct(self) -> Step | None:
        """The one property that the whole path is, if it is one."""
        (from_document, steps), *more = self.routes
        single = steps[0] if len(steps) == 1 else None
        return None if more or from_document or single is None or single.back or single.has else single

    def values(self, nodes: Nodes, document: str, node: str) -> list[Value]:
        """What stands at the end of the first route that leads somewhere."""
        for from_document, steps in self.routes:
            found: list[Value] = [NamedNode(document if from_document else node)]
            for step in steps:
                found = _distinct(value for each in found for value in step.follow(nodes, each.value))
            if found:
                return found
        return []


@cache
def read_path(text: str) -> Path:
    """A path from its text."""
    return Path(text, tuple(_route(part.strip()) for part in text.split("|")))


def expanded(name: str) -> str:
    """A prefixed name in full, by the one table of prefixes."""
    prefix, _, local = name.partition(":")
    if prefix not in PREFIXES:
        raise BudgetkgError("no-such-prefix", name=name)
    return PREFIXES[prefix] + local


def _route(text: str) -> tuple[bool, tuple[Step, ...]]:
    parts = [part.strip() for part in text.split("/")]
    from_document = parts[0] == "$"
    parts = [part for part in parts[from_document:] if part != "@id"]
    return from_document, tuple(map(_step, parts))


def _step(text: str) -> Step:
    if text == "@type":
        return Step(RDF.type.value)
    match = _STEP.fullmatch(text)
    if match is None:
        raise BudgetkgError("path-step", text=text)
    has = (expanded(match["has"]), expanded(match["node"])) if match["has"] else None
    return Step(expanded(match["name"]), bool(match["back"]), has, match["language"])


def _distinct(values: Iterable[Value]) -> list[Value]:
    return list(dict.fromkeys(values))
