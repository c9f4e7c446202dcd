"""What parse and build show: a line for each document, what the validation says, what to try next."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from budgetkg.cli.messages import language, say
from budgetkg.cli.terminal import out, paragraph, table
from budgetkg.codelists import is_inferred
from budgetkg.pipeline.summary import year_basis

if TYPE_CHECKING:
    from budgetkg.pipeline import BuildReport
    from budgetkg.pipeline.editions import Group
    from budgetkg.records import DocumentRecord

Json: TypeAlias = dict[str, Any]

_COLUMNS = (
    "document", "district", "year", "form", "projects", "tasks", "indicators", "total", "reconciled",
    "findings-column", "account",
)  # fmt: skip
_NUMBERS = ("projects", "tasks", "indicators", "total", "findings-column", "account")


def record_table(records: Sequence[DocumentRecord]) -> None:
    """The documents that parse read, a line each."""
    from budgetkg.pipeline import summary_of

    _document_table([summary_of(record) for record in records])


def build_summary(report: BuildReport) -> None:
    """The documents of a build, the result of its validation and a next step."""
    _document_table(report.documents)
    out()
    others = report.counted.editions.superseded if report.counted else {}
    out(_validation([entry for entry in report.documents if entry["key"] not in others]))
    if report.concluded:
        seconds = report.concluded.seconds
        # Only for who watches: what is piped or kept is the same bytes on every run.
        watched = seconds >= 1 and sys.stdout.isatty()
        time = say("took", seconds=seconds) if watched else ""
        paragraph(say("concluded", time=time, **report.concluded.counts))
        for place in report.concluded.unused:
            paragraph(say("correction-unused", place=place))
    _editions(report)
    for code, places in (
        ("reading-unused", report.readings.unused),
        ("reading-waiting", report.readings.waiting),
    ):
        for place in places:
            paragraph(say(code, place=place))
    if report.replaced:
        paragraph(say("replaced", names=", ".join(sorted(report.replaced))))
    if report.kept:
        out(say("kept", count=len(report.kept)))
    for path in report.exports:
        out(say("written", path=path))
    paragraph(say("next", directory=report.directory))


def _changes(report: BuildReport, group: Group, names: Sequence[str]) -> None:
    """What each edition that doesn't count says otherwise, in numbers, and the command that shows it."""
    from budgetkg.pipeline.differing import diff

    for key, name in zip(group.superseded, names[1:], strict=True):
        kinds = Counter(item.what for item in diff(report.directory, key, group.counted))
        numbers = {
            "amounts": kinds["total"] + kinds["project"] + kinds["task"],
            "indicators": kinds["indicator"],
            "targets": kinds["period_value"] + kinds["annual_value"],
        }
        if kinds:
            places = {"directory": report.directory, "one": key, "two": group.counted}
            paragraph(say("edition-changes", other=name, counted=names[0], **numbers, **places))


def _editions(report: BuildReport) -> None:
    """Which documents print one table, which of them counts and why; which may print one."""
    for group, names in report.editions:
        counted, directory = names[0], report.directory
        listed, reason = ", ".join(sorted(names)), group.text_in(language())
        paragraph(say("edition", names=listed, counted=counted, reason=reason, directory=directory))
        _changes(report, group, names)
    for paths in report.repeated:
        paragraph(say("files-repeated", names=", ".join(map(str, paths))))
    for one, other in report.doubtful:
        paragraph(say("edition-doubtful", one=one, other=other))
    for place in report.counted.unused if report.counted else ():
        paragraph(say("correction-unused", place=place))


def report_json(report: BuildReport) -> str:
    """A build for machines."""
    summary = {
        "directory": str(report.directory),
        "documents": list(report.documents),
        "kept": [entry["source"] for entry in report.kept],
        "replaced": list(report.replaced),
        "editions": [
            {"plan": group.plan, "counted": names[0], "superseded": list(names[1:]), "reason": group.reason}
            for group, names in report.editions
        ],
        "files_repeated": [[str(path) for path in paths] for paths in report.repeated],
        "editions_doubtful": [list(pair) for pair in report.doubtful],
        "failures": [
            {"source": failure.source, "code": failure.reason.code, "reason": str(failure.reason)}
            for failure in report.failures
        ],
        "concluded": report.concluded.counts if report.concluded else {},
        "corrections_unused": [
            *(report.concluded.unused if report.concluded else ()),
            *(report.counted.unused if report.counted else ()),
            *report.readings.unused,
        ],
        "corrections_waiting": list(report.readings.waiting),
        "exports": [str(path) for path in report.exports],
        "findings": str(Path(report.directory) / "findings.json") if report.documents else None,
        "ok": report.ok,
    }
    return json.dumps(summary, ensure_ascii=False, indent=1)


def _document_table(entries: Iterable[Json]) -> None:
    columns = [say(column) for column in _COLUMNS]
    order = sorted(entries, key=lambda entry: (str(entry["source"]), str(entry["sha256"])))
    table(columns, [_line(entry) for entry in order], numbers=[say(column) for column in _NUMBERS])


def _line(entry: Json) -> list[str]:
    year = str(entry["year"]) if entry["year"] else "—"
    return [
        str(entry["source"]),
        str(entry["district"] or "—"),
        say("inferred-year", year=year) if entry["year"] and is_inferred(year_basis(entry)) else year,
        form_label(entry["form_kind"]),
        *(str(entry[name]) for name in ("projects", "tasks", "indicators")),
        f"{Decimal(entry['total_yuan']):,}" if entry["total_yuan"] is not None else "—",
        {True: "✓", False: "✗", None: "—"}[entry["reconciled"]],
        str(sum(entry["findings"].values())),
        account(entry),
    ]


def form_label(notation: str) -> str:
    """A form's name in the user's language."""
    from budgetkg.codelists import concept

    return concept("form", notation).label(language())


def account(entry: Json) -> str:
    """The share of the characters that ended somewhere; 100 % only where none was lost."""
    characters, lost = int(entry["characters"]), int(entry["unaccounted"])
    if not lost:
        return "100%"
    return f"{min(99.99, 100 * (characters - lost) / max(characters, 1)):.2f}%"


def _validation(entries: Sequence[Json]) -> str:
    counted = [entry["validation"] for entry in entries if entry["validation"] is not None]
    if not counted:
        return say("not-validated")
    sums = {name: sum(counts[name] for counts in counted) for name in ("Violation", "Warning", "Info")}
    return say("validated", violations=sums["Violation"], warnings=sums["Warning"], remarks=sums["Info"])
