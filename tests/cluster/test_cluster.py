"""A build over a real scheduler and its worker processes, over TCP: the same bytes as on one machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from tests.cluster import workers
from tests.command_line import budgetkg as run

import budgetkg
from budgetkg.cluster.scheduling import over_cluster
from budgetkg.errors import BudgetkgError
from budgetkg.pipeline.document import BuildOptions, Job
from budgetkg.pipeline.guarded import Limits
from budgetkg.store.generations import current

distributed = pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds for a process to start on a busy machine


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which jobs say that they have begun."""
    return tmp_path_factory.mktemp("begun")


@pytest.fixture(scope="module")
def scheduler(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, as people start them; one that ends is replaced."""
    with cluster(tmp_path_factory.mktemp("cluster"), begun, count=2) as address:
        yield address


@contextmanager
def cluster(folder: Path, begun: Path, count: int) -> Iterator[str]:
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))), "BUDGETKG_TEST_BEGUN": str(begun),
    }  # fmt: skip
    told = folder / "scheduler.json"
    common = {"env": environment, "cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    processes = [
        subprocess.Popen([*command, "--no-dashboard", "--scheduler-file", str(told)], **common)  # type: ignore[call-overload]
    ]
    try:
        until(told.exists)
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(told)]
        worker += ["--nworkers", str(count), "--nthreads", "1", "--no-dashboard"]
        processes.append(subprocess.Popen(worker, start_new_session=True, **common))  # type: ignore[call-overload]
        with distributed.Client(scheduler_file=str(told), set_as_default=False) as client:
            client.wait_for_workers(count, timeout=PATIENCE)
            address = client.scheduler.address
        yield address
    finally:
        for process in processes[1:]:
            os.killpg(process.pid, signal.SIGKILL)
        processes[0].kill()
        for process in processes:
            process.wait()


def until(happens: object) -> None:
    assert callable(happens)
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.05)


def digests(directory: Path) -> dict[str, bytes]:
    """All that a build wrote but the store's own files, which differ from run to run."""
    generation = current(directory).path
    files = (path for path in generation.rglob("*") if path.is_file() and "store" not in path.parts)
    return {path.relative_to(generation).as_posix(): path.read_bytes() for path in files}


def test_the_same_graph_as_on_one_machine(
    scheduler: str, samples: list[Path], built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "build", *samples, "--into", tmp_path / "graph", "--scheduler", scheduler)
    assert current(tmp_path / "graph").path.name == current(built).path.name
    assert digests(tmp_path / "graph") == digests(built)


def test_a_worker_that_is_killed_midway_costs_nothing(
    scheduler: str, begun: Path, samples: list[Path], built: Path, tmp_path: Path
) -> None:
    def mapper(_: object, jobs: list[Job]) -> Iterator[object]:
        outcomes = over_cluster(scheduler, workers.slowly, jobs, limits=Limits())
        for number, outcome in enumerate(outcomes):
            if number == 0:
                kill_a_worker(scheduler)
            yield outcome

    report = budgetkg.build(samples, tmp_path / "graph", mapper=mapper)  # type: ignore[arg-type]
    assert not report.failures
    assert digests(tmp_path / "graph") == digests(built)
    times = [path.name.partition(".txt")[0] for path in begun.iterdir()]
    assert len(times) > len(set(times)) == len(samples), "a document was begun again"


def kill_a_worker(address: str) -> None:
    with distributed.Client(address, set_as_default=False) as client:
        # The worker that reads something now.
        busy = next(worker for worker, keys in client.processing().items() if keys)
        numbers = client.run(os.getpid, workers=[busy])
        os.kill(numbers[busy], signal.SIGKILL)


def test_a_document_without_measure_is_set_aside_with_the_reason(
    scheduler: str, samples: list[Path], tmp_path: Path
) -> None:
    report = budgetkg.build(
        samples, tmp_path / "graph", options=BuildOptions(validate=False),
        mapper=partial(over_cluster, scheduler, limits=Limits(memory=512), run=workers.greedily),
    )  # fmt: skip
    assert len(report.documents) == len(samples) - 1
    (failure,) = report.failures
    assert "huangpu" in failure.source
    assert "memory" in str(failure.reason)


def test_a_document_that_ends_every_worker_is_set_aside(scheduler: str, tmp_path: Path) -> None:
    jobs = []
    for name in ("one", "poison", "two"):
        path = tmp_path / f"{name}.txt"
        path.write_text(name, encoding="utf-8")
        jobs.append(Job(path, BuildOptions()))
    outcomes = list(over_cluster(scheduler, workers.slowly, jobs, limits=Limits(), run=workers.poisoned))
    assert [outcome.path for outcome in outcomes] == [job.path for job in jobs]
    assert [outcome.reason is not None for outcome in outcomes] == [False, True, False]
    assert "ended several workers" in str(outcomes[1].reason)


def test_a_worker_with_another_program_is_refused(
    scheduler: str, samples: list[Path], tmp_path: Path
) -> None:
    with pytest.raises(BudgetkgError, match="another version"):
        budgetkg.build(
            samples, tmp_path / "graph",
            mapper=partial(over_cluster, scheduler, limits=Limits(), run=workers.older),
        )  # fmt: skip
    assert not (tmp_path / "graph" / "current").exists()


def test_no_scheduler_is_one_line(
    samples: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgetkg.cluster.scheduling._PATIENCE", 1)
    place = "tcp://127.0.0.1:9"
    _, error = run(capsys, "build", samples[0], "--into", tmp_path / "g", "--scheduler", place, code=1)
    assert (
        error.strip() == f"budgetkg: {place}: no Dask scheduler answers there; start one with: dask scheduler"
    )
    assert not (tmp_path / "g" / "current").exists()
