"""What reaches a terminal: tables, errors, progress. Piped output is plain, unwrapped and whole."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from budgetkg.cli.messages import say

if TYPE_CHECKING:
    from rich.table import Table

    from budgetkg.pipeline.watching import Progress

_UNLIMITED = 1_000_000
_SHORT = 14
_GAP = 2


def out(text: str = "") -> None:
    """A line on standard output."""
    sys.stdout.write(text + "\n")


def print_json(value: Any) -> None:
    """Data for programs on standard output."""
    import json

    out(json.dumps(value, ensure_ascii=False, indent=1))


def complain(text: str) -> None:
    """One line on standard error, whatever a file's name or an error's text holds."""
    sys.stderr.write(f"budgetkg: {visible(' '.join(text.split()))}\n")


def note(text: str) -> None:
    """A remark on standard error that isn't an error."""
    sys.stderr.write(visible(text) + "\n")


def visible(text: str) -> str:
    """Text without what would steer a terminal: control characters and changes of direction."""
    return "".join(
        f"\\u{ord(character):04x}" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character
        for character in text
    )


def place(page: int, lines: tuple[int, int] | list[int] | None) -> str:
    """Page and lines in words."""
    if not lines:
        return say("page", page=page)
    first, last = lines
    return say("page-line" if first == last else "page-lines", page=page, first=first, last=last)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str] = ()) -> None:
    """A table on standard output; Chinese characters count for the two cells they fill."""
    from rich.console import Console

    rows = [[visible(cell.replace("\n", " ")) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        plain = Console(file=sys.stdout, width=_UNLIMITED, highlight=False)
        with plain.capture() as capture:
            plain.print(_table(columns, rows, numbers, None))
        for line in capture.get().splitlines():
            out(line.rstrip())
        return
    console = Console(highlight=False)
    narrowest = [_narrowest(column, [row[place] for row in rows]) for place, column in enumerate(columns)]
    if sum(narrowest) + _GAP * len(columns) > console.width:
        _blocks(columns, rows)
    else:
        console.print(_table(columns, rows, numbers, narrowest))


def _table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str], widths: list[int] | None
) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    style = None if widths is None else box.SIMPLE_HEAD
    built = Table(box=style, pad_edge=False, padding=(0, _GAP - 1 if widths else 2, 0, 0))
    for place, column in enumerate(columns):
        built.add_column(
            Text(column),
            justify="right" if column in numbers else "left",
            overflow="fold",
            no_wrap=widths is None,
            min_width=widths[place] if widths else None,
        )
    for row in rows:
        built.add_row(*map(Text, row))
    return built


def _blocks(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Each row as a block with a line for each value: for a table that the terminal is too narrow for."""
    from rich.cells import cell_len

    width = max(map(cell_len, columns), default=0)
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            out(f"{column}{' ' * (width - cell_len(column))}  {cell}")
        out()


def _narrowest(column: str, cells: Sequence[str]) -> int:
    """The least width of a column in a narrow terminal: short values stay on one line, long ones may wrap."""
    from rich.cells import cell_len

    words = max(map(cell_len, column.split()), default=1)
    return max(words, min(_SHORT, max(map(cell_len, cells), default=1)))


@contextmanager
def progress_bar(quiet: bool = False, what: str = "reading-documents") -> Iterator[Progress | None]:
    """A bar on standard error during long work, ``what`` by its message; nothing where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )  # fmt: skip
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(say(what), total=None, name="")

    def report(done: int, total: int, name: str) -> None:
        # Started only now: worker processes are forked before, and a fork must not carry threads.
        if not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=total, name=visible(name))

    try:
        yield report
    finally:
        if bar.live.is_started:
            bar.stop()
