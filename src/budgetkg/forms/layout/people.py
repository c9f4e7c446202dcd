"""Personal data by what it is and by the label that it stands beside or under, wherever a form prints it.

A telephone number, an identity number and an address of electronic mail are personal whatever stands around
them; a name is told by its label: one that ends in 人, 电话, 签字, … or holds 填表. What an indicator says is
none: 资助残疾人 | 50人.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.settings import LONGEST_LABEL, LONGEST_PERSON, WINDOW
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.ledger import Fate
from budgetkg.reading.source import Healed
from budgetkg.records import PersonalDatum
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold

_NUMBER = re.compile(
    r"(?<![\d.])(?:"
    r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"  # mobile
    r"|\(?0\d{2,3}\)?[- —–]{1,2}\d{7,8}(?:[-—转]\d{1,5})?|\(0\d{2,3}\)\d{7,8}"  # landline
    r"|[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]"  # identity number
    r")(?![\d.]|万|元)"
    r"|[A-Za-z0-9][\w.+-]*@[\w-]+(?:\.[\w-]+)+"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}|[\d-]{7,13}")
_SIGNED = re.compile(
    r"(?P<name>[\u4e00-\u9fff·]{2,4})\s*(?=\((?:签字|签名|签章)\)|1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d))"
    r"|\((?:签字|签名|签章)\)\s*:?\s*(?P<behind>[\u4e00-\u9fff·]{2,4})(?![\u4e00-\u9fff])"
)
_UNSPOKEN = re.compile(
    r"(?P<label>[\u4e00-\u9fff]{2,16}(?:\((?:签字|签名|签章|盖章)\))?)"
    r"\s+(?P<value>[\u4e00-\u9fff·]{2,4}|[\d-]{7,13})(?![\u4e00-\u9fff])"
    r"|(?P<short>(?:联系|负责|经办|填表|填报|审核|制表)人)(?P<name>[\u4e00-\u9fff·]{2,4})(?=[,;、\s]|$)"
)
_DIGITS = re.compile(r"\d{4}")
_LABEL = re.compile(
    r"(?:.*(?:人|经办|领导|电话|手机|手机号码?|签字|签名|签章|联系方式|传真|邮箱|邮件|科长|处长|局长|主任|组长|同志"
    r"|审核|复核|主管|(?:联络|填报|评价|审核|经办|实施|工作|评审|报账|专管|负责)人?员|(?:小组|组)成员|QQ|微信)"
    r"|.*(?:填表|填报人|填报日期|填报时间|制表|经手).*)(?:姓名|号码?)?"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_SPOKEN = re.compile(rf"(?P<label>[^\s:;,。、]{{1,{LONGEST_LABEL}}}(?: [^\s:;,。]{{1,4}})?)\s*:")
_MASK = "■"
_NO_PERSON = ("单位", "部门", "受益人", "救助人", "工作人员")
_NO_LABEL = re.compile(r"\d|[≥≤<>=%]")


def is_personal(label: str) -> bool:
    """Whether a label heads a name, a telephone or a signature: 项目经办人, 手机, 财务负责人（签字）."""
    plain = _BRACKETED.sub("", key(label)).rstrip(":").lstrip("*★#")
    if not 1 < len(plain) <= LONGEST_LABEL or _NO_LABEL.search(plain):
        return False
    return _LABEL.fullmatch(plain) is not None and not plain.endswith(_NO_PERSON)


def find_people(reader: Reader, parts: Parts) -> None:
    """Add to a document's people what stands in it and is not among them yet."""
    known = {offset for datum in parts.people for e in datum.evidence for offset in range(e.start, e.end)}
    found: list[tuple[str, Healed]] = []
    fates = reader.ledger.fates
    for at, row in enumerate(reader.rows):
        found += _beside(fates, row, reader.rows[at + 1 : at + WINDOW])
    places = [cell.place for row in reader.rows for cell in row.cells]
    lines = [_whole(line.text, line.start) for line in reader.source.lines] if not places else []
    for place in (*places, *lines):
        plain = fold(place.text)
        if ":" in plain:
            found += _spoken(place, plain)
        if not any(fates[offset] == Fate.RECORD for offset in place.offsets):
            found += _unspoken(place, plain)
        if _DIGITS.search(plain) or "@" in plain:
            found += _numbers(place, plain)
    for label, place in found:
        kept = place.strip()
        if kept and not known.issuperset(kept.offsets):
            known.update(kept.offsets)
            evidence = reader.source.evidence_of(kept.offsets)
            parts.people += (PersonalDatum(label, kept.text, evidence),)


