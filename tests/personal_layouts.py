"""Where forms print a clerk's name and telephone: labels that head them, and layouts of both."""

from __future__ import annotations

from collections.abc import Callable

from tests.unit.forms.grids import HEAD, page

NAME, OTHER, PHONE = "欧阳明月", "赵小林", "13812345678"
SECRETS = (NAME, OTHER, PHONE)
TITLE = "项目支出绩效目标表"
LABELS = (
    "项目负责人", "联系人", "部门联系人", "项目经办人", "经办人及电话", "财务负责人", "分管领导",
    "项目分管领导", "填表人", "填报人签字", "制表", "审核", "复核", "联系电话", "办公电话", "手机",
    "手机号码", "移动电话", "传真", "业务科室及负责人", "绩效联系人", "责任人", "责任科室及责任人",
    "主要负责同志", "法定代表人", "单位负责人（签章）", "科室负责人", "处室联系人", "项目主管", "经办",
    "填表人（签名）", "项目联络员", "评价组组长", "评价人员", "评价小组成员", "审核人员", "主评人",
    "项目实施人员", "处长", "财务审核", "姓名",
)  # fmt: skip
ROWS = (
    "产出指标|数量指标|改造路灯|120盏",
    "效益指标|社会效益指标|照明水平|提高",
    "满意度指标|满意度指标|居民满意度|≥90%",
)
NAMES = ("改造路灯", "照明水平", "居民满意度")
"""The names of the indicators, which every layout leaves whole."""


def _form(
    head: str = "", extra: str = "", cells: tuple[str, str, str] | None = None, after: str = ""
) -> bytes:
    rows = [f"{row}|{cell}" for row, cell in zip(ROWS, cells, strict=True)] if cells else list(ROWS)
    table = "\n".join(["一级指标|二级指标|三级指标|指标值" + (f"|{extra}" if extra else ""), *rows])
    return page(TITLE, HEAD + head, table, after=f"<p>{after}</p>" if after else "")


def _below(rows: str) -> bytes:
    return page(
        TITLE, HEAD, "\n".join(["一级指标|二级指标|三级指标|指标值|备注", *(f"{row}|" for row in ROWS), rows])
    )


LAYOUTS: dict[str, Callable[[str], bytes]] = {
    "beside": lambda label: _form(f"{label}|{NAME}^5"),
    "two pairs": lambda label: _form(f"{label}|{NAME}^2|联系电话|{PHONE}^2"),
    "labels over values": lambda label: _form(f"{label}|项目属性|项目类别|项目等级^3\n{NAME}|延续|其他|一^3"),
    "labels over values, last": lambda label: _form(f"项目属性|项目类别|{label}^4\n延续|其他|{NAME}^4"),
    "column": lambda label: _form(extra=label, cells=(NAME, OTHER, f"{OTHER} {PHONE}")),
    "column of several": lambda label: _form(extra=label, cells=(f"{NAME}、{OTHER}", "", NAME)),
    "line with a colon": lambda label: _form(after=f"{label}：{NAME}　　日期：2024年1月2日"),
    "line without a colon": lambda label: _form(after=f"{label} {NAME}"),
    "line with a bracket": lambda label: _form(after=f"（{label}：{NAME}，{PHONE}）"),
    "label behind the name": lambda label: _form(after=f"{NAME}（{label.split('（')[0]}）"),
    "row with a colon": lambda label: _below(f"{label}：{NAME}^5"),
    "row of pairs": lambda label: _below(f"{label}|{NAME}|联系电话|{PHONE}|"),
    "note": lambda label: _form(
        extra="备注", cells=(f"{label}：{NAME}", f"{label} {OTHER}", f"{OTHER}{PHONE}")
    ),
    "goal": lambda label: _form(f"项目概况|由本单位实施，{label}：{NAME}，{PHONE}。^5"),
}
