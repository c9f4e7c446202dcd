"""Writing the graph out: one format per file, discovered by name."""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeAlias

from budgetkg.errors import UnknownName
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


class replacing:  # noqa: N801 - used like a function
    """A binary stream that takes the place of a file when all went well, and else leaves it alone."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def __enter__(self) -> BinaryIO:
        descriptor, name = tempfile.mkstemp(dir=self._out.parent, prefix=f".{self._out.name}.")
        self._fresh = Path(name)
        self._stream = os.fdopen(descriptor, "wb")
        return self._stream

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._stream.close()
        if kind is None:
            self._fresh.chmod(0o666 & ~_umask())
            self._fresh.replace(self._out)
        else:
            self._fresh.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
