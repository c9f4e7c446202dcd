"""What people see in a terminal: real commands in both languages, 80 and 120 columns wide."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from tests.command_line import budgetkg

from budgetkg.cli.wrapping import fitting, wrapped
from budgetkg.findings import where_said

LOCALES = ("C.UTF-8", "zh_CN.UTF-8")
WIDTHS = (80, 120)
COMMANDS = (
    "parse", "schema", "new-layout", "collect", "build", "remove", "validate", "target", "findings",
    "correct",
    "query", "questions", "explain", "export", "match", "catalog", "report", "link", "merge", "serve",
)  # fmt: skip
LATIN = re.compile(r"[A-Za-z0-9]")


def seen(*arguments: str | Path, locale: str = "C.UTF-8", width: int = 80) -> str:
    """What a command shows in a terminal of its own."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "LC_ALL": locale, "COLUMNS": str(width), "PYTHONUTF8": "1", "TERM": "dumb"}
    command = [sys.executable, "-m", "budgetkg", *map(str, arguments)]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.STDOUT, env=environment):
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # Linux says so that the other end is closed
            pass
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


@pytest.fixture(scope="module")
def two_editions(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of one table in two files: the lists say which of them counts."""
    folder = tmp_path_factory.mktemp("two-editions")
    again = folder / "printed-once-more-under-a-name-of-its-own.txt"
    again.write_text(samples[0].read_text(encoding="utf-8") + "\n", encoding="utf-8")
    shown = seen("build", samples[0], again, "--store", folder / "kg", "--no-validate")
    assert not too_wide(shown.splitlines())
    return folder / "kg"


def too_wide(lines: list[str]) -> list[str]:
    """Lines of more than 80 cells; one word alone, such as a long path, is shown whole."""
    return [line for line in lines if cell_len(line) > 80 and " " in line.strip()]


def cut_words(shown: str, known: set[str]) -> set[str]:
    """The Latin words that were shown but that no whole answer holds."""
    return set(re.findall(r"[A-Za-z][\w.:-]*[A-Za-z]", shown)) - known


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("width", WIDTHS)
def test_tables_fit_and_cut_no_word(built: Path, locale: str, width: int) -> None:
    for asked in (("query", "largest-projects", "--store", built), ("findings", built), ("questions",)):
        narrow, whole = seen(*asked, locale=locale, width=width), seen(*asked, locale=locale, width=2000)
        assert max(map(cell_len, narrow.splitlines())) <= width, asked
        assert not cut_words(narrow, set(re.findall(r"[A-Za-z][\w.:-]*[A-Za-z]", whole))), asked
        assert "…" not in narrow.replace("……", "").replace("=…", ""), asked


def test_what_is_said_beside_a_table_fits_too(two_editions: Path) -> None:
    for asked in (
        ("findings", two_editions),
        ("query", "zzzz", "--store", two_editions),
        ("zzzz",),
    ):
        lines = seen(*asked).splitlines()
        assert len(lines) > 1, asked
        assert not too_wide(lines), asked


@pytest.mark.parametrize("locale", LOCALES)
def test_explanations_and_commands_fit_too(built: Path, locale: str) -> None:
    for asked in (
        ("explain", "文化工作经费", "--store", built),
        ("query", "largest-projects", "--param", "limit=2", "--evidence", "--store", built),
    ):
        shown = seen(*asked, locale=locale)
        assert "budgetkg parse" in shown
        assert not [line for line in too_wide(shown.splitlines()) if "budgetkg parse" not in line], asked
        # A command too long for the terminal stands by itself, so that it can be copied.
        assert not [line for line in too_wide(shown.splitlines()) if not line.startswith("  budgetkg")]


def test_a_finding_about_a_page_says_so_in_chinese() -> None:
    assert where_said("p. 3", "zh") == "第 3 页"
    assert where_said("p. 3", "en") == "p. 3"
    assert where_said("p. 3 的费用", "zh") == "p. 3 的费用"


@pytest.mark.parametrize("width", WIDTHS)
def test_help_is_chinese_under_a_chinese_locale(width: int) -> None:
    for command in ("", "query", "correct"):
        shown = seen(*filter(None, (command,)), "--help", locale="zh_CN.UTF-8", width=width)
        assert "用法" in shown
        assert "选项" in shown
        for word in ("Usage", "Options", "Arguments", "Commands", "Show ", "Install", "required", "default"):
            assert word not in shown, command
        assert max(map(cell_len, shown.splitlines())) <= width


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("query",), "缺少 NAME"),
        (("query", "largest-projects"), "--store"),
        (("findngs",), "没有命令 findngs"),
        (("query", "x", "--stoer", "y"), "没有选项 --stoer"),
        (("serve", "x", "--port", "no"), "不是数字"),
        (("new-layout", "nothing-here.txt"), "nothing-here.txt：没有此文件"),
        (("serve", "x", "--port", "0"), "小于"),
        (("parse", "x.txt", "--format", "xml"), "可选 table, json"),
        (("export", "x", "-f", "csv"), "全部内容写成表格"),
        (("report", "x", "--json"), "--out"),
    ],
)
def test_a_wrong_command_is_answered_in_chinese(
    arguments: tuple[str, ...],
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    err = budgetkg(capsys, *arguments, code=2)[1]
    assert words in err
    assert not re.search(r"\b(Missing|Invalid|No such|Error|Try)\b", err)


def test_chinese_headings_stand_beside_the_english_ones(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from budgetkg.cli.answers import heading
    from budgetkg.queries import questions

    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    shown = budgetkg(capsys, "query", "largest-projects", "--store", built)[0]
    assert "amount_yuan 金额（元）" in shown
    csv = budgetkg(capsys, "query", "largest-projects", "--store", built, "-f", "csv")[0]
    assert csv.startswith("rank,district,unit,project,amount_yuan,")
    untold = {name for item in questions() for name in item.columns if heading(name) == name}
    assert not untold, "give them a heading in headings.toml"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_the_same_options(command: str) -> None:
    import typer.main

    from budgetkg.cli.app import app

    group = typer.main.get_command(app)
    names = {name for one in group.commands[command].params for name in one.opts}  # type: ignore[attr-defined]
    assert {"--json", "--quiet"} <= names
    if command not in ("parse", "schema", "new-layout", "collect", "target", "questions", "match"):
        assert "--store" in names


def test_the_folder_of_the_graph_has_one_name(
    built: Path, samples: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    budgetkg(capsys, "build", samples[0], "--store", tmp_path / "g", "--no-validate")
    by_place = budgetkg(capsys, "findings", built, "--json")[0]
    assert budgetkg(capsys, "findings", "--store", built, "--json")[0] == by_place
    assert budgetkg(capsys, "findings", "--json", f"--store={built}")[0] == by_place
    assert budgetkg(capsys, "validate", "--store", built)[0] == budgetkg(capsys, "validate", built)[0]


def test_quiet_leaves_the_answer_and_what_is_wrong(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("export", built, "-f", "turtle", "--out", tmp_path / "g.ttl")
    assert "Wrote" in budgetkg(capsys, *arguments)[1]
    assert budgetkg(capsys, *arguments, "--quiet") == ("", "")
    assert "Wrote" in budgetkg(capsys, *arguments)[1]
    assert budgetkg(capsys, "query", "nope", "--store", built, "-q", code=1)[1]


def test_programs_are_told_what_was_written(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (("export", built, "-f", "turtle"), ("report", built, "-f", "md")):
        told = json.loads(budgetkg(capsys, *command, "-o", tmp_path / "out", "--json")[0])
        assert Path(told["written"]).is_file()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_commands_and_questions(shell: str) -> None:
    ask = "source_" if shell == "none" else "complete_"
    environment = {**os.environ, "_BUDGETKG_COMPLETE": f"{ask}{shell}", "COMP_CWORD": "2",
                   "COMP_WORDS": "budgetkg query larg", "_TYPER_COMPLETE_ARGS": "budgetkg query larg",
                   "_TYPER_COMPLETE_FISH_ACTION": "get-args"}  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-m", "budgetkg"], env=environment, capture_output=True, text=True, check=False
    )
    assert "largest-projects" in ran.stdout


def test_lines_break_between_words_and_not_before_a_full_stop() -> None:
    assert wrapped("允许查询以SERVICE访问此端点。", 12) == ["允许查询以", "SERVICE访问", "此端点。"]
    assert wrapped("金额（元）", 6) == ["金额", "（元）"]
    assert wrapped("或 -。 [必填]", 12) == ["或 -。", "[必填]"]
    assert wrapped("金额(元)", 6) == ["金额", "(元)"]
    assert wrapped("a very-long-name b", 6) == ["a", "very-long-name", "b"]
    assert wrapped("", 6) == [""]
    assert fitting([10, 40, 30], [10, 5, 5], 60) == [10, 25, 25]
    assert fitting([10, 40], [10, 35], 40) is None
