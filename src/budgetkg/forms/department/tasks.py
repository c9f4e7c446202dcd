"""年度重点工作任务, 任务1…n: a header, then a row per task."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from budgetkg.forms.department.task_head import header_of_tasks, heading_beside, task_vocabulary
from budgetkg.forms.indicators.hints import is_placeholder_row
from budgetkg.forms.layout.header import Header, claim_header, report_unknown
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money import amount_in, money_in
from budgetkg.forms.layout.organisations import numeral_of
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.policies import cited_policies
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.settings import SUMS
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.records import Amount, Task
from budgetkg.text import comparison_key as key
from budgetkg.values import amounts_from, parse_amount

_LIST_MARK = re.compile(r"[、；;]")
_SOURCES = ("fiscal_appropriation", "fiscal_special_account", "other")
_TOTALS = SUMS | {"金额合计", "合计金额", "总额"}
_BLANKS = frozenset({"*", "/", "-", "—", "——", "--"})
_UNKNOWN = "?"  # before a header that no layout names


def task_header(reader: Reader, rows: Sequence[GridRow]) -> Header | None:
    """The header of a task table that begins with the first of some rows."""
    return header_of_tasks(reader.layout, rows)


def has_task_header(layout: Layout, rows: Sequence[GridRow]) -> bool:
    """Whether a task table of a layout begins with the first of some rows."""
    return header_of_tasks(layout, rows) is not None


def task_columns(reader: Reader, header: Header, below: Sequence[GridRow]) -> dict[int, str]:
    """Claim a header; columns by field, and the words that head the content at -1.

    ``below`` are the rows under it: an unknown heading left of them all stands beside the table.
    """
    first = min((row.cells[0].column for row in below[:1] if row.cells), default=0)
    beside = [at for at in header.unknown() if at < min(first, *header.fields())]
    beside += [cell.column for cell in header.labels]
    claim_header(reader, header, task_vocabulary(reader.layout), beside)
    content = next((column.text for column in header.columns.values() if column.name == "content"), None)
    side = heading_beside(header)
    own = {at: name for at, name in header.fields().items() if side is None or at != side.column}
    unknown = {at: _UNKNOWN + text for at, text in header.unknown().items() if at not in beside}
    return own | unknown | ({-1: content} if content else {})


def read_task(
    reader: Reader, parts: Parts, columns: dict[int, str], row: GridRow, heads: Mapping[int, str]
) -> None:
    """Read one row under ``heads`` into a task; blank amounts stay blank and are reported."""
    cells = [cell for cell in row.cells if not reader.layout.is_furniture(cell.text)]
    for cell in cells:
        header = columns.get(cell.column, "")
        if header.startswith(_UNKNOWN):
            report_unknown(reader, cell, header.removeprefix(_UNKNOWN), row.line.page)
    known = [cell for cell in cells if not columns.get(cell.column, "").startswith(_UNKNOWN)]
    names = {at: name for at, name in columns.items() if not name.startswith(_UNKNOWN)}
    fields = _by_header(names, known) or _by_order(names, known)
    if known and not is_total(known) and ("name" not in fields or _heads_next(known, names, row)):
        return  # what nobody takes is quoted as unread
    for cell in row.cells:
        reader.furniture(cell.place)
    if is_total(known):
        _take_total(reader, parts, fields, known, heads)
    if is_total(known) or "name" not in fields or is_placeholder_row(fields):
        return
    name = fields["name"]
    evidence = reader.record(row.place)
    amount = _amount(reader, fields.get("amount"), name.text, parts.unit)
    if amount is None and "amount" in columns.values() and "amount" not in fields:
        reader.log.add("amount-blank", name.text, evidence, what=name.text)
    listed = fields["projects"].text if "projects" in fields else None
    sources = {at: _amount(reader, fields[at], name.text, parts.unit) for at in _SOURCES if at in fields}
    parts.tasks += (
        Task(
            seq=len(parts.tasks) + 1,
            name=name.text,
            content=_text(fields, "content"),
            content_label=columns.get(-1),
            amount=amount,
            expected=_text(fields, "expected"),
            projects=_listed(listed),
            projects_printed=listed,
            policies=tuple(p for cell in cells for p in cited_policies(reader.source, cell.place)),
            evidence=evidence,
            sources=amounts_from({at: found for at, found in sources.items() if found is not None}),
        ),
    )


def _heads_next(cells: Sequence[Cell], columns: Mapping[int, str], row: GridRow) -> bool:
    """Whether a row prints only what heads the next part of the form: 三、部门整体支出绩效指标.

    It is merged over further columns; where nothing is merged, it is numbered and all else is blank.
    """
    if len(cells) != 1 or not row.table:
        return False
    over = sum(cells[0].column <= at < cells[0].column + cells[0].span for at in columns)
    return over > 1 or (cells[0].span == 1 and bool(numeral_of(cells[0].text)))


def is_total(cells: list[Cell]) -> bool:
    """Whether a row sums the tasks up (金额合计)."""
    words = [cell for cell in cells if parse_amount(cell.text) is None and cell.key not in _BLANKS]
    return len(words) == 1 and key(words[0].text) in _TOTALS


def _label_of(heads: Mapping[int, str], fields: dict[str, Cell], at: str, said: str) -> str:
    """What an amount of the sum's row is called: 合计 其中：财政拨款."""
    cell = fields.get("amount" if at == "total" else at)
    return f"{said} {heads[cell.column]}" if cell is not None and cell.column in heads else said


