"""Department: who publishes documents, the same in all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from pyoxigraph import NamedNode

from budgetkg.divisions import recognise_any
from budgetkg.mapping import iri
from budgetkg.mapping.sink import QuadSink
from budgetkg.vocab import BKG, RDF, RDFS

# 000 prints 宣传部（部门）: the form's word for the row's kind, no part of the name.
_MARKER = re.compile(r"\((?:部门|单位)\)$")


class NamesDepartment(Protocol):
    """What a record says of its department; a store's answer can say it as well."""

    @property
    def department(self) -> str | None:
        """The department's name as printed."""

    @property
    def district(self) -> str | None:
        """The district's name as printed."""

    @property
    def division(self) -> str | None:
        """The code of the district, by all that the document prints."""


def department_name(printed: str) -> str:
    """What a printed department is called, in the one form that all of its documents share."""
    folded = iri.identity(printed)
    return _MARKER.sub("", folded) or folded


def department_iri(base: str, said: NamesDepartment) -> NamedNode | None:
    """The department a document is about, where one is printed."""
    if not said.department:
        return None
    return iri.department(base, said.district, department_name(said.department))


def division_code(said: NamesDepartment) -> str | None:
    """The division a department belongs to, by its own name and district: all its documents agree."""
    # The department's name says the city too: 南沙区 of 三沙市 is not 南沙区 of 广州市.
    place = recognise_any((said.department, said.district))
    if place is None or place.concept is None or place.name != said.district:
        return None
    return place.concept.notation


def district_iri(code: str | None) -> NamedNode | None:
    """The concept of a division."""
    return iri.code("division", code) if code else None


def add_departments(sink: QuadSink, base: str, sayings: Iterable[NamesDepartment]) -> None:
    """Every department once; what is said of it follows from its name and district alone."""
    for said in sayings:
        node = department_iri(base, said)
        if node is None or said.department is None:
            continue
        sink.add(node, RDF.type, BKG.Department)
        sink.name(node, RDFS.label, department_name(said.department))
        sink.add(node, BKG.coversDistrict, district_iri(division_code(said)))
