"""Files at any address that fsspec knows: ``s3://``, ``gs://``, ``https://`` and others."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from budgetkg.cluster.needed import needed
from budgetkg.errors import BudgetkgError


def is_address(text: str) -> bool:
    """Is what a user names a place on another machine, rather than a path?"""
    scheme, mark, rest = text.partition("://")
    return bool(mark and rest) and scheme.isalnum() and len(scheme) > 1


@contextmanager
def brought(sources: Sequence[str]) -> Iterator[list[str]]:
    """The sources as paths: what lies at an address is copied into a folder for as long as it is needed.

    A folder is brought with all that is in it, under the names that it has there.
    Raises :class:`BudgetkgError` where nothing is there or it can't be fetched.
    """
    if not any(map(is_address, sources)):
        yield list(sources)
        return
    with tempfile.TemporaryDirectory(prefix="budgetkg-") as folder:
        yield [
            str(_fetched(source, Path(folder, str(number)))) if is_address(source) else source
            for number, source in enumerate(sources)
        ]


def carried(folder: Path, address: str, last: str) -> None:
    """Copy a folder's files to an address; ``last`` after all others, so that it stands for a whole copy.

    Raises :class:`BudgetkgError` where that can't be done.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != last)
    try:
        system, root = _system(address)
        system.makedirs(root, exist_ok=True)
        for path in [*files, folder / last]:
            system.put_file(str(path), str(PurePosixPath(root) / path.relative_to(folder).as_posix()))
    except BudgetkgError:
        raise
    except Exception as error:  # each file system of fsspec raises errors of its own
        raise _failed(address, error) from error


def _fetched(address: str, folder: Path) -> Path:
    folder.mkdir()
    try:
        system, root = _system(address)
        names = system.find(root)
        for name in names:
            inside = PurePosixPath(name).relative_to(root) if name != root else PurePosixPath(name).name
            target = folder / inside
            if not target.resolve().is_relative_to(folder.resolve()):
                raise BudgetkgError("address-leads-out", address=address, name=name)
            target.parent.mkdir(parents=True, exist_ok=True)
            system.get_file(name, str(target))
    except BudgetkgError:
        raise
    except Exception as error:  # each file system of fsspec raises errors of its own
        raise _failed(address, error) from error
    if not names:
        raise BudgetkgError("address-empty", address=address)
    return folder / PurePosixPath(root).name if names == [root] else folder


def _system(address: str) -> tuple[Any, str]:
    needed("fsspec")
    import fsspec

    system, root = fsspec.core.url_to_fs(address)
    return system, root.rstrip("/")


def _failed(address: str, error: Exception) -> BudgetkgError:
    reason = (str(error) or type(error).__name__).splitlines()[0][:200]
    return BudgetkgError("address-failed", address=address, reason=reason)
