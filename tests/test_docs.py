"""The docs say what is there: links resolve, commands exist, and printed output is what comes out.

``BUDGETKG_UPDATE_DOCS=1 pytest tests/test_docs.py`` writes the output into the READMEs anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READMES = {"README.md": "C.UTF-8", "README.zh.md": "zh_CN.UTF-8"}
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "examples/*.md", "queries/*.md")
    for path in ROOT.glob(pattern)
)
CONSOLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> str:
    return "\n".join(re.findall(rf"```{language}\n(.*?)```", read(name), re.DOTALL))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_resolve(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    local = [target.partition("#")[0] for target in targets if "://" not in target]
    assert not [target for target in local if target and not (page.parent / target).exists()]


@pytest.mark.parametrize("name", READMES)
def test_make_targets_exist(name: str) -> None:
    named = set(re.findall(r"^make ([\w-]+)", blocks(name, "sh"), re.MULTILINE))
    assert {"run", "test"} <= named
    assert named <= set(re.findall(r"^([\w-]+):", read("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_commands_exist(name: str) -> None:
    said = set(re.findall(r"budgetkg ([a-z]+)\b", blocks(name, "sh") + blocks(name, "console")))
    assert said <= set(commands())


def commands() -> list[str]:
    from tools.generate.cli_pages import describe

    return list(describe())


def test_every_command_is_documented() -> None:
    assert re.findall(r"^## ([\w-]+)$", read("docs/cli.md"), re.MULTILINE) == commands()


def test_every_question_is_documented() -> None:
    slugs = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))
    assert re.findall(r"^## ([\w-]+)$", read("docs/questions.md"), re.MULTILINE) == slugs


def said_to_type(page: str) -> set[str]:
    """The commands, options, columns and code of a page; what stands around them is in its language."""
    text = re.sub(r"\]\([^)]*\)", "]", read(page)).replace("\n", " ")  # addresses of links
    fenced = re.findall(r"```\w*\n(.*?)```", read(page), re.DOTALL)
    return {re.sub(r"\s+#.*", "", line) for block in fenced for line in block.splitlines()} | set(
        re.findall(r"--[a-z][a-z-]+|budgetkg [a-z]+|bkg:\w+|DIR/[\w/]+|[a-z]+_[a-z_]+", text)
    )


@pytest.mark.parametrize("page", sorted((ROOT / "docs/how-to/zh").glob("*.md")), ids=lambda page: page.name)
def test_a_chinese_guide_says_what_the_english_one_says(page: Path) -> None:
    english = f"docs/how-to/{page.name}"
    assert said_to_type(f"docs/how-to/zh/{page.name}") == said_to_type(english)
    headings = [
        len(re.findall("^#+ ", read(str(p)), re.MULTILINE)) for p in (english, page.relative_to(ROOT))
    ]
    assert headings[0] == headings[1]


def test_readmes_show_the_same_python() -> None:
    english, chinese = (
        [line.partition("#")[0].rstrip() for line in blocks(name, "python").splitlines()] for name in READMES
    )
    assert english == chinese


def test_readmes_show_the_same_commands() -> None:
    english, chinese = ([found["command"] for found in CONSOLE.finditer(read(name))] for name in READMES)
    assert english == chinese


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the samples, as a reader of the README would have it."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


@pytest.mark.parametrize("name", READMES)
def test_printed_output_is_what_comes_out(name: str, workspace: Path) -> None:
    shutil.rmtree(workspace / "out", ignore_errors=True)
    text = read(name)
    shown = CONSOLE.sub(lambda found: ran(found["command"], READMES[name], workspace), text)
    if os.environ.get("BUDGETKG_UPDATE_DOCS"):
        (ROOT / name).write_text(shown, encoding="utf-8")
    assert "```console" in text
    assert shown == text


def ran(command: str, locale: str, folder: Path) -> str:
    """The console block of a command with the output that it has now."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "LC_ALL": locale, "PYTHONUTF8": "1", "COLUMNS": "200"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    output = "\n".join(line.rstrip() for line in done.stdout.rstrip().splitlines())
    return f"```console\n$ {command}\n{output}\n```"


def test_python_of_the_readme_runs(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import budgetkg

    monkeypatch.chdir(workspace)
    budgetkg.build([str(path) for path in sorted(Path("examples").glob("*.txt"))], into="out/graph")
    code = blocks("README.md", "python")
    said = re.findall(r"^ *(\S.*?)  +# (True|'.*?'|Decimal\(.*?\))$", code, re.MULTILINE)
    assert len(said) >= 4
    for expression, value in said:
        code = code.replace(expression, f"assert repr({expression}) == {value!r}", 1)
    exec(compile(code, "README.md", "exec"), {})
