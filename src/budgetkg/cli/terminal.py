"""What reaches a terminal: tables, errors, progress. Piped output is plain, unwrapped and whole."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from budgetkg.cli.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from budgetkg.pipeline.watching import Progress

_SHORT = 14
_GAP = 2
_BLANK = str.maketrans("\n\t", "  ")
_quiet = False


def out(text: str = "") -> None:
    """A line on standard output."""
    sys.stdout.write(text + "\n")


def paragraph(text: str, indent: int = 0, hanging: int = 0) -> None:
    """Text on standard output, in a terminal as wide as that; further lines stand in by ``hanging``."""
    from budgetkg.cli.wrapping import wrapped

    text = visible(text.translate(_BLANK))
    if not sys.stdout.isatty():
        out(" " * indent + text)
        return
    for at, line in enumerate(wrapped(text, terminal_width() - indent - hanging)):
        out(" " * (indent + (hanging if at else 0)) + line)


def command(key: str, line: str) -> None:
    """A sentence that ends in a command; where both don't fit it has a line of its own, to be copied."""
    from rich.cells import cell_len

    whole = visible(say(key, command=line))
    if sys.stdout.isatty() and cell_len(whole) > terminal_width():
        paragraph(say(key, command="").rstrip())
        whole = f"  {visible(line)}"
    out(whole)


def print_json(value: Any) -> None:
    """Data for programs on standard output."""
    import json

    out(json.dumps(value, ensure_ascii=False, indent=1))


def wrote(path: Path | str, as_json: bool = False) -> None:
    """Say what was written: a remark for people, an object for programs."""
    if as_json:
        print_json({"written": str(path)})
    else:
        note(say("written", path=path))


def complain(text: str) -> None:
    """One line on standard error, whatever a file's name or an error's text holds."""
    _remark(f"budgetkg: {visible(' '.join(text.split()))}")


def hush(wanted: bool = True) -> None:
    """From now on leave out remarks and progress (``--quiet``); what is wrong is still said."""
    global _quiet
    _quiet = wanted


def note(text: str) -> None:
    """A remark on standard error that isn't an error."""
    if _quiet:
        return
    _remark(visible(text))


def _remark(line: str) -> None:
    """A line on standard error, in a terminal in as many as its width asks for: it would cut words itself."""
    lines = [line]
    if sys.stderr.isatty():
        from budgetkg.cli.wrapping import wrapped

        lines = wrapped(line, terminal_width())
    sys.stderr.write("\n".join(lines) + "\n")


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
    """A table on standard output; Chinese characters count for the two cells they fill.

    In a terminal that is too narrow for the table, each row is a block with a line for each value.
    """
    from rich.cells import cell_len

    from budgetkg.cli.wrapping import fitting, widest_piece

    rows = [[visible(cell.translate(_BLANK)) for cell in row] for row in rows]
    held = [[column, *(row[place] for row in rows)] for place, column in enumerate(columns)]
    widths: list[int] | None = [max(map(cell_len, cells)) for cells in held]
    if sys.stdout.isatty() and widths:
        least = [min(wide, max(_SHORT, *map(cell_len, cells[0].split()), *map(widest_piece, cells)))
                 for wide, cells in zip(widths, held, strict=True)]  # fmt: skip
        widths = fitting(widths, least, terminal_width() - _GAP * (len(widths) - 1))
    if widths is None:
        _blocks(columns, rows)
        return
    right = [column in numbers for column in columns]
    _line(columns, widths, right)
    if sys.stdout.isatty():
        out("─" * (sum(widths) + _GAP * (len(widths) - 1)))
    for row in rows:
        _line(row, widths, right)


def terminal_width() -> int:
    """The columns of the terminal, or what COLUMNS says."""
    return shutil.get_terminal_size().columns


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> None:
    """One row, each cell in as many lines as its column needs."""
    from budgetkg.cli.wrapping import filled, wrapped

    parts = [wrapped(cell, width) if width else [""] for cell, width in zip(cells, widths, strict=True)]
    for texts in zip_longest(*parts, fillvalue=""):
        line = (
            filled(text, width, right=aside) for text, width, aside in zip(texts, widths, right, strict=True)
        )
        out((" " * _GAP).join(line).rstrip())


def _blocks(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Each row as a block with a line for each value."""
    from rich.cells import cell_len

    from budgetkg.cli.wrapping import filled, wrapped

    width = max(map(cell_len, columns), default=0)
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            for number, text in enumerate(wrapped(cell, max(_SHORT, terminal_width() - width - _GAP))):
                out(f"{filled('' if number else column, width)}{' ' * _GAP}{text}".rstrip())
        out()


@contextmanager
def progress_bar(quiet: bool = False, what: str = "reading-documents") -> Iterator[Progress | None]:
    """A bar on standard error during long work, ``what`` by its message; nothing where nobody watches."""
    if quiet or _quiet or not sys.stderr.isatty():
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
