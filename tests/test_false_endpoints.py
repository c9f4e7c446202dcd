"""A hundred false endpoints: one line each, in bounded time, and nobody is sent anywhere else."""

from __future__ import annotations

import time

from tests.false_endpoints import behaviours, endpoint
from tests.listener import listening

from budgetkg.errors import BudgetkgError
from budgetkg.store.remote import RemoteStore

SECONDS = 2


def test_each_is_one_line_within_the_time() -> None:
    wrong: list[str] = []
    with listening() as elsewhere:
        every = behaviours(elsewhere.url)
        assert len(every) >= 100
        for name, behave in every.items():
            began = time.monotonic()
            with endpoint(behave) as url:
                try:
                    RemoteStore(url, SECONDS).query("SELECT ?a ?b { ?a ?b ?c }")
                    said = ""
                except BudgetkgError as error:
                    said = str(error)
            took = time.monotonic() - began
            if took > SECONDS + 3 or "\n" in said or len(said) > 500:
                wrong.append(f"{name}: {took:.1f} s, {said[:200]!r}")
        assert elsewhere.visits == []
    assert not wrong, "\n".join(wrong)


def test_a_dripping_endpoint_is_given_up_after_the_whole_time() -> None:
    for name in ("drips headers", "drips a body", "drips chunks"):
        with endpoint(behaviours("")[name]) as url:
            began = time.monotonic()
            try:
                RemoteStore(url, 1).query("ASK {}")
                said = ""
            except BudgetkgError as error:
                said = str(error)
            assert "no answer within 1 s" in said, name
            assert time.monotonic() - began < 3, name
