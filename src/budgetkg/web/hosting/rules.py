"""The rules as text, made of the templates beside this module for the address of a site."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from budgetkg.errors import BudgetkgError

_HERE = Path(__file__).parent
NAMES = ("nginx.conf", "nginx-proxy.conf", "Caddyfile", "Caddyfile-proxy", "apache.htaccess", "w3id.htaccess")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-:\[\]]+(/[A-Za-z0-9._~\-/]*)?")


def rules(address: str) -> dict[str, str]:
    """Each file of rules by its name; ``address`` is the whole address of the site's front page.

    Raises BudgetkgError for an address that is none: it would stand in the rules as it is.
    """
    address = address.rstrip("/")
    if not _ADDRESS.fullmatch(address):
        raise BudgetkgError("bad-base-url", url=address)
    parts = urlsplit(address)
    filling = {"address": address, "prefix": parts.path, "host": parts.hostname or "", "netloc": parts.netloc}
    return {name: _template(name).substitute(filling) for name in NAMES}


def write_rules(folder: Path, address: str) -> None:
    """Write the rules into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in rules(address).items():
        (folder / name).write_text(text, encoding="utf-8")


class _Rules(Template):
    """A template whose placeholders are ``@{name}``: servers spell their own variables with $."""

    delimiter = "@"


def _template(name: str) -> _Rules:
    return _Rules((_HERE / name).read_text(encoding="utf-8"))
