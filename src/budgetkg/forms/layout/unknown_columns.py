"""A column whose header no layout names is said once: its header and all that stands under it.

A header is reported where it is printed, each of its cells where it is read. Told together they are one fact.
"""

from __future__ import annotations

from collections.abc import Iterable

from budgetkg.findings import Finding

UNKNOWN = "header-unknown"
_BETWEEN = "；"


def by_column(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with those of one column as one; ``findings`` come in the order in which they were made.

    A header with nothing under it has no text to quote.
    """
    done: list[Finding] = []
    columns: dict[str, list[list[Finding]]] = {}
    for finding in findings:
        values = dict(finding.params)
        header = values.get("header", "")
        if finding.code != UNKNOWN:
            done.append(finding)
        elif _same(header, values["text"]):
            columns.setdefault(header, []).append([finding])
        elif header in columns:
            columns[header][-1].append(finding)
        else:
            done.append(finding)
    return [*done, *(_told(column) for printed in columns.values() for column in _joined(printed))]


def _joined(printed: list[list[Finding]]) -> list[list[Finding]]:
    """The columns of a header, those without a cell counted to the one beside: it is printed twice."""
    columns: list[list[Finding]] = []
    for column in printed:
        if columns and (len(column) == 1 or all(_is_head(one) for one in columns[-1])):
            columns[-1] += column
        else:
            columns.append(column)
    return columns


def _told(column: list[Finding]) -> Finding:
    """One finding for a header and its cells."""
    head = column[0]
    header, page = (dict(head.params)[name] for name in ("header", "page"))
    said = [text for one in column for name, text in one.params if name == "text"]
    texts = [text for text in said if not _same(header, text)]
    evidence = tuple(dict.fromkeys(place for one in column for place in one.evidence))
    params = (("header", header), ("page", page), ("text", _BETWEEN.join(texts)))
    return Finding(UNKNOWN, head.where, evidence, params if texts else params[:-1])


def _is_head(finding: Finding) -> bool:
    values = dict(finding.params)
    return _same(values["header"], values["text"])


def _same(header: str, text: str) -> bool:
    return "".join(header.split()) == "".join(text.split())
