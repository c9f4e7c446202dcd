"""pySHACL, the reference: the only importer of it.

It wants a plain rdflib graph: on an Oxigraph-backed one it takes plain literals for others than
``xsd:string`` ones and reports what isn't so. Heavy imports happen where they are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from budgetkg.errors import BudgetkgError
from budgetkg.validation.raw import RawResult
from budgetkg.validation.shapes import Node as Term
from budgetkg.validation.shapes import Shapes

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"
_TARGETS = ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")


@lru_cache(maxsize=4)
def _prepared(shapes: Shapes) -> Graph:
    from budgetkg.validation.rdflib_graph import to_rdflib

    # Not through text: rdflib's parsers give blank nodes new names, by which the path would be lost.
    return batched(to_rdflib(shapes.triples))


def validate(graph: Graph, shapes: Shapes) -> Iterator[RawResult]:
    """The results for a plain rdflib graph."""
    import pyshacl

    from budgetkg.validation.indexed import IndexedGraph

    try:
        _, report, text = pyshacl.validate(
            IndexedGraph(graph),
            shacl_graph=_prepared(shapes),
            inplace=True,
            do_owl_imports=False,
        )
    except RuntimeError as error:  # pySHACL's own root of errors about shapes
        raise BudgetkgError("shapes-refused", error=error) from error
    except (TypeError, ArithmeticError) as error:  # rdflib, where a sum meets what is no number
        raise BudgetkgError("engine-broke", error=error) from error
    if isinstance(report, Exception):
        raise BudgetkgError("shapes-refused", error=text)
    return _results(report)


def _results(report: Graph) -> Iterator[RawResult]:
    from rdflib import Namespace

    sh = Namespace(_SH)
    for node in report.objects(None, sh.result):  # not what sh:detail gives as the reason of another
        facts = {str(p).removeprefix(_SH): o for p, o in report.predicate_objects(node)}
        texts = [_term(text) for text in report.objects(node, sh.resultMessage)]
        value, constraint, path = (facts.get(n) for n in ("value", "sourceConstraint", "resultPath"))
        yield RawResult(
            severity=str(facts["resultSeverity"]).removeprefix(_SH),
            focus=_term(facts["focusNode"]),
            value=None if value is None else _term(value),
            source=_term(facts["sourceShape"]),
            constraint=None if constraint is None else _term(constraint),
            path=None if path is None else _term(path),
            component=str(facts["sourceConstraintComponent"]),
            messages=[text for text in texts if isinstance(text, Literal)],
        )


def _term(node: Any) -> Term:
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdflibLiteral

    if isinstance(node, RdflibLiteral):
        kind = None if node.language or node.datatype is None else NamedNode(str(node.datatype))
        return Literal(str(node), language=node.language, datatype=kind)
    return BlankNode(str(node)) if isinstance(node, BNode) else NamedNode(str(URIRef(node)))


def batched(shapes: Graph) -> Graph:
    """The same shapes with the targets of a node shape moved to its property shapes.

    The results are the same. But pySHACL hands the focus nodes of a shape with targets over in
    one piece, those of a shape under ``sh:property`` one by one, which costs several times more.
    A node shape that others refer to keeps its properties.
    """
    from rdflib import RDF, RDFS, Graph, Namespace

    from budgetkg.validation.indexed import IndexedGraph

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
