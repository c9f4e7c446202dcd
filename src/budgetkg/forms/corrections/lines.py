"""The file of right readings: a table that a person keeps in a spreadsheet and saves as CSV.

Its columns are document, place, field, value, reason and who, or the same in Chinese. Excel saves it in
GB18030 or in UTF-8, with commas, semicolons or tabs: all of them are read.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from pathlib import Path

from budgetkg.errors import BudgetkgError
from budgetkg.forms.corrections.fields import known_fields, slots_of
from budgetkg.sheets import columns_of, sheet_rows
from budgetkg.values import parse_amount

COLUMNS = {
    "document": "文件", "place": "位置", "field": "字段", "value": "正确值",
    "reason": "理由", "who": "更正人",
}  # fmt: skip
"""The columns by their English names, with the Chinese ones."""

_NEEDED = ("document", "field")
_YEAR = re.compile(r"20\d\d")
_HASH = 16  # hexadecimal digits, as in the keys of documents


@dataclasses.dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One line: in this document, at this place, this key of the record reads so.

    ``path`` and ``line`` are where the line itself stands, for messages alone.
    """

    document: str
    place: str
    field: str
    value: str
    reason: str
    who: str
    path: str = dataclasses.field(default="", compare=False)
    line: int = dataclasses.field(default=0, compare=False)

    @property
    def digest(self) -> str:
        """What tells the line from others, wherever in a file it stands."""
        said = "\x1f".join(dataclasses.astuple(self)[: len(COLUMNS)])
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]

    @property
    def said(self) -> str:
        """The line as messages name it: its file, its number, its document and place."""
        words = " ".join(word for word in (self.document, self.place, self.field) if word)
        return f"{self.path}:{self.line}: {words}"


def read_corrections(path: Path, shown: Path | None = None) -> tuple[CorrectionLine, ...]:
    """The lines of a file; none where there is no file. ``shown`` is what messages call it.

    Raises BudgetkgError where the file can't be read, lacks a column, or a line says nothing clear.
    """
    if not path.exists():
        return ()
    name = str(shown or path)
    rows = sheet_rows(path, name)
    at = columns_of(rows[0], COLUMNS) if rows else {}
    missing = tuple(column for column in ("document", "place", "field", "value") if column not in at)
    if missing:
        raise BudgetkgError("reading-columns", path=name, missing=missing, columns=tuple(COLUMNS))
    found = []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            told = {column: row[at[column]].strip() if column in at and at[column] < len(row) else ""
                    for column in COLUMNS}  # fmt: skip
            found.append(CorrectionLine(**told, path=name, line=number))
            _check(found[-1])
    return tuple(found)


def _check(line: CorrectionLine) -> None:
    """Refuse what can be right for no document."""
    where = {"path": line.path, "line": line.line}
    for column in _NEEDED:
        if not getattr(line, column):
            raise BudgetkgError("reading-blank", **where, column=column)
    slots = slots_of(line.field)
    if not slots:
        raise BudgetkgError("reading-field", **where, field=line.field, known=known_fields())
    kinds = {slot.kind for slot in slots}
    if kinds == {"name"} and not line.value:
        raise BudgetkgError("reading-blank", **where, column="value")
    if line.value and kinds == {"amount"} and parse_amount(line.value) is None:
        raise BudgetkgError("reading-no-amount", **where, value=line.value)
    if line.value and kinds == {"year"} and not _YEAR.fullmatch(line.value):
        raise BudgetkgError("reading-no-year", **where, value=line.value)
