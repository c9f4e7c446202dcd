"""Validating one document's graph: SHACL results as findings with the place in the source.

Reading and validation look at one document, so what both see is listed once. A shape says by
``rdfs:seeAlso`` which kinds of findings mean the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import NamedNode

from budgetkg.codelists import concept, finding_severity
from budgetkg.mapping.iri import cell_of, place_of, row_of
from budgetkg.mapping.statements import beginning, content, ntriples, parts
from budgetkg.validation import validate_text
from budgetkg.vocab import BKG, PREFIXES, RDF, RDFS

if TYPE_CHECKING:
    from budgetkg.validation import Result

Json: TypeAlias = dict[str, Any]
_WHOLE = frozenset(kind.value for kind in (BKG.BudgetPlan, BKG.SelfEvaluation, BKG.Document))

# Owner, owner's owner and so on until an evidence is found: cell, target, indicator, project, plan, document.
_HIGHEST = 5
# Reading decides these for each indicator, by what its form prints; a shape sees no form.
_DECIDED = "target-missing"
# These are said once of a document; what follows from them of each part repeats them.
_OF_DOCUMENT = frozenset({"money-unit-not-printed", "department-not-found"})
# What is missing is perhaps in what wasn't read: the kind of finding, and the word that says so.
_MAY_HOLD = {"satisfaction-missing": "满意", "indicator-tier-undecided": "指标类型"}
_UNREAD = frozenset({"header-unknown", "text-unread"})
# A project points to the unit that spends its money, but the unit is no part of it.
_SPENDER = str(BKG.hasUnitOfUse)


def check(lines: Sequence[str], engine: str = "auto") -> list[Json]:
    """Validate a document's graph, statements as text; the results as findings, in a fixed order."""
    index = DocumentIndex(lines)
    findings = [_finding(result, index) for result in validate_text(ntriples(lines), engine=engine).results]
    return sorted(findings, key=lambda item: (item["code"], item["where"], str(item["params"])))


def one_list(read: Sequence[Json], validated: Sequence[Json]) -> list[Json]:
    """The findings of reading, then those of validation that reading didn't report of the same thing."""
    new = (item for item in validated if _DECIDED not in item["params"]["findings"])
    return [*read, *(item for item in new if not any(_says_same(item, other) for other in read))]


def _says_same(validated: Json, read: Json) -> bool:
    if read["code"] in _UNREAD and (word := _MAY_HOLD.get(validated["code"])):
        return any(word in place["quote"] for place in read["evidence"])
    if read["code"] not in validated["params"]["findings"]:
        return False
    if read["code"] in _OF_DOCUMENT:
        return True
    if validated["params"]["whole"] or not validated["evidence"] or not read["evidence"]:
        return True
    spans = [(place["start"] or 0, place["end"] or 0) for place in read["evidence"]]
    return any(
        start < (place["end"] or 0) and (place["start"] or 0) < end
        for place in validated["evidence"]
        for start, end in spans
    )


