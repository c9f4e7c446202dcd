"""What lies in a graph's directory may be anything: a pipe, more than any memory, JSON of another shape."""

from __future__ import annotations

import os
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.command_line import budgetkg

from budgetkg.pipeline import BuildOptions, build
from budgetkg.regular import cleared, content
from budgetkg.store.bounded import BoundedStore
from budgetkg.store.commit import exclusive
from budgetkg.store.generations import current
from budgetkg.store.healing import damages, mended

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pipes with names, and files with holes")
QUICK = BuildOptions(validate=False)
SAMPLE = Path(__file__).resolve().parent.parent / "examples" / "huadu-2023-declaration.txt"
IN_THE_GENERATION = ("manifest.json", "store/seal.json", "index.json", "findings.json")
BESIDE = ("comparisons.db", "comparisons.json", "stamps.json", "read.json", "kept")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    graph = tmp_path_factory.mktemp("whole") / "graph"
    build([SAMPLE], graph, options=QUICK, workers=1)
    return graph


@pytest.fixture
def graph(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "graph", symlinks=True)
    return tmp_path / "graph"


def pipe(path: Path) -> None:
    cleared(path)
    os.mkfifo(path)


def endless(path: Path) -> None:
    cleared(path)
    with path.open("wb") as stream:
        stream.truncate(1 << 40)


def folder(path: Path) -> None:
    cleared(path)
    path.mkdir()
    (path / "x").touch()


@pytest.mark.parametrize("exchange", [pipe, endless])
def test_nothing_waits_for_a_pipe_or_reads_a_terabyte(
    graph: Path, whole: Path, exchange: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in IN_THE_GENERATION:
        path = (graph / "current").resolve() / name
        before = path.read_bytes()
        exchange(path)
        with exclusive(graph):
            found = mended(graph)
        left = {damage.path.name for damage in found.left}
        assert left <= {"index.json"}  # which sources alone make anew
        if left:
            err = budgetkg(capsys, "findings", graph, code=1)[1]
            assert len(err.splitlines()) == 1
            assert "check DIR --repair" in err
            path.unlink()
            path.write_bytes(before)
    exchange(current(graph).index)
    build([SAMPLE], graph, options=QUICK, workers=1)
    assert not damages(graph)
    assert (graph / "current").readlink() == (whole / "current").readlink()


@pytest.mark.parametrize("exchange", [pipe, endless, folder])
def test_what_is_kept_for_the_next_build_is_made_anew(
    graph: Path, whole: Path, exchange: Callable[[Path], None]
) -> None:
    for name in BESIDE:
        exchange(graph / "generations" / name)
    build([SAMPLE], graph, options=QUICK, workers=1)
    assert not damages(graph)
    assert (graph / "current").readlink() == (whole / "current").readlink()


def test_a_folder_that_leads_elsewhere_costs_nobody_a_file(graph: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "precious").touch()
    cleared(graph / "generations" / "kept")
    (graph / "generations" / "kept").symlink_to(theirs)
    (tmp_path / "other.txt").write_bytes(SAMPLE.read_bytes() + b"\n")
    build([tmp_path / "other.txt"], graph, options=QUICK, workers=1)
    assert [path.name for path in theirs.iterdir()] == ["precious"]
    assert not (graph / "generations" / "kept").is_symlink()


@pytest.mark.parametrize("exchange", [pipe, endless])
@pytest.mark.parametrize(
    "name", ["corrections/readings.csv", "corrections/themes.csv", "merged/a.nq", "links/cofog.csv"]
)
def test_what_people_put_there_is_refused_in_one_line(
    graph: Path, name: str, exchange: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    (graph / name).parent.mkdir()
    exchange(graph / name)
    err = budgetkg(capsys, "build", SAMPLE, "--into", graph, "--no-validate", "--quiet", code=1)[1]
    assert len(err.splitlines()) == 1
    assert name in err
    assert not damages(graph)


@pytest.mark.parametrize("text", ["null", '[{"key": NaN}]', "[" * 100_000])
def test_an_index_of_another_shape_is_made_anew(graph: Path, whole: Path, text: str) -> None:
    current(graph).index.write_text(text)
    build([SAMPLE], graph, options=QUICK, workers=1)
    assert not damages(graph)
    assert (graph / "current").readlink() == (whole / "current").readlink()


@contextmanager
def few_files(most: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_repair_that_fails_leaves_the_store_that_there_was(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The engine doesn't open with so few files, and that is no damage."""
    with few_files(90):
        budgetkg(capsys, "check", graph, "--repair", code=1)
    assert not damages(graph)


def test_a_file_is_read_up_to_a_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert content(tmp_path / "a", 5) == b"12345"
    for wrong, most in ((tmp_path / "a", 4), (tmp_path, 9), (tmp_path / "none", 9)):
        with pytest.raises(OSError, match=wrong.name):
            content(wrong, most)


def test_no_memory_is_one_line(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def none(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("budgetkg.store.generations.located", none)
    assert "not enough memory" in budgetkg(capsys, "findings", whole, code=1)[1]


def test_a_service_that_only_the_engine_sees_is_refused_as_one(whole: Path) -> None:
    from budgetkg.errors import QueryError

    store = BoundedStore((whole / "store").resolve())
    with pytest.raises(QueryError, match="SERVICE"):
        store.query("#\nSELECT * {#}\rSERVICE <http://127.0.0.1:7999/> { ?x ?y ?z }}")
    store.close()
