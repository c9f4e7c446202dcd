"""An rdflib graph made to be asked: answered from dictionaries, queries parsed once.

pySHACL asks for the objects of a subject and a property tens of thousands of times a document, and
passes the text of the same few SPARQL constraints for every one; rdflib's store takes longer to
yield a triple, and its parser longer to read a query, than either takes to answer.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import lru_cache
from typing import Any

from rdflib import Graph
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from budgetkg.errors import BudgetkgError

_Index = dict[Any, dict[Any, dict[Any, None]]]


@lru_cache(maxsize=256)
def _prepared(text: str) -> Query:
    try:
        return prepareQuery(text)
    except Exception as error:  # rdflib has no root of what a malformed query raises
        raise BudgetkgError("constraint-malformed", error=error) from error


class IndexedGraph(Graph):
    """A graph, which may not change meanwhile, with an index by subject and one by object."""

    def __init__(self, graph: Graph) -> None:
        # pySHACL refuses a store without contexts.
        shared = graph.store if graph.store.context_aware else "default"
        super().__init__(store=shared, identifier=graph.identifier, bind_namespaces="none")
        self._objects: _Index = {}
        self._subjects: _Index = {}
        for triple in graph:
            if shared == "default":
                super().add(triple)
            self._index(triple)

    def _index(self, triple: Any) -> None:
        s, p, o = triple
        self._objects.setdefault(s, {}).setdefault(p, {})[o] = None
        self._subjects.setdefault(o, {}).setdefault(p, {})[s] = None

    def add(self, triple: Any) -> IndexedGraph:
        """Add a triple, as pySHACL does to a graph of shapes."""
        super().add(triple)
        self._index(triple)
        return self

    def remove(self, triple: Any) -> IndexedGraph:
        """Refused: the indexes would no longer hold."""
        raise TypeError("nothing can be taken from an indexed graph")

    def triples(self, triple: Any) -> Generator[Any, None, None]:
        """The triples that fit a pattern."""
        s, p, o = triple
        if p is None or (s is None and o is None) or isinstance(p, Path):
            yield from super().triples(triple)
        elif s is None:
            for subject in self._subjects.get(o, {}).get(p, ()):
                yield subject, p, o
        else:
            found = self._objects.get(s, {}).get(p, {})
            for value in found if o is None else (o,) if o in found else ():
                yield s, p, value

    def objects(
        self, subject: Any = None, predicate: Any = None, unique: bool = False
    ) -> Generator[Any, None, None]:
        """The objects of a subject and a property."""
        if subject is None or predicate is None or isinstance(predicate, Path):
            yield from super().objects(subject, predicate, unique)
        else:
            yield from self._objects.get(subject, {}).get(predicate, ())

    def query(self, query_object: Any, *arguments: Any, **options: Any) -> Result:
        """The answer to a query, whose text is parsed once in a process."""
        known = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(known, *arguments, **options)
