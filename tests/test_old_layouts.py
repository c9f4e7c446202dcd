"""Graphs that other versions wrote, laid out by hand: each command refuses in one line, changing nothing."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from tests.command_line import budgetkg

from budgetkg.store.generations import LAYOUT

NUMBERS = (0, 1, 2, 3, 4, LAYOUT + 1, 99)
# The queries that sum up a document in this layout. Questions rest on what they write, and would
# find nothing in a graph that others wrote: who changes them counts LAYOUT up and writes this anew.
SUMMARIES = (5, "bd910d96886b5c64")
FILES = {
    "index.json": "[]\n",
    "findings.json": "[]\n",
    "graphs/reference.nq": "",
    "documents/0123456789abcdef.json": "{}\n",
}
COMMANDS = (
    ("query", "largest-projects", "--store", "DIR"),
    ("query", "SELECT * { ?s ?p ?o } LIMIT 1", "--store", "DIR"),
    ("export", "DIR", "--format", "nquads"),
    ("findings", "DIR"),
    ("validate", "DIR"),
    ("explain", "经费", "--store", "DIR"),
    ("check", "DIR"),
    ("check", "DIR", "--repair"),
    ("build", "SOURCE", "--into", "DIR", "--no-validate"),
    ("remove", "DIR", "a.txt"),
    ("link", "DIR"),
    ("merge", "DIR", "OTHERS"),
)


def laid_out(directory: Path, layout: int) -> Path:
    """What a version with this layout left behind: a generation that its manifest names, and the pointer."""
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in FILES.items()}
    manifest = json.dumps({"layout": layout, "files": hashes}, indent=1).encode()
    name = hashlib.sha256(manifest).hexdigest()[:16]
    place = directory / "generations" / name
    for file, text in FILES.items():
        (place / file).parent.mkdir(parents=True, exist_ok=True)
        (place / file).write_text(text, encoding="utf-8")
    (place / "manifest.json").write_bytes(manifest)
    (place / "store").mkdir()
    (place / "store" / "CURRENT").write_text("MANIFEST-000005\n", encoding="utf-8")
    (directory / "current").symlink_to(f"generations/{name}")
    for way in ("store", "findings.json"):
        (directory / way).symlink_to(f"current/{way}")
    return directory


def everything(directory: Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


@pytest.mark.parametrize("layout", NUMBERS)
def test_another_layout_is_one_line_for_every_command(
    layout: int, samples: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory, others = laid_out(tmp_path / "graph", layout), tmp_path / "others.ttl"
    others.write_text("<https://others.example/a> <https://others.example/b> 1 .", encoding="utf-8")
    before = everything(directory)
    stands_for = {"DIR": directory, "SOURCE": samples[0], "OTHERS": others}
    for command in COMMANDS:
        words = [stands_for.get(word, word) for word in command]
        out, err = budgetkg(capsys, *words, code=1)
        assert not out, command
        assert len(err.splitlines()) == 1, command
        assert f"layout {layout}, this one reads {LAYOUT}" in err, command
        assert everything(directory) == before, command


def test_who_changes_a_summary_counts_the_layout_up(root: Path) -> None:
    whole = hashlib.sha256()
    for path in sorted((root / "queries" / "summaries").glob("*.rq")):
        whole.update(path.name.encode() + b"\n" + path.read_bytes())
    assert (LAYOUT, whole.hexdigest()[:16]) == SUMMARIES
