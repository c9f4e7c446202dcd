"""The published folder: filled beside the old one, and put in its place in one step when it is whole."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

from budgetkg.errors import BudgetkgError
from budgetkg.export.exchanging import exchanging
from budgetkg.web.asking import Site
from budgetkg.web.pages.links import STATIC
from budgetkg.web.publishing.contents import OURS, contents

_KNOWN_BY = Path("assets", "site.css")


def publish(site: Site, out: Path, step: Callable[[], object] = lambda: None) -> int:
    """Write every page that the front page leads to, in both languages; returns how many files there are.

    ``out`` is as it was until all is written, whatever happens: an error, an end of the process. Files in it
    that aren't of a site (``CNAME``, ``.git``) stay. ``step`` is called after each file. Raises BudgetkgError
    where a folder of another kind is in the way.
    """
    if out.exists() and not out.is_dir():
        raise BudgetkgError("a-file-no-folder", path=out)
    if out.exists() and any(out.iterdir()) and not (out / _KNOWN_BY).is_file():
        raise BudgetkgError("folder-not-a-site", path=out)
    with exchanging(out) as fresh:
        if out.exists():
            _keep_others(out, fresh)
        return asyncio.run(_fill(site, fresh, step))


def _keep_others(out: Path, fresh: Path) -> None:
    """What others put into the folder is there afterwards too."""
    for path in sorted(out.iterdir()):
        if path.name in OURS:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, fresh / path.name, symlinks=True)
        else:
            shutil.copy2(path, fresh / path.name, follow_symlinks=False)


async def _fill(site: Site, out: Path, step: Callable[[], object]) -> int:
    # Nobody asks SPARQL of files: the editor stays away, built or not.
    shutil.copytree(STATIC, out / "assets", ignore=shutil.ignore_patterns("yasgui"))
    await site.source.begin()
    try:
        async for path, body in contents(site, out):
            target = out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
            step()
    finally:
        await site.source.close()
    return sum(path.is_file() for name in OURS for path in (out / name, *(out / name).rglob("*")))
