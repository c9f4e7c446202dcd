"""Checks of how a document is printed: marks, blanks and line breaks, those that reading heals included.

What comes again and again in a document is one finding, with the number of places and the first of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from budgetkg.findings import Evidence
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import GridRow
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold
from budgetkg.text import plain_signs
from budgetkg.text import printed_width as width

_HAN = "一-鿿"
_HALF = re.compile(rf"(?<=[{_HAN}”’）》])[,;?!](?= ?[{_HAN}“‘（《\"])")
_BLANK = re.compile(rf"(?<=[{_HAN}，。；：、）》”])[ \u3000\xa0\u2000-\u200a\u202f]+(?=[{_HAN}，。；：、（《“])")
_UNUSUAL = re.compile("[\xa0\u2000-\u200d\u202f\u2060\ufeff]")
_OPENS = re.compile(rf"[-—–,，、。;；:：.·]+(?=\s*(?:\d{{1,2}}[.、)]|[{_HAN}《“]))")
_SIGN = re.compile(r"[＞>][=＝]|[＜<][=＝]|[=＝][＞>＜<]")
_SIGNS_AS_USUAL = frozenset({">=", "<="})
_MISPRINT = re.compile(r"^\s*(标椎|标淮|标隹|标推)\s*[:：]")
_YEAR = re.compile(r"[（(\[〔](20\d\d)[）)\]〕]年")
_SPLIT = re.compile(r"(?<![\d.])\d{1,2}[ \t]*\n\s*、")
_INSIDE = re.compile(r"[。；](?=.)|(?<=[^。；])[。；]$")
_NUMBERED = re.compile(r"\s*1\s*[、.．]")
_OPTIONAL = re.compile(r".{2,16}\((?:可)?选填\)")
_PROSE = 30  # characters; a header is shorter
_EXAMPLES = 5  # places of one remark that are given as evidence
_AROUND = 6  # characters


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the records, where it belongs, and its places in the source."""

    where: str
    text: str
    evidence: tuple[Evidence, ...]


def check_print(reader: Reader, parts: Parts) -> None:
    """Report marks, blanks and line breaks that a careful reader stumbles over."""
    indicators = tuple(_indicators(parts))
    texts = tuple(_texts(parts))
    for text in texts:
        _check_marks(reader, text)
    _check_values(reader, indicators)
    _check_source(reader)
    _check_blanks(reader, indicators, texts)
    _check_numbered(reader, parts, indicators)
    _check_labels(reader)
    _check_places(reader)
    year = _YEAR.search(fold(parts.title or ""))
    if year is not None and parts.title:
        printed = parts.title[slice(*year.span())]
        reader.log.add("year-in-brackets", "", parts.evidence[:1], printed=printed, year=year[1])


def _indicators(parts: Parts) -> Iterator[tuple[str, Indicator]]:
    yield from (("", one) for one in parts.indicators)
    yield from ((task.name, one) for task in parts.tasks for one in task.indicators)
    for unit in parts.units_of_use:
        for project in unit.projects:
            yield from ((f"{unit.name} / {project.name}", one) for one in project.indicators)


def _texts(parts: Parts) -> Iterator[_Text]:
    for unit in parts.units_of_use:
        for project in unit.projects:
            where = f"{unit.name} / {project.name}"
            yield _Text(where, project.name, project.evidence)
            yield _Text(where, project.goal or "", project.evidence)
    for task in parts.tasks:
        for text in (task.name, task.content, task.expected):
            yield _Text(task.name, text or "", task.evidence)
    yield _Text("", parts.overall_goal or "", parts.evidence)


def _sum_up(reader: Reader, code: str, found: Iterable[tuple[str, Evidence | None]], **params: object) -> None:
    """One finding for all places of a document: how many there are, the first words, the first places."""
    places = list(found)
    if places:
        evidence = tuple(dict.fromkeys(place for _, place in places[:_EXAMPLES] if place is not None))
        said = {"text": places[0][0], **params}
        reader.log.add(code, "", evidence, count=len(places), **said)


def _around(text: str, start: int, end: int) -> str:
    """A few characters around a place, on one line."""
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2].rpartition("\t")[2]
    after = re.split(r"[\n\t]", text[end : end + _AROUND])[0]
    return f"{before}{text[start:end]}{after}"


def _check_marks(reader: Reader, text: _Text) -> None:
    opens = _OPENS.match(text.text)
    if opens and text.text.count(opens[0]) < 3:  # a list may well have dashes for its points
        reader.log.add("text-opens-with-mark", text.where, text.evidence, text=text.text[:20])
    mixed = _mixed_bracket(text.text)
    if mixed is not None:
        reader.log.add("bracket-widths-mixed", text.where, text.evidence, text=mixed)


def _mixed_bracket(text: str) -> str | None:
    """The first bracket of one width that one of another width closes, with what it holds."""
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in "(（":
            opened.append(at)
        elif char in ")）" and opened:
            start = opened.pop()
            if (text[start] == "(") != (char == ")"):
                return text[start : at + 1]
    return None


def _check_values(reader: Reader, indicators: tuple[tuple[str, Indicator], ...]) -> None:
    misprints: list[tuple[str, Evidence | None]] = []
    inside: list[tuple[str, Evidence | None]] = []
    for where, one in indicators:
        place = one.evidence[0] if one.evidence else None
        values = tuple(dict.fromkeys(value for value in (one.period_value, one.annual_value) if value))
        for value in values:
            if sign := next((s for s in _SIGN.finditer(value) if s[0] not in _SIGNS_AS_USUAL), None):
                reader.log.add("sign-unusual", f"{where} / {one.name}", one.evidence,
                               printed=sign[0], read=plain_signs(fold(sign[0])))  # fmt: skip
            if misprint := _MISPRINT.match(value):
                misprints.append((misprint[1], place))
            if one.seq is not None and (mark := _INSIDE.search(value)):
                inside.append((_around(value, *mark.span()), place))
    for printed in dict.fromkeys(word for word, _ in misprints):
        same = [pair for pair in misprints if pair[0] == printed]
        reader.log.add("form-word-misprinted", "", tuple(place for _, place in same if place)[:_EXAMPLES],
                       printed=printed, count=len(same))  # fmt: skip
    _sum_up(reader, "separator-inside-value", inside)


