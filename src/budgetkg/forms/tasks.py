"""年度重点工作任务, 任务1…n: a header, then a row per task."""

from __future__ import annotations

import re

from budgetkg.forms.layout import lookup
from budgetkg.forms.parts import Parts
from budgetkg.forms.policies import cited_policies
from budgetkg.forms.reader import Reader
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.records import Amount, Task
from budgetkg.values import parse_amount

_LIST_MARK = re.compile(r"[、；;]")


def task_header(reader: Reader, row: GridRow) -> dict[int, str] | None:
    """Columns by field where a row is the header of a task table."""
    names = reader.layout.task_columns
    cells = [cell for cell in row.cells if not reader.layout.is_furniture(cell.text)]
    found = {cell.column: lookup(names, cell.text) for cell in cells}
    if not {"name", "content"} <= set(found.values()):
        return None
    for cell in row.cells:
        if found.get(cell.column, "furniture") is None:
            reader.remark("header-unknown", f"p. {row.line.page}", cell.place, header=cell.text)
        else:
            reader.furniture(cell.place)
    labels = {name: cell.text for cell in cells for name in (found[cell.column],) if name}
    return {column: name for column, name in found.items() if name} | {-1: labels["content"]}


def read_task(reader: Reader, parts: Parts, columns: dict[int, str], row: GridRow) -> None:
    """Read one row into a task; blank amounts stay blank and are reported."""
    cells = [cell for cell in row.cells if not reader.layout.is_furniture(cell.text)]
    for cell in row.cells:
        reader.furniture(cell.place)
    fields = _by_header(columns, cells) or _by_order(columns, cells)
    name = fields["name"]
    evidence = reader.record(row.place)
    amount = _amount(reader, fields.get("amount"), name.text)
    if amount is None and "amount" in columns.values() and "amount" not in fields:
        reader.log.add("amount-blank", name.text, evidence, what=name.text)
    listed = fields["projects"].text if "projects" in fields else None
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
        ),
    )


def _text(fields: dict[str, Cell], name: str) -> str | None:
    return fields[name].text if name in fields else None


def _amount(reader: Reader, cell: Cell | None, where: str) -> Amount | None:
    if cell is None:
        return None
    amount = parse_amount(cell.text)
    if amount is None:
        reader.log.add("amount-unreadable", where, reader.at(cell.place), printed=cell.text)
    return amount


def _by_header(columns: dict[int, str], cells: list[Cell]) -> dict[str, Cell] | None:
    if any(columns.get(cell.column) is None or cell.column < 0 for cell in cells):
        return None
    fields = {columns[cell.column]: cell for cell in cells}
    # Where every column has its cell, nothing can have drifted: what is no amount is an unreadable one.
    complete = len(cells) == sum(column >= 0 for column in columns)
    drifted = not complete and "amount" in fields and parse_amount(fields["amount"].text) is None
    return fields if "name" in fields and not drifted else None


def _by_order(columns: dict[int, str], cells: list[Cell]) -> dict[str, Cell]:
    """A row that has drifted: the amount is known by its form, the texts by their order."""
    order = [name for column, name in sorted(columns.items()) if column >= 0]
    amount = (
        next((cell for cell in cells[1:] if parse_amount(cell.text)), None) if "amount" in order else None
    )
    texts = [name for name in order if name != "amount"]
    fields = dict(zip(texts, (cell for cell in cells if cell is not amount), strict=False))
    return fields | ({"amount": amount} if amount is not None else {})


def _listed(text: str | None) -> tuple[str, ...]:
    """The projects named in a list: A、B、C。"""
    names = _LIST_MARK.split(text.rstrip("。")) if text else []
    return tuple(name.strip() for name in names if name.strip())
