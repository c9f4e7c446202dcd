"""Pages of things: what the graph says of one, as printed, where that stands, and what belongs to it.

Every thing has the facts, the places and what points to it; ``#+ of: bkg:Project`` in the header of a query
of ``queries/pages/`` gives the things of a class one more section.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from markupsafe import Markup
from pyoxigraph import Literal, NamedNode

from budgetkg.errors import UnknownName
from budgetkg.graph import Rows
from budgetkg.messages import Message
from budgetkg.queries import Question, header_of, page_queries
from budgetkg.report.wording import seen
from budgetkg.resources import page_query
from budgetkg.store.explain import Explanation, Statement, explain
from budgetkg.terms import short
from budgetkg.vocab import BKG, DCTERMS, RDF, RDFS, SKOS
from budgetkg.web.addresses import document_path, iri_of
from budgetkg.web.pages.cells import columns_for
from budgetkg.web.pages.charts import Picture, pictures
from budgetkg.web.pages.described import Descriptions, described, word
from budgetkg.web.pages.facts import facts, unrepeated
from budgetkg.web.pages.linking import bars_lead, linked
from budgetkg.web.pages.names import names
from budgetkg.web.pages.places import located, picture_of, told_once
from budgetkg.web.pages.reporting import report
from budgetkg.web.pages.schema_org import thing
from budgetkg.web.pages.tables import Table, whole
from budgetkg.web.pages.view import Page, View

# What a page shows of each; it says how many there are more.
MOST_CELLS, MOST_PLACES = 600, 20
_LATE = 10
"""The place among the sections from which on they come below the places."""
_TITLES = (
    RDFS.label,
    SKOS.prefLabel,
    BKG.targetPrinted,
    BKG.quote,
    BKG.goalText,
    DCTERMS.title,
    BKG.fileName,
    RDFS.comment,
)


@dataclass(frozen=True, slots=True)
class Section:
    """What belongs to a thing, as a table."""

    name: str
    title: str
    description: Markup
    charts: tuple[Picture, ...]
    table: Table
    left: int
    facts: frozenset[str]
    """Properties of the thing that the table tells, with more of them than a fact would."""
    early: bool
    """Whether it comes before the places: amounts are looked for first, and quotes may be long."""


async def show(view: View) -> Page:
    """The HTML document of a thing."""
    iri = iri_of(view.place["path"], view.site.base)
    if iri is None:
        raise UnknownName("no-such-thing", path=view.path[:200], choices=Message("there-are-none"))
    known = await view.site.asking(lambda store: explain(store, iri))
    if known.iri is None:
        raise UnknownName("no-such-thing", path=view.path[:200], choices=Message("there-are-none"))
    types = {name for name, _ in _classes(known)}
    sections = [await _section(view, item, iri) for item in _sections(types)]
    shown = [section for section in sections if section.table.rows]
    about = await described(view, iri, (*known.statements, *known.mentions))
    title = _title(known, view) or _unnamed(view, iri, about)
    above = await _holders(view, iri)
    mentions = unrepeated(known.mentions, dict(above))
    places = told_once(place for statement in known.statements for place in statement.places)
    return Page(
        "thing.html",
        {
            "iri": iri,
            "title": title,
            "kinds": _kinds(known, view, about) or ([about[iri].kind] if iri in about else []),
            "above": [(name, view.links.thing(holder)) for holder, name in above],
            "facts": list(facts(view, _untold(known.statements, shown), about, title)),
            "mentions": list(facts(view, mentions, about, title, inverse=True)),
            "places": await located(view, iri, places[:MOST_PLACES]),
            "places_left": max(0, len(places) - MOST_PLACES),
            "report": await report(view, known),
            "picture": (await picture_of(view, iri))[0],
            "sections": shown,
            "compare": _compared(view, iri, types, title),
            "downloads": [(ending, view.links.to(unquote(document_path(iri, view.site.base, ending) or "/")))
                          for ending in ("ttl", "jsonld", "nt", "csv")],
            "citation": _citation(view, iri, [title, *(name for _, name in reversed(above))]),
            "linked_data": thing(iri, title, types),
        },
    )  # fmt: skip


def _classes(known: Explanation) -> list[tuple[str, str]]:
    """The classes of a thing: the name of each and what it is called."""
    found = []
    for statement in known.statements:
        if statement.property == RDF.type.value and isinstance(statement.value, NamedNode):
            found.append((short(statement.value.value), statement.value_label or ""))
    return found


def _kinds(known: Explanation, view: View, about: Descriptions) -> list[str]:
    """What the classes of a thing are called, its own classes where it has any."""
    classes = _classes(known)
    own = [(name, label) for name, label in classes if name.startswith("bkg:")] or classes
    english = {short(iri): one.english for iri, one in about.items()}
    return [
        view.pick(label, english.get(name, "")) or word(view, name) or name.partition(":")[2] or name
        for name, label in own
    ]


async def _holders(view: View, iri: str) -> list[tuple[str, str]]:
    """What a thing is part of, the largest first: the IRI and the name of each.

    One level after another, because Virtuoso 7 refuses a path of any length over several properties.
    """
    found: dict[str, tuple[int, str]] = {}
    level: tuple[str, ...] = (iri,)
    while level:
        rows = Rows(await view.site.rows(page_query("holders"), {"thing": tuple(map(NamedNode, level))}))
        new = {
            str(row["holder"]): (int(str(row["rank"])), seen(str(row["name"] or "")))
            for row in rows
            if str(row["holder"]) not in found
        }
        found |= new
        level = tuple(new)
    return [(holder, name) for holder, (_, name) in sorted(found.items(), key=lambda each: each[1]) if name]


def _unnamed(view: View, iri: str, about: Descriptions) -> str:
    """What to call a thing without a name: what it is, and what it is about."""
    return (about[iri].name(view, "") if iri in about else "") or short(iri)


def _title(known: Explanation, view: View) -> str:
    """The name of a thing: in the reader's language where it has one, else as printed."""
    english = next((_text(s.value) for s in known.statements if s.property == BKG.labelEn.value), "")
    if view.language == "en" and english:
        return english
    for node in _TITLES:
        texts = [
            s.value for s in known.statements if s.property == node.value and isinstance(s.value, Literal)
        ]
        ranked = sorted(texts, key=lambda text: (text.language != view.language, text.language != "zh"))
        if ranked:
            return seen(ranked[0].value)[:160]
    return ""


