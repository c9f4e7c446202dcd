"""The wheel and the source archive, installed and used where no checkout is near."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = 11, 14
SKIP = ("out", "build", "dist")


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A wheel and a source archive of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], ROOT)
    (wheel,), (archive,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, archive


def run(command: Sequence[str], place: Path) -> str:
    """What a program prints, run outside of the checkout and without its paths."""
    hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_REQUIRE_VIRTUALENV")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"LC_ALL": "C.UTF-8", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


def interpreters() -> list[str]:
    """Other Pythons that the package claims to run on and that are to be had here."""
    mine = sys.version_info[1]
    names = [f"python3.{minor}" for minor in range(OLDEST, NEWEST + 1) if minor != mine]
    versions = [path / "bin" / "python3" for path in sorted(Path.home().glob(".pyenv/versions/3.*"))]
    wanted = {f"3.{minor}" for minor in range(OLDEST, NEWEST + 1) if minor != mine}
    kept = [str(path) for path in versions if ".".join(path.parts[-3].split(".")[:2]) in wanted]
    return kept or names


def test_the_wheel_holds_what_runs_and_nothing_else(archives: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(archives[0]).namelist()
    assert {name.split("/")[0] for name in names} <= {"budgetkg", f"budgetkg-{version()}.dist-info"}
    for wanted in ("messages.toml", "cli/messages.toml", "_data/ontology/core.ttl", "py.typed"):
        assert f"budgetkg/{wanted}" in names
    assert not [name for name in names if name.startswith(("budgetkg/generate/", "budgetkg/tests/"))]


def test_the_source_archive_holds_what_builds_and_tests(archives: tuple[Path, Path]) -> None:
    with tarfile.open(archives[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "Makefile", "constraints.txt", "mkdocs.yml", "CONTRIBUTING.md"} <= names
    for folder in ("src/budgetkg", "tests", "tools", "ontology", "queries", "shapes", "docs", "examples"):
        assert any(name.startswith(f"{folder}/") for name in names), folder


@pytest.mark.parametrize("kind", [0, 1], ids=["wheel", "source"])
def test_installed_anew_it_builds_a_graph(kind: int, archives: tuple[Path, Path], tmp_path: Path) -> None:
    """A fresh environment that borrows the libraries of this one, and nothing of the checkout."""
    place = tmp_path / "venv"
    venv.create(place, with_pip=False)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(place), "platbase": str(place)}))
    python = str(place / "bin" / "python")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    install += ["--no-build-isolation", "--target", str(packages), str(archives[kind])]
    run(install, tmp_path)
    (packages / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    used(python, packages, tmp_path)


def used(python: str, packages: Path, place: Path) -> None:
    """Build and ask a graph with what is installed."""
    where = run([python, "-c", "import budgetkg; print(budgetkg.__file__)"], place)
    assert Path(where.strip()).is_relative_to(packages)
    sample = str(ROOT / "examples" / "huadu-2023-declaration.txt")
    report = run([python, "-m", "budgetkg", "build", sample, "--into", "graph"], place)
    assert "0 violations" in report
    assert "花都区" in run(
        [python, "-m", "budgetkg", "query", "budget-by-district", "--store", "graph"], place
    )
    assert version() in run([python, "-m", "budgetkg", "--version"], place)


@pytest.mark.parametrize("python", interpreters())
def test_on_other_versions_of_python(python: str, archives: tuple[Path, Path], tmp_path: Path) -> None:
    """The real thing, with the libraries of constraints.txt; only where somebody asks for it."""
    if not os.environ.get("BUDGETKG_ALL_PYTHONS"):
        pytest.skip("set BUDGETKG_ALL_PYTHONS=1 to install and run on other versions of Python")
    try:
        run([python, "-m", "venv", str(tmp_path / "venv")], tmp_path)
    except FileNotFoundError:
        pytest.skip(f"{python} is not installed")
    ours = str(tmp_path / "venv" / "bin" / "python")
    run([ours, "-m", "pip", "install", "--quiet", "-c", str(unhashed(tmp_path)), str(archives[0])], tmp_path)
    used(ours, tmp_path / "venv", tmp_path)


def unhashed(folder: Path) -> Path:
    """The constraints without hashes: pip takes no others for a wheel that has none."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line.removesuffix(" \\") for line in lines if line and line[0].isalpha()]
    target = folder / "pins.txt"
    target.write_text("\n".join(pins) + "\n", encoding="utf-8")
    return target


def version() -> str:
    """The version that pyproject.toml says, which CHANGELOG and CITATION say too."""
    import tomllib

    found = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## [{found}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"version: {found}" in (ROOT / "CITATION.cff").read_text("utf-8")
    return str(found)


def test_classifiers_name_the_versions_that_are_tested() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    claimed = {f"3.{minor}" for minor in range(10, 30) if f"Python :: 3.{minor}" in text}
    assert claimed == {f"3.{minor}" for minor in range(OLDEST, NEWEST + 1)}
