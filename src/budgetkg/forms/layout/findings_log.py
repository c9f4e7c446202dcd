"""Collects findings while a document is read; they leave it sorted by place."""

from __future__ import annotations

from budgetkg.findings import Evidence, Finding
from budgetkg.forms.layout.unknown_columns import UNKNOWN, by_column
from budgetkg.forms.layout.unread_texts import UNREAD
from budgetkg.forms.settings import LONGEST_LABEL


class FindingsLog:
    """Findings of one document, in the order of the source."""

    def __init__(self) -> None:
        self._findings: dict[Finding, None] = {}  # a set that keeps the order

    def add(self, code: str, where: str, evidence: tuple[Evidence, ...] = (), /, **params: object) -> None:
        """Report one finding; the parameters fill the holes of its message."""
        texts = tuple(sorted((name, str(value)) for name, value in params.items()))
        self._findings[Finding(code, where, evidence, texts)] = None

    def starts(self, *codes: str) -> tuple[int, ...]:
        """Where the texts stand that findings of some codes quote."""
        found = (finding for finding in self._findings if finding.code in codes)
        return tuple(evidence.start for finding in found for evidence in finding.evidence)

    def leaves_unread(self, word: str) -> bool:
        """Whether a label or header with a word in it is quoted as unknown: what it heads may be that."""
        unknown = (finding for finding in self._findings if finding.code in (UNKNOWN, UNREAD))
        return any(
            name in ("header", "text")
            and word in text
            and (found.code == UNKNOWN or len(text) <= LONGEST_LABEL)
            for found in unknown
            for name, text in found.params
        )

    def quoted(self) -> tuple[str, ...]:
        """The texts that stand under headers and labels that no layout names."""
        found = (dict(finding.params) for finding in self._findings if finding.code == UNKNOWN)
        return tuple(params["text"] for params in found)

    def all(self) -> tuple[Finding, ...]:
        """Every finding, by place, then by code."""
        return tuple(sorted(by_column(self._findings), key=_order))


def _order(finding: Finding) -> tuple[int, str, str, tuple[tuple[str, str], ...]]:
    start = finding.evidence[0].start if finding.evidence else -1
    return start, finding.code, finding.where, finding.params
