"""Unread text is said once: a wrapped line, what each page prints again, what is reported as hidden."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from budgetkg.findings import Finding
from budgetkg.forms.layout.unknown_columns import UNKNOWN
from budgetkg.forms.settings import FULL_LINE
from budgetkg.reading import Source
from budgetkg.text import comparison_key as key
from budgetkg.text import printed_width as width

UNREAD = "text-unread"
HIDDEN = "text-hidden"
_ENDS = tuple("。！？；：.!?;:")
_LINES = 1.5  # how much a gap between lines of one text is less than the height of a line


def said_once(findings: Iterable[Finding], source: Source) -> tuple[Finding, ...]:
    """Findings with each unread text in one of them; they come, and leave, in the order of the source."""
    hidden = _hidden(source)
    kept: list[Finding] = []
    last: int | None = None  # the unread text before
    for finding in findings:
        if finding.code in (UNREAD, UNKNOWN) and _is_within(finding, hidden):
            continue
        if finding.code == UNREAD and last is not None and _goes_on(kept[last], finding, source.text):
            kept[last] = _joined(kept[last], finding)
            continue
        last = len(kept) if finding.code == UNREAD else last
        kept.append(finding)
    return tuple(_once_for_pages(kept))


def _hidden(source: Source) -> list[tuple[int, int]]:
    """The stretches of hidden text; those that only blanks part are one."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted((one.start, one.end) for one in source.notices if one.code == HIDDEN):
        if spans and not source.text[spans[-1][1] : start].strip():
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return spans


def _is_within(finding: Finding, spans: list[tuple[int, int]]) -> bool:
    """Whether all that a finding quotes lies in some stretches, which are in their order."""
    at = [bisect_right(spans, (place.start, place.end)) for place in finding.evidence]
    near = [spans[max(0, number - 1) : number + 1] for number in at]
    return bool(at) and all(
        any(start <= place.start and place.end <= end for start, end in around)
        for place, around in zip(finding.evidence, near, strict=True)
    )


def _goes_on(above: Finding, below: Finding, text: str) -> bool:
    """Whether a line is the rest of the one above, which was full."""
    if above.where != below.where or not above.evidence or not below.evidence:
        return False
    first, second = above.evidence[-1], below.evidence[0]
    if text[first.end : second.start].strip(" \t\r\u3000") != "\n" or first.quote.endswith(_ENDS):
        return False
    if first.box and second.box and second.box[1] - first.box[3] > (first.box[3] - first.box[1]) / _LINES:
        return False  # another paragraph, or another row
    return FULL_LINE <= width(first.quote) >= width(second.quote)


def _joined(above: Finding, below: Finding) -> Finding:
    text = above.values["text"] + below.values["text"]
    return replace(above, evidence=above.evidence + below.evidence, params=(("text", text),))


def _once_for_pages(findings: list[Finding]) -> list[Finding]:
    """What several pages print, as their headers and footers, is one finding with those pages."""
    places: dict[str, list[int]] = {}
    for at, finding in enumerate(findings):
        if finding.code == UNREAD and finding.evidence:
            places.setdefault(key(finding.values["text"]), []).append(at)
    done: dict[int, Finding | None] = {}
    for same in places.values():
        pages = [findings[at].evidence[0].page for at in same]
        if len(same) > 1 and len(set(pages)) == len(pages):
            first = findings[same[0]]
            evidence = tuple(place for at in same for place in findings[at].evidence)
            params = (("pages", ", ".join(map(str, pages))), *first.params)
            done |= dict.fromkeys(same[1:]) | {same[0]: replace(first, evidence=evidence, params=params)}
    told = (done.get(at, finding) for at, finding in enumerate(findings))
    return [finding for finding in told if finding is not None]
