"""Every error is raised by a code of the catalogue, with what fills its message, in both languages."""

from __future__ import annotations

import ast
import errno
import pickle
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.command_line import budgetkg

from budgetkg import errors
from budgetkg.cli.messages import CATALOGUE
from budgetkg.errors import BudgetkgError, UnreadableDocument, choices, why
from budgetkg.messages import LANGUAGES, Message, catalogue, message, said

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "budgetkg"
# What is called with a code, and at which place it stands among the arguments.
RAISED = {
    name: 0 for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, BudgetkgError)
} | {"UnreadableDocument": 1, "Message": 0, "_Refused": 0, "refuse": 0, "_broken": 0}  # fmt: skip
OWN_ARGUMENTS = {"place"}
# Folders whose errors may still be sentences, which are said in English everywhere.
NOT_YET: tuple[str, ...] = ()


def calls() -> Iterator[tuple[str, ast.Call, ast.expr]]:
    """Where a message is made: file and line, the call, what stands where its code belongs."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in RAISED and len(node.args) > RAISED[name]:
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node, node.args[RAISED[name]]


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_error_is_raised_by_a_code_with_what_fills_its_message() -> None:
    wrong = []
    for place, call, code in calls():
        if place.startswith(NOT_YET):
            continue
        if isinstance(code, ast.JoinedStr):
            wrong.append(f"{place}: a sentence where a code belongs")
        elif isinstance(code, ast.Constant):
            given = {keyword.arg for keyword in call.keywords} - OWN_ARGUMENTS
            known = catalogue().get(str(code.value))
            if known is None:
                wrong.append(f"{place}: {code.value!r} is no code")
            elif None not in given and holes(known["en"]) != given:
                wrong.append(f"{place}: {code.value} wants {holes(known['en'])}, is given {given}")
    assert not wrong


def test_every_code_of_the_catalogue_is_raised() -> None:
    spelled = {
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not set(catalogue()) - spelled


@pytest.mark.parametrize("messages", [catalogue(), CATALOGUE], ids=["errors", "command-line"])
def test_both_languages_say_the_same_with_the_same_holes(messages: dict[str, dict[str, str]]) -> None:
    assert not [code for code, words in messages.items() if tuple(words) != LANGUAGES]
    assert not [code for code, words in messages.items() if holes(words["en"]) != holes(words["zh"])]
    chinese = re.compile(r"[\u4e00-\u9fff]")
    bare = [code for code, words in messages.items() if not chinese.search(words["zh"])]
    # Only what is nothing but holes, names and figures is the same in both.
    said = {code: re.sub(r"\{[^}]*\}", "", messages[code]["zh"]) for code in bare}
    assert not [code for code, text in said.items() if re.search(r"[a-z]{3}", text)]


def test_a_message_is_its_english_sentence_and_knows_the_chinese_one() -> None:
    found = Message("on-page", number=3, reason=Message("too-many-objects", most=7))
    assert found == "page 3: draws more than 7 objects (--max-objects)"
    assert found.said("zh") == "第 3 页：画的对象超过 7 个（--max-objects）"
    assert pickle.loads(pickle.dumps(found)).said("zh") == found.said("zh")
    strange = "no message of ours"
    assert said(strange, "zh") == message(strange).said("zh") == strange


def test_an_error_carries_its_code_and_parameters_to_another_process() -> None:
    error = UnreadableDocument("a.pdf", "page-size", place=2, width=9, height=7.4)
    copy = pickle.loads(pickle.dumps(error))
    for found in (error, copy):
        assert str(found) == "a.pdf (page 2): a page of 9 × 7 points"
        assert (found.code, found.params, found.place) == ("page-size", {"width": 9, "height": 7.4}, "page 2")
        assert found.said("zh") == "a.pdf: 第 2 页：页面大小为 9 × 7 点"


def test_names_that_are_meant_are_offered_in_both_languages() -> None:
    found = choices("unit-costs", ("unit-cost", "units", "year"))
    assert found == "did you mean unit-cost or units?"
    assert found.said("zh") == "是否指 unit-cost 或 units？"
    assert choices("x", ()).said("zh") == "现无"


def test_of_a_long_list_the_nearest_are_said_and_how_to_see_all() -> None:
    names = [f"name-{number}" for number in range(12)]
    assert choices("zzz", names) == f"there are: {', '.join(sorted(names))}"
    found = choices("电影", ["农村电影放映", *names], "list-questions")
    assert found.startswith("there are 13, such as 农村电影放映, name-")
    assert found.endswith("; all of them: budgetkg questions")
    assert found.said("zh").endswith("；列出全部：budgetkg questions")
    assert found.count(",") == 5
    assert pickle.loads(pickle.dumps(found)).said("zh") == found.said("zh")


def test_reasons_of_the_system_are_said_in_both_languages() -> None:
    assert why(OSError(errno.ENOENT, "No such file or directory")).said("zh") == "没有此文件或文件夹"
    assert why(OSError(errno.EXDEV, "Invalid cross-device link")).said("zh") == "Invalid cross-device link"
    assert why(OSError()) == "OSError"


@pytest.mark.parametrize(
    ("command", "english", "chinese"),
    [
        (("parse",), "FILE… is missing", "缺少 FILE…"),
        (("parse", "x", "--wrokers", "2"), "did you mean --workers?", "是否指 --workers？"),
        (("parse", "x", "--workers", "0"), "--workers: 0 is less than 1", "--workers：0 小于 1"),
        (("parse", "x", "--max-seconds", "a"), "a is no number", "a 不是数字"),
        (("parse", "x", "--layout", "nix"), "no such file or directory", "没有此文件或文件夹"),
        (("query", "x", "--store"), "--store wants a value", "--store 后面要有值"),
        (("questions", "more"), "more arguments", "参数过多"),
        (("bild", "x"), "did you mean build?", "是否指 build？"),
        (("query", "budget-by-district", "--store", "x"), "no such directory", "没有此文件夹"),
    ],
)  # fmt: skip
def test_a_wrong_command_is_one_line_in_the_users_language(
    command: tuple[str, ...],
    english: str,
    chinese: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    code = 1 if command[0] == "query" and command[-1] == "x" else 2
    for locale, words in (("C", english), ("zh_CN.UTF-8", chinese)):
        monkeypatch.setenv("LC_ALL", locale)
        out, err = budgetkg(capsys, *command, code=code)
        assert (out, err.count("\n")) == ("", 1)
        assert words in err
