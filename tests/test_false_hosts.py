"""False hosts for ``collect``: each costs one line or gives one file, in bounded time; nobody is visited."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.false_hosts import Host, faults, hosts, public
from tests.listener import listening


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has one address of loopback")
def test_each_costs_a_line_at_most(tmp_path: Path) -> None:
    with listening() as elsewhere, public(), ThreadPoolExecutor(12) as several:
        every = hosts(elsewhere.url)
        assert len(every) >= 200

        def tried(one: tuple[str, Host]) -> str:
            return faults(one[1], tmp_path / one[0].replace("/", "_")[:40])

        found = dict(zip(every, several.map(tried, every.items()), strict=True))
        assert elsewhere.visits == []
    wrong = {name: fault for name, fault in found.items() if fault}
    assert not wrong
