"""A PDF's characters and lines written as OFD (GB/T 33190), in the many ways that the standard allows.

It shares nothing with the reader: places come from pdfplumber, the XML is put together as text.
"""

from __future__ import annotations

import io
import random
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

import pdfplumber
from tests.printers.clips import Box, text_clips
from tests.printers.packages import packed

MM = 25.4 / 72
_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_of(
    pdf: bytes, seed: int = 0, *, stamp: str = "", template: bool = False, absolute: bool = False
) -> bytes:
    """An OFD of the same pages; ``seed`` draws the way in which each object is written."""
    draw = random.Random(seed)
    base = "/Doc_0/" if absolute else ""
    parts: list[tuple[str, str]] = []
    listed, annotated = "", ""
    clips = text_clips(pdf)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            for char, clip in zip(page.chars, clips[number], strict=True):
                char["clip"] = clip
            objects = [_text(run, draw) for run in _runs(page.chars, draw)] + [
                _rule(line, draw) for line in _lines(page)
            ]
            used = ""
            if template:  # half of what a page shows comes from a template of its own
                half, objects = objects[::2], objects[1::2]
                parts.append((f"Doc_0/Tpls/T{number}.xml", _page(half, page)))
                used = f'<ofd:Template TemplateID="{900 + number}" ZOrder="Background"/>'
            parts.append((f"Doc_0/Pages/P{number}.xml", _page(objects, page, used)))
            listed += f'<ofd:Page ID="{number + 1}" BaseLoc="{base}Pages/P{number}.xml"/>'
            if stamp:
                annotated += (
                    "<ofd:Page"
                    f' PageID="{number + 1}"><ofd:FileLoc>{base}Annots/A{number}.xml</ofd:FileLoc></ofd:Page>'
                )
                parts.append((f"Doc_0/Annots/A{number}.xml", _stamp(stamp)))
        templates = "".join(
            f'<ofd:TemplatePage ID="{900 + number}" BaseLoc="{base}Tpls/T{number}.xml"/>'
            for number in range(len(document.pages)) if template
        )  # fmt: skip
    more = f"<ofd:Annotations>{base}Annots.xml</ofd:Annotations>" if stamp else ""
    if stamp:
        parts.append(("Doc_0/Annots.xml", f"<ofd:Annotations {_NAMESPACE}>{annotated}</ofd:Annotations>"))
    parts.append(("Doc_0/Document.xml", document_xml(listed, templates, more)))
    return packed([("OFD.xml", root_xml(f"{base or 'Doc_0/'}Document.xml")), *parts])


def root_xml(path: str) -> str:
    """The entry of the package."""
    return f"<ofd:OFD {_NAMESPACE}><ofd:DocBody><ofd:DocRoot>{path}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"


def document_xml(pages: str, templates: str = "", more: str = "") -> str:
    """The root of a document."""
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    return (
        f"<ofd:Document {_NAMESPACE}><ofd:CommonData>{area}{templates}</ofd:CommonData>"
        f"<ofd:Pages>{pages}</ofd:Pages>{more}</ofd:Document>"
    )


def _page(objects: list[str], page: object, used: str = "") -> str:
    width, height = (getattr(page, side) * MM for side in ("width", "height"))
    return (
        f"<ofd:Page {_NAMESPACE}><ofd:Area><ofd:PhysicalBox>0 0 {width:.4f}"
        f" {height:.4f}</ofd:PhysicalBox></ofd:Area>"
        f"{used}<ofd:Content><ofd:Layer"
        f' ID="7"><ofd:PageBlock>{"".join(objects)}</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>'
    )


def _lines(page: object) -> list[tuple[float, float, float, float]]:
    """The straight lines of a page, and thin filled boxes as the lines that they show."""
    found = [(line["x0"], line["top"], line["x1"], line["bottom"]) for line in page.lines]
    for box in page.rects:
        x0, top, x1, bottom = box["x0"], box["top"], box["x1"], box["bottom"]
        if min(x1 - x0, bottom - top) < 3:
            middle = ((x0 + x1) / 2, (top + bottom) / 2)
            level = x1 - x0 > bottom - top
            found.append((x0, middle[1], x1, middle[1]) if level else (middle[0], top, middle[0], bottom))
        elif box.get("stroke"):
            found += [
                (x0, top, x1, top),
                (x0, bottom, x1, bottom),
                (x0, top, x0, bottom),
                (x1, top, x1, bottom),
            ]
    return found


def _framed(left: float, top: float, draw: random.Random) -> tuple[str, float, float, float]:
    """An object's space at a place (points): tight or the whole page's, in millimetres or in points."""
    x, y = (left * MM, top * MM) if draw.random() < 0.5 else (0.0, 0.0)
    points = draw.random() < 0.5
    matrix = f' CTM="{MM:.6f} 0 0 {MM:.6f} 0 0"' if points else ""
    return f'Boundary="{x:.4f} {y:.4f} 200 200"{matrix}', x / MM, y / MM, 1.0 if points else MM


