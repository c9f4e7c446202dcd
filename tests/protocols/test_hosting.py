"""Rules for web servers: nginx and Caddy run them, Apache's are read."""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.endpoints import free_port, wait_for

from budgetkg.errors import BudgetkgError
from budgetkg.web.hosting import rules, write_rules

ADDRESS = "http://data.example.org/budget"


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": "data.example.org", **headers})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


@contextmanager
def nginx(folder: Path, text: str) -> Iterator[int]:
    """A real nginx with these rules, on a free port."""
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        pytest.skip("nginx is not installed")
    port = free_port()
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    head = f"pid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{ }}\n"
    whole = f"{head}http {{\naccess_log off;\n{temporary}{text}}}\n"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    command = [
        program,
        "-p",
        str(folder),
        "-c",
        str(folder / "nginx.conf"),
        "-g",
        "daemon off; master_process off;",
    ]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


@contextmanager
def caddy(folder: Path, text: str) -> Iterator[int]:
    """A real Caddy with these rules, on a free port."""
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("Caddy is not installed")
    port = free_port()
    options = "{\n\tadmin off\n\tauto_https off\n}\n"
    text = options + text.replace("\ndata.example.org {", f"\nhttp://data.example.org:{port} {{")
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    command = [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    here = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=here) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


SERVERS = {"nginx": (nginx, "nginx.conf"), "caddy": (caddy, "Caddyfile")}


@pytest.mark.parametrize("server", sorted(SERVERS))
@pytest.mark.parametrize(
    ("accept", "ending"),
    [("text/html,*/*;q=0.8", "html"), ("text/turtle", "ttl"), ("application/ld+json", "jsonld"),
     ("application/n-triples", "nt"), ("*/*", "ttl")],
)  # fmt: skip
def test_published_files_behind_a_server(tmp_path: Path, server: str, accept: str, ending: str) -> None:
    files = tmp_path / "site"
    folder = "zh/doc" if ending == "html" else "doc"
    (files / folder / "code").mkdir(parents=True)
    (files / folder / "code" / f"x.{ending}").write_text("here", encoding="utf-8")
    (files / "index.html").write_text("front", encoding="utf-8")
    tmp_path.chmod(0o755)
    begun, name = SERVERS[server]
    text = rules(ADDRESS)[name].replace("/srv/budgetkg", str(files))
    with begun(tmp_path, text) as port:
        status, headers, _ = get(port, "/budget/code/x", Accept=accept)
        assert (status, headers["vary"]) == (303, "Accept, Accept-Language")
        path = re.sub(r"^https?://[^/]+", "", headers["location"])
        assert path == f"/budget/{folder}/code/x.{ending}"
        english = get(port, "/budget/code/x", **{"Accept": accept, "Accept-Language": "en-GB,en;q=0.8"})[1]
        assert english["location"].endswith(f"/budget/{folder.replace('zh', 'en')}/code/x.{ending}")
        status, headers, body = get(port, path)
        assert (status, body) == (200, b"here")
        assert headers["content-type"].startswith(
            {"html": "text/html", "ttl": "text/turtle", "nt": "application/n-triples"}.get(
                ending, "application/ld+json"
            )
        )
        assert "script-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert get(port, "/budget/")[2] == b"front"
        assert get(port, "/budget/../etc/passwd")[0] in (400, 404)


@pytest.mark.parametrize("server", sorted(SERVERS))
def test_the_site_behind_a_server_under_a_path(built: Path, tmp_path: Path, server: str) -> None:
    """Every address that the site gives of itself is the one from outside, and leads to an answer."""
    inside = free_port()
    command = [sys.executable, "-m", "budgetkg", "serve", str(built), "--port", str(inside),
               "--address", ADDRESS, "--root-path", "/budget", "--behind-proxy"]  # fmt: skip
    name = {"nginx": "nginx-proxy.conf", "caddy": "Caddyfile-proxy"}[server]
    text = rules(ADDRESS)[name].replace("127.0.0.1:7878", f"127.0.0.1:{inside}")
    with (
        subprocess.Popen(command, stderr=subprocess.DEVNULL) as site,
        SERVERS[server][0](tmp_path, text) as port,
    ):
        try:
            wait_for(inside)
            status, headers, _ = get(port, "/budget/code/division/440112", Accept="text/turtle")
            assert (status, headers["location"]) == (303, f"{ADDRESS}/doc/code/division/440112.ttl")
            assert get(port, "/budget/doc/code/division/440112.ttl")[0] == 200
            assert f"<{ADDRESS}/sparql>".encode() in get(port, "/budget/sparql", Accept="text/turtle")[2]
            assert get(port, "/budget/sparql?query=ASK%7B%7D")[2].count(b"true") == 1
            assert f"{ADDRESS}/reconcile".encode() in get(port, "/budget/reconcile")[2]
            assert f"{ADDRESS}/sitemap.xml".encode() in get(port, "/budget/robots.txt")[2]
            front = get(port, "/budget/", Accept="text/html")
            assert front[0] == 200
            local = re.findall(rb'(?:href|src|action)="(/[^"/][^"]*)"', front[2])
            assert local
            assert all(link.startswith(b"/budget/") for link in local), local
        finally:
            site.terminate()


@pytest.mark.parametrize("name", ["apache.htaccess", "w3id.htaccess"])
def test_apaches_rules_as_they_are_read(name: str) -> None:
    """The first rule whose conditions hold and whose pattern fits decides: read here as Apache reads it."""
    text = rules(ADDRESS)[name]

    def led(path: str, accept: str, language: str = "zh") -> str:
        wanted = True
        for line in text.splitlines():
            parts = line.split()
            if line.startswith("RewriteCond"):
                value = language if "Language" in parts[1] else accept
                wanted = wanted and bool(re.search(parts[2], value, re.IGNORECASE))
            elif line.startswith("RewriteRule"):
                found = re.search(parts[1], path)
                if wanted and found:
                    return parts[2].replace("$1", found[1] or "").replace("$2", found[2] or "")
                wanted = True
        return ""

    root = f"{ADDRESS}/" if name == "w3id.htaccess" else ""
    assert led("code/division/440112", "text/html,*/*") == f"{root}zh/doc/code/division/440112.html"
    assert led("code/division/440112", "text/html", "en-GB") == f"{root}en/doc/code/division/440112.html"
    assert led("id/plan/0a", "application/ld+json") == f"{root}doc/id/plan/0a.jsonld"
    assert led("ontology", "*/*") == f"{root}doc/ontology.ttl"
    assert led("elsewhere", "*/*") == ""


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    for address in ("", "example.org", "http://x/; return 200", "http://x/{a}", "http://x/\nserver"):
        with pytest.raises(BudgetkgError):
            rules(address)
    write_rules(tmp_path / "rules", "https://example.org")
    assert "budgetkg_room>id|code" in (tmp_path / "rules" / "nginx.conf").read_text("utf-8")


def test_the_unit_and_the_container_begin_what_there_is() -> None:
    deploy = Path(__file__).resolve().parents[2] / "deploy"
    unit = (deploy / "budgetkg.service").read_text("utf-8")
    container = (deploy / "Containerfile").read_text("utf-8")
    help_text = subprocess.run(
        [sys.executable, "-m", "budgetkg", "serve", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert "budgetkg serve" in unit
    for option in re.findall(r"--[a-z-]+", container.partition("ENTRYPOINT")[2]):
        assert option in help_text
