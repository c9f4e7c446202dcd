"""Where the site is, as others see it: addresses that it gives of itself."""

from __future__ import annotations

from starlette.requests import Request

from budgetkg.web.asking import Site


def address_of(site: Site, request: Request, path: str) -> str:
    """The whole address of a path of the site, which begins with no slash.

    What the settings say counts; else the name by which the client called us.
    """
    root = site.settings.address
    if not root:
        url = request.url
        root = f"{url.scheme}://{url.netloc}{site.settings.root_path}"
    return f"{root.rstrip('/')}/{path.lstrip('/')}"


def path_within(request: Request) -> str:
    """The path of a request within the site, without the proxy's prefix and without a slash at either end."""
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", "")).strip("/")
