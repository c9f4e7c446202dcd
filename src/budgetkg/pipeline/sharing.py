"""The graphs and files of a generation that belong to no document."""

from __future__ import annotations

from itertools import chain
from types import SimpleNamespace

from budgetkg.catalogue.provenance import provenance_quads
from budgetkg.errors import StoreError
from budgetkg.mapping import Superseded, reference_quads, vocabulary_quads
from budgetkg.pipeline.counting import Counted
from budgetkg.pipeline.document import BuildOptions, mapping_options, sorted_lines
from budgetkg.pipeline.summary import year_basis
from budgetkg.store.commit import write_json
from budgetkg.store.durable import write_bytes
from budgetkg.store.generations import PROVENANCE, REFERENCE, VOCABULARY, Generation, read_json


def write_shared(staged: Generation, editions: Counted, options: BuildOptions) -> None:
    """Write what belongs to no document: reference graph, vocabulary, the list of findings, the index.

    The reference graph names every document; findings and provenance are of those that count.
    """
    mapping = mapping_options(options)
    other = sorted({entry["base"] for entry in editions.entries} - {mapping.base})
    if other:
        raise StoreError("two-bases", there=other[0], wanted=mapping.base)
    entries = sorted(editions.entries, key=lambda entry: str(entry["key"]))
    index = [SimpleNamespace(**entry | {"year_basis": year_basis(entry)}) for entry in entries]
    superseded = {
        key: Superseded(group.counted, group.text) for key, group in editions.editions.superseded.items()
    }
    reference = reference_quads(index, mapping, superseded)
    write_bytes(staged.graph(REFERENCE), sorted_lines(reference))
    write_bytes(staged.graph(VOCABULARY), sorted_lines(vocabulary_quads(mapping)))
    write_bytes(staged.graph(PROVENANCE), sorted_lines(provenance_quads(editions.counting, mapping.base)))
    order = sorted(editions.counting, key=lambda entry: (str(entry["source"]), str(entry["key"])))
    findings = (read_json(staged.findings_of(entry["key"])) for entry in order)
    write_json(staged.findings, list(chain.from_iterable(findings)))
    write_json(staged.index, entries)
