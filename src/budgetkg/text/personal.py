"""What in a printed text is personal data, told by the text alone: numbers, names by the words around them.

A telephone number, an identity number and an address of electronic mail are personal wherever they stand.
A name is one where a label stands before or behind it (联系人：…, …（签字）) and where it begins with a
surname. What counts or rates people names nobody: 受益人数, 审核通过率, 管理员培训.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from budgetkg.late import late_pattern
from budgetkg.text.comparison import comparison_key as key
from budgetkg.text.comparison import fold_width as fold

MASK = "■"
LONGEST_LABEL = 24
"""Characters of a label before its colon or its value."""

_HAN = "\u4e00-\u9fff"
_COMPOUND = (
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容"
    "|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|令狐|百里|呼延|东郭|西门|左丘|拓跋"
)
_SINGLE = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧肖尹姚邵湛汪祁毛禹狄米贝臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁"
    "杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢裴陆荣翁荀羊甄曲封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗谷车侯宓蓬郗班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄"
    "印宿白怀蒲邰鄂索籍赖卓蔺屠蒙池乔阴胥苍闻莘翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿边扈燕冀浦尚温庄晏柴瞿阎闫充慕连茹习宦艾鱼古易廖"
    "庾衡步耿弘匡寇禄阙东欧沃利蔚越夔隆师巩聂晁勾敖融冷辛阚那简饶曾沙丰关蒯查荆红游竺权盖益桓仝佟付代覃楼涂苟岳占战原战辜晋揭覃展"
    "丛冼兰邸门央闻冒尧亓仉牟佘冮危阿买帅母皇楚但粟禤阳某"
)
# Words that begin like a name and are none: 计划, 成本, 时间, 审核任务.
_WORDS = (
    "项目|成本|成效|成果|成员|时间|时效|时限|单位|管理|计划|方案|方式|方法|安全|安排|高效|高质|金额|万元|元整|常规|平均|国家|公共"
    "|文化|文件|农业|农村|施工|明确|强化|程序|费用|任务|任期|任职|项数|应急|经费|经济|支出|支付|解决|解释|代码|代表|原因|关于|关键|查看|查询"
    "|连续|利用|利润|原则|包括|包含|权限|权重|红色|宣传|广播|温度|边界|古建|充分|融资|简介|简要|益指|水平|水利|水质|江苏|江西|云南|安徽|宁夏"
    "|东方|景区|曲线|房屋|路灯|车辆|石油|易地|康复|乐于|齐全|强度|计数|司法|司机|师资|师生|于年|盖章|那些|门类|门诊|但是|路由|平台|平方|应当|丰富"
)
_NO_NAME = re.compile(rf"(?:{_WORDS})|.*[率数量度额性类件款值比况项期位局处厅表费市县省]$")
_NAME = (
    rf"(?:(?:{_COMPOUND})[{_HAN}]{{1,2}}|[{_SINGLE}](?:[{_HAN}×*〇○]{{1,2}}| {{1,4}}[{_HAN}])"
    rf"|[{_HAN}]{{2,6}}(?:·[{_HAN}]{{1,6}}){{1,9}})"
)
_ENDS = rf"(?![{_HAN}·])|(?=同志|先生|女士|电话|手机|联系|签字|签名)"
# Each name is told once for all: a list of names that may be cut in two ways each has 2³⁰ readings.
_WHOLE_NAME = rf"(?>{_NAME}(?:{_ENDS}))"
_NAMES = rf"{_WHOLE_NAME}(?>(?:(?: *[、,/;和] *| +){_WHOLE_NAME}){{0,29}})"
_STRICT_NAME = late_pattern(_NAME)

_MOBILE = r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
_NUMBER = re.compile(
    r"(?<!\d)(?<!\d\.)(?:"
    rf"{_MOBILE}"
    r"|\(?0\d{2,3}\)?[- —–]{1,2}\d{3,4}[- ]?\d{4}(?:[-—转]\d{1,5})?"
    r"|\(0\d{2,3}\)\d{7,8}(?:[-—转]\d{1,5})?"
    r"|[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]"  # identity number
    r")(?!\d|\.\d|[万亿元])"
    # Begun where a word begins and no longer than RFC 5321 allows: else long numbers take time squared.
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
)
_NO_MEASURE = r"(?![\d.,]* ?[%次个人条篇万亿元户件])(?![A-Za-z0-9_])"
_LABELLED_NUMBER = late_pattern(
    r"(?:(?:QQ|微信|wechat)(?:群|账|帐)?号?码?[ :]*(?P<chat>[A-Za-z0-9][A-Za-z0-9_-]{4,24}))"
    + _NO_MEASURE
    + r"|"
    r"(?:(?:账|帐|卡|身份证|证件)号码?|账户|帐户)[ :]*(?P<account>\d[\d -]{6,28}[\dXx])" + _NO_MEASURE + r"|"
    r"(?:电话|手机|传真|联系方式)(?:号码?)?\)?[ :]*"
    r"(?P<phone>(?:\(?0\d{2,3}\)?[- ]?)?\d{3,4}[- ]?\d{4}(?:[-转]\d{1,5})?)" + _NO_MEASURE,
    re.IGNORECASE,
)

_ROLE = (
    "联络|填报|填表|评价|评审|评估|审核|复核|审计|经办|实施|报账|专管|负责|联系|报告|信息|统计|会计|出纳|核算"
    "|采购|监督|管理|财务"
)
_LABEL = re.compile(
    r"(?:.*(?:人|经办|领导|电话|手机|签字|签名|签章|联系方式|传真|邮箱|邮件|e-?mail|QQ群?|微信|身份证|主任|同志)"
    r"|.*[组局处科院校所站会镇乡县区市村园馆股部司厅队班台]长|.*(?:法人|法定)代表"
    rf"|.*(?:{_ROLE})(?:人)?员|(?:.*(?:组|团队|班子|专家|评价|评审|项目|主要))?成员"
    r"|(?:.*(?:部门|单位|财务|业务|科室|领导|项目|处室|机构))?(?:审核|复核|审定|校对|核对|初审|复审|会签)"
    r"|.*(?:项目|业务|财务|部门|科室|单位|处室)主管|.*(?:评审|评价|咨询|外聘)专家|(?:.*人员?)?姓名|家庭住址"
    r"|.*(?:账|帐|卡|证件)(?=号)"
    r"|.*(?:填表|填报人|填报日期|填报时间|制表|经手).*)(?:姓名|号码?)?",
    re.IGNORECASE,
)
# Those whom a project serves, counts or pays, and what is said of a form: 受益人, 每人, 工作人员, 填表说明.
_NO_LABEL_END = re.compile(
    r".*(?:单位|部门|说明|要求|须知|事项"
    r"|(?:受益|受助|受援|受灾|救助|资助|残疾|老年|贫困|困难|脱贫|失业|下岗|退役军|军|烈|病|老|盲|聋|工作|服务|用|元|/|每|万|本|个|他|客|商|农|工|证)人"
    r"|(?:采购|招标|投标|发包|承包|监理|委托|受托|纳税)人|老同志"
    r"|户长|校区长|成长|增长|延长|特长|时长)"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_DIGIT_OR_SIGN = re.compile(r"\d|[≥≤<>=%]")

_SHORT = (
    r"(?:联系|负责|经办|填表|填报|审核|复核|制表|责任|主评|经手|主办|承办|对接)人员?[为是]?|联络员|填报员"
)
_BRACKET = r"(?: *\([^()]{1,8}\))?"
_BEFORE = late_pattern(rf"(?P<label>[{_HAN}/、&A-Za-z]{{2,16}}){_BRACKET}(?P<sign>[ :]+)(?P<value>{_NAMES})")
_PASTED = late_pattern(rf"(?:{_SHORT}){_BRACKET}(?P<value>{_NAMES})")
_BEHIND = late_pattern(rf"(?<![{_HAN}])(?P<value>{_NAMES}) *\((?P<label>[^()]{{2,12}})\)")
_IN_BRACKETS = late_pattern(rf"\((?P<label>[^()]{{2,12}})\)[ :]*(?P<value>{_NAMES})")
_SIGNED = late_pattern(rf"(?<![{_HAN}])(?P<value>{_NAME}) *(?:签字|签名)(?![{_HAN}])")
_WITH_NUMBER = late_pattern(
    rf"(?:(?<![{_HAN}])|(?<=[联系由找人员向]))(?P<value>{_NAMES})[ ,:(/]{{0,3}}(?={_MOBILE}(?!\d))"
)
_SPOKEN_OF = late_pattern(rf"(?:(?<![{_HAN}])|(?<=[由系找经向与和]))(?P<value>{_NAME})(?=同志|先生|女士)")
# 由王建国负责, 李建华局长: a full name, and nobody called after what they do (由水电工负责).
_FULL = (
    rf"(?:(?:{_COMPOUND})[{_HAN}]{{1,2}}|(?!于)[{_SINGLE}][{_HAN}]{{2}})"
    r"(?<![队校院委会厂店站所室方组园社司科股办团层级部班村镇乡街工员长人户商家者手民兵生师庄])"
)
_DOES = "负责|牵头|分管|主持|主抓|督办|经办|组织实施|具体实施"
_TITLE = "[局科处院校所站镇乡县区市村部股]长|主任|书记|经理|老师|教授|医生|工程师"
_IN_CHARGE = late_pattern(
    rf"(?:(?<![{_HAN}])|(?<=[由系找经向与和])|(?<=领导))"
    # As above: told once for all, but for the last, behind which no mark says where it ends.
    rf"(?P<value>(?:(?>{_FULL}(?= *[、,])) *[、,] *){{0,29}}{_FULL})"
    rf"(?={_DOES}|{_TITLE})"
)
_TITLED = late_pattern(rf"由[{_HAN}]{{0,8}}?(?:{_TITLE})(?P<value>{_NAME})(?={_DOES})")
_HINT = re.compile(
    r"[:(@签]|\d{3}|同志|先生|女士|[人员长核管办导任志] |联系|负责|经办|填|制表|审核|复核|责任|主评"
    r"|QQ|微信|wechat|[账帐卡证]|主办|承办|对接|牵头|分管|主[持抓]|督办|由|[局科处]长|主任|书记|老师",
    re.IGNORECASE,
)
"""Without one of these no rule below finds anything; most texts are passed over by it."""

# What a text needs for a rule to find anything: these are quick to look for, the rules aren't.
_DIGITS = re.compile(r"\d{3}|@")
_NUMBERED = re.compile(r"[号账帐]|QQ|微信|wechat|电话|手机|传真|联系方式", re.IGNORECASE)
_FIRST = _SINGLE + "".join(name[0] for name in _COMPOUND.split("|"))
_ALONE = rf"(?:(?<![{_HAN}])|(?<=[由系找经向与和导]))"
_BEGINS = rf"(?:[{_FIRST}]|[^\x00-\x7f]{{2,6}}·)"
_LABEL_IN_BRACKETS = r"\((?P<label>[^()]{2,12})\)"
_RULES = tuple(
    (rule, late_pattern(needed))
    for rule, needed in (
        (_BEFORE, rf"(?P<label>[{_HAN}/、&A-Za-z]{{2,16}})(?={_BRACKET}[ :]+{_BEGINS})"),
        (_PASTED, rf"(?:{_SHORT}){_BRACKET}{_BEGINS}"),
        (_BEHIND, _LABEL_IN_BRACKETS),
        (_IN_BRACKETS, _LABEL_IN_BRACKETS),
        (_SIGNED, "签[字名]"),
        (_WITH_NUMBER, _MOBILE),
        (_SPOKEN_OF, "同志|先生|女士"),
        (
            _IN_CHARGE,
            rf"(?:(?<![{_HAN}])|(?<=[由系找经向与和导]))[{_FIRST}].{{2,3}}(?: *[、,]|{_DOES}|{_TITLE})",
        ),
        (_TITLED, rf"由.{{0,8}}?(?:{_TITLE})"),
    )
)


def is_personal(label: str) -> bool:
    """Whether a label heads a name, a telephone or a signature: 项目经办人, 手机, 财务负责人（签字）."""
    printed = key(label)
    plain = _BRACKETED.sub("", printed).rstrip(":").lstrip("*★#")
    if not 1 < len(plain) <= LONGEST_LABEL or _DIGIT_OR_SIGN.search(plain):
        return False
    signed = "(签字)" in printed or "(签名)" in printed  # whoever it is that signs: 评估专家（签字）
    return (signed or _LABEL.fullmatch(plain) is not None) and _NO_LABEL_END.fullmatch(plain) is None


def is_name(text: str) -> bool:
    """Whether a whole text looks like a name: a known surname and one or two characters more."""
    plain = fold(text).strip()
    return _STRICT_NAME.fullmatch(plain) is not None and not _NO_NAME.match(plain) and not is_personal(plain)


def _numbers(plain: str) -> list[tuple[int, int]]:
    """Where the telephone numbers, identity numbers, addresses and accounts of a folded text stand."""
    spans = [match.span() for match in _NUMBER.finditer(plain)] if _DIGITS.search(plain) else []
    for match in _LABELLED_NUMBER.finditer(plain) if _NUMBERED.search(plain) else ():
        spans.append(match.span(match.lastgroup or 0))
    return spans


@lru_cache(maxsize=1 << 13)  # records, graph and quotes hold the same texts
def personal_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where in a text personal data stand: numbers, and names that a label or a form of address tells."""
    plain = fold(text)
    if not _HINT.search(plain):
        return ()
    spans = _numbers(plain)
    for pattern, needed in _RULES:
        if not any(map(_is_told, needed.finditer(plain))):
            continue
        for match in filter(_is_told, pattern.finditer(plain)):
            if not _NO_NAME.match(match["value"]) and not is_personal(match["value"]):
                spans.append(match.span("value"))
    return tuple(sorted(set(spans)))


def _is_told(match: re.Match[str]) -> bool:
    """Whether the label of a match, if the rule has one, heads what is personal."""
    label = match.groupdict().get("label")
    return label is None or is_personal(label) or label.strip() in ("签字", "签名", "签章")


def mask_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with some of its characters masked, one mask for each, so that positions still hold."""
    for start, end in spans:
        text = text[:start] + MASK * len(text[start:end]) + text[end:]
    return text


def masked_alone(text: str) -> str:
    """A text of which nothing else is known, with a name that is all of it masked too."""
    return MASK * len(text) if is_name(text) else mask_spans(text, personal_spans(text))
