"""Writing the graph out: one format per file, discovered by name."""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeAlias

from budgetkg.errors import BudgetkgError, UnknownName
from budgetkg.store.generations import Generation

Writer: TypeAlias = Callable[[Generation, BinaryIO], None]

# Name of the format (and of its module here) and the ending of its files.
FORMATS: dict[str, str] = {
    "turtle": "ttl",
    "jsonld": "jsonld",
    "nquads": "nq",
    "trig": "trig",
    "ntriples": "nt",
    "rdfxml": "rdf",
}


def writer(name: str) -> Writer:
    """The function that writes one format."""
    if name not in FORMATS:
        raise UnknownName(f"{name}: no such format (there are: {', '.join(FORMATS)})")
    found: Writer = importlib.import_module(f"budgetkg.export.{name}").write
    return found


def file_name(name: str) -> str:
    """What a file of this format is called unless somebody says otherwise."""
    return f"budget.{FORMATS[name]}"


def export_file(generation: Generation, name: str, out: Path) -> None:
    """Write one format to a file that appears only when it is whole."""
    write = writer(name)
    with replacing(out) as stream:
        write(generation, stream)


@contextmanager
def replacing(out: Path) -> Iterator[BinaryIO]:
    """A binary stream that takes the place of a file when all went well, and else leaves it alone."""
    if out.exists() and not out.is_file():
        if out.is_dir():
            raise BudgetkgError(f"{out}: a directory, not a file")
        with out.open("wb") as device:  # a pipe takes what it is given
            yield device
        return
    fresh, stream = _beside(out)
    try:
        with stream:
            yield stream
        fresh.chmod(0o666 & ~_umask())
        fresh.replace(out)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _beside(out: Path) -> tuple[Path, BinaryIO]:
    try:
        descriptor, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise BudgetkgError(f"{out}: can't be written ({error.strerror})") from error
    return Path(name), os.fdopen(descriptor, "wb")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
