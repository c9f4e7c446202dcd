"""IRIs that answer: a thing leads to its documents, and a document says in RDF what is known of the thing."""

from __future__ import annotations

import hashlib
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode, Triple
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from budgetkg.endpoint.negotiation import best
from budgetkg.endpoint.protocol import Refusal
from budgetkg.errors import UnknownName
from budgetkg.export.answers import for_excel
from budgetkg.formats import LICENSE
from budgetkg.messages import Message
from budgetkg.resources import internal_query
from budgetkg.store.explain import explain
from budgetkg.store.places import Place
from budgetkg.store.results import Solutions
from budgetkg.vocab import DCTERMS, FOAF, PREFIXES, RDF, RDFS
from budgetkg.web.addresses import FOLDER, iri_of, path_of
from budgetkg.web.asking import Site
from budgetkg.web.protocols.files import described_in_files
from budgetkg.web.protocols.triples import serialized
from budgetkg.web.protocols.where import address_of, path_within

ENDINGS = {
    "text/turtle": "ttl",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
}
TABLE = "csv"
"""The ending of a thing's statements as a table: nobody is led there, for a table isn't all that is known."""
_KINDS = {
    **{ending: kind for kind, ending in reversed(ENDINGS.items()) if ending != "html"},
    TABLE: "text/csv; charset=utf-8",
}
_COLUMNS = (
    "property",
    "property_zh",
    "property_en",
    "value",
    "value_label",
    "file",
    "page",
    "lines",
    "quote",
)
WITHOUT_PAGES = ("shape/", "cube/", "graph/")
"""The paths of what has documents in RDF only."""
_ROOMS = ("id", "code", "shape", "cube", "graph", "ontology")
_CORS = {"access-control-allow-origin": "*"}
_MOST_MENTIONED = 1000
_NEAR = 5
_TOPIC = NamedNode(PREFIXES["foaf"] + "primaryTopic")


def routes(site: Site) -> list[BaseRoute]:
    """The IRIs of every kind, and their documents in RDF; ``.html`` is left to the pages."""
    things = Things(site)
    found: list[BaseRoute] = []
    for room in _ROOMS:
        found += [Route(f"/{room}", things.lead), Route(f"/{room}/{{rest:path}}", things.lead)]
    found += [Route(f"/{FOLDER}/{{path:path}}.{ending}", things.document) for ending in _KINDS]
    return found


