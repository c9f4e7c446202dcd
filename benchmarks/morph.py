"""The mapping beside morph-kgc's: ``python -m benchmarks.morph --documents 20 --python VENV/bin/python``.

Ours makes the N-Quads of a document's graph of its record: it finds the place of each value in the text,
reads targets and amounts, and makes the names of things. morph-kgc maps tables and can do none of that.
So it gets the finished statements as tables, one for each class, one column for each property, in whose cells
names and numbers stand ready, and has to write the same triples of them; both outputs are compared.
Making its input is not counted, nor its imports.

morph-kgc isn't a dependency: ``python -m venv VENV; VENV/bin/pip install morph-kgc==2.10.0``.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from benchmarks import corpus
from budgetkg.forms import parse_document
from budgetkg.mapping import document_statements

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RR, RML, QL = "http://www.w3.org/ns/r2rml#", "http://semweb.mmlab.be/ns/rml#", "http://semweb.mmlab.be/ns/ql#"
PROCESSES = 1  # as ours: one process maps a document

# What a column holds: the property, and how its cells become terms.
Column: TypeAlias = tuple[str, str]
Row: TypeAlias = dict[Column, str]


def mapped(documents: Iterable[Path]) -> tuple[bytes, float]:
    """The statements of all documents as N-Quads, and the CPU seconds that mapping took of them."""
    records = [record for path in documents for record in parse_document(path.read_bytes(), path.name)]
    started = time.process_time()
    lines = b"".join(document_statements(record).nquads() for record in records)
    return lines, time.process_time() - started


def triples(lines: bytes, form: RdfFormat) -> set[Triple]:
    """The triples of a file, whatever graph they stand in."""
    return {quad.triple for quad in parse(lines, format=form)}


def _term(value: NamedNode | BlankNode | Literal | Triple) -> str:
    """How morph-kgc is told to make a term of a cell."""
    if isinstance(value, NamedNode):
        return f"rr:termType <{RR}IRI>"
    if not isinstance(value, Literal):
        raise TypeError(value)
    return f'rr:language "{value.language}"' if value.language else f"rr:datatype {value.datatype}"


def tables(statements: Iterable[Triple]) -> dict[str, list[tuple[str, Row]]]:
    """The triples as tables: one for each class of things, a second row where a property has two values."""
    of: dict[str, list[tuple[Column, str]]] = defaultdict(list)
    for subject, predicate, value in sorted(statements, key=str):
        cell = value.value if isinstance(value, NamedNode | Literal) else str(value)
        of[str(subject)[1:-1]].append(((predicate.value, _term(value)), cell))
    found: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for name, cells in of.items():
        kind = next((cell for (predicate, _), cell in cells if predicate == TYPE), "untyped")
        rows: list[Row] = []
        times: Counter[Column] = Counter()
        for column, cell in cells:
            if times[column] == len(rows):
                rows.append({})
            rows[times[column]][column] = cell
            times[column] += 1
        found[kind].extend((name, row) for row in rows)
    return found


def written(found: dict[str, list[tuple[str, Row]]], folder: Path) -> Path:
    """Write the tables, their mapping and morph-kgc's settings; returns the settings' file."""
    with (folder / "mapping.ttl").open("w", encoding="utf-8") as mapping:
        print(f"@prefix rr: <{RR}> .\n@prefix rml: <{RML}> .", file=mapping)
        for number, (_, rows) in enumerate(sorted(found.items())):
            columns = sorted({column for _, row in rows for column in row})
            path = folder / f"{number}.csv"
            with path.open("w", encoding="utf-8", newline="") as target:
                table = csv.writer(target)
                table.writerow(["name", *(f"c{at}" for at in range(len(columns)))])
                table.writerows([name, *(row.get(column, "") for column in columns)] for name, row in rows)
            _rules(number, path, columns, mapping)
    settings = folder / "morph.ini"
    settings.write_text(
        f"[CONFIGURATION]\noutput_file: {folder / 'out.nt'}\nnumber_of_processes: {PROCESSES}\n"
        f"na_values:\nlogging_level: ERROR\n[SOURCE]\nmappings: {folder / 'mapping.ttl'}\n",
        encoding="utf-8",
    )
    return settings


def _rules(number: int, path: Path, columns: Sequence[Column], mapping: TextIO) -> None:
    print(
        f"<urn:map:{number}> rml:logicalSource [\n"
        f'    rml:source "{path}" ; rml:referenceFormulation <{QL}CSV> ] ;\n'
        f'  rr:subjectMap [ rml:reference "name" ; rr:termType <{RR}IRI> ]',
        file=mapping,
    )
    for at, (predicate, term) in enumerate(columns):
        made = f'[ rml:reference "c{at}" ; {term} ]'
        print(f"  ; rr:predicateObjectMap [ rr:predicate <{predicate}> ; rr:objectMap {made} ]", file=mapping)
    print(".", file=mapping)


def morphed(python: str, settings: Path) -> float:
    """Have morph-kgc write its triples; the CPU seconds of it without its imports."""
    spent = [_spent([python, "-c", "import morph_kgc.materializer"]), 0.0]
    spent[1] = _spent([python, "-m", "morph_kgc", str(settings)])
    return spent[1] - spent[0]


def _spent(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    threads = {"OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | threads)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments: Sequence[str]) -> int:
    """Map with both, compare what comes out, and print what each took."""
    options = argparse.ArgumentParser(description="The mapping beside morph-kgc's.")
    options.add_argument("--documents", type=int, default=20, help="how many synthetic documents")
    options.add_argument("--python", required=True, help="the Python of an environment that has morph-kgc")
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines, ours = mapped(corpus.write(folder / "documents", chosen.documents))
        wanted = triples(lines, RdfFormat.N_QUADS)
        theirs = morphed(chosen.python, written(tables(wanted), folder))
        got = triples((folder / "out.nt").read_bytes(), RdfFormat.N_TRIPLES)
    print(json.dumps({
        "documents": chosen.documents,
        "triples": len(wanted),
        "budgetkg_s": round(ours, 2),
        "morph_kgc_s": round(theirs, 2),
        "ratio": round(theirs / ours, 2),
        "missing": len(wanted - got),
        "more": len(got - wanted),
    }))  # fmt: skip
    return 0 if wanted == got else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
