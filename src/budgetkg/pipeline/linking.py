"""Graphs that stand beside the documents: links, and RDF of others. They outlive every build."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from budgetkg.errors import BudgetkgError
from budgetkg.export import clear_leftovers, replacing
from budgetkg.links import linkset
from budgetkg.links.linkset import Link, TargetLinks
from budgetkg.links.targets import cofog, listed, openbudgets, organisations, policies, wikidata
from budgetkg.mapping import DEFAULT_BASE
from budgetkg.pipeline.document import sorted_lines
from budgetkg.pipeline.foreign import stated_once
from budgetkg.store.commit import carry, commit, exclusive, stage
from budgetkg.store.durable import write_bytes
from budgetkg.store.generations import LINKS, MERGED, REFERENCE, VOCABULARY, Generation, current, whole

LOCAL = {"openbudgets": openbudgets, "organisations": organisations, "policies": policies}
"""Targets that follow from the graph alone: their links are made anew on every build."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Linked:
    """What a linkset holds now."""

    name: str
    table: Path
    links: tuple[Link, ...]

    def count(self, status: str) -> int:
        """How many links have a status."""
        return sum(link.status == status for link in self.links)


def link(
    directory: Path,
    targets: Iterable[str] = (),
    *,
    endpoint: wikidata.Endpoint | None = None,
    verdicts: Path | None = None,
) -> tuple[Linked, ...]:
    """Find links and write them: tables that a person can review, graphs in the store.

    Nothing is written before every target has been searched. ``targets`` are by default those of `LOCAL`,
    which need no file or service of others.
    """
    current(directory)  # no graph, no lock
    judged = linkset.read(verdicts) if verdicts else ()
    with exclusive(directory):
        clear_leftovers(directory / LINKS)
        generation = current(directory)
        whole(generation, map(generation.graph, (REFERENCE, *generation.keys)))
        linksets = [_linkset(generation, directory, target, endpoint) for target in targets or sorted(LOCAL)]
        tables = {name: linkset.reviewed(links, _known(directory, name)) for name, links in linksets}
        tables = {name: _judged(links, judged) for name, links in tables.items()}
        if judged:
            tables |= {
                name: _judged(_known(directory, name), judged) for name in _names(directory) - tables.keys()
            }
        for name, links in tables.items():
            _keep(directory, name, links)
        renew(directory, generation)
    return tuple(Linked(name, _table(directory, name), tables[name]) for name in sorted(tables))


def renew(directory: Path, old: Generation) -> None:
    """Commit a generation with the same documents and with the links and merged graphs as they are now.

    The caller holds the lock of the directory.
    """
    staged = stage(directory)
    carry(old, staged)
    bring(staged, directory, _base(old))
    commit(directory, staged)


def bring(staged: Generation, directory: Path, base: str) -> None:
    """Write the graphs of links and of others' data into a generation that is being made."""
    names = sorted(_names(directory))
    known = _triples(staged) if names else frozenset()
    for name in names:
        links = _known(directory, name)
        described: frozenset[Triple] = frozenset()
        if name in LOCAL:
            fresh = LOCAL[name].find(_quads(staged, LOCAL[name].READS), base)
            links, described = linkset.reviewed(fresh.links, links), fresh.described
        quads = linkset.quads(base, name, TargetLinks(links, described), known)
        write_bytes(staged.graph(f"{LINKS}-{name}"), sorted_lines(quads))
    merged = list((directory / MERGED).glob("*.nq"))
    if merged:
        foreign = stated_once(merged, (staged.path / "graphs").glob("*.nq"))
        for name, kept in foreign.items():
            write_bytes(staged.graph(f"{MERGED}-{name}"), sorted_lines(kept))


def _linkset(
    generation: Generation, directory: Path, target: str, endpoint: wikidata.Endpoint | None
) -> tuple[str, tuple[Link, ...]]:
    find: Callable[[Iterable[Quad]], TargetLinks]
    if target in LOCAL:
        name, reads, find = target, LOCAL[target].READS, partial(LOCAL[target].find, base=_base(generation))
    elif target == "wikidata":
        if endpoint is None:
            raise BudgetkgError("wikidata-endpoint")
        name, reads, find = target, wikidata.READS, partial(wikidata.find, endpoint=endpoint)
    elif target.startswith("cofog="):
        path = Path(target.removeprefix("cofog="))
        name, reads, find = "cofog", cofog.READS, partial(cofog.find, path=path)
    elif Path(target).is_file():
        name, reads, find = _slug(Path(target)), listed.READS, partial(listed.find, path=Path(target))
    else:
        known = tuple(sorted((*LOCAL, "cofog=FILE", "wikidata")))
        raise BudgetkgError("no-link-target", target=target, known=known)
    return name, find(_quads(generation, reads)).links


def _slug(path: Path) -> str:
    name = "-".join(re.findall(r"[a-z0-9]+", path.stem.lower())) or "list"
    return f"list-{name}" if name in (*LOCAL, "wikidata", "cofog") else name


def _judged(links: tuple[Link, ...], verdicts: Iterable[Link]) -> tuple[Link, ...]:
    """The links with the verdicts that are about them; verdicts on links of other tables are left out."""
    identities = {link.identity for link in links}
    return linkset.reviewed(links, [one for one in verdicts if one.identity in identities])


def _names(directory: Path) -> set[str]:
    return {path.stem for path in (directory / LINKS).glob("*.csv") if _NAME.fullmatch(path.stem)}


def _table(directory: Path, name: str) -> Path:
    return directory / LINKS / f"{name}.csv"


def _known(directory: Path, name: str) -> tuple[Link, ...]:
    path = _table(directory, name)
    return linkset.read(path) if path.exists() else ()


def _keep(directory: Path, name: str, links: tuple[Link, ...]) -> None:
    path = _table(directory, name)
    path.parent.mkdir(exist_ok=True)
    with replacing(path) as stream:
        stream.write(linkset.written(links).encode("utf-8"))


def _quads(generation: Generation, reads: tuple[NamedNode, ...]) -> Iterator[Quad]:
    """The statements with these properties of documents and reference, not of links."""
    wanted = frozenset(reads)
    for key in (REFERENCE, *generation.keys):
        for quad in pyoxigraph.parse(path=str(generation.graph(key)), format=RdfFormat.N_QUADS):
            if quad.predicate in wanted:
                yield quad


def _triples(generation: Generation) -> frozenset[Triple]:
    """What the shared graphs say already."""
    return frozenset(
        quad.triple
        for name in (REFERENCE, VOCABULARY)
        for quad in pyoxigraph.parse(path=str(generation.graph(name)), format=RdfFormat.N_QUADS)
    )


def _base(generation: Generation) -> str:
    entries = generation.entries()
    return str(entries[0]["base"]) if entries else DEFAULT_BASE
