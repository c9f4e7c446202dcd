"""The ontology as HTML pages in both languages: one for each term and each code list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from budgetkg.codelists import concepts
from budgetkg.report.markup import Markup, joined, tag
from budgetkg.report.plan import Words
from budgetkg.report.sheet import both, grid, whole
from tools.generate import ontology_file
from tools.generate.diagram import core
from tools.generate.examples import examples
from tools.generate.terms import (
    DCTERMS,
    DOMAIN_INCLUDES,
    OWL,
    RDFS,
    SKOS,
    Term,
    alignments,
    apart,
    curie,
    header,
    local,
    notes,
    own_terms,
    prefixes,
    schemes,
)

KINDS = {
    "Class": Words("类", "Classes"),
    "ObjectProperty": Words("对象属性", "Object properties"),
    "DatatypeProperty": Words("数据属性", "Datatype properties"),
    "AnnotationProperty": Words("注释属性", "Annotation properties"),
}
ONTOLOGY = "ontology.ttl"
LABELS = SKOS + "prefLabel"
TERM, LABEL, DEFINITION = Words("术语", "term"), Words("名称", "label"), Words("定义", "definition")

CODE_HEADS = (
    Words("代码", "notation"),
    Words("中文", "Chinese"),
    Words("英文", "English"),
    Words("别名", "also recognised"),
    Words("上位", "broader"),
)


def pages() -> dict[str, str]:
    """The pages: path in the folder → HTML."""
    texts = {"index.html": _index()}
    texts |= {f"terms/{local(term.iri)}.html": _term(term) for term in own_terms() if term.kind in KINDS}
    return texts | {f"codes/{local(scheme.iri)}.html": _codes(scheme) for scheme in schemes()}


def write(folder: Path) -> int:
    """Write the pages and the ontology as one file into a folder; returns the number of pages."""
    made = pages()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    (folder / ONTOLOGY).write_bytes(ontology_file.render().encode())
    return len(made)


def _index() -> str:
    ontology = header()
    title = Words(ontology.text(DCTERMS + "title", "zh"), ontology.text(DCTERMS + "title", "en"))
    about = Words(ontology.text(DCTERMS + "description", "zh"), ontology.text(DCTERMS + "description", "en"))
    facts = f"{prefixes()['bkg']} · {ontology.text(OWL + 'versionInfo', '')}"
    lists = tag(
        "ul",
        *(
            tag("li", tag("a", both(_words(scheme, LABELS), "span"), href=f"codes/{local(scheme.iri)}.html"))
            for scheme in schemes()
        ),
    )
    return whole(
        title,
        both(title, "h1"),
        both(about, "p"),
        tag("p", tag("code", facts), " · ", tag("a", ONTOLOGY, href=ONTOLOGY)),
        both(Words("核心", "Core"), "h2"),
        tag("div", core(), class_="wide"),
        *(piece for kind, words in KINDS.items() for piece in _listed(kind, words)),
        both(Words("代码表", "Code lists"), "h2"),
        lists,
    )


def _listed(kind: str, title: Words) -> Iterator[Markup]:
    rows = [
        (_link(term.iri, "terms/"), both(_words(term, RDFS + "label"), "div"), both(_definition(term), "div"))
        for term in own_terms()
        if term.kind == kind
    ]
    yield both(title, "h2")
    yield grid((TERM, LABEL, DEFINITION), rows)


def _term(term: Term) -> str:
    words = _words(term, RDFS + "label")
    rows = [(both(name, "div"), joined(*_spaced(values))) for name, values in _facts(term) if values]
    return whole(
        Words(words.zh, f"{words.en} · {curie(term.iri)}"),
        tag("p", tag("a", "← 本体 ontology", href="../index.html")),
        both(words, "h1"),
        tag("p", tag("code", term.iri)),
        both(_definition(term), "p"),
        *_note(term),
        grid((Words("关系", "relation"), TERM), rows) if rows else "",
        *_examples(term),
    )


def _note(term: Term) -> Iterator[Markup]:
    """The scope note of a term, then its examples: one that it fits, and one that it doesn't."""
    note = notes().get(term.iri)
    if note is None:
        return
    yield both(_words(note, SKOS + "scopeNote"), "p")
    texts = (sorted(note.values(SKOS + "example", language), reverse=True) for language in ("zh", "en"))
    yield tag("ul", *(tag("li", both(Words(zh, en), "span")) for zh, en in zip(*texts, strict=True)))


def _facts(term: Term) -> Iterator[tuple[Words, list[Markup]]]:
    """The relations of a term to other terms, each with links to these."""
    domain = (RDFS + "domain", DOMAIN_INCLUDES)
    yield Words("上位类", "subclass of"), _links(term.values(RDFS + "subClassOf"))
    yield Words("下位类", "subclasses"), _links(_users(term, (RDFS + "subClassOf",)))
    yield Words("定义域", "domain"), _links(iri for name in domain for iri in term.values(name))
    yield Words("值域", "range"), _links(term.values(RDFS + "range"))
    yield Words("其属性", "its properties"), _links(_users(term, domain))
    yield Words("以其为值的属性", "properties with it as value"), _links(_users(term, (RDFS + "range",)))
    yield (
        Words("对应", "aligned with"),
        [joined(tag("code", curie(link)), " ", _link(end)) for link, end in alignments().get(term.iri, ())],
    )
    yield Words("互斥", "disjoint with"), _links(sorted(apart().get(term.iri, ())))


def _examples(term: Term) -> Iterator[Markup]:
    uses = examples().get(term.iri, ())
    if not uses:
        return
    heads = (Words("事物", "thing"), Words("值", "value"), Words("文件", "file"))
    yield both(Words("样例中", "In the samples"), "h2")
    yield (
        grid(heads, uses)
        if term.kind != "Class"
        else grid((heads[0], heads[2]), [(thing, file) for thing, _, file in uses])
    )


def _codes(scheme: Term) -> str:
    words = _words(scheme, LABELS)
    rows = [
        (
            tag("code", item.notation),
            tag("span", item.zh, lang="zh-Hans"),
            tag("span", item.en, lang="en"),
            "、".join((*item.alt, *item.hidden)),
            item.parent or "",
        )
        for item in concepts(local(scheme.iri))
    ]
    return whole(
        words,
        tag("p", tag("a", "← 本体 ontology", href="../index.html")),
        both(words, "h1"),
        tag("p", tag("code", scheme.iri)),
        both(_definition(scheme), "p"),
        grid(CODE_HEADS, rows),
    )


def _users(term: Term, predicates: Iterable[str]) -> list[str]:
    """The terms of ours that have a term as a value of one of these properties."""
    wanted = tuple(predicates)
    return [other.iri for other in own_terms() if any(term.iri in other.values(name) for name in wanted)]


def _links(iris: Iterable[str]) -> list[Markup]:
    return [_link(iri) for iri in iris]


def _link(iri: str, folder: str = "") -> Markup:
    """The name of a term, with a link to its page if it is one of ours."""
    name = tag("code", curie(iri))
    own = iri.startswith(prefixes()["bkg"])
    return tag("a", name, href=f"{folder}{local(iri)}.html") if own else name


def _spaced(values: Iterable[Markup]) -> Iterator[str]:
    for index, value in enumerate(values):
        yield from ((" · ", value) if index else (value,))


def _words(term: Term, predicate: str) -> Words:
    return Words(term.text(predicate, "zh"), term.text(predicate, "en"))


def _definition(term: Term) -> Words:
    return _words(term, SKOS + "definition")
