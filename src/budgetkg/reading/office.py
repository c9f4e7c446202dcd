"""Files of other office programs (doc, wps, rtf, odt, ods, uot …), through LibreOffice where it is installed.

LibreOffice saves the file as docx or xlsx, which is then read like any other. It runs without macros,
without updating links and, where the system lets a program give up its network (Linux), without one; its
settings and everything that it writes are in a folder that is removed afterwards.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from budgetkg.errors import UnreadableDocument

PROGRAMS = ("soffice", "libreoffice")
_FILTERS = {
    "doc": ("MS Word 97", "docx"),
    "rtf": ("Rich Text Format", "docx"),
    "odt": ("writer8", "docx"),
    "fodt": ("OpenDocument Text Flat XML", "docx"),
    "uot": ("UOF text", "docx"),
    "word-xml": ("MS Word 2003 XML", "docx"),
    "ods": ("calc8", "xlsx"),
    "fods": ("OpenDocument Spreadsheet Flat XML", "xlsx"),
    "uos": ("UOF spreadsheet", "xlsx"),
    "excel-xml": ("MS Excel 2003 XML", "xlsx"),
    "xlsb": ("Calc MS Excel 2007 Binary", "xlsx"),
}
"""Kind → LibreOffice's filter that reads it, and what it is saved as. Named, because left to guess it reads
anything as plain text.
"""
KINDS = frozenset(_FILTERS)
"""The kinds of files that :func:`saved_as` takes."""
_SECONDS = 120
"""Seconds that LibreOffice may take; a form of some hundred pages takes ten."""
_LARGEST = 256 * 1024 * 1024
"""Bytes that the saved file may have: as many as a package that is read."""
# Macros off, links never updated, nothing fetched for what is embedded.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""  # noqa: E501 - one line a setting, as LibreOffice writes them


def installed() -> str | None:
    """The path of LibreOffice's program, where there is one."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


def saved_as(data: bytes, name: str, kind: str) -> tuple[str, bytes]:
    """The same document as docx or xlsx: which of them, and its bytes.

    ``kind`` is one of ``KINDS``. Raises UnreadableDocument where LibreOffice isn't installed, takes
    too long, or can't read the file.
    """
    reads, target = _FILTERS[kind]
    program = installed()
    if program is None:
        raise UnreadableDocument(name, f"{kind} files are read through LibreOffice, which is not installed; "
                                       f"install it or save the file as {target}")  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="budgetkg-") as folder:
        place = Path(folder)
        source = place / "in"
        source.write_bytes(data)
        settings = place / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        command = (
            *_alone(), program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless",
            f"--infilter={reads}",
            "--norestore", "--nolockcheck", "--convert-to", target, "--outdir", str(place / "out"),
            str(source),
        )  # fmt: skip
        _run(command, place, name)
        saved = place / "out" / f"in.{target}"
        if not saved.is_file() or not 0 < saved.stat().st_size <= _LARGEST:
            raise UnreadableDocument(name, f"LibreOffice can't read it as {kind}")
        return target, saved.read_bytes()


def _run(command: Sequence[str], place: Path, name: str) -> None:
    # A folder of its own as home: what the user has set up in LibreOffice has no say here.
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(place),
        "LC_ALL": "C.UTF-8",
        "TMPDIR": str(place),
    }
    with _started(command, environment, name) as process:
        try:
            process.wait(timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise UnreadableDocument(name, f"LibreOffice took longer than {_SECONDS} seconds") from error


@contextmanager
def _started(
    command: Sequence[str], environment: dict[str, str], name: str
) -> Iterator[subprocess.Popen[bytes]]:
    """LibreOffice running in a session of its own, of which nothing is left at the end."""
    try:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise UnreadableDocument(name, f"LibreOffice can't be started ({error.strerror})") from error
    try:
        yield process
    finally:
        if process.poll() is None:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
        process.wait()


@cache
def _alone() -> tuple[str, ...]:
    """What to start a program with so that it has no network and ends with us; empty where that can't be.

    ``unshare`` and ``setpriv`` belong to util-linux. A program whose parent is killed is killed too, and so
    are all that it started, since they share a table of processes of their own.
    """
    unshare, setpriv = shutil.which("unshare"), shutil.which("setpriv")
    if unshare is None or setpriv is None:
        return ()
    alone = (
        setpriv, "--pdeathsig", "KILL", unshare, "--map-root-user", "--net", "--pid", "--fork",
        "--kill-child=KILL",
    )  # fmt: skip
    try:
        tried = subprocess.run([*alone, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return alone if tried.returncode == 0 else ()
