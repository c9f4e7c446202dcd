"""A project table printed, wrapped, paginated and flattened the way text dumps are made."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NO_LINE_START = "，。；：、）】》”’！？"


@dataclass(frozen=True)
class Paper:
    """How a table is printed: column widths in half squares, page height in lines, and habits."""

    name_width: int = 28
    body_width: int = 48
    page_lines: int = 40
    split_columns: bool = False
    indent: bool = False
    header_on_every_page: bool = False
    repeat_rows: bool = False
    repeat_blocks: bool = False
    amounts_at: str = "end"  # end, middle, first: the name line behind which the amounts stand
    beside: bool = False  # on the line itself instead of on one of their own
    crossing: bool = False  # rows run on over a page break instead of moving to the next page
    page_numbers: bool = False
    page_break: str = "\n\n\n\n"
    spacing: str = "\n\n"
    totals: bool = True
    kinsoku: bool = True


@dataclass(frozen=True)
class PrintedProject:
    """One project as it goes to the printer."""

    name: str
    amounts: tuple[str, ...]
    goal: str
    block: str


@dataclass(frozen=True)
class PrintedUnit:
    """One unit of use and its projects."""

    name: str
    amounts: tuple[str, ...]
    projects: tuple[PrintedProject, ...]


def wrap(text: str, width: int, kinsoku: bool = True, first_indent: int = 0) -> list[str]:
    """Cut a text into lines of a width in half squares, moving no closing mark to a line's head."""
    lines: list[str] = []
    line, used = "", first_indent
    for char in text:
        size = 2 if unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—÷≥≤" else 1
        if used + size > width and not (kinsoku and char in NO_LINE_START and used <= width):
            lines.append(line)
            line, used = "", 0
        line += char
        used += size
    return [*lines, line] if line else lines


def cell_block(indicators: Sequence[dict[str, str | None]]) -> str:
    """The text of one 绩效指标 cell."""
    records = []
    for number, row in enumerate(indicators, start=1):
        records.append(
            f"{number}、{row['tier1_code']}-{row['tier1']}；{row['tier2_code']}-{row['tier2']}；{row['name']}；"
            f"实施周期指标值:{row['period_value']}；年度指标值:{row['annual_value']}。"
        )
    return "".join(records)


def row_lines(name: str, amounts: tuple[str, ...], paper: Paper, indented: bool) -> list[str]:
    """The name column's lines with the amounts beside one of them."""
    lead = 4 if indented and paper.indent else 0
    lines = wrap(name, paper.name_width, paper.kinsoku, lead)
    lines[0] = " " * lead + lines[0]
    money = " ".join(amounts)
    if len(lines) == 1:
        return [f"{lines[0]} {money}"]
    at = {"end": len(lines), "middle": len(lines) // 2, "first": 1}[paper.amounts_at]
    if paper.beside:
        return [*lines[: at - 1], f"{lines[at - 1]} {money}", *lines[at:]]
    return [*lines[:at], money, *lines[at:]]


def print_table(units: Sequence[PrintedUnit], total: tuple[str, ...], department: str, paper: Paper) -> str:
    """The whole dump."""
    title = ["项目支出绩效目标表（含转移支付项目）", f"部门名称：{department} 单位：万元"]
    header = "项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标"
    header += "" if paper.split_columns else " 绩效指标"
    pages: list[list[str]] = [[*title, header]]
    block_pages: list[list[str]] = [["项目支出绩效目标表（含转移支付项目）", "单位：万元", "绩效指标"]]
    if paper.totals:
        pages[-1].append(f"合计 {' '.join(total)}")
    for entry in _entries(units, paper):
        _place(entry, pages, block_pages, paper, header)
    run = [*pages, *(block_pages if paper.split_columns else [])]
    if paper.page_numbers:
        run = [[*page, f"{number}"] for number, page in enumerate(run, start=1)]
    return "\n" + paper.page_break.join(paper.spacing.join(page) for page in run) + "\n"


def _entries(units: Sequence[PrintedUnit], paper: Paper) -> Iterator[tuple[list[str], list[str]]]:
    for unit in units:
        yield row_lines(unit.name, unit.amounts, paper, indented=False), []
        for project in unit.projects:
            row = row_lines(project.name, project.amounts, paper, indented=True)
            row += wrap(project.goal, paper.body_width, paper.kinsoku)
            yield row, wrap(project.block, 64, paper.kinsoku)


def _place(
    entry: tuple[list[str], list[str]],
    pages: list[list[str]],
    block_pages: list[list[str]],
    paper: Paper,
    header: str,
) -> None:
    row, block = entry
    if not paper.split_columns:
        row, block = [*row, *block], []
    if paper.crossing:
        _run_on(row, pages, paper, header)
        _run_on(block, block_pages, paper, "绩效指标")
        return
    fits = len(pages[-1]) + len(row) <= paper.page_lines
    if fits:
        pages[-1].extend(row)
        if block:
            block_pages[-1].extend(block)
        return
    project = bool(block) or not paper.split_columns
    if project and paper.repeat_rows and len(pages[-1]) > 3:
        pages[-1].extend(row)
    if project and paper.repeat_blocks and len(pages[-1]) > 3:
        block_pages[-1].extend(block)
    pages.append([header] if paper.header_on_every_page else [])
    block_pages.append(["绩效指标"] if paper.header_on_every_page else [])
    pages[-1].extend(row)
    block_pages[-1].extend(block)


def _run_on(lines: list[str], pages: list[list[str]], paper: Paper, header: str) -> None:
    for line in lines:
        if len(pages[-1]) >= paper.page_lines:
            pages.append([header] if paper.header_on_every_page else [])
        pages[-1].append(line)