class DocumentIndex:
    """Looks up in a document's graph what a thing is called and where in the source it is printed.

    The graph is given as lines, statements of N-Triples without the full stop; so are nodes, as they are
    written.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._given = lines

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        # A mapping's statements come sorted, which a sort of all notices; a set would shuffle them first.
        return tuple(dict.fromkeys(sorted(self._given)))

    @cached_property
    def _owners(self) -> dict[str, list[str]]:
        """What points to each node, but for a project to its spender."""
        owners: dict[str, list[str]] = defaultdict(list)
        for line in self._lines:
            if '"' not in line:  # a literal belongs to nobody but its subject
                subject, predicate, value = line.split(" ")
                if predicate != _SPENDER:
                    owners[value].append(subject)
        return owners

    def label(self, focus: str) -> str:
        """The name of a thing, or of what it belongs to."""
        names = (RDFS.label, BKG.fileName)
        labels = (
            content(said) for node in self._chain(focus) for each in names for said in self._all(node, each)
        )
        return next(labels, focus)

    def name(self, focus: str) -> str:
        """The name of a thing, for a part of a document with its file; "" where nothing has a name."""
        label = self.label(focus)
        files = (content(name) for node in self._chain(focus) for name in self._all(node, BKG.fileName))
        said = [next(files, "") if not self.is_whole(focus) else "", label if label != focus else ""]
        return ": ".join(dict.fromkeys(filter(None, said)))

    def is_whole(self, focus: str) -> bool:
        """Whether it is the plan or the document itself, and no part of it."""
        kinds = {content(kind) for kind in self._all(_named(focus), RDF.type)}
        return not kinds.isdisjoint(_WHOLE)

    def evidence(self, focus: str) -> list[Json]:
        """Where a thing is printed, or the nearest thing that it belongs to."""
        upwards = (self._all(node, BKG.hasEvidence) for node in self._chain(focus))
        nearest = next(filter(None, upwards), [])
        return sorted(map(self._place, nearest), key=lambda place: (place["page"], place["start"] or 0))

    def _chain(self, focus: str) -> Iterator[str]:
        return islice(self._upwards(_named(focus)), _HIGHEST)

    def _upwards(self, node: str) -> Iterator[str]:
        seen: set[str] = set()
        while node not in seen:
            seen.add(node)
            yield node
            node = min(self._owners.get(node, ()), default=node, key=content)

    def _place(self, node: str) -> Json:
        """A row, or a cell of a row, whose page and lines are the row's."""
        iri = content(node)
        row, place = f"<{row_of(iri)}>", place_of(iri)
        quote = content(next(iter(self._all(row, BKG.quote)), '""'))
        lines = [content(said).split("-") for said in self._all(row, BKG.lineRange)]
        start, end = cell_of(iri) or (0, len(quote))
        return {
            "page": self._number(row, BKG.pageNumber),
            "lines": [int(lines[0][0]), int(lines[0][-1])] if lines else None,
            "start": None if place is None else place[0] + start,
            "end": None if place is None else place[0] + end,
            "quote": quote[start:end],
        }

    def _number(self, node: str, name: NamedNode) -> int | None:
        numbers = self._all(node, name)
        return int(content(numbers[0])) if numbers else None

    def _all(self, node: str, name: NamedNode) -> list[str]:
        """The values of a property, sorted."""
        return [parts(line)[2] for line in beginning(self._lines, f"{node} {name}")]


def _named(focus: str) -> str:
    return f"<{focus}>" if ":" in focus else f"_:{focus}"


def _finding(result: Result, index: DocumentIndex) -> Json:
    # A constraint on a whole plan names what doesn't add up as its value.
    about = result.value if result.constraint and result.value and ":" in result.value else result.focus
    return {
        "origin": "validation",
        "code": _code(result),
        "severity": result.severity,
        **_label(result),
        "message": dict(result.messages),
        "where": index.label(about),
        "params": {
            "focus": result.focus,
            "path": _short_path(result.path) if result.path else None,
            "value": result.value,
            "component": short(result.component),
            "shape": short(result.rule),
            "findings": list(result.findings),
            "whole": index.is_whole(about),
        },
        "evidence": index.evidence(about),
    }


def _code(result: Result) -> str:
    """The one kind of finding that says the same as loudly; else the name of what was broken."""
    same = [code for code in result.findings if finding_severity(code) == result.severity]
    return same[0] if len(result.findings) == 1 and same else short(result.rule)


def _label(result: Result) -> Json:
    """What the kind of finding is called, where it is one of those that reading reports too."""
    code = _code(result)
    if code not in result.findings:
        return {}
    return {"label": {language: concept("finding", code).label(language) for language in ("zh", "en")}}


def _short_path(path: str) -> str:
    """A property, or a path in Turtle, with the local names of our terms."""
    if not path.startswith(("[", "(")):
        return short(path)
    return re.sub(r"<([^<>]*)>", lambda match: short(match[1]), path)


def short(iri: str) -> str:
    """The local name of one of our terms or of SHACL's; any other IRI as it is."""
    for prefix in ("bkg", "sh"):
        if iri.startswith(PREFIXES[prefix]):
            return iri.removeprefix(PREFIXES[prefix])
    return iri.rpartition("/")[2] or iri
