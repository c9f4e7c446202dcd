"""The core of the ontology as SVG: a box for each class, with a line for each of its object properties.

Drawn are the classes that object properties of the Turtle lead to from a plan. Code lists are named in
the boxes only; evidence is left out, because everything has it.
"""

from __future__ import annotations

from budgetkg.report.markup import Markup, tag
from tools.generate.terms import DOMAIN_INCLUDES, RDFS, SKOS, Term, local, own_terms

# Pixels: the width of a box, the gap between columns, the heights of a line and of a box's head, the space
# between boxes.
_BOX, _GAP, _LINE, _HEAD, _SPACE = 216, 36, 17, 44, 22
_START, _LEFT_OUT = "BudgetPlan", "Evidence"


def core() -> Markup:
    """The SVG."""
    edges = _edges()
    columns = _columns(edges)
    places: dict[str, tuple[int, int]] = {}
    for column, names in columns.items():
        y = 0
        for name in names:
            places[name] = (column * (_BOX + _GAP), y)
            y += _height(edges[name]) + _SPACE
    width = (max(columns) + 1) * (_BOX + _GAP) - _GAP + 2
    height = max(y + _height(edges[name]) for name, (_, y) in places.items()) + 2
    lines = [line for name in places for line in _lines(name, edges, places)]
    boxes = [_box(name, edges[name], places[name]) for name in places]
    return tag(
        "svg", tag("title", "本体的核心 The core of the ontology"), *lines, *boxes,
        xmlns="http://www.w3.org/2000/svg", width=width, viewBox=f"-1 -1 {width} {height}", role="img",
    )  # fmt: skip


def classes() -> dict[str, Term]:
    """Our classes by their local names."""
    return {local(term.iri): term for term in own_terms() if term.kind == "Class"}


def is_code(term: Term) -> bool:
    """Whether the members of a class are entries of a code list."""
    return SKOS + "Concept" in term.values(RDFS + "subClassOf")


def _edges() -> dict[str, list[tuple[str, str]]]:
    """For each class that a plan leads to: its object properties and where they lead."""
    edges: dict[str, list[tuple[str, str]]] = {name: [] for name in classes()}
    for term in own_terms():
        if term.kind == "ObjectProperty":
            (target,) = term.values(RDFS + "range")
            for domain in (*term.values(RDFS + "domain"), *term.values(DOMAIN_INCLUDES)):
                if local(domain) in edges and local(target) in edges and local(target) != _LEFT_OUT:
                    edges[local(domain)].append((local(term.iri), local(target)))
    return edges


def _columns(edges: dict[str, list[tuple[str, str]]]) -> dict[int, list[str]]:
    """Classes by column: each stands one column to the right of the last class that leads to it."""
    known, depths = classes(), {_START: 0}

    def visit(name: str, path: tuple[str, ...]) -> None:
        for _, target in edges[name]:
            if target not in path and not is_code(known[target]) and depths.get(target, -1) < len(path):
                depths[target] = len(path)
                visit(target, (*path, target))

    visit(_START, (_START,))
    return {
        column: sorted(name for name, depth in depths.items() if depth == column)
        for column in sorted(set(depths.values()))
    }


def _height(rows: list[tuple[str, str]]) -> int:
    return _HEAD + _LINE * len(rows) + (6 if rows else 0)


def _box(name: str, rows: list[tuple[str, str]], at: tuple[int, int]) -> Markup:
    x, y = at
    term = classes()[name]
    frame = tag("rect", x=x, y=y, width=_BOX, height=_height(rows), rx=4, fill="#fff", stroke="#1a1a1a")
    band = tag("rect", x=x, y=y, width=_BOX, height=_HEAD, rx=4, fill="#d8eaf5", stroke="#1a1a1a")
    label = tag("text", term.text(RDFS + "label", "zh"), x=x + 10, y=y + 18, font_weight="bold")
    title = tag("a", tag("text", f"bkg:{name}", x=x + 10, y=y + 36), href=f"terms/{name}.html")
    texts = [
        tag("text", f"{predicate} → {target}", x=x + 10, y=y + _HEAD + _LINE * (index + 1) - 2, font_size=11)
        for index, (predicate, target) in enumerate(rows)
    ]
    return tag("g", frame, band, label, title, *texts)


def _lines(
    name: str, edges: dict[str, list[tuple[str, str]]], places: dict[str, tuple[int, int]]
) -> list[Markup]:
    """A curve from the line of a property to the box it leads to, where that stands further right."""
    x, y = places[name]
    curves = []
    for index, (_, target) in enumerate(edges[name]):
        if target in places and places[target][0] > x:
            from_x, from_y = x + _BOX, y + _HEAD + _LINE * (index + 1) - 6
            to_x, to_y = places[target][0], places[target][1] + 18
            path = f"M{from_x} {from_y}C{from_x + 50} {from_y} {to_x - 50} {to_y} {to_x} {to_y}"
            curves.append(tag("path", d=path, fill="none", stroke="#0072b2", stroke_opacity="0.55"))
    return curves
