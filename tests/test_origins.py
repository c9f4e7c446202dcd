"""Lists of sources and archives as a build takes them: what is said of a document's origin, and where."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from tests.command_line import budgetkg as run
from tests.tables_of import converted, rows
from tests.web_server import Site, body, running

import budgetkg
from budgetkg.export import export_to
from budgetkg.pipeline import build
from budgetkg.pipeline.sources import expand
from budgetkg.store.generations import current

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ORIGINS = """
SELECT ?file ?url ?page ?issued ?publisher ?licence WHERE {
  ?d a bkg:Document ; bkg:fileName ?file ; prov:hadPrimarySource ?url ; dcterms:source ?page ;
     dcterms:issued ?issued ; dcterms:publisher/foaf:name ?publisher ; dcterms:license/rdfs:label ?licence
}
"""


@pytest.fixture
def sample() -> Path:
    return sorted(EXAMPLES.glob("*.txt"))[0]


def with_list(folder: Path, sample: Path, row: str, encoding: str = "utf-8-sig") -> Path:
    (folder / "表.txt").write_bytes(sample.read_bytes())
    path = folder / "sources.csv"
    path.write_text(f"文件,网址,发布日期,发布单位,来源页面,许可\n{row}\n", encoding)
    return path


ROW = "表.txt,https://example.org/files/表 1.txt,2024/3/1,某区财政局,https://example.org/list?a=1,公开"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_list_says_where_documents_come_from(tmp_path: Path, sample: Path, encoding: str) -> None:
    given = with_list(tmp_path, sample, ROW, encoding)
    report = build([given], tmp_path / "graph", workers=1)
    assert not report.failures
    with budgetkg.open(tmp_path / "graph") as graph:
        (row,) = graph.query(ORIGINS)
    assert dict(row) == {
        "file": "表.txt", "url": "https://example.org/files/%E8%A1%A8%201.txt",
        "page": "https://example.org/list?a=1", "issued": "2024-03-01",
        "publisher": "某区财政局", "licence": "公开",
    }  # fmt: skip
    export_to(current(tmp_path / "graph"), "csvw", tmp_path / "csvw")
    (listed,) = rows(tmp_path / "csvw" / "sources.csv")
    assert (listed["published"], listed["publisher"], listed["licence"]) == (
        "2024-03-01",
        "某区财政局",
        "公开",
    )
    assert any(triple.predicate.value.endswith("hadPrimarySource") for triple in converted(tmp_path / "csvw"))


def test_a_folder_with_a_list_is_read_by_it(tmp_path: Path, sample: Path) -> None:
    with_list(tmp_path, sample, ROW)
    report = build([tmp_path], tmp_path / "graph", workers=1)
    assert [entry["origin"]["issued"] for entry in report.documents] == ["2024-03-01"]
    assert not report.failures


def test_the_later_edition_counts(tmp_path: Path, sample: Path) -> None:
    text = sample.read_bytes()
    (tmp_path / "old.txt").write_bytes(text)
    (tmp_path / "new.txt").write_bytes(text + b"\n ")
    for order in (("2024-03-01", "2023-02-01"), ("2023-02-01", "2024-03-01")):
        path = tmp_path / "sources.csv"
        path.write_text(f"file,issued\nold.txt,{order[0]}\nnew.txt,{order[1]}\n")
        report = build([path], tmp_path / f"graph-{order[0]}", workers=1)
        ((group, names),) = report.editions
        assert group.reason == "newest"
        assert names[0] == ("old.txt" if order[0] > order[1] else "new.txt")


def test_lines_that_can_not_be_followed_are_named(tmp_path: Path, sample: Path) -> None:
    path = with_list(tmp_path, sample, f"{ROW}\n没有.txt,,,,,\n,https://example.org/a,,,,\n表.txt,,三月,,,")
    found = expand([path])
    assert [failure.source.rpartition(":")[2] for failure in found.failures] == ["3", "4", "5"]
    said = [str(failure.reason) for failure in found.failures]
    assert "isn't beside it" in said[0]
    assert "collect" in said[1]
    assert "三月" in said[2]


def zipped(path: Path, members: dict[str, bytes], encoding: str = "utf-8") -> Path:
    """A zip file; names that are not UTF-8 as programs of Windows write them, without the flag."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name if encoding == "utf-8" else "?" * len(name.encode(encoding)))
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    if encoding != "utf-8":
        data = path.read_bytes()
        for name in members:
            raw = name.encode(encoding)
            data = data.replace(b"?" * len(raw), raw)
        path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_archive_is_a_folder(tmp_path: Path, sample: Path, encoding: str) -> None:
    given = zipped(tmp_path / "表.zip", {"某区/绩效目标表.txt": sample.read_bytes()}, encoding)
    report = build([given], tmp_path / "graph", workers=1)
    assert not report.failures
    assert [entry["source"] for entry in report.documents] == ["绩效目标表.txt"]
    assert [str(path.relative_to(given)) for path in expand([given]).files] == ["某区/绩效目标表.txt"]


