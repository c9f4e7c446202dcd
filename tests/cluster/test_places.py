"""Sources read from an object store and the parts of a graph written to one: a real server on loopback."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from tests.command_line import budgetkg as run

from budgetkg.store.generations import current

moto = pytest.importorskip("moto.server", reason="the extra [cluster] is not installed")
pytest.importorskip("s3fs", reason="the extra [cluster] is not installed")


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The address of an empty bucket."""
    import s3fs

    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        settings = {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing", "AWS_DEFAULT_REGION": "us-east-1",
        }  # fmt: skip
        before = {name: os.environ.get(name) for name in settings}
        os.environ.update(settings)
        s3fs.S3FileSystem.clear_instance_cache()
        s3fs.S3FileSystem().mkdir("budgets")
        yield "s3://budgets"
    finally:
        server.stop()
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def test_sources_of_a_bucket_give_the_same_graph(
    bucket: str, samples: list[Path], built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import s3fs

    for sample in samples:
        s3fs.S3FileSystem().put_file(str(sample), f"budgets/sources/year/{sample.name}")
    run(capsys, "build", f"{bucket}/sources", "--into", tmp_path / "graph")
    assert current(tmp_path / "graph").path.name == current(built).path.name


def test_parts_in_a_bucket_hold_the_whole_graph(
    bucket: str, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import s3fs

    run(capsys, "export", built, "-f", "shards", "--out", f"{bucket}/parts")
    s3fs.S3FileSystem().get(f"{bucket}/parts", str(tmp_path / "parts"), recursive=True)
    manifest = json.loads((tmp_path / "parts" / "manifest.json").read_text("utf-8"))
    lines: list[bytes] = []
    for part in manifest["parts"]:
        packed = (tmp_path / "parts" / part["file"]).read_bytes()
        data = gzip.decompress(packed)
        assert hashlib.sha256(packed).hexdigest() == part["sha256"]
        assert hashlib.sha256(data).hexdigest() == part["sha256_unpacked"]
        assert len(data) == part["bytes"]
        inside = data.splitlines(keepends=True)
        assert inside == sorted(inside)
        assert len(inside) == part["quads"]
        lines += inside
    run(capsys, "export", built, "-f", "nquads", "--out", tmp_path / "whole.nq")
    assert sorted(lines) == (tmp_path / "whole.nq").read_bytes().splitlines(keepends=True)
    assert manifest["quads"] == len(lines)


def test_parts_are_the_same_on_every_run(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("budgetkg.export.shards.FULL", 1 << 20)
    for name in ("one", "two"):
        run(capsys, "export", built, "-f", "shards", "--out", tmp_path / name)
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")
    )
    assert first == second
    assert len(first) > 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", "s3://budgets/nothing", "--into", "{}/g"), "no file is there"),
        (("build", "nosuch://budgets/a", "--into", "{}/g"), "nosuch://budgets/a: "),
        (("build", "s3://no-such-bucket/a", "--into", "{}/g"), "s3://no-such-bucket/a: "),
    ],
)
def test_what_is_not_there_is_one_line(
    bucket: str, arguments: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, error = run(capsys, *(part.format(tmp_path) for part in arguments), code=1)
    assert said in error
    assert len(error.strip().splitlines()) == 1
    assert not (tmp_path / "g" / "current").exists()


def test_one_file_goes_to_no_address(bucket: str, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, error = run(capsys, "export", built, "-f", "turtle", "--out", f"{bucket}/x.ttl", code=2)
    assert "shards" in error


def test_oxigraph_loads_the_parts(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "export", built, "-f", "shards", "--out", tmp_path / "parts")
    parts = sorted((tmp_path / "parts").glob("*.nq.gz"))
    command = (
        Path(sys.executable).parent / "oxigraph",
        "load",
        "--location",
        tmp_path / "store",
        "--file",
        *parts,
    )
    subprocess.run(command, check=True, capture_output=True)
    manifest = json.loads((tmp_path / "parts" / "manifest.json").read_text("utf-8"))
    assert len(pyoxigraph.Store.read_only(str(tmp_path / "store"))) == manifest["quads"]
