"""The site over a graph that others' statements were merged into."""

from __future__ import annotations

import shutil
from pathlib import Path

from starlette.testclient import TestClient

from budgetkg.pipeline.merging import merge
from budgetkg.web.app import application
from budgetkg.web.asking import Site
from budgetkg.web.settings import Settings
from budgetkg.web.source import DirectorySource

NAMED = "https://w3id.org/budgetkg/id/department/0123456789abcdef"


def test_a_thing_of_which_others_say_only_its_name_has_a_page(built: Path, tmp_path: Path) -> None:
    """It has no kind, as nothing of our own graphs."""
    graph = Path(shutil.copytree(built, tmp_path / "graph", symlinks=True))
    theirs = tmp_path / "theirs.ttl"
    theirs.write_text(f'<{NAMED}> <http://www.w3.org/2000/01/rdf-schema#label> "某部门"@zh .\n', "utf-8")
    merge(graph, [theirs])
    settings = Settings(hosts=frozenset({"testserver"}))
    site = Site(DirectorySource(graph, settings.limits, 2), settings)
    with TestClient(application(site), headers={"accept": "text/html"}) as client:
        answer = client.get("/doc/id/department/0123456789abcdef.html")
    assert answer.status_code == 200
    assert "某部门" in answer.text
