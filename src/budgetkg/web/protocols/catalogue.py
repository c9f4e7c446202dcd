"""The catalogue of datasets (DCAT) and its VoID, made of the graph once for each state of it."""

from __future__ import annotations

import asyncio
import mimetypes
import shutil
import tempfile
import weakref
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat, Triple
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from budgetkg.catalogue import CatalogueOptions, write_catalogue
from budgetkg.endpoint import protocol
from budgetkg.endpoint.negotiation import best
from budgetkg.endpoint.protocol import TRIPLES, Refusal
from budgetkg.errors import UnknownName
from budgetkg.messages import Message
from budgetkg.web.asking import Site
from budgetkg.web.protocols.triples import serialized
from budgetkg.web.protocols.where import address_of

_FORMATS = ("turtle", "nquads", "jsonld")
"""What every dataset is offered as here; ``budgetkg catalog`` writes all formats."""
_CORS = {"access-control-allow-origin": "*"}
_FILE = "catalog.ttl"


class Catalogue:
    """A folder with the catalogue and its files, which goes when nobody holds it any more."""

    def __init__(self) -> None:
        folder = tempfile.mkdtemp(prefix="budgetkg-catalogue-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.root = Path(folder, "catalogue").resolve()

    def path(self, name: str) -> Path | None:
        """A file of the catalogue by its path within the folder; ``None`` for anything else."""
        path = (self.root / name).resolve()
        return path if path.is_relative_to(self.root) and path.is_file() else None

    def triples(self, address: str) -> list[Triple]:
        """What the catalogue says; addresses of files are relative to ``address``."""
        found = pyoxigraph.parse(path=str(self.root / _FILE), format=RdfFormat.TURTLE, base_iri=f"{address}/")
        return [quad.triple for quad in found]


def routes(site: Site) -> list[BaseRoute]:
    """``/catalog`` with its files, and ``/.well-known/void``, which is in the same description."""

    async def catalogue(request: Request) -> Response:
        accept = request.headers.get("accept", "*/*")
        # There is no page of it: a browser that asks for one gets the Turtle to save.
        wanted = best(accept, TRIPLES) or ("text/turtle" if "text/html" in accept else "-")
        _, form = protocol.accepted(wanted, request.query_params.getlist("format"))
        if not form:
            raise Refusal(406, "not-acceptable", accept=accept[:80])
        made = await _made(site)
        triples = made.triples(address_of(site, request, "catalog"))
        body = await asyncio.to_thread(serialized, triples, form)
        return Response(body, media_type=form, headers={**_CORS, "vary": "Accept"})

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        path = (await _made(site)).path(name)
        if path is None:
            raise UnknownName("no-such-thing", path=name[:200], choices=Message("there-are-none"))
        kind = _kind(path)
        return FileResponse(path, media_type=kind, headers=_CORS)

    return [
        Route("/catalog", catalogue),
        Route("/catalog/{name:path}", file),
        Route("/.well-known/void", catalogue),
    ]


def _kind(path: Path) -> str:
    known = RdfFormat.from_extension(path.suffix.lstrip("."))
    return known.media_type if known else mimetypes.guess_type(path.name)[0] or "application/octet-stream"


async def _made(site: Site) -> Catalogue:
    generation = site.files()
    if generation is None:
        raise UnknownName("no-files")

    async def make() -> Catalogue:
        catalogue = Catalogue()
        options = CatalogueOptions(formats=_FORMATS)
        await asyncio.to_thread(write_catalogue, generation, catalogue.root, options)
        return catalogue

    return await site.made("catalogue", make)