def _whole(text: str, start: int) -> Healed:
    return Healed(text, tuple(range(start, start + len(text))))


def _beside(fates: bytes, row: GridRow, below: Sequence[GridRow]) -> Iterator[tuple[str, Healed]]:
    """The value beside a label; the names under it, where it heads a column."""
    for cell, following in zip_longest(row.cells, row.cells[1:]):
        if not is_personal(cell.text) or _recorded(fates, cell):
            continue
        values = [following] if following is not None and not is_personal(following.text) else []
        values += _under(fates, cell, [other for other in below if other.table == row.table])
        for value in values:
            if (
                len(value.text) <= LONGEST_PERSON
                and not _recorded(fates, value)
                and not is_personal(value.text)
            ):
                yield key(cell.text).rstrip(":"), value.place


def _under(fates: bytes, head: Cell, below: Sequence[GridRow]) -> Iterator[Cell]:
    """The cells of a column under its head as long as they may be names; what is a label is none."""
    for row in below:
        under = next((cell for cell in row.cells if cell.column == head.column), None)
        if under is None and row.cells and row.cells[0].column > head.column:
            return
        if under is None:
            continue
        if not _named(under) or any(fates[offset] == Fate.FURNITURE for offset in under.place.offsets):
            return
        yield under


def _named(cell: Cell) -> bool:
    """Whether a cell may be a name or a number and is no longer text: 某甲某, 87654321."""
    return _NAME.fullmatch(cell.key) is not None


def _recorded(fates: bytes, cell: Cell) -> bool:
    """Whether a cell stands in a record: what an indicator or a goal says is no clerk's."""
    return any(fates[offset] == Fate.RECORD for offset in cell.place.offsets)


def _spoken(place: Healed, plain: str) -> Iterator[tuple[str, Healed]]:
    """Values behind a label and its colon, several in one cell: 填表人：某某　联系电话：…"""
    marks = list(_SPOKEN.finditer(plain))
    for mark, after in zip_longest(marks, marks[1:]):
        if is_personal(mark["label"]):
            value = place[mark.end() : after.start() if after else len(plain)].strip()
            if value and len(value.text) <= LONGEST_PERSON:
                yield key(mark["label"]), value


def _unspoken(place: Healed, plain: str) -> Iterator[tuple[str, Healed]]:
    """Names behind a label without a colon, or beside the place for a signature."""
    for match in _UNSPOKEN.finditer(plain):
        label, group = match["label"] or match["short"], "value" if match["label"] else "name"
        if is_personal(label) and not is_personal(match[group]):
            yield key(label), place[slice(*match.span(group))]
    for match in _SIGNED.finditer(plain):
        group = "name" if match["name"] else "behind"
        if not is_personal(match[group]):
            yield "签字", place[slice(*match.span(group))]


def _numbers(place: Healed, plain: str) -> Iterator[tuple[str, Healed]]:
    for match in _NUMBER.finditer(plain):
        yield "联系方式", place[match.start() : match.end()]


def personal_numbers(texts: Iterable[str]) -> set[str]:
    """The telephone numbers, identity numbers and addresses in some texts."""
    found = ((text, match) for text in texts for match in _NUMBER.finditer(fold(text)))
    return {text[match.start() : match.end()] for text, match in found}


def masked(text: str, numbers: Iterable[str]) -> str:
    """A text with some numbers masked, character for character."""
    for number in numbers:
        text = text.replace(number, _MASK * len(number))
    return text
