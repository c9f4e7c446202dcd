"""A person's verdicts on editions, as Excel saves them in a Chinese office."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkg.errors import BudgetkgError
from budgetkg.pipeline.counting import read_verdicts


def test_verdicts_may_be_chinese(tmp_path: Path) -> None:
    path = tmp_path / "editions.csv"
    path.write_bytes("对象,判断,理由\r\n甲.pdf,计入,核对过\r\n乙.pdf,不是版本,\r\n".encode("gbk"))
    found = [(item.subject, item.verdict, item.reason) for item in read_verdicts(path)]
    assert found == [("甲.pdf", "counts", "核对过"), ("乙.pdf", "is-not-edition", "")]


def test_another_word_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    path = tmp_path / "editions.csv"
    path.write_text("subject,verdict,reason\n甲.pdf,算数,\n", encoding="utf-8")
    with pytest.raises(BudgetkgError, match="计入"):
        read_verdicts(path)
