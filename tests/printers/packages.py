"""Office packages written part by part: what no library would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_BOOK = '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>'
_RELATED = (
    '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/>'
    '<Relationship Id="r2" Type="x/sharedStrings" Target="shared.xml"/>'
    '<Relationship Id="r3" Type="x/styles" Target="styles.xml"/>'
    '<Relationship Id="r4" Type="x/externalLink" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
    "</Relationships>"
)


def packed(parts: Iterable[tuple[str, str]]) -> bytes:
    """A zip archive of some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts:
            archive.writestr(path, text)
    return out.getvalue()


def sheet(xml: str, styles: str = "", others: Iterable[tuple[str, str]] = ()) -> bytes:
    """A workbook of one sheet."""
    parts = [
        ("xl/workbook.xml", _BOOK),
        ("xl/_rels/workbook.xml.rels", _RELATED),
        ("xl/worksheets/s.xml", f"<worksheet>{xml}</worksheet>"),
    ]
    return packed([*parts, *([("xl/styles.xml", styles)] if styles else []), *others])


def word(body: str, lists: str = "", styles: str = "") -> bytes:
    """A Word document with some body; ``lists`` say how its paragraphs are numbered."""
    related = (
        '<Relationships><Relationship Id="r1" Type="x/numbering" Target="numbering.xml"/>'
        '<Relationship Id="r2" Type="x/styles" Target="styles.xml"/></Relationships>'
    )
    more = [
        ("word/_rels/document.xml.rels", related),
        ("word/numbering.xml", f"<numbering>{lists}</numbering>"),
        ("word/styles.xml", f"<styles>{styles}</styles>"),
    ]
    document = ("word/document.xml", f"<document><body>{body}</body></document>")
    return packed([document, *(more if lists else ())])


def paragraph(text: str) -> str:
    """A Word paragraph of one run."""
    return f"<p><r><t>{text}</t></r></p>"


def cell(content: str, properties: str = "") -> str:
    """A cell of a Word table."""
    return f"<tc><tcPr>{properties}</tcPr>{content}</tc>"