def test_a_list_can_name_an_archive(tmp_path: Path, sample: Path) -> None:
    zipped(tmp_path / "表.zip", {"a.txt": sample.read_bytes()})
    (tmp_path / "sources.csv").write_text("file,issued\n表.zip,2024-03-01\n", "utf-8")
    report = build([tmp_path / "sources.csv"], tmp_path / "graph", workers=1)
    assert [entry["origin"] for entry in report.documents] == [{"issued": "2024-03-01"}]


def test_no_name_in_an_archive_leads_out_of_it(tmp_path: Path, sample: Path) -> None:
    text = sample.read_bytes()
    names = {
        "../../up.txt": text,
        "/root.txt": text,
        "C:\\x\\win.txt": text,
        "__MACOSX/._a.txt": b"",
        ".h": b"",
    }
    files = expand([zipped(tmp_path / "a.zip", names)]).files
    assert [path.relative_to(tmp_path / "a.zip").as_posix() for path in files] == [
        "root.txt", "up.txt", "x/win.txt",
    ]  # fmt: skip
    assert len(build([tmp_path / "a.zip"], tmp_path / "graph", workers=1).documents) == 1  # the same bytes


def test_archives_that_are_bombs_locked_or_damaged_cost_one_line(tmp_path: Path, sample: Path) -> None:
    zipped(tmp_path / "bomb.zip", {"zeros.txt": bytes(64 * 1024 * 1024)})
    zipped(tmp_path / "many.zip", {f"{number}.txt": b"" for number in range(10_001)})
    good = zipped(tmp_path / "good.zip", {"a.txt": sample.read_bytes()}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(good[: len(good) // 2])
    flipped = bytearray(good)
    flipped[60] ^= 0xFF
    (tmp_path / "flipped.zip").write_bytes(flipped)
    report = build([tmp_path], tmp_path / "graph", workers=1)
    assert len(report.documents) == 1
    said = {Path(failure.source.split(".zip")[0]).name: str(failure.reason) for failure in report.failures}
    assert set(said) == {"bomb", "many", "cut", "flipped"}
    assert "bomb" in said["bomb"]
    assert "10,000" in said["many"]


def test_office_files_are_no_archives(tmp_path: Path, shared: Path) -> None:
    for suffix in ("xlsx", "docx", "ofd", "odt", "ods"):
        for path in sorted(shared.rglob(f"*.{suffix}"))[:1]:
            assert expand([path]).files == [path]


def test_collected_by_command_and_built(
    tmp_path: Path, sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(Site({"/f/表.txt": body(b"")})) as site:
        site.pages["/f/%E8%A1%A8.txt"] = body(sample.read_bytes())
        (tmp_path / "list.csv").write_text(f"url,issued\n{site.url('/f/表.txt')},2024-03-01\n", "utf-8")
        arguments = ("collect", tmp_path / "list.csv", "--into", tmp_path / "got", "--delay", "0")
        assert "--allow-private" in run(capsys, *arguments, code=1)[1]
        out, _ = run(capsys, *arguments, "--allow-private", "--json")
    assert [each["file"] for each in json.loads(out)["files"]] == ["表.txt"]
    out, _ = run(capsys, "build", tmp_path / "got", "--into", tmp_path / "graph", "--json")
    assert [each["source"] for each in json.loads(out)["documents"]] == ["表.txt"]
