"""Addresses of the published files (``/zh/questions.html``) lead to the same pages of a server."""

from __future__ import annotations

from budgetkg.errors import UnknownName
from budgetkg.messages import Message
from budgetkg.web.addresses import FOLDER
from budgetkg.web.pages.view import View
from budgetkg.web.settings import LANGUAGES


async def show(view: View) -> str:
    """The page of the same name in the language of the folder."""
    language, path = view.place["language"], view.place["path"].lstrip("/")  # two slashes name another host
    if language not in LANGUAGES:
        raise UnknownName("no-such-thing", path=view.path[:200], choices=Message("there-are-none"))
    if not path.startswith(f"{FOLDER}/"):
        path = path.removesuffix(".html")
    return view.links.to("/" if path == "index" else f"/{path}", lang=language)