def _take_total(
    reader: Reader, parts: Parts, fields: dict[str, Cell], cells: list[Cell], heads: Mapping[int, str]
) -> None:
    """The amounts of the sum's row are the document's totals."""
    names = ("amount", *_SOURCES)
    numbers = [cell for cell in cells if parse_amount(cell.text) is not None]
    found = {
        at: _amount(reader, fields[at], "", parts.unit)
        for at in names
        if at in fields and fields[at] in numbers
    }
    if not found and numbers:
        found = {"amount": parse_amount(numbers[0].text)}
    read = {("total" if at == "amount" else at): amount for at, amount in found.items() if amount is not None}
    parts.totals = amounts_from(read)
    said = next(cell.key for cell in cells if cell not in numbers)
    parts.task_sums = tuple((at, _label_of(heads, fields, at, said), amount) for at, amount in read.items())
    for cell in cells:
        parts.totals_evidence += reader.record(cell.place)


def _text(fields: dict[str, Cell], name: str) -> str | None:
    return fields[name].text if name in fields else None


def _amount(reader: Reader, cell: Cell | None, where: str, unit: str | None) -> Amount | None:
    if cell is None:
        return None
    return amount_in(reader.log, where, reader.at(cell.place), cell.text, unit)


def _by_header(columns: dict[int, str], cells: list[Cell]) -> dict[str, Cell] | None:
    if any(columns.get(cell.column) is None or cell.column < 0 for cell in cells):
        return None
    fields = {columns[cell.column]: cell for cell in cells}
    # Where every column has its cell, nothing can have drifted: what is no amount is an unreadable one.
    complete = len(cells) == sum(column >= 0 for column in columns)
    drifted = not complete and "amount" in fields and money_in(fields["amount"].text) is None
    return fields if "name" in fields and not drifted else None


def _by_order(columns: dict[int, str], cells: list[Cell]) -> dict[str, Cell]:
    """A row that has drifted: the amount is known by its form, the texts by their order."""
    order = [name for column, name in sorted(columns.items()) if column >= 0]
    amount = next((cell for cell in cells[1:] if money_in(cell.text)), None) if "amount" in order else None
    texts = [name for name in order if name != "amount" and name not in _SOURCES]
    fields = dict(zip(texts, (cell for cell in cells if cell is not amount), strict=False))
    return fields | ({"amount": amount} if amount is not None else {})


def _listed(text: str | None) -> tuple[str, ...]:
    """The projects named in a list: ``A、B、C``."""
    names = _LIST_MARK.split(text.rstrip("。")) if text else []
    return tuple(name.strip() for name in names if name.strip())