class Things:
    """What answers for the IRIs of one site's graph."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def lead(self, request: Request) -> Response:
        """A thing is no document: 303 to the document that the client likes best."""
        path = path_within(request)
        form = best(request.headers.get("accept", "*/*"), ENDINGS)
        if not form:
            raise Refusal(406, "not-acceptable", accept=request.headers.get("accept", "")[:80])
        await self._described(path)
        where = address_of(self._site, request, f"{FOLDER}/{_quoted(path)}.{ENDINGS[form]}")
        return RedirectResponse(where, 303, {**_CORS, "vary": "Accept"})

    async def document(self, request: Request) -> Response:
        """What is known of a thing, in the form that the ending names."""
        path, ending = request.path_params["path"], request.url.path.rpartition(".")[2]
        tag = self._tag(path, ending)
        headers = {**_CORS, **({"etag": tag} if tag else {})}
        if tag and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        address = address_of(self._site, request, f"{FOLDER}/{_quoted(path)}.{ending}")
        iri, body = await self.written(path, ending, address)
        others = f"<{address_of(self._site, request, f'{FOLDER}/{_quoted(path)}')}.html>"
        headers["link"] = f'{others}; rel="alternate"; type="text/html", <{iri}>; rel="describes"'
        return Response(body, media_type=_KINDS[ending], headers=headers)

    async def written(self, path: str, ending: str, address: str) -> tuple[str, bytes]:
        """The IRI of a path and its document, whose own address is given; raises UnknownName."""
        iri, triples = await self._described(path)
        if ending == TABLE:
            if path.startswith(WITHOUT_PAGES):
                raise UnknownName("no-such-thing", path=path[:200], choices=Message("there-are-none"))
            return iri, await self._table(iri)
        node = NamedNode(address)
        about = [
            Triple(node, RDF.type, FOAF.Document),
            Triple(node, _TOPIC, NamedNode(iri)),
            Triple(node, DCTERMS.license, NamedNode(LICENSE)),
        ]
        if len(triples) > _MOST_MENTIONED and await self._is_cut(iri):
            cut = str(Message("things-cut", most=_MOST_MENTIONED))
            about.append(Triple(node, RDFS.comment, Literal(cut, language="en")))
        return iri, serialized([*triples, *about], _KINDS[ending])

    async def _table(self, iri: str) -> bytes:
        """The statements about a thing, each once for each place where it is printed, for a spreadsheet."""
        known = await self._site.asking(lambda store: explain(store, iri))
        rows = [
            (
                NamedNode(statement.property),
                *(Literal(text) if text else None for text in (statement.label_zh, statement.label_en)),
                statement.value,
                Literal(statement.value_label) if statement.value_label else None,
                *_printed(place),
            )
            for statement in known.statements
            for place in statement.places or (None,)
        ]
        return for_excel(Solutions(_COLUMNS, tuple(rows)))

    async def _described(self, path: str) -> tuple[str, list[Triple]]:
        """The IRI of a path and what is said of it; raises UnknownName where nothing is."""
        iri = iri_of(path, self._site.base)
        if iri is None:
            raise UnknownName("no-such-thing", path=path[:200], choices=Message("there-are-none"))
        node = NamedNode(iri)
        if path.startswith("graph/"):
            found = await self._triples("graph", {"graph": node})
        elif path.startswith(("shape/", "cube/")):
            found = described_in_files(path.partition("/")[0], iri)
        elif path == "ontology":
            found = described_in_files(path, iri)
        else:
            found = await self._triples("thing", {"thing": node})
            if found or path.startswith("id/"):
                found += await self._mentioned(node)
        if not found:
            raise UnknownName("no-such-thing", path=path[:200], choices=await self._near(iri))
        return iri, found

    async def _triples(self, query: str, terms: dict[str, NamedNode]) -> list[Triple]:
        answer = await self._site.ask(internal_query(query), dict(terms))
        return list(answer) if isinstance(answer, tuple) else []

    async def _mentioned(self, node: NamedNode) -> list[Triple]:
        rows = (await self._mentions(node)).rows[:_MOST_MENTIONED]
        found = []
        for owner, property, part, label in rows:
            if isinstance(owner, NamedNode) and isinstance(property, NamedNode):
                found.append(Triple(owner, property, part if isinstance(part, NamedNode) else node))
                if isinstance(label, Literal):
                    found.append(Triple(owner, RDFS.label, label))
        return found

    async def _mentions(self, node: NamedNode) -> Solutions:
        return await self._site.rows(internal_query("thing-mentioned"), {"thing": node})

    async def _is_cut(self, iri: str) -> bool:
        return len((await self._mentions(NamedNode(iri))).rows) > _MOST_MENTIONED

    async def _near(self, iri: str) -> Message:
        """The things whose IRIs are most like one that isn't there."""
        root, _, name = iri.rpartition("/")
        known: list[str] = []
        while not known and root.startswith(self._site.base):
            rows = (
                await self._site.rows(internal_query("things-of-kind"), {"root": Literal(f"{root}/")})
            ).rows
            known = [row[0].value for row in rows if isinstance(row[0], NamedNode)]
            root = root.rpartition("/")[0]
        near = (
            get_close_matches(iri, known, n=_NEAR, cutoff=0.6)
            or [other for other in known if name and name in other][:_NEAR]
        )
        paths = tuple(f"/{path}" for other in near if (path := path_of(other, self._site.base)))
        return Message("did-you-mean", names=paths) if paths else Message("there-are-none")

    def _tag(self, path: str, ending: str) -> str:
        if not self._site.version:
            return ""
        name = hashlib.sha256(f"{path}\x1f{ending}".encode("utf-8", "replace")).hexdigest()[:16]
        return f'"{self._site.version}-{name}"'


def _printed(place: Place | None) -> tuple[Literal | None, ...]:
    """File, page, lines and words of a place."""
    if place is None:
        return (None, None, None, None)
    lines = Literal(place.line_range) if place.line_range else None
    return Literal(place.file), Literal(place.page), lines, Literal(place.quote)


def _quoted(path: str) -> str:
    """The path as it stands in an address: what isn't ASCII is percent-encoded already in IRIs of ours."""
    return path.encode("ascii", "ignore").decode().replace(" ", "%20")
