"""A hook of MkDocs: on the site, links from the docs to other files of the repository become plain words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)#\s]+)(#[^)]*)?\)")


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """The page with links to files outside the docs replaced by their words."""
    docs = Path(config["docs_dir"]).resolve()
    here = Path(page.file.abs_src_path).parent

    def link_or_words(match: re.Match[str]) -> str:
        words, target = match[1], match[2]
        if "://" in target or (here / target).resolve().is_relative_to(docs):
            return match[0]
        return words

    return _LINK.sub(link_or_words, markdown)
