from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.protocols.served import Served, serving, site_over


@pytest.fixture(scope="session")
def served(built: Path) -> Iterator[Served]:
    """The protocols over the samples."""
    with serving(site_over(built, seconds=5)) as server:
        yield server
