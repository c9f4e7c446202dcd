"""Where the page of a thing is, and which thing a page is about: the way between IRIs and paths.

A thing ``BASE/id/…`` has its documents at ``/doc/id/….html``, ``.ttl``, ``.jsonld`` and ``.nt``, so do codes
and shapes; a term ``ontology#Name`` has ``/doc/ontology/Name.html``.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from budgetkg.mapping import DEFAULT_BASE
from budgetkg.mapping.iri import row_of
from budgetkg.vocab import PREFIXES

FOLDER = "doc"
ENDINGS = ("html", "ttl", "jsonld", "nt")
_ROOMS = ("id/", "code/", "shape/", "cube/", "graph/")
_TERMS = PREFIXES["bkg"]
SAFE = "/:@!$&'()*+,;=~"


def path_of(iri: str, base: str = DEFAULT_BASE) -> str | None:
    """The path of a thing within the site, without an ending: ``id/plan/…``; ``None`` for what isn't ours.

    A cell of evidence has its row's: a fragment is a part of what its IRI without it names.
    """
    if iri.startswith(_TERMS):
        return f"ontology/{iri.removeprefix(_TERMS)}"
    for root in (base, DEFAULT_BASE):
        local = row_of(iri).removeprefix(root)
        if local != row_of(iri) and (local.startswith(_ROOMS) or local == "ontology"):
            return quote(unquote(local), safe=SAFE) if local else None
    return None


def iri_of(path: str, base: str = DEFAULT_BASE) -> str | None:
    """The thing of a path within the site, by what :func:`path_of` makes of it."""
    if path == "ontology":
        return _TERMS.rstrip("#")
    if path.startswith("ontology/"):
        return _TERMS + path.removeprefix("ontology/")
    if not path.startswith(_ROOMS):
        return None
    root = base if path.startswith(("id/", "graph/")) else DEFAULT_BASE
    return root + quote(path, safe=SAFE)


def document_path(iri: str, base: str = DEFAULT_BASE, ending: str = "html") -> str | None:
    """The address of a thing's document, without the site's own prefix; ``None`` for what isn't ours."""
    path = path_of(iri, base)
    return f"/{FOLDER}/{path}.{ending}" if path else None
