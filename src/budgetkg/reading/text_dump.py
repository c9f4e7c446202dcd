"""Text dumps: any encoding, any line ends, pages by form feed or by three blank lines."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.source import Line, Source

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Words that every one of these forms prints; a wrong decoding shows none of them.
_ANCHORS = ("绩效", "指标", "项目", "部门", "万元", "目标", "财政", "预算", "合计")
_CANDIDATES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]*(\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|$)")
_COUNTED = ("\n", "\r", "\r\n")  # a form feed begins no line in an editor's count
_BLANK_LINES_OF_A_PAGE_BREAK = 3
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufffd]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was read in.

    ``certain`` is true where the bytes themselves say which one it is; ``dropped`` counts the characters
    left out because no reader can show them.
    """

    text: str
    encoding: str
    certain: bool
    dropped: int


def read_text_dump(data: bytes, name: str) -> Source:
    """Read a text dump; raises UnreadableDocument where the file is empty or its bytes are no text."""
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableDocument(name, "empty-file")
    decoded = decode(data, name)
    lines, pages = split_lines(decoded.text)
    return Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        text=decoded.text,
        lines=lines,
        pages=pages,
        encoding=decoded.encoding,
        encoding_certain=decoded.certain,
        dropped=decoded.dropped,
        _starts=tuple(line.start for line in lines),
    )


def decode(data: bytes, name: str) -> Decoded:
    """Decode by the byte order mark, else by the encoding that shows most of the words of these forms.

    Raises UnreadableDocument where a tenth of the characters or more makes no sense in any of them.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _clean(data[len(bom) :].decode(encoding, errors="replace"), encoding, certain=True)
    readings = [_clean(data.decode(encoding, errors="replace"), encoding) for encoding in _CANDIDATES]
    best = max(readings, key=_plausibility)
    if best.dropped * 10 > len(best.text) + best.dropped:
        raise UnreadableDocument(name, "unknown-encoding")
    if best.encoding == "utf-8" and not best.dropped:
        return Decoded(best.text, best.encoding, True, 0)
    return best


def _clean(text: str, encoding: str, certain: bool = False) -> Decoded:
    kept, dropped = _CONTROL.subn("", text)
    return Decoded(kept, encoding, certain, dropped)


def anchors(text: str) -> int:
    """Count in a text (its first 200,000 characters) the words that these forms print."""
    sample = text[:200_000]
    return sum(sample.count(word) for word in _ANCHORS)


def _plausibility(reading: Decoded) -> tuple[int, int, int]:
    return anchors(reading.text), -reading.dropped, -_CANDIDATES.index(reading.encoding)


def split_lines(text: str) -> tuple[tuple[Line, ...], int]:
    """Cut a text into lines with their page numbers; also returns how many pages there are.

    Where the dump holds form feeds they are the page breaks; otherwise three blank lines are, as in the
    dumps of these forms. Blank lines before the first text break no page.
    """
    spans = _spans(text)
    feeds = any(end == "\f" for _, _, end in spans)
    lines: list[Line] = []
    number, page, blanks, fed, printed = 1, 1, 0, False, False
    for start, content, end in spans:
        if content.strip():
            breaks = fed if feeds else blanks >= _BLANK_LINES_OF_A_PAGE_BREAK
            page += int(printed and breaks)
            blanks, fed, printed = 0, False, True
        else:
            blanks += 1
        fed = fed or end == "\f"
        lines.append(Line(number, page, start, content))
        number += int(end in _COUNTED)
    return tuple(lines), page


def _spans(text: str) -> list[tuple[int, str, str]]:
    """Of each line its offset, its text and its line end."""
    spans = []
    for match in _LINE.finditer(text):
        end = match.group(1)
        if match.start() == len(text) and not match.group(0):
            break
        spans.append((match.start(), text[match.start() : match.start(1)], end))
    return spans