def _untold(statements: Iterable[Statement], sections: Iterable[Section]) -> list[Statement]:
    """The statements that no section tells."""
    told = frozenset[str]().union(*(section.facts for section in sections))
    return [statement for statement in statements if short(statement.property) not in told]


def _sections(types: set[str]) -> list[Question]:
    found = []
    for item in page_queries():
        header = header_of(item.text)
        wanted = {name.strip() for line in header.get("of", ()) for name in line.split(",")}
        if wanted & types:
            found.append((_place(item), item.slug, item))
    return [item for *_, item in sorted(found, key=lambda each: each[:2])]


async def _section(view: View, item: Question, iri: str) -> Section:
    from budgetkg.store.presentation import presented

    answer = presented(await view.site.rows(item.text, {"thing": NamedNode(iri)}), plain=True)
    known = await names(view.site)
    rows = known.rows(Rows(answer), view.language)
    leads = linked(item, known, view)
    size = max(1, MOST_CELLS // len(columns_for(item.columns, view.language)))
    start = _start(view, item.slug, size, len(rows)) if view.links.live else 0
    table = whole(rows[start : start + size], item.columns, view.language, leads)
    left = max(0, len(rows) - size)
    if left and view.links.live:
        table, left = _paged(view, item.slug, table, (start, size, len(rows))), 0
    header = header_of(item.text)
    drawn = "chart" in header
    charts = pictures(item, rows, view.language, bars_lead(item, leads)) if drawn else ()
    return Section(
        item.slug,
        view.pick(item.summary_zh, item.summary),
        view.about(item),
        charts,
        table,
        left,
        frozenset(name.strip() for line in header.get("tells", ()) for name in line.split(",")),
        _place(item) < _LATE,
    )


def _start(view: View, name: str, size: int, count: int) -> int:
    """The first row of a section's page that the address asks for."""
    said = view.get(f"_page.{name}")
    page = int(said) if said.isdecimal() and len(said) < 7 else 1
    return (max(1, min(page, -(-count // size) or 1)) - 1) * size


def _paged(view: View, name: str, table: Table, part: tuple[int, int, int]) -> Table:
    """The table with the way to its other pages; ``part``: where it starts, rows of a page, all rows."""
    start, size, count = part

    def page(number: int) -> str:
        return f"{view.address(**{f'_page.{name}': number})}#{name}"

    before = page(start // size) if start else ""
    after = page(start // size + 2) if start + size < count else ""
    return replace(table, total=count, of=count, first=start + 1, before=before, after=after)


def _place(item: Question) -> int:
    """Which place among the sections a query's header gives it."""
    return int(header_of(item.text).get("place", ["50"])[0])


def _compared(view: View, iri: str, types: set[str], title: str) -> tuple[str, str] | None:
    """Where a document is compared with another, or the districts by a theme, and what that is called."""
    if not view.links.live:
        return None
    if "bkg:Document" in types:
        return view.links.to("/differences", one=iri), str(view.say("differences.with"))
    if "bkg:Theme" in types:
        return view.links.to("/compare", theme=title), str(view.say("compare.by_theme"))
    return None


def _citation(view: View, iri: str, titles: Sequence[str]) -> dict[str, str]:
    """How to cite a thing: its title, then what it is part of, the nearest first."""
    key = iri.rpartition("/")[2].rpartition("#")[2]
    version = view.site.version
    graph = f"budgetkg {version}".strip()
    plain = ". ".join((*titles, graph, iri))
    title, *others = map(_bibtex, titles)
    note = "; ".join((*others, graph))
    lines = (f"title = {{{title}}}", f"howpublished = {{\\url{{{iri}}}}}", f"note = {{{note}}}")
    bibtex = f"@misc{{budgetkg-{key},\n  " + ",\n  ".join(lines) + "\n}"
    return {"plain": plain, "bibtex": bibtex}


def _bibtex(text: str) -> str:
    return "".join(f"\\{mark}" if mark in "&%$#_{}" else mark for mark in text if mark != "\\")


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