def _check_source(reader: Reader) -> None:
    """Western marks between Chinese characters, and blanks of other kinds, wherever they stand."""
    text, source = reader.source.text, reader.source
    half = ((_around(text, *mark.span()), source.evidence(*mark.span())) for mark in _HALF.finditer(text))
    _sum_up(reader, "punctuation-half-width", half)
    blanks = [(blank[0], source.evidence(*blank.span())) for blank in _UNUSUAL.finditer(text)]
    if blanks:
        signs = "、".join(sorted({f"U+{ord(sign):04X}" for sign, _ in blanks}))
        evidence = tuple(place for _, place in blanks[:_EXAMPLES])
        reader.log.add("blanks-unusual", "", evidence, count=len(blanks), signs=signs)


def _check_blanks(
    reader: Reader, indicators: tuple[tuple[str, Indicator], ...], texts: tuple[_Text, ...]
) -> None:
    """Blanks between Chinese characters of one line: typed there, or left by a scanner's line breaks."""
    places = dict.fromkeys(place for _, one in indicators for place in one.evidence)
    places |= dict.fromkeys(place for text in texts if text.where for place in text.evidence)
    found = (
        (_around(place.quote, *blank.span()), place)
        for place in places
        for blank in _BLANK.finditer(place.quote)
    )
    _sum_up(reader, "blanks-inside-text", found)


def _check_numbered(
    reader: Reader, parts: Parts, indicators: tuple[tuple[str, Indicator], ...]
) -> None:
    """What the grammar of numbered cells heals: numbers that a line break splits, stray line breaks."""
    numbered = [(where, one) for where, one in indicators if one.seq is not None]
    if not numbered:
        return
    text, source = reader.source.text, reader.source
    split = (
        ("｜".join(mark[0].split()), source.evidence(*mark.span())) for mark in _SPLIT.finditer(text)
    )
    _sum_up(reader, "numbering-split", split)
    _sum_up(reader, "line-break-inside", _stray_breaks(text, [one for _, one in numbered]))
    goals = [one for unit in parts.units_of_use for one in unit.projects if _NUMBERED.match(one.goal or "")]
    own = [one for one in goals if re.search(r"[；;。]\s*2\s*[、.．]", one.goal or "")]
    if own:
        evidence = tuple(place for one in own[:_EXAMPLES] for place in one.evidence[:1])
        reader.log.add("goal-numbered", "", evidence, count=len(own))


def _stray_breaks(text: str, indicators: list[Indicator]) -> list[tuple[str, Evidence | None]]:
    """Names that are followed by a line break wherever they are printed, and however long the line is.

    A printer breaks a line where it is full; a break that comes with a name was typed into its cell.
    """
    printings: dict[str, list[tuple[str | None, Evidence]]] = defaultdict(list)
    for one in indicators:
        for place in one.evidence[:1]:
            printings[one.name].append((_line_before_break(text, place, one.name), place))
    stray: list[tuple[str, Evidence | None]] = []
    for name, lines in printings.items():
        widths = {width(line) for line, _ in lines if line is not None}
        if len(lines) > 2 and all(line is not None for line, _ in lines) and len(widths) > 1:
            stray += [(f"{name}｜；", place) for _, place in lines]
    return stray


def _line_before_break(text: str, place: Evidence, name: str) -> str | None:
    """The line that ends with a name, where the mark behind it stands on the next; None where it doesn't."""
    letters = r"\s*".join(re.escape(char) for char in name if not char.isspace())
    found = re.search(rf"({letters})[^\S\n]*\n\s*[；;]", place.quote)
    if found is None:
        return None
    end = place.start + found.end(1)
    return text[text.rfind("\n", 0, end) + 1 : end]


def _check_labels(reader: Reader) -> None:
    """A label with nothing beside it: 其他需要说明的情况：, 其他需完成的任务（可选填）."""
    named = {key(text).rstrip(":") for names in reader.layout.labels.values() for text in names}
    for row in reader.rows:
        if not row.cells or len(row.cells) > 2:
            continue
        last = row.cells[-1]
        plain = fold(last.text).strip()
        optional = _OPTIONAL.fullmatch(key(plain))
        labelled = plain.endswith(":") and key(plain).rstrip(":") in named
        if labelled or (optional and len(row.cells) == 1):
            label = last.text.strip().rstrip("：:")
            reader.log.add("label-without-content", "", reader.at(last.place), label=label)


def _check_places(reader: Reader) -> None:
    """A label that slid into another row or column than its own, as where a dump loses merged cells."""
    before: GridRow | None = None
    for row in reader.rows:
        first = row.cells[0] if row.cells else None
        if first is not None and before is not None and first.column == 0 and first.rows == 1:
            inset = before.cells[0].column > 0 and len(before.cells) > 2
            prose = any(len(cell.text) >= _PROSE for cell in before.cells)
            optional = len(row.cells) == 1 and _OPTIONAL.fullmatch(key(first.text))
            if inset and prose and (optional or (reader.layout.is_furniture(first.text) and len(row.cells) > 2)):
                reader.log.add("label-displaced", "", reader.at(first.place), label=first.text)
        before = row if row.cells else None