def _runs(chars: list[dict[str, object]], draw: random.Random) -> list[list[dict[str, object]]]:
    """Characters that stand behind one another on a line, in pieces of any length."""
    runs: list[list[dict[str, object]]] = []
    for char in chars:
        last = runs[-1][-1] if runs else None
        goes_on = (
            last is not None
            and all(last[key] == char[key] for key in ("size", "bottom", "clip"))
            and draw.random() < 0.8
        )
        ahead = last is not None and float(str(last["x0"])) < float(str(char["x0"]))
        if goes_on and ahead:
            runs[-1].append(char)
        else:
            runs.append([char])
    return runs


def _text(run: list[dict[str, object]], draw: random.Random) -> str:
    char = run[0]
    x, size = float(str(char["x0"])), float(str(char["size"]))
    baseline = float(str(char["bottom"])) - 0.12 * size
    space, left, top, unit = _framed(x, baseline - size, draw)
    starts = [float(str(one["x0"])) for one in run]
    steps = [f"{(other - one) * unit:.4f}" for one, other in pairwise(starts)]
    if draw.random() < 0.5:
        steps = [f"g {len(list(alike))} {step}" for step, alike in groupby(steps)]
    said = escape("".join(str(one["text"]) for one in run))
    clips = _clips(run[0]["clip"], (left, top), unit, draw)
    deltas = f' DeltaX="{" ".join(steps)}"' if steps else draw.choice(["", ' DeltaX="g 1 4"'])
    return (
        f'<ofd:TextObject ID="9" {space} Font="1" Size="{size * unit:.4f}">{clips}<ofd:TextCode'
        f' X="{(x - left) * unit:.4f}"'
        f' Y="{(baseline - top) * unit:.4f}"{deltas}>{said}</ofd:TextCode></ofd:TextObject>'
    )


def _clips(clip: Box, origin: tuple[float, float], unit: float, draw: random.Random) -> str:
    """A clip as one of the ways to say it: with the object's CTM or without, in one box or in two."""
    if clip[2] - clip[0] > 1e5:
        return ""
    goes_along = draw.random() < 0.5
    scale = unit if goes_along else MM
    x0, y0, x1, y1 = ((at - start) * scale for at, start in zip(clip, origin * 2, strict=True))
    width, height = max(x1 - x0, 0.0), max(y1 - y0, 0.0)
    pieces = [(x0, width)] if draw.random() < 0.5 else [(x0, width / 2), (x0 + width / 2, width / 2)]
    areas = "".join(
        f'<ofd:Area><ofd:Path Boundary="{left:.4f} {y0:.4f} {wide:.4f} {height:.4f}"><ofd:AbbreviatedData>M'
        f" 0 0 L {wide:.4f} 0 L {wide:.4f} {height:.4f} L 0 {height:.4f} C"
        "</ofd:AbbreviatedData></ofd:Path></ofd:Area>"
        for left, wide in pieces
    )
    flag = "" if goes_along else ' TransFlag="false"'
    return f"<ofd:Clips{flag}><ofd:Clip>{areas}</ofd:Clip></ofd:Clips>"


def _rule(line: tuple[float, float, float, float], draw: random.Random) -> str:
    space, left, top, unit = _framed(line[0], line[1], draw)
    x0, y0, x1, y1 = ((at - start) * unit for at, start in zip(line, (left, top, left, top), strict=True))
    if draw.random() < 0.5:
        return (
            f"<ofd:PathObject {space}><ofd:AbbreviatedData>M {x0:.4f} {y0:.4f} L {x1:.4f}"
            f" {y1:.4f}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    thin = 0.2 * unit
    across, down = (0.0, thin) if x1 > x0 + thin else (thin, 0.0)
    return (
        f'<ofd:PathObject {space} Stroke="false" Fill="true"><ofd:AbbreviatedData>M {x0:.4f} {y0:.4f} L'
        f" {x1:.4f} {y1:.4f} L {x1 + across:.4f} {y1 + down:.4f} L {x0 + across:.4f} {y0 + down:.4f}"
        " C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _stamp(words: str) -> str:
    """A seal over the page: an annotation with a text of its own."""
    return (
        f'<ofd:PageAnnot {_NAMESPACE}><ofd:Annot Type="Stamp"><ofd:Appearance Boundary="50 50 40'
        ' 40"><ofd:TextObject Boundary="0 0 40 40" Font="1" Size="5"><ofd:TextCode X="2" Y="20" DeltaX="g'
        f" {len(words)}"
        f' 5">{words}</ofd:TextCode></ofd:TextObject></ofd:Appearance></ofd:Annot></ofd:PageAnnot>'
    )
