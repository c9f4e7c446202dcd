"""Bad input as a user meets it: one clear line, exit code 1, the batch goes on, nothing half written."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from tests import cpu
from tests.command_line import budgetkg

from budgetkg.vocab import BKG

HEAD = (
    "项目支出绩效目标表\n部门名称：中共广州市黄埔区委员会宣传部 单位：万元\n"
    "项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标 绩效指标\n"
    "合计 10.00 10.00\n甲中心 10.00 10.00\n"
)
ROW = "乙项目 10.00 10.00\n做好工作。\n"
NUMBERED = "1、1-产出指标；11-数量指标；名；实施周期指标值:1人；年度指标值:1人。"
TIERS = "一级指标\t二级指标\t三级指标\t指标值\n"
SMALLER = 10

NOTHING_TO_READ = {
    "empty": (b"", "the file is empty"),
    "blank": (" \n\n\t　\n".encode(), "no "),
    "binary": (bytes(range(256)) * 50, "no "),
    "nul-bytes": (b"\x00" * 5000, "the file is empty"),
    "half-a-pdf": (b"%PDF-1.7\n1 0 obj", ""),
    "half-a-zip": (b"PK\x03\x04" + bytes(60), ""),
    "legacy-office": (b"\xd0\xcf\x11\xe0" + bytes(600), ""),
    "unknown-form": ("部门预算公开情况表\n基本支出 10.00\n".encode(), "no performance table"),
    "title-alone": ("项目支出绩效目标表\n".encode(), "only the title"),
    "only-tabs": (("部门整体预算绩效目标申报表\n" + "\t" * 1_000_000).encode(), "only the title"),
}


@pytest.mark.parametrize("kind", NOTHING_TO_READ)
def test_what_holds_no_table_is_said_in_one_line(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, words = NOTHING_TO_READ[kind]
    bad = tmp_path / f"{kind}.txt"
    bad.write_bytes(content)
    out, err = budgetkg(capsys, "parse", bad, "--format", "json", code=1)
    assert not out
    assert err.startswith(f"budgetkg: {bad}: ")
    assert err.count("\n") == 1
    assert words in err


def test_a_batch_goes_on_and_says_last_what_it_left_out(
    samples: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "folder").mkdir()
    sources = [tmp_path / "empty.txt", samples[0], tmp_path / "missing.txt", tmp_path / "folder", samples[1]]
    out, err = budgetkg(capsys, "parse", *sources, "--format", "json", code=1)
    assert [document["source"] for document in json.loads(out)] == [samples[0].name, samples[1].name]
    assert sorted(line.rpartition("/")[2] for line in err.splitlines()) == [
        "empty.txt: the file is empty",
        "folder: no file in this folder",
        "missing.txt: no such file",
    ]


def test_a_build_of_nothing_leaves_the_graph_before_it(
    samples: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph, bad = tmp_path / "g", tmp_path / "bad.txt"
    bad.write_bytes(b"")
    budgetkg(capsys, "build", bad, "--into", graph, code=1)
    assert not graph.exists()
    budgetkg(capsys, "build", samples[0], "--into", graph)
    before = budgetkg(capsys, "export", graph, "--format", "nquads")[0]
    budgetkg(capsys, "build", bad, "--into", graph, code=1)
    assert budgetkg(capsys, "export", graph, "--format", "nquads")[0] == before


def test_half_a_table_is_read_as_far_as_it_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half = tmp_path / "half.txt"
    half.write_bytes((HEAD + ROW + NUMBERED[:30]).encode()[:-2])
    document = json.loads(budgetkg(capsys, "parse", half, "--format", "json")[0])
    assert document["units_of_use"][0]["projects"][0]["name"] == "乙项目"
    assert document["account"]["remainder"] == 0
    assert document["units_of_use"][0]["projects"][0]["indicators"][0]["annual_value"] is None
    assert "characters-dropped" in {finding["code"] for finding in document["findings"]}


# Text of a size: the whole number, or that divided by SMALLER.
SIZES: dict[str, Callable[[int], str]] = {
    "a line without end": lambda by: HEAD + "乙项目 10.00 10.00\n" + "大" * (1_000_000 // by),
    "digits without end": lambda by: HEAD + "乙项目 10.00 10.00\n" + "1" * (1_000_000 // by),
    "numberings on one line": lambda by: HEAD + ROW + "1、1-产出指标；" * (40_000 // by),
    "numbered lines": lambda by: (
        HEAD + ROW + "".join(f"{i}、1-产出指标；11-数量指标；名；\n" for i in range(10_000 // by))
    ),
    "indicator cells": lambda by: HEAD + ROW + f"{NUMBERED}\n" * (10_000 // by),
    "rows": lambda by: HEAD + "乙项目 10.00 10.00\n做好。\n" * (10_000 // by),
    "blanks": lambda by: HEAD + " " * (1_000_000 // by) + "\n" + ROW,
    "amounts": lambda by: HEAD + "乙项目" + " 1" * (300_000 // by),
    "brackets": lambda by: (
        HEAD + "乙项目 10.00 10.00\n" + "《" * (90_000 // by) + "穗〔2021〕" * (50_000 // by)
    ),
    "headers": lambda by: HEAD + ROW + "项目名称 总计 绩效目标\n" * (10_000 // by),
    "titles": lambda by: HEAD + ROW + "项目支出绩效目标表\n" * (10_000 // by),
    "page breaks": lambda by: HEAD + (ROW + "\n\n\n") * (5_000 // by),
    "pages of a column run": lambda by: HEAD + ROW + ("绩效指标\n" + NUMBERED + "\n\n\n\n") * (1_000 // by),
    "labels": lambda by: HEAD + ROW + "部门名称：" * (100_000 // by),
    "cells of a row": lambda by: HEAD.replace(" ", "\t") + "乙项目" + "\t10.00" * (50_000 // by),
    "tiers": lambda by: (
        "2023年部门整体绩效目标表\n" + TIERS + "产出指标\t数量指标\t甲\t4场\n" * (5_000 // by)
    ),
}


@pytest.mark.parametrize("kind", SIZES)
def test_size_costs_time_in_proportion(kind: str, tmp_path: Path) -> None:
    """A runaway regular expression or a quadratic loop would take hours on these, and is ended."""
    source = tmp_path / "large.txt"
    command = [
        sys.executable,
        "-m",
        "budgetkg",
        "parse",
        str(source),
        "--format",
        "json",
        "--max-seconds",
        "1e6",
    ]
    source.write_text(SIZES[kind](SMALLER), encoding="utf-8")
    _, small = cpu.run(command)
    source.write_text(SIZES[kind](1), encoding="utf-8")
    ended, _ = cpu.run(command, most=cpu.SLACK * SMALLER * small)
    assert ended.returncode == 0, ended.stderr[-500:]
    found = json.loads(ended.stdout)
    documents = found if isinstance(found, list) else [found]
    assert sum(document["account"]["remainder"] for document in documents) == 0


HOSTILE = (
    "<http://e.example/>",
    "{ } DROP ALL ; INSERT DATA { <a:a> <a:b> <a:c> }",
    '" . <a:a> <a:b> <a:c> .',
    "'''@zh . [] a <a:c> #",
    "back\\slash ^ ` | \\u0041",
    "\u202eegde\u202c",
    "<script>alert(x)</script>&amp;<![CDATA[x]]>",
    "%s {name} ${HOME}",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_words(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As many triples as for a harmless word, IRIs without a character that none may hold.

    But for marks: a name with a semicolon in it reads as work that is joined to further work.
    """
    exports = [_exported(word, tmp_path / str(number), capsys) for number, word in enumerate((name, "名"))]
    quads, harmless = (list(parse(text.encode(), format=RdfFormat.N_QUADS)) for text in exports)
    said, said_of_a_word = (
        sorted(q.predicate.value for q in several if q.predicate != BKG.hasMark)
        for several in (quads, harmless)
    )
    assert said == said_of_a_word
    values = {q.object.value for q in quads if isinstance(q.object, Literal)}
    assert f"项目{name}经费" in values
    terms = {term for q in quads for term in (q.subject, q.predicate, q.object, q.graph_name)}
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    assert not [iri for iri in iris if set(iri) & set('<>{}"^`|\\ \u202e')]
    assert not [iri for iri in iris if iri.startswith("a:")]


def _exported(word: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    folder.mkdir()
    source, graph = folder / "d.txt", folder / "g"
    # Tabs keep the columns, so that blanks and numbers in a name are the name's.
    source.write_text(
        "2024年项目支出绩效目标表\n部门名称：中共广州市黄埔区委员会宣传部\t\t单位：万元\n"
        "项目名称\t总计\t财政拨款\t绩效目标\t绩效指标\n合计\t10.00\t10.00\t\t\n甲中心\t10.00\t10.00\t\t\n"
        f"项目{word}经费\t10.00\t10.00\t做好{word}工作。\t1、1-产出指标；11-数量指标；数{word}；"
        f"实施周期指标值:好{word}；年度指标值:好{word}。\n",
        encoding="utf-8",
    )
    budgetkg(capsys, "build", source, "--into", graph)
    return budgetkg(capsys, "export", graph, "--format", "nquads")[0]
