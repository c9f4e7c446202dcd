"""The statements of files are exchanged in a store as if it had been filled anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph
import pytest

from budgetkg.store import filling


def line(name: str) -> str:
    return f"<urn:{name}> <urn:p> <urn:o> <urn:g> .\n"


def written(folder: Path, files: Mapping[str, str]) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"{name}.nq" for name in files]
    for path, names in zip(paths, files.values(), strict=True):
        path.write_text("".join(map(line, names)), encoding="utf-8")
    return paths


@pytest.mark.parametrize("most", [1, 2, 3, 1000])
def test_what_moves_or_stands_in_another_file_too_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """However few lines may be held at once."""
    monkeypatch.setattr(filling, "MOST_LINES", most)
    old = written(tmp_path / "old", {"one": "abm", "two": "ac", "gone": "d"})
    new = written(tmp_path / "new", {"one": "be", "two": "afm"})
    engine = pyoxigraph.Store()
    engine.extend(pyoxigraph.parse("".join(map(line, "abcdm")), pyoxigraph.RdfFormat.N_QUADS))
    more = filling._exchange(engine, old, new, whole=False)
    assert sorted(quad.subject.value for quad in engine) == [f"urn:{name}" for name in "abefm"]
    assert more == 0
