"""SHACL validation of one document's graph: the only importer of pySHACL.

pySHACL wants a plain rdflib graph: on an Oxigraph-backed one it takes plain literals for others
than ``xsd:string`` ones and reports what isn't so. Heavy imports happen where they are used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from budgetkg.errors import BudgetkgError
from budgetkg.resources import directory, shape_files

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"
_TARGETS = ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
_HOLE = re.compile(r"\{[?$]\w+\}")


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a validation.

    ``path`` is an IRI, or Turtle where it is no single property. ``value`` is the plain text of
    the value node and ``value_term`` the same in N-Triples. ``constraint`` is the SPARQL
    constraint where there is one, and ``findings`` the kinds of findings that say the same of a document
    (their notations; ``rdfs:seeAlso`` of the shape or constraint). ``name`` is what people call the focus
    node, with the file that it stands in; "" where the graph has no name for it.
    """

    severity: str
    focus: str
    path: str | None
    value: str | None
    value_term: str | None
    source_shape: str
    constraint: str | None
    component: str
    messages: tuple[tuple[str, str], ...]
    findings: tuple[str, ...] = ()
    name: str = ""

    @property
    def rule(self) -> str:
        """What was broken: the SPARQL constraint, else the shape."""
        return self.constraint or self.source_shape

    def message(self, language: str = "zh") -> str:
        """The message in ``zh`` or ``en``, or in whatever language there is."""
        texts = dict(self.messages)
        return texts.get(language) or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """The results of a validation, sorted."""

    results: tuple[Result, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing breaks the structure of the graph: no Violation."""
        return self.count("Violation") == 0

    def count(self, severity: str) -> int:
        """How many results have this severity: ``Violation``, ``Warning`` or ``Info``."""
        return sum(result.severity == severity for result in self.results)

    def turtle(self) -> str:
        """The report as Turtle. There, as SHACL has it, warnings alone make it not conform."""
        head = f"@prefix sh: <{_SH}> .\n\n[] a sh:ValidationReport ;\n    sh:conforms "
        listed = "".join(f" ;\n    sh:result {_turtle(result)}" for result in self.results)
        return f"{head}{str(not self.results).lower()}{listed} .\n"


@cache
def shapes_graph() -> Graph:
    """The packaged shapes, parsed once in a process."""
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for path in shape_files():
        graph.parse(path, format="turtle")
    return batched(graph)


@cache
def _prefixes() -> Graph:
    # A user's SPARQL constraints may take their prefixes from our table; our own declare theirs.
    from rdflib import Graph

    return Graph(bind_namespaces="none").parse(directory("ontology") / "prefixes.ttl", format="turtle")


def validate_graph(graph: Graph, shapes: Graph | None = None) -> ValidationReport:
    """Validate a plain rdflib graph against the packaged shapes, or against others."""
    import pyshacl

    from budgetkg.indexed import IndexedGraph

    used = shapes_graph() if shapes is None else batched(shapes + _prefixes())
    try:
        _, report, text = pyshacl.validate(
            IndexedGraph(graph),
            shacl_graph=used,
            inplace=True,
            do_owl_imports=False,
        )
    except RuntimeError as error:  # pySHACL's own root of errors about shapes
        raise BudgetkgError("shapes-refused", error=error) from error
    if isinstance(report, Exception):
        raise BudgetkgError("shapes-refused", error=text)
    return ValidationReport(_results(report, used))


def batched(shapes: Graph) -> Graph:
    """The same shapes with the targets of a node shape moved to its property shapes.

    The results are the same. But pySHACL hands the focus nodes of a shape with targets over in
    one piece, those of a shape under ``sh:property`` one by one, which costs several times more.
    A node shape that others refer to keeps its properties.
    """
    from rdflib import RDF, RDFS, Graph, Namespace

    from budgetkg.indexed import IndexedGraph

    sh = Namespace(_SH)
    moved = Graph(bind_namespaces="none")
    for triple in shapes:
        moved.add(triple)
    for shape in set(shapes.subjects(sh.property)):
        targets = [(p, o) for name in _TARGETS for p in [sh[name]] for o in shapes.objects(shape, p)]
        class_too = (shape, RDF.type, RDFS.Class) in shapes or _is_owl_class(shapes, shape)
        off = any(bool(value) for value in shapes.objects(shape, sh.deactivated))
        referred = any(True for _ in shapes.subjects(None, shape))
        if not targets or class_too or off or referred:
            continue
        for part in shapes.objects(shape, sh.property):
            moved.remove((shape, sh.property, part))
            for predicate, target in targets:
                moved.add((part, predicate, target))
    return IndexedGraph(moved)


def _is_owl_class(shapes: Graph, shape: Node) -> bool:
    from rdflib import OWL, RDF

    return (shape, RDF.type, OWL.Class) in shapes


def _results(report: Graph, shapes: Graph) -> tuple[Result, ...]:
    from rdflib import RDF, Namespace

    sh = Namespace(_SH)
    results = [_result(report, node, shapes) for node in report.subjects(RDF.type, sh.ValidationResult)]
    return tuple(sorted(set(results), key=_order))


def _order(result: Result) -> tuple[Any, ...]:
    severity = ("Violation", "Warning", "Info").index(result.severity)
    return severity, result.rule, result.focus, result.component, result.value_term or "", result.messages


def _result(report: Graph, node: Node, shapes: Graph) -> Result:
    from rdflib import RDFS, Namespace

    sh = Namespace(_SH)
    facts = {str(p).removeprefix(_SH): o for p, o in report.predicate_objects(node)}
    source, constraint = facts["sourceShape"], facts.get("sourceConstraint")
    value = facts.get("value")
    path = shapes.value(source, sh.path) or facts.get("resultPath")
    templates = shapes.objects(constraint or source, sh.message)
    alike = shapes.objects(constraint or source, RDFS.seeAlso)
    return Result(
        severity=str(facts["resultSeverity"]).removeprefix(_SH),
        focus=str(facts["focusNode"]),
        path=None if path is None else _path(shapes, path),
        value=None if value is None else str(value),
        value_term=None if value is None else value.n3(),
        source_shape=str(source),
        constraint=None if constraint is None else str(constraint),
        component=str(facts["sourceConstraintComponent"]),
        messages=_messages(report.objects(node, sh.resultMessage), list(templates)),
        findings=tuple(sorted(str(code).rpartition("/")[2] for code in alike)),
    )


def _messages(texts: Any, templates: list[Any]) -> tuple[tuple[str, str], ...]:
    # pySHACL drops the language of a message once its holes are filled: the template tells it.
    by_language = {}
    for text in texts:
        language = text.language or next((t.language for t in templates if _fits(str(t), str(text))), None)
        by_language[language or ""] = str(text)
    return tuple(sorted(by_language.items()))


def _fits(template: str, text: str) -> bool:
    parts = (re.escape(part) for part in _HOLE.split(template))
    return re.fullmatch(".*".join(parts), text, re.DOTALL) is not None


def _path(shapes: Graph, path: Node) -> str:
    from rdflib import RDF, BNode

    if not isinstance(path, BNode):
        return str(path)
    if (path, RDF.first, None) in shapes:
        return f"( {' '.join(_bracketed(_path(shapes, step)) for step in shapes.items(path))} )"
    ((predicate, inner),) = shapes.predicate_objects(path)
    return f"[ <{predicate}> {_bracketed(_path(shapes, inner))} ]"


def _bracketed(path: str) -> str:
    return path if path[0] in "([" else f"<{path}>"


def _node(text: str) -> str:
    return f"<{text}>" if ":" in text else f"_:{text}"


def _turtle(result: Result) -> str:
    from rdflib import Literal

    rows = [
        ("resultSeverity", f"sh:{result.severity}"),
        ("focusNode", _node(result.focus)),
        ("resultPath", None if result.path is None else _bracketed(result.path)),
        ("value", result.value_term),
        ("sourceShape", _node(result.source_shape)),
        ("sourceConstraint", result.constraint and _node(result.constraint)),
        ("sourceConstraintComponent", f"<{result.component}>"),
        *(("resultMessage", Literal(text, lang=tag or None).n3()) for tag, text in result.messages),
    ]
    body = "".join(f" ;\n        sh:{name} {term}" for name, term in rows if term is not None)
    return f"[\n        a sh:ValidationResult{body} ]"
