"""Every IRI of the graph is made here, from printed facts alone.

A segment is either a fixed ASCII word or a fingerprint of what the source prints, so no character
of a source ever reaches an IRI. Row and sequence numbers take no part: two things that print the
same get an ordinal among their likes, and nothing else moves when a row is added above them. Evidence
alone is named by where it stands: which characters of the document's text it is.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from budgetkg.codelists import Concept
from budgetkg.text import comparison_key
from budgetkg.vocab import PREFIXES

_SEPARATOR = "\x1f"
_LENGTH = 16
_ROW = re.compile(r"/evidence/([0-9]+)-([0-9]+)$")
_CELL = re.compile(r"#char=([0-9]+),([0-9]+)$")


def fingerprint(*parts: str | None) -> str:
    """The first sixteen hexadecimal digits of the SHA-256 over the parts' comparison keys."""
    joined = _SEPARATOR.join(comparison_key(part or "") for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


@lru_cache(maxsize=1 << 12)
def code(prefix: str, notation: str) -> NamedNode:
    """The concept of a code list, by the list's prefix and the concept's notation."""
    return NamedNode(PREFIXES[prefix] + notation)


def concept(entry: Concept) -> NamedNode:
    """A concept of whatever list: not every list has a prefix of its own."""
    return NamedNode(entry.iri)


def severity(name: str) -> NamedNode:
    """One of SHACL's severities: ``Info``, ``Warning`` or ``Violation``."""
    return NamedNode(PREFIXES["sh"] + name)


def document(base: str, key: str) -> NamedNode:
    """A document, by the hash of its file and, where there are several in it, its part."""
    return NamedNode(f"{base}id/document/{key}")


def document_of(node: str) -> str:
    """The document that a thing stands in: how its own IRI begins."""
    before, kind, rest = node.partition("/id/document/")
    return before + kind + rest.partition("/")[0]


def graph(base: str, name: str) -> NamedNode:
    """A named graph: a document's key, ``reference`` or ``vocabulary``."""
    return NamedNode(f"{base}graph/{name}")


def department(base: str, district: str | None, name: str) -> NamedNode:
    """A department, the same in all of its documents."""
    return NamedNode(f"{base}id/department/{fingerprint(district, name)}")


def plan(base: str, kind: str, *facts: str | None) -> NamedNode:
    """A plan or self-evaluation (``kind``), the same whichever of its documents states it."""
    return NamedNode(f"{base}id/{kind}/{fingerprint(*facts)}")


def inference(base: str, kind: str, *facts: str) -> NamedNode:
    """A conclusion: by its kind and what it is about, whatever the base is."""
    return NamedNode(f"{base}id/{kind}/{fingerprint(*(fact.removeprefix(base) for fact in facts))}")


def shared(base: str, kind: str, *facts: str | None) -> NamedNode:
    """A thing that no document owns: a policy by its number, a body above a department by its name."""
    return NamedNode(f"{base}id/{kind}/{fingerprint(*facts)}")


def dataset(base: str, *segments: str) -> NamedNode:
    """A dataset that is published: the corpus, one department's year, a cube."""
    return NamedNode(f"{base}id/dataset/{'/'.join(segments)}")


def address(url: str) -> NamedNode:
    """An address of the web as an IRI; what may not stand in one is percent-encoded as UTF-8."""
    return NamedNode(quote(url, safe="%:/?#[]@!$&'()*+,;=~"))


def part(owner: NamedNode, *segments: str) -> NamedNode:
    """A thing of which its owner has at most one: a goal, a target of a kind, an amount of a source."""
    return NamedNode("/".join((owner.value, *segments)))


def cell(row: NamedNode, start: int, end: int) -> NamedNode:
    """The evidence of a cell (RFC 5147): the characters of a row's quote from ``start`` to before ``end``."""
    return NamedNode(f"{row.value}#char={start},{end}")


def row_of(evidence: str) -> str:
    """The row that an evidence is, or is a cell of."""
    return evidence.partition("#char=")[0]


def place_of(evidence: str) -> tuple[int, int] | None:
    """Which characters of its document's text the row of an evidence is."""
    found = _ROW.search(row_of(evidence))
    return None if found is None else (int(found[1]), int(found[2]))


def cell_of(evidence: str) -> tuple[int, int] | None:
    """Which characters of its row's quote an evidence is; ``None`` where it is a whole row."""
    found = _CELL.search(evidence)
    return None if found is None else (int(found[1]), int(found[2]))


class DocumentMint:
    """Makes the IRIs of the things in one document, and numbers those that print the same facts."""

    def __init__(self, base: str, key: str) -> None:
        self._skip = len(base)
        self._likes: Counter[str] = Counter()
        self.document = document(base, key)
        self.graph = graph(base, key)

    def distinct(self, kind: str, *facts: str | None) -> NamedNode:
        """A thing of its own: another IRI on each call, even for the same facts."""
        plain = f"{kind}/{fingerprint(*facts)}"
        self._likes[plain] += 1
        number = self._likes[plain]
        return self._under(plain if number == 1 else f"{kind}/{fingerprint(*facts, str(number))}")

    def shared(self, kind: str, *facts: str | None) -> NamedNode:
        """A thing that is the same wherever the same facts are printed: a cited policy."""
        return self._under(f"{kind}/{fingerprint(*facts)}")

    def evidence(self, start: int, end: int) -> NamedNode:
        """A row: the characters of the document's text from ``start`` to before ``end``."""
        return self._under(f"evidence/{start}-{end}")

    def local(self, node: NamedNode) -> str:
        """A node's name without the base, so that identities hold whatever the base is."""
        return node.value[self._skip :]

    def _under(self, path: str) -> NamedNode:
        return NamedNode(f"{self.document.value}/{path}")
