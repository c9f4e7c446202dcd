"""The report as PDF, printed by an installed browser: browsers set Chinese and break pages well."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from budgetkg.errors import BudgetkgError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_QUIET = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-sync", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer",
)  # fmt: skip
_MOST_SECONDS = 180
_CLOCK = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}[^)]*\)")
_NO_TIME = b"19700101000000+00'00'"


def browser() -> str | None:
    """The path of an installed browser that can print; ``None`` if there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def to_pdf(page: str) -> bytes:
    """Print an HTML page that needs no other file. Times are taken out: the same page gives the same bytes.

    Raises :class:`BudgetkgError` without a browser, or where it fails.
    """
    program = browser()
    if program is None:
        raise BudgetkgError("no-browser", names=BROWSERS)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, encoding="utf-8")
        # Root may not use the browser's sandbox; the page is ours and runs no script.
        root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        command = [program, *_QUIET, *root, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
        try:
            subprocess.run(
                [*command, source.as_uri()], check=True, capture_output=True, timeout=_MOST_SECONDS
            )
            data = target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise BudgetkgError("not-printed", program=program, error=type(error).__name__) from error
    return _CLOCK.sub(_timeless, data)


def _timeless(match: re.Match[bytes]) -> bytes:
    """The date with a fixed time, as long as before: a PDF counts bytes to find its parts."""
    room = len(match[0]) - len(match[1]) - 1
    return match[1] + _NO_TIME[:room].ljust(room) + b")"
