"""What a build holds at one time: a document, a part, an item, however many there are.

The measure is the memory of Python objects at its peak, of few and of many: what is held of each shows
in the difference, on any machine and however busy it is.
"""

from __future__ import annotations

import ctypes
import gc
import pickle
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkg.inference.comparisons import Comparisons
from budgetkg.inference.concluding import Conclusions
from budgetkg.inference.single import Concluder
from budgetkg.inference.subjects import Extract, Subject
from budgetkg.mapping import Statements
from budgetkg.pipeline.sharing import write_sorted
from budgetkg.pipeline.summary import shared
from budgetkg.processes.descriptors import few_files
from budgetkg.processes.memory import give_back
from budgetkg.store import durable, filling
from budgetkg.store.generations import Generation
from budgetkg.store.manifest import json_bytes, json_list

BASE, GRAPH = "https://example.org/", "<https://example.org/graph>"
FEW, MANY = 10, 40
LARGE = 40_000
"""Characters that each thing has, so that no cache of small things hides whether it is held."""
resource = pytest.importorskip("resource")  # Windows has none
LIBC = hasattr(ctypes.CDLL(None), "malloc_trim") and Path("/proc/self/statm").exists()


def held_of_each(run: Callable[[int], object]) -> float:
    """Bytes that each further thing adds to the peak."""
    peaks = []
    for count in (FEW, FEW, MANY):  # the first time loads what is loaded once
        gc.collect()
        tracemalloc.start()
        run(count)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return (peaks[2] - peaks[1]) / (MANY - FEW)


def test_one_document_is_held_while_conclusions_are_drawn(tmp_path: Path) -> None:
    def brief(key: str) -> Extract:
        goal = f"第{key}项：整修乡村道路，让两千名居民受益，并于年内完成。"
        project = Subject(f"{BASE}{key}", "project", "道路", goal, f"{BASE}{key}/{'x' * LARGE}")
        return Extract(key, f"{BASE}plan/{key}", "甲区", None, None, 1, (project,))

    def conclude(count: int) -> None:
        comparisons = Comparisons(tmp_path / f"{count}-{len(list(tmp_path.iterdir()))}.db")
        conclusions = Conclusions(BASE, Concluder(("甲区",), ()), comparisons, brief)
        conclusions.exchange((), {f"{number:04}": "" for number in range(count)}, lambda *_: None)
        comparisons.close(keeping=False)

    assert held_of_each(conclude) < LARGE / 4


def test_one_part_of_a_graph_is_held_while_it_is_written(tmp_path: Path) -> None:
    def part(number: int) -> Statements:
        return Statements(GRAPH, tuple(f'<a:{number}> <p:{n}> "{"甲" * (LARGE // 40)}"' for n in range(40)))

    held = held_of_each(lambda count: write_sorted(tmp_path / "graph.nq", map(part, range(count))))
    assert held < LARGE / 4


def test_one_item_of_a_list_is_held_while_it_is_written() -> None:
    def write(count: int) -> None:
        items = ({"name": "甲" * LARGE, "number": number} for number in range(count))
        for _ in json_list(items):
            pass

    assert held_of_each(write) < LARGE / 4


@given(parts=st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=4), max_size=5))
def test_parts_are_written_as_the_whole(
    parts: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("parts") / "graph.nq"
    lines = [tuple(f'<a:{name}> <a:p> "一{name}"@zh' for name in sorted({*part})) for part in parts]
    write_sorted(path, (Statements(GRAPH, some) for some in lines))
    whole = Statements(GRAPH, tuple(sorted({line for some in lines for line in some})))
    assert path.read_bytes() == whole.nquads()


@given(items=st.lists(st.dictionaries(st.sampled_from("abc"), st.integers() | st.lists(st.integers()))))
def test_a_list_item_by_item_is_the_list(items: list[object]) -> None:
    assert b"".join(json_list(items)) == json_bytes(items)


def test_words_of_entries_are_held_once() -> None:
    entry = {"name of a field": "教育局 一", "counts": {"Info 一": 1}, "list": ["甲 乙"], "none": None}
    one, other = (shared(pickle.loads(pickle.dumps(entry))) for _ in range(2))

    def words(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from (word for pair in value.items() for item in pair for word in words(item))
        elif isinstance(value, list):
            yield from (word for item in value for word in words(item))

    assert one == entry
    assert all(mine is yours for mine, yours in zip(words(one), words(other), strict=True))


def test_every_file_of_a_folder_is_synced_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / f"{number}" for number in range(3 * durable._AT_ONCE + 1)]
    for path in paths:
        path.touch()
    synced: list[Path] = []
    monkeypatch.setattr(durable, "sync_file", synced.append)
    durable.sync_tree(tmp_path, {paths[0].name: paths[0].stat().st_ino})
    assert sorted(path for path in synced if path != tmp_path) == sorted(paths[1:])


@pytest.mark.skipif(not LIBC, reason="the limit can't be seen")
def test_the_engine_that_is_filled_holds_few_files_open(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    generation = Generation(tmp_path)
    (tmp_path / "graphs").mkdir()
    generation.graph("one").write_text("<a:s> <a:p> <a:o> <a:g> .\n")
    generation.index.write_text("[]")
    filling._loaded(generation)
    (options,) = sorted(generation.store.glob("OPTIONS-*"))[-1:]
    assert "max_open_files=48" in options.read_text("utf-8").split()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == before


@pytest.mark.skipif(not LIBC, reason="the limit can't be seen")
def test_who_has_many_files_open_keeps_the_limit() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    with ExitStack() as several:
        for _ in range(60):
            several.enter_context(Path(__file__).open("rb"))
        with few_files(96):
            assert resource.getrlimit(resource.RLIMIT_NOFILE) == before
    with few_files(before[0] + 1):
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == before


@pytest.mark.skipif(not LIBC, reason="the allocator keeps what is freed")
def test_freed_memory_goes_back_to_the_system() -> None:
    def used() -> int:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1])

    blocks = [bytearray(100_000) for _ in range(400)]  # less than what is mapped by itself
    for block in blocks:
        block[:] = b"x" * len(block)
    full, last = used(), blocks[-1]  # stays above all the others
    del blocks, block
    give_back()
    assert (full - used()) * 4096 > 20_000_000
    assert len(last) == 100_000
