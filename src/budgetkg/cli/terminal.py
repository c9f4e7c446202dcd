"""What reaches a terminal: tables, errors, progress. Piped output is plain, unwrapped and whole."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from budgetkg.cli.messages import say

if TYPE_CHECKING:
    from budgetkg.pipeline.document import Progress

_UNLIMITED = 1_000_000


def out(text: str = "") -> None:
    """A line on standard output."""
    sys.stdout.write(text + "\n")


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
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty()
    console = Console(
        file=sys.stdout, width=None if terminal else _UNLIMITED, highlight=False, soft_wrap=not terminal
    )
    built = Table(box=box.SIMPLE_HEAD if terminal else None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        built.add_column(
            Text(column),
            justify="right" if column in numbers else "left",
            overflow="fold",
            no_wrap=not terminal,
        )
    for row in rows:
        built.add_row(*(Text(visible(cell.replace("\n", " "))) for cell in row))
    if terminal:
        console.print(built)
        return
    with console.capture() as capture:
        console.print(built)
    for line in capture.get().splitlines():
        out(line.rstrip())


@contextmanager
def progress_bar(quiet: bool = False) -> Iterator[Progress | None]:
    """A bar on standard error while documents are read; nothing where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(say("reading-documents"), total=None)

    def report(done: int, total: int, name: str) -> None:
        # Started only now: worker processes are forked before, and a fork must not carry threads.
        if not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield report
    finally:
        if bar.live.is_started:
            bar.stop()
