"""What is remembered of documents that come and go is what a memory of those that are left would hold."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

import pytest

from budgetkg.inference import alike, similarity
from budgetkg.inference.comparisons import Comparisons, Facts, Goal
from budgetkg.inference.passing import given_to, written

WORKS = ("整修乡村道路", "开办老年食堂", "巡查河道水质", "培训社区医生", "更新图书设备")
ENDS = ("让两千名居民受益", "让九百名居民受益", "并于年内完成", "按季度公布进展")


def facts(chance: random.Random, number: int, version: int) -> Facts:
    """A document of up to four projects, whose goals often share words with those of others."""
    wordings = ["，".join(both) for both in product(WORKS, ENDS)]
    goals = tuple(
        Goal(f"{number}/{version}/{place}", f"区{number % 3}", chance.choice(wordings), f"目标{number}",
             chance.choice((None, "roads", "health")), "0.9", ("道路",))
        for place in range(chance.randrange(4))
    )  # fmt: skip
    series = tuple((("部门", "", chance.choice("甲乙丙")), 2020 + number % 3, goal.project) for goal in goals)
    return Facts(str(number), f"{version}", "部门", 2020 + number % 2, number == 5, goals, series, ())


def said(comparisons: Comparisons, documents: dict[int, Facts]) -> list[object]:
    return [
        (comparisons.pairs(one.key), comparisons.series(one.key), comparisons.of_one_year(one.key),
         [written(given_to(goal.project, comparisons)) for goal in one.goals])
        for _, one in sorted(documents.items())
    ]  # fmt: skip


@pytest.mark.parametrize(("crowd", "compared"), [(2, 24), (4, 24), (60, 24), (4, 2), (60, 1), (60, 3)])
@pytest.mark.parametrize("seed", range(4))
def test_documents_come_and_go(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seed: int, crowd: int, compared: int
) -> None:
    monkeypatch.setattr(alike, "CROWD", crowd)
    for module in (alike, similarity):
        monkeypatch.setattr(module, "COMPARED", compared)
    chance, there = random.Random(seed), dict[int, Facts]()
    comparisons = Comparisons(tmp_path / "kept.db")
    found = 0
    for step in range(12):
        before, shares = dict(there), {one.key: one for one in there.values()}
        drawn = {key: comparisons.pairs(key) for key in shares}
        for number in chance.sample(range(9), 2):
            if number in there and chance.random() < 0.4:
                del there[number]
            else:
                there[number] = facts(chance, number, step)
        gone = [one.key for number, one in before.items() if there.get(number) != one]
        come = [one for number, one in sorted(there.items()) if before.get(number) != one]
        touched = comparisons.exchange(gone, come)
        fresh = Comparisons()
        fresh.exchange((), [one for _, one in sorted(there.items(), reverse=True)])
        assert said(comparisons, there) == said(fresh, there)
        for key in drawn.keys() - touched.documents:
            now, other = set(comparisons.pairs(key)), set(drawn[key])
            changed = {(pair.first, pair.second) for pair in now ^ other}
            assert changed <= touched.pairs.get(key, set())
            assert all(comparisons.pair(*pair) in now | {None} for pair in changed)
        found += sum(len(comparisons.pairs(one.key)) for one in there.values())
    assert found
    comparisons.close(keeping=True)
    again = Comparisons(tmp_path / "kept.db")
    assert said(again, there) == said(fresh, there)
    again.close(keeping=False)
