"""The list of all findings: joined from those of documents, as if it were written as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from budgetkg.errors import StoreError
from budgetkg.pipeline.sharing import joined_lists
from budgetkg.store.manifest import json_bytes

LISTS = (
    [],
    [[]],
    [[], []],
    [[{"code": "a", "raw": "一\n]\n"}]],
    [[], [{"code": "a"}, {"code": "b", "list": [1, 2], "none": []}], [], [{"code": "c"}], []],
)


def written(folder: Path, lists: list[list[object]]) -> list[Path]:
    paths = [folder / f"{number}.json" for number in range(len(lists))]
    for path, items in zip(paths, lists, strict=True):
        path.write_bytes(json_bytes(items))
    return paths


@pytest.mark.parametrize("lists", LISTS, ids=len)
def test_joined_lists_are_the_bytes_of_one(lists: list[list[object]], tmp_path: Path) -> None:
    whole = [item for items in lists for item in items]
    assert b"".join(joined_lists(written(tmp_path, lists))) == json_bytes(whole)


def test_a_list_that_is_written_otherwise_is_read(tmp_path: Path) -> None:
    paths = written(tmp_path, [[{"code": "a"}], [], [{"code": "c"}]])
    paths[1].write_text(json.dumps([{"code": "b"}]))
    assert json.loads(b"".join(joined_lists(paths))) == [{"code": "a"}, {"code": "b"}, {"code": "c"}]


def test_a_damaged_list_is_named(tmp_path: Path) -> None:
    paths = written(tmp_path, [[{"code": "a"}]])
    paths[0].write_bytes(b"[\n {")
    with pytest.raises(StoreError):
        b"".join(joined_lists(paths))
