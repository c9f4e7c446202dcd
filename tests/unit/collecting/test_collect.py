"""Collecting from a real server: politely, within limits, and again without asking twice."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from tests.web_server import Site, body, running

from budgetkg.collecting import CollectReport, FetchOptions, collect
from budgetkg.collecting.collect import LOG
from budgetkg.errors import BudgetkgError

QUICK = FetchOptions(delay=0, retries=1, seconds=5, bytes=100_000, allow_private=True)
FORM = "绩效目标表".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with running(Site()) as site:
        yield site


def listed(folder: Path, *rows: str, header: str = "url,issued,publisher,page,licence,file") -> Path:
    path = folder / "mine.csv"
    path.write_text("\n".join((header, *rows)), "utf-8")
    return path


def run(tmp_path: Path, *rows: str, options: FetchOptions = QUICK, refresh: bool = False) -> CollectReport:
    return collect(listed(tmp_path, *rows), tmp_path / "got", options, refresh=refresh)


def test_columns_that_are_not_read_are_named(site: Site, tmp_path: Path) -> None:
    site.pages["/a.txt"] = body(FORM)
    rows = (f"{site.url('/a.txt')},{site.url('/list')},",)
    written = listed(tmp_path, *rows, header="网址,landing_page,")
    report = collect(written, tmp_path / "got", QUICK)
    assert report.unread == ("landing_page",)
    assert collect(listed(tmp_path, *rows), tmp_path / "got", QUICK).unread == ()


def reasons(report: CollectReport) -> list[str]:
    return [str(reason) for _, reason in report.failures]


def test_files_a_list_and_a_log(site: Site, tmp_path: Path) -> None:
    site.pages["/a/%E8%A1%A8.txt"] = body(FORM, ETag='"v1"')
    report = run(tmp_path, f"{site.url('/a/表.txt')},2024年3月1日,某区财政局,{site.url('/list')},公开,")
    assert [(each.file, each.size, each.fresh) for each in report.files] == [("表.txt", len(FORM), True)]
    assert (tmp_path / "got" / "表.txt").read_bytes() == FORM
    text = (tmp_path / "got" / "sources.csv").read_text("utf-8-sig")
    assert (
        text.splitlines()[1]
        == f"表.txt,{site.url('/a/表.txt')},某区财政局,2024-03-01,{site.url('/list')},公开"
    )
    log = json.loads((tmp_path / "got" / LOG).read_bytes())[site.url("/a/表.txt")]
    assert log["sha256"] == hashlib.sha256(FORM).hexdigest()
    assert log["headers"]["ETag"] == '"v1"'
    assert log["fetched"].startswith("20")
    assert site.asked == ["/robots.txt", "/a/%E8%A1%A8.txt"]
    assert site.headers[1]["User-Agent"].startswith("budgetkg/")


def test_what_is_there_is_not_asked_for_again(site: Site, tmp_path: Path) -> None:
    site.pages["/a.txt"] = body(FORM)
    run(tmp_path, f"{site.url('/a.txt')},,,,,")
    again = run(tmp_path, f"{site.url('/a.txt')},,,,,")
    assert [each.fresh for each in again.files] == [False]
    assert site.asked.count("/a.txt") == 1
    (tmp_path / "got" / "a.txt").write_bytes(b"damaged")
    mended = run(tmp_path, f"{site.url('/a.txt')},,,,,")
    assert site.asked.count("/a.txt") == 2
    assert (tmp_path / "got" / "a.txt").read_bytes() == FORM
    assert [each.file for each in mended.files] == ["a.txt"]


def test_refresh_asks_whether_it_changed(site: Site, tmp_path: Path) -> None:
    site.pages["/a.txt"] = body(FORM, ETag='"v1"')
    run(tmp_path, f"{site.url('/a.txt')},,,,,")
    site.pages["/a.txt"] = body(b"", 304)
    same = run(tmp_path, f"{site.url('/a.txt')},,,,,", refresh=True)
    assert site.headers[-1]["If-None-Match"] == '"v1"'
    assert [each.fresh for each in same.files] == [False]
    site.pages["/a.txt"] = body(b"corrected")
    new = run(tmp_path, f"{site.url('/a.txt')},,,,,", refresh=True)
    assert [each.fresh for each in new.files] == [True]
    assert (tmp_path / "got" / "a.txt").read_bytes() == b"corrected"


def test_a_robots_txt_is_kept_to(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = body(b"User-agent: *\nDisallow: /closed/\n")
    site.pages["/closed/a.txt"] = site.pages["/open/a.txt"] = body(FORM)
    report = run(tmp_path, f"{site.url('/closed/a.txt')},,,,,", f"{site.url('/open/a.txt')},,,,,")
    assert [each.file for each in report.files] == ["a.txt"]
    assert reasons(report) == [f"the robots.txt of its host asks not to fetch {site.url('/closed/a.txt')}"]
    assert "/closed/a.txt" not in site.asked


def test_a_robots_txt_that_fails_closes_the_host(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = body(b"", 503)
    site.pages["/a.txt"] = body(FORM)
    report = run(tmp_path, f"{site.url('/a.txt')},,,,,")
    assert "nothing of its host is fetched" in reasons(report)[0]
    assert site.asked == ["/robots.txt"]


def test_a_host_is_left_time_between_requests(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = body(b"User-agent: *\nCrawl-delay: 1\n")
    site.pages["/a.txt"] = site.pages["/b.txt"] = body(FORM)
    run(tmp_path, f"{site.url('/a.txt')},,,,,", f"{site.url('/b.txt')},,,,,")
    assert site.times[2] - site.times[1] >= 0.9  # the server's clock begins a little later than ours


def test_a_busy_server_is_asked_again(site: Site, tmp_path: Path) -> None:
    answers = [body(b"", 503, Retry_After="0"), body(FORM)]
    site.pages["/a.txt"] = lambda request: answers.pop(0)(request)
    assert [each.file for each in run(tmp_path, f"{site.url('/a.txt')},,,,,").files] == ["a.txt"]


def test_a_file_that_came_in_part_is_resumed(site: Site, tmp_path: Path) -> None:
    whole = bytes(range(256)) * 40

    def cut(request: BaseHTTPRequestHandler) -> None:
        start = int(request.headers.get("Range", "bytes=0-")[6:-1])
        request.send_response(206 if start else 200)
        request.send_header("ETag", '"v1"')
        request.send_header("Content-Length", str(len(whole) - start))
        if start:
            request.send_header("Content-Range", f"bytes {start}-{len(whole) - 1}/{len(whole)}")
        request.end_headers()
        request.wfile.write(whole[start:] if start else whole[:5000])
        request.close_connection = True

    site.pages["/a.pdf"] = cut
    report = run(tmp_path, f"{site.url('/a.pdf')},,,,,")
    assert not report.failures
    assert (tmp_path / "got" / "a.pdf").read_bytes() == whole
    assert [headers.get("If-Range") for headers in site.headers[1:]] == [None, '"v1"']


def dripping(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    try:
        for _ in range(600):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    try:
        while True:
            request.wfile.write(b"x" * 10_000)
    except OSError:
        pass


def test_limits_hold_and_the_rest_goes_on(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/drip": dripping, "/endless": endless, "/big": body(b"x" * 200_000), "/good.txt": body(FORM),
        "/loop": body(b"", 302, Location="/loop"), "/ftp": body(b"", 302, Location="ftp://127.0.0.1/x"),
    }  # fmt: skip
    names = ("drip", "endless", "big", "loop", "ftp", "missing", "good.txt")
    options = FetchOptions(delay=0, retries=0, seconds=1, bytes=100_000, allow_private=True)
    report = run(tmp_path, *(f"{site.url('/' + name)},,,,," for name in names), options=options)
    said = reasons(report)
    assert [each.file for each in report.files] == ["good.txt"]
    assert "took too long" in said[0]
    assert "100,000 bytes" in said[1]
    assert "100,000 bytes" in said[2]
    assert "redirects" in said[3]
    assert "no address" in said[4]
    assert said[5] == "the server answers 404"
    left = sorted(path.name for path in (tmp_path / "got").iterdir() if not path.name.startswith(".fetching"))
    assert left == [".collected.json", "good.txt", "sources.csv"]


def test_private_addresses_are_refused_unless_allowed(site: Site, tmp_path: Path) -> None:
    site.pages["/a.txt"] = body(FORM)
    port = site.address.rpartition(":")[2]
    hosts = ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1", "2130706433")
    rows = [f"http://{host}:{port}/a.txt,,,,," for host in hosts]
    report = run(tmp_path, *rows, options=FetchOptions(delay=0, retries=0, seconds=2))
    assert not report.files
    assert len(report.failures) == len(hosts)
    assert site.asked == []


def test_names_stay_in_the_folder_and_apart(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/down?id=1": body(FORM, Content_Disposition="attachment; filename=../../evil.txt"),
        "/x/a.txt": body(b"one"), "/y/a.txt": body(b"two"),
        "/page": body(b"<table>", Content_Type="text/html; charset=utf-8"),
    }  # fmt: skip
    rows = [f"{site.url(path)},,,,," for path in ("/down?id=1", "/x/a.txt", "/y/a.txt", "/page")]
    names = [each.file for each in run(tmp_path, *rows).files]
    assert names[0] == "evil.txt"
    assert names[1] == "a.txt"
    assert names[2].startswith("a-")
    assert names[3] == "page.html"
    assert not (tmp_path.parent / "evil.txt").exists()


def test_rows_that_say_nothing_clear_are_named(site: Site, tmp_path: Path) -> None:
    report = run(tmp_path, ",2024-01-01,,,,", f"{site.url('/a')},yesterday,,,,", "file:///etc/passwd,,,,,")
    assert [place.rpartition(":")[2] for place, _ in report.failures] == ["2", "3", "4"]
    assert "neither" in reasons(report)[0]
    assert "yesterday" in reasons(report)[1]
    assert "file:///etc/passwd" in reasons(report)[2]
    assert site.asked == []


def test_a_list_in_the_folder_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BudgetkgError, match="--into"):
        collect(listed(tmp_path, "http://example.org/a,,,,,"), tmp_path)
