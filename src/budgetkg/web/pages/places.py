"""Where a thing is printed: its words, its document, and the page's picture with the words in a frame."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import unquote

from pyoxigraph import NamedNode

from budgetkg.resources import page_query
from budgetkg.store.places import Place
from budgetkg.web.addresses import FOLDER, path_of
from budgetkg.web.pages.names import names
from budgetkg.web.pages.pictures import PDF, at_hand
from budgetkg.web.pages.view import View


@dataclass(frozen=True, slots=True)
class Located:
    """A place with its words for a reader.

    ``quotes`` are the words of all things that stand at this place, ``where`` says page and lines, ``href``
    is the page of the document, ``picture`` the picture of the page where its file is at hand; ``drawn``
    whether that is an image, which can stand in the page itself.
    """

    place: Place
    quotes: tuple[str, ...]
    where: str
    href: str | None
    picture: str | None
    drawn: bool


def told_once(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places in their order, without those that another one tells: the same lines, and more words."""
    several = [(replace(place, quote=""), place) for place in dict.fromkeys(places)]
    quotes: dict[Place, list[str]] = defaultdict(list)
    for lines, place in several:  # a plan has hundreds of places, of which few are of the same lines
        quotes[lines].append(place.quote)
    return tuple(
        place
        for lines, place in several
        if not any(len(other) > len(place.quote) and place.quote in other for other in quotes[lines])
    )


async def located(view: View, iri: str, places: Sequence[Place]) -> list[Located]:
    """The places of a thing in their order."""
    spans = await _spans(view, iri) if places and view.links.live and view.site.settings.sources else {}
    known = await names(view.site)
    found = []
    for _, group in groupby(places, key=lambda each: replace(each, quote="")):
        several = list(group)
        place = several[0]
        document = known.thing("document", place.file)
        where = str(view.say("thing.page", page=place.page))
        if place.line_range:
            several_lines = "-" in place.line_range
            name = "thing.lines" if several_lines else "thing.line"
            lines = str(view.say(name, lines=place.line_range.replace("-", "–")))
            where += " · " + (lines if place.lines else place.line_range)
        if place.cells and place.lines:
            where += " · " + place.cells
        span = spans.get((document or "", place.page, place.quote), "")
        picture, drawn = await picture_of(view, document, place.page, span)
        href = view.links.thing(document) if document else None
        found.append(Located(place, tuple(each.quote for each in several), where, href, picture, drawn))
    return found


async def picture_of(view: View, iri: str | None, page: int = 1, span: str = "") -> tuple[str | None, bool]:
    """The address of the picture of a document's page, and whether it is an image."""
    path = path_of(iri, view.site.base) if iri and view.links.live else None
    source = (await at_hand(view.site)).get(iri or "") if path else None
    if path is None or source is None:
        return None, False
    drawn = source[2] == PDF
    address = view.links.to(f"/{FOLDER}/{unquote(path)}/picture", page=page, mark=span)
    return (address if drawn or not span else f"{address}#here"), drawn


async def _spans(view: View, iri: str) -> Mapping[tuple[str, int, str], str]:
    """From document, page and quote of each place of a thing to the characters that it is, as ``12-40``."""
    answer = await view.site.rows(page_query("spans"), {"thing": NamedNode(iri)})
    found: dict[tuple[str, int, str], str] = {}
    for row in answer.rows:
        document, page, quote, start, length = (str(getattr(term, "value", "")) for term in row[:5])
        found.setdefault((document, int(page), quote), f"{start}-{int(start) + int(length)}")
    return found
