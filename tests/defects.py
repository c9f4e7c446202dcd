"""Documents with planted defects, on which both engines of validation must say the same.

`python -m tests.defects 10000` tries that many: document n is the same everywhere. The test takes a few.
"""

from __future__ import annotations

import logging
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from benchmarks import corpus
from budgetkg.errors import BudgetkgError
from budgetkg.forms import parse_document
from budgetkg.mapping import document_quads, plan_quads
from budgetkg.records import DocumentRecord
from budgetkg.validation import validate_quads
from budgetkg.vocab import PREFIXES

HERE = Path(__file__).resolve().parent
SOURCES = sorted((HERE.parent / "examples").glob("*.txt"))
PROJECTS = 3
MOST_DEFECTS = 12


@cache
def graphs() -> tuple[tuple[Quad, ...], ...]:
    """Graphs to be damaged: synthetic documents and the examples, with the first few projects of each."""
    given = [(f"synthetic-{number}.txt", corpus.document(number)) for number in range(12)]
    given += [(path.name, path.read_bytes()) for path in SOURCES]
    records = [record for name, data in given for record in parse_document(data, name)]
    return tuple(
        tuple(document_quads(short) + plan_quads(short))
        for short in (beginning(record) for record in records)
    )


def beginning(record: DocumentRecord) -> DocumentRecord:
    """A document with its first unit alone, and the first projects of that."""
    units = record.units_of_use[:1]
    return replace(record, units_of_use=tuple(replace(u, projects=u.projects[:PROJECTS]) for u in units))


def damaged(number: int) -> list[Quad]:
    """Document ``number``: one of the graphs with one defect or several."""
    dice = random.Random(number)
    quads = list(dice.choice(graphs()))
    for _ in range(dice.randint(1, MOST_DEFECTS)):
        place = dice.randrange(len(quads))
        quads[place : place + 1] = list(dice.choice(KINDS)(quads[place], quads, dice))
    return list(dict.fromkeys(quads))


def lost(quad: Quad, quads: list[Quad], dice: random.Random) -> Iterator[Quad]:
    """A statement is missing."""
    yield from ()


def doubled(quad: Quad, quads: list[Quad], dice: random.Random) -> Iterator[Quad]:
    """A property has a second value, which another statement has by it."""
    others = [other for other in quads if other.predicate == quad.predicate]
    yield quad
    yield Quad(quad.subject, quad.predicate, dice.choice(others).object, quad.graph_name)


def of_another_kind(quad: Quad, quads: list[Quad], dice: random.Random) -> Iterator[Quad]:
    """A value is what another property has."""
    yield Quad(quad.subject, quad.predicate, dice.choice(quads).object, quad.graph_name)


def misprinted(quad: Quad, quads: list[Quad], dice: random.Random) -> Iterator[Quad]:
    """A literal has another datatype, language or text; a node is one that nothing is said of."""
    value = quad.object
    text = value.value if isinstance(value, Literal) else ""
    xsd = PREFIXES["xsd"]
    wrong = (
        Literal(text), Literal(""), Literal(text, language="en"), Literal("甲", language="zh"),
        Literal("x", datatype=NamedNode(f"{xsd}decimal")), Literal("-1", datatype=NamedNode(f"{xsd}integer")),
        Literal("12.5", datatype=NamedNode(f"{xsd}decimal")), NamedNode("https://example.org/nothing"),
    )  # fmt: skip
    yield Quad(quad.subject, quad.predicate, dice.choice(wrong), quad.graph_name)


def moved(quad: Quad, quads: list[Quad], dice: random.Random) -> Iterator[Quad]:
    """A statement is made of another thing."""
    yield Quad(dice.choice(quads).subject, quad.predicate, quad.object, quad.graph_name)


KINDS = (lost, doubled, of_another_kind, misprinted, moved)


def compared(number: int, components: Counter[str]) -> int:
    """The number of results for a document; an error where the engines differ."""
    quads = damaged(number)
    quick = validate_quads(quads).results
    try:
        reference = validate_quads(quads, engine="pyshacl").results
    except BudgetkgError:  # rdflib can't sum over what is no number
        components["(the reference breaks off)"] += 1
        return len(quick)
    if quick != reference:
        raise AssertionError(f"{number}: {set(quick) ^ set(reference)}")
    components.update(result.component.rpartition("#")[2] for result in quick)
    components["(the engines alone differ)"] += quick != validate_quads(quads, engine="shacl").results
    return len(quick)


def main() -> None:
    """Compare as many documents as asked for; print what was found."""
    count, found, components = int(sys.argv[1]), 0, Counter[str]()
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    for number in range(count):
        found += compared(number, components)
        if number % 500 == 499:
            print(f"{number + 1} documents, {found} results, none different", flush=True)
    print("\n".join(f"{name}: {many}" for name, many in components.most_common()))


if __name__ == "__main__":
    main()
