"""Codes before and behind names, and units that are the department itself."""

from __future__ import annotations

import pytest

from budgetkg.mapping.names import Named, is_department_itself, named
from budgetkg.mapping.plan import department_name


@pytest.mark.parametrize(
    ("printed", "name", "code"),
    [
        ("123456青田县公证中心", "青田县公证中心", "123456"),
        ("青田县司法局（247）", "青田县司法局", "247"),
        ("[030101]法律援助", "法律援助", "030101"),
        ("[247]青田县司法局", "青田县司法局", "247"),
        ("308-青田县司法局", "青田县司法局", "308"),
        ("247 青田县司法局", "青田县司法局", "247"),
        ("330000220000000012345-某项目", "某项目", "330000220000000012345"),
        ("青田县公证中心-123456", "青田县公证中心", "123456"),
        ("33112123T000000123456-公证信息化", "公证信息化", "33112123T000000123456"),
        ("33112123Y000000123456-2023年公证信息化", "2023年公证信息化", "33112123Y000000123456"),
        ("C16010300 软件开发服务", "软件开发服务", "C16010300"),
    ],
)
def test_a_code_is_apart_from_the_name(printed: str, name: str, code: str) -> None:
    assert named(printed) == Named(name, code)


@pytest.mark.parametrize(
    "printed",
    [
        *("2023年普法", "（2023）普法", "普法（2023）", "普法经费-2023", "2023-2025年普法规划"),
        *(
            "12345热线运行",
            "120急救中心",
            "50000人培训",
            "300000元以上项目",
            "G228国道",
            "G228 国道改造",
            "123456KTV设备",
            "办公楼（二期）",
            "123456",
        ),
        *("某中心（本级）", "项目（A级）", "某工程（K12+300）"),
    ],
)
def test_years_and_numbers_are_part_of_the_name(printed: str) -> None:
    assert named(printed) == Named(printed)


def test_a_department_is_the_same_with_its_code() -> None:
    assert {
        department_name(f"{before}青田县司法局{behind}")
        for before, behind in (("", ""), ("", "（247）"), ("[247]", ""))
    } == {"青田县司法局"}


@pytest.mark.parametrize(
    ("unit", "department", "itself"),
    [
        ("本级", "青田县司法局", True),
        ("局机关", "青田县司法局", True),
        ("247 青田县司法局本级", "青田县司法局（247）", True),
        ("青田县司法局（本级）", "青田县司法局", True),
        ("县委宣传部本级", "中国共产党青田县委员会宣传部", True),
        ("青田县公证处本级", "青田县司法局", False),
        ("机关事务中心", "青田县司法局", False),
        ("青田县公证处", "青田县司法局", False),
        ("本级", None, False),
    ],
)
def test_a_unit_may_be_the_department_itself(unit: str, department: str | None, itself: bool) -> None:
    assert is_department_itself(unit, department) is itself
