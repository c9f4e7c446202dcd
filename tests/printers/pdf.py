"""A printer of tiny PDFs: text where it is wanted, ruled tables, clips, and files that are no good."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

A4 = (595.0, 842.0)
SIZE = 10.0


@dataclass
class Sheet:
    """One page as it is drawn; places are counted from the upper left corner."""

    width: float = A4[0]
    height: float = A4[1]
    rotate: int = 0
    drawn: list[str] = field(default_factory=list)
    crop: tuple[float, float, float, float] | None = None

    def text(self, x: float, top: float, words: str, size: float = SIZE, *, font: str = "F1",
             turn: tuple[float, float, float, float] = (1, 0, 0, 1), grey: float = 0) -> Sheet:  # fmt: skip
        """Words whose first character has its upper left corner at a place."""
        y = self.height - top - 0.88 * size
        code = words.encode("utf-16-be").hex()
        place = " ".join(f"{number:g}" for number in (*turn, x, y))
        self.drawn.append(f"BT {grey} g /{font} {size:g} Tf {place} Tm <{code}> Tj ET")
        return self

    def line(self, x0: float, top: float, x1: float, bottom: float) -> Sheet:
        """A ruled line."""
        up = self.height
        self.drawn.append(f"0.5 w {x0:g} {up - top:g} m {x1:g} {up - bottom:g} l S")
        return self

    def clipped(self, x0: float, top: float, x1: float, bottom: float, inner: Sheet) -> Sheet:
        """What another sheet draws, of which a box lets only a part be seen."""
        box = f"{x0:g} {self.height - bottom:g} {x1 - x0:g} {bottom - top:g} re W* n"
        self.drawn += ["q", box, *inner.drawn, "Q"]
        return self

    def table(self, xs: Sequence[float], top: float, rows: Sequence[Sequence[str]], *, step: float = 14,
              rules: bool = True, upper: bool = True, lower: bool = True) -> float:  # fmt: skip
        """Rows of cells, a line break in a cell is one on paper; returns where the table ends."""
        at = top
        if rules and upper:
            self.line(xs[0], at, xs[-1], at)
        for number, row in enumerate(rows):
            height = step * max(cell.count("\n") + 1 for cell in row) + 4
            for x, cell in zip(xs, row, strict=False):
                for index, words in enumerate(cell.split("\n")):
                    if words:
                        self.text(x + 3, at + 3 + index * step, words)
            at += height
            if rules and (lower or number + 1 < len(rows)):
                self.line(xs[0], at, xs[-1], at)
        if rules:
            for x in xs:
                self.line(x, top, x, at)
        return at


@dataclass
class Pdf:
    """A file being written, object by object."""

    objects: list[bytes] = field(default_factory=list)

    def add(self, body: str | bytes) -> int:
        """Write an object; returns its number."""
        self.objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.objects)

    def stream(self, data: bytes, more: str = "", packed: bool = False) -> int:
        """Write a stream."""
        if packed:
            data, more = zlib.compress(data, 9), f"{more} /Filter /FlateDecode"
        return self.add(b"<< /Length %d %s >> stream\n%s\nendstream" % (len(data), more.encode(), data))

    def bytes(self, root: int, encrypt: str = "") -> bytes:
        """The whole file."""
        out = bytearray(b"%PDF-1.7\n")
        places = []
        for number, body in enumerate(self.objects, start=1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        xref = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer << /Size %d /Root %d 0 R %s >>\n" % (len(places) + 1, root, encrypt.encode())
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % xref)


def font(pdf: Pdf, used: str, *, known: bool = True, down: bool = False) -> int:
    """A font whose codes are UTF-16; ``known`` is whether the file says which characters they are."""
    descriptor = pdf.add("<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -120 1000 880]"
                         " /Ascent 880 /Descent -120 /ItalicAngle 0 /CapHeight 700 /StemV 80 >>")  # fmt: skip
    inner = pdf.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /W [32 126 500] /CIDSystemInfo"
        f" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R >>"
    )
    names = "".join(f"<{ord(char):04x}> <{ord(char):04x}>\n" for char in sorted(set(used)))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def"
        " 1 begincodespacerange <0000> <ffff> endcodespacerange"
        f" {len(set(used))} beginbfchar\n{names}endbfchar endcmap"
    )
    unicode = f"/ToUnicode {pdf.stream(cmap.encode())} 0 R" if known else ""
    encoding = "Identity-V" if down else "Identity-H"
    return pdf.add(f"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /{encoding}"
                   f" /DescendantFonts [{inner} 0 R] {unicode} >>")  # fmt: skip


def printed(*sheets: Sheet) -> bytes:
    """The sheets as a file: F1 is a font that says its characters, F2 one that doesn't, F3 runs down."""
    pdf = Pdf()
    used = "".join(
        bytes.fromhex(part.split(">")[0]).decode("utf-16-be")
        for sheet in sheets for line in sheet.drawn for part in line.split("<")[1:]
    )  # fmt: skip
    fonts = (font(pdf, used), font(pdf, used, known=False), font(pdf, used, down=True))
    names = " ".join(f"/F{number} {place} 0 R" for number, place in enumerate(fonts, start=1))
    kids = []
    parent = len(pdf.objects) + 2 * len(sheets) + 1
    for sheet in sheets:
        content = pdf.stream("\n".join(sheet.drawn).encode(), packed=True)
        crop = f"/CropBox [{' '.join(map(str, sheet.crop))}]" if sheet.crop else ""
        kids.append(pdf.add(
            f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 {sheet.width:g} {sheet.height:g}] {crop}"
            f" /Rotate {sheet.rotate} /Resources << /Font << {names} >> >> /Contents {content} 0 R >>"
        ))  # fmt: skip
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    pages = pdf.add(f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>")
    return pdf.bytes(pdf.add(f"<< /Type /Catalog /Pages {pages} 0 R >>"))
