"""What a text alone tells of people, and what only looks like it."""

from __future__ import annotations

import pytest

from budgetkg.text.personal import is_name, is_personal, mask_spans, personal_spans

PERSONAL = {
    "欧阳明月（签字）": "■■■■（签字）",
    "（签字）欧阳明月": "（签字）■■■■",
    "负责人（签章） 欧阳明月": "负责人（签章） ■■■■",
    "填表人 欧阳明月 电话 13812345678": "填表人 ■■■■ 电话 ■■■■■■■■■■■",
    "联系人欧阳明月，电话13812345678": "联系人■■■■，电话■■■■■■■■■■■",
    "联系人：赵小林、诸葛青。按季度考核": "联系人：■■■■■■■。按季度考核",
    "赵小林（项目经办人）": "■■■（项目经办人）",
    "由赵小林同志牵头": "由■■■同志牵头",
    "赵小林 138-1234-5678": "■■■ ■■■■■■■■■■■■■",
    "责任人：阿依古丽·买买提": "责任人：■■■■■■■■",
    "审核：赵　林": "审核：■■■",
    "电话：0571 6123456": "电话：■■■■■■■■■■■■",
    "电话:0571-612 3456": "电话:■■■■■■■■■■■■■",
    "办公电话 6123456": "办公电话 ■■■■■■■",
    "手机：１３８１２３４５６７８": "手机：■■■■■■■■■■■",
    "拨打13812345678.": "拨打■■■■■■■■■■■.",
    "QQ：1234567890": "QQ：■■■■■■■■■■",
    "微信号 zhao_lin9": "微信号 ■■■■■■■■■",
    "账号：6222021234567890123": "账号：■■■■■■■■■■■■■■■■■■■",
    "身份证号 330102199001011234": "身份证号 ■■■■■■■■■■■■■■■■■■",
    "发至 clerk@example.cn": "发至 ■■■■■■■■■■■■■■■■",
}
NOBODY = (
    "受益人数", "管理员培训", "审核通过率", "组长单位", "审核 通过率", "审核：资料齐全", "审核 金额",
    "组长单位 青田县司法局", "领导小组成员单位 12家", "人员 经费", "项目负责人 培训次数",
    "资助残疾人 50人", "微信公众号阅读量10000次", "热线电话12345", "账户 50000000元", "电话 回访率",
    "微信 10000次", "项目主管 单位", "经济责任审计 项目", "138123456789", "13812345678.00",
    "13812345678元", "440100230000123456789", "信息员 管理", "老同志 慰问次数", "单位负责人 满意度",
    "2022-2024年", "采购人 代理费",
)  # fmt: skip
LABELS = (
    "项目负责人", "责任科室及责任人", "主要负责同志", "项目主管", "项目联络员", "评价组组长",
    "评价人员", "评价小组成员", "审核", "复核", "审核人员", "主评人", "项目实施人员", "法定代表人",
    "微信号", "QQ", "身份证号码", "单位负责人（签字）", "处长", "姓名", "银行账号",
)  # fmt: skip
NO_LABELS = (
    "受益人", "受益人数", "管理员培训", "审核通过率", "组长单位", "工作人员", "参训人员", "离退休人员",
    "残疾人", "老同志", "元/人", "家庭成员", "工期延长", "增长", "填表说明", "审核意见", "采购人", "成员单位",
    "审核时限", "负责人培训",
)  # fmt: skip


@pytest.mark.parametrize("text", PERSONAL)
def test_what_is_personal_is_masked_and_nothing_else(text: str) -> None:
    assert mask_spans(text, personal_spans(text)) == PERSONAL[text]


@pytest.mark.parametrize("text", NOBODY)
def test_what_names_nobody_stays(text: str) -> None:
    assert not personal_spans(text)


@pytest.mark.parametrize("label", LABELS)
def test_labels_of_people(label: str) -> None:
    assert is_personal(label)


@pytest.mark.parametrize("label", NO_LABELS)
def test_labels_of_no_person(label: str) -> None:
    assert not is_personal(label)


def test_names_begin_with_a_surname() -> None:
    assert all(map(is_name, ("赵林", "赵小林", "欧阳明月", "赵 林", "阿依古丽·买买提")))
    assert not any(map(is_name, ("提高", "项目属性", "成本", "审核", "通过率", "十二家", "赵小林中心")))
