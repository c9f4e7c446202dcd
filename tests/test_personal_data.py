"""A clerk's name and telephone, printed on the form, are in no format unless somebody asks for them."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.personal_layouts import LABELS, LAYOUTS, NAMES, SECRETS

import budgetkg
from budgetkg.export import export_to
from budgetkg.formats import names
from budgetkg.forms import parse_document
from budgetkg.forms.drafting import draft_layout
from budgetkg.mapping import MappingOptions, document_quads
from budgetkg.picture import draw
from budgetkg.reading import read_document
from budgetkg.schema_json import document_json
from budgetkg.store.generations import current

PRINTED = re.compile(r"(?:填报人|联系电话)：(\S+)")


def searchable(path: Path) -> Iterator[tuple[str, str]]:
    """Every text in a file or folder: packed and binary formats are opened."""
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.suffix == ".parquet":
            parquet = pytest.importorskip("pyarrow.parquet")
            yield file.name, str(parquet.read_table(file).to_pylist())
        elif file.suffix == ".gz":
            yield file.name, gzip.decompress(file.read_bytes()).decode("utf-8")
        elif file.suffix == ".zip":
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    yield name, archive.read(name).decode("utf-8", "replace")
        elif file.is_file():
            yield file.name, file.read_text(encoding="utf-8", errors="replace")


def printed(source: Path) -> list[str]:
    """What the form prints: read by nothing but a pattern."""
    found = PRINTED.findall(source.read_text(encoding="utf-8"))
    assert len(found) == 2, found
    return [str(each) for each in found]


@pytest.fixture(params=["sample", "seed"])
def source(request: pytest.FixtureRequest, root: Path) -> Path:
    if request.param == "sample":
        return root / "examples" / "liwan-2023-department.txt"
    folder: Path = request.getfixturevalue("shared") / "documents" / "seeds"
    return next(folder.glob("002_*"))


def test_no_format_names_the_clerk(source: Path, tmp_path: Path) -> None:
    wanted = printed(source)
    budgetkg.build([source], tmp_path / "graph")
    for name in names():
        out = tmp_path / name
        export_to(current(tmp_path / "graph"), name, out)
        texts = list(searchable(out))
        assert texts
        assert any("荔湾" in text for _, text in texts), name
        for file, text in texts:
            for value in wanted:
                assert value not in text, f"{name}: {file}"


def test_who_asks_gets_it(root: Path, tmp_path: Path) -> None:
    """The search above finds what is there: with the option, the graph has it."""
    source = root / "examples" / "liwan-2023-department.txt"
    from budgetkg.pipeline import BuildOptions

    budgetkg.build([source], tmp_path / "graph", options=BuildOptions(personal=True))
    export_to(current(tmp_path / "graph"), "turtle", tmp_path / "budget.ttl")
    text = (tmp_path / "budget.ttl").read_text(encoding="utf-8")
    assert all(value in text for value in printed(source))


def said(data: bytes, out: Path, *, drawn: bool = True, personal: bool = False) -> dict[str, str]:
    """What records, graph and picture say of a document."""
    records = parse_document(data, "form.html")
    if drawn:
        draw(data, "form.html", out / "form.html", personal=personal)
    texts = {
        "records": json.dumps([document_json(one, personal=personal) for one in records], ensure_ascii=False),
        "graph": "\n".join(
            str(quad) for one in records for quad in document_quads(one, MappingOptions(personal=personal))
        ),
    }
    return texts | ({"picture": (out / "form.html").read_text(encoding="utf-8")} if drawn else {})


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_label_in_no_layout_lets_a_name_out(layout: str, tmp_path: Path) -> None:
    """Neither name nor telephone anywhere; the names of the indicators are not masked with them."""
    leaks = []
    for number, label in enumerate(LABELS):
        drawn = number % 8 == 0  # drawing takes longest
        for output, text in said(LAYOUTS[layout](label), tmp_path, drawn=drawn).items():
            leaks += [(label, output, secret) for secret in SECRETS if secret in text]
            assert all(name in text for name in NAMES), (label, output)
    assert not leaks


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_shows_it_to_who_asks(layout: str, tmp_path: Path) -> None:
    """The search above can fail: each layout prints a name, and the option brings it."""
    for output, text in said(LAYOUTS[layout]("项目负责人"), tmp_path, personal=True).items():
        assert any(secret in text for secret in SECRETS), output


def test_no_export_of_such_forms_names_anybody(tmp_path: Path) -> None:
    sources = []
    for number, (layout, make) in enumerate(LAYOUTS.items()):
        sources.append(tmp_path / f"{number}.html")
        sources[-1].write_bytes(make(LABELS[number * 5 % len(LABELS)]))
        assert layout
    budgetkg.build(sources, tmp_path / "graph")
    for name in names():
        out = tmp_path / f"out-{name}"
        export_to(current(tmp_path / "graph"), name, out)
        for file, text in searchable(out):
            for secret in SECRETS:
                assert secret not in text, f"{name}: {file}"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_draft_of_a_layout_names_anybody(layout: str) -> None:
    """A draft lists unknown labels with what stands under them."""
    for label in LABELS[::4]:
        text = draft_layout(read_document(LAYOUTS[layout](label), "form.html"))
        assert not [secret for secret in SECRETS if secret in text], label
