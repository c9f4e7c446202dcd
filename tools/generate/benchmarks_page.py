"""The measured part of docs/benchmarks.md and its chart, from docs/bench.json.

Figures of another state of the code are marked as such: whoever changes it learns so from ``make generate``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.measured import measured_code

_PART = re.compile(r"(<!-- bench: GENERATED .*? -->\n).*?(<!-- /bench -->)", re.DOTALL)
_NAMES = {
    "budgetkg": "budgetkg: records, graph, SHACL, conclusions, store",
    "workers": "of it the workers' part: records, graph, SHACL, N-Quads",
    "peer": "rdflib + pySHACL, two processes, N-Quads",
    "turtle": "the same, joined into one Turtle file",
}
_COLOURS = {"budgetkg": "#1f6f5c", "workers": "#6fae9d", "peer": "#8a8a8a", "turtle": "#c4c4c4"}
_ROW, _LEFT, _WIDE = 22, 150, 420
Json = dict[str, Any]


def page(root: Path) -> str:
    """docs/benchmarks.md with the table as it was measured last."""
    text = (root / "docs" / "benchmarks.md").read_text("utf-8")
    return _PART.sub(lambda match: f"{match[1]}{table(_measured(root), root)}{match[2]}", text)


def table(measured: Json, root: Path) -> str:
    """The sizes one below the other, each with its pipelines, and whether it is of this code."""
    lines = [
        f"Python {measured['python']}, {measured['processors']} processors"
        + (f"; {measured['note']}" if measured["note"] else "")
        + ". Medians of runs that took turns. Seconds are those of the processors, in brackets of the clock.",
        "",
    ]
    if measured["code"] != measured_code(root):
        lines += [
            f"**Stale:** measured of other code (`{measured['code']}`).",
            "",
        ]
    else:
        lines += [f"Measured of the code `{measured['code']}`, which is this one.", ""]
    lines += ["| documents | statements | | s of processors (clock) | ms a document "
              "| times the whole build | times the workers' part | MiB |",
              "| --- | --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    for size in measured["sizes"]:
        whole, part = (size["runs"][who]["cpu"] for who in ("budgetkg", "workers"))
        for who, run in size["runs"].items():
            cells = (
                f"{run['documents']:,.0f}", f"{run['statements']:,.0f}", _NAMES[who],
                f"{run['cpu']:.1f} ({run['wall']:.1f})", f"{1000 * run['cpu'] / run['documents']:,.0f}",
                f"{run['cpu'] / whole:.1f}", f"{run['cpu'] / part:.1f}", f"{run['peak']:.0f}",
            )  # fmt: skip
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def chart(root: Path) -> str:
    """Milliseconds of a processor for a document as bars, size by size."""
    bars = [
        (f"{size['size']:,} · {who}", 1000 * run["cpu"] / run["documents"], _COLOURS[who])
        for size in _measured(root)["sizes"]
        for who, run in size["runs"].items()
    ]
    longest = max(value for _, value, _ in bars)
    height = _ROW * len(bars) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDE + 90} {height}" '
        'font-family="sans-serif" font-size="12" role="img">',
        "<!-- GENERATED from docs/bench.json by `python -m tools.generate`; do not edit. -->",
        "<title>ms of a processor for a document</title>",
    ]
    for place, (label, value, colour) in enumerate(bars):
        top, wide = 8 + place * _ROW, _WIDE * value / longest
        parts += [
            f'<text x="{_LEFT - 8}" y="{top + 12}" text-anchor="end" fill="#555">{escape(label)}</text>',
            f'<rect x="{_LEFT}" y="{top}" width="{wide:.1f}" height="16" fill="{colour}"/>',
            f'<text x="{_LEFT + wide + 6:.1f}" y="{top + 12}" fill="#555">{value:,.0f} ms</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _measured(root: Path) -> Json:
    found: Json = json.loads((root / "docs" / "bench.json").read_bytes())
    return found
