"""The words by which the checks tell what an indicator asks for and what its target says."""

from __future__ import annotations

import re

_TAIL = r"(?:[/(](?:%|[年次个人元])[)]?|\(%\))?$"
RATE = re.compile(rf"率{_TAIL}|比例$|占比$|\(%\)$")
# What counts each name asks for, and the measure words in which such a count may be given.
_COUNTS: tuple[tuple[re.Pattern[str], str, frozenset[str]], ...] = (
    (re.compile(rf"人[数次]{_TAIL}|人次数$"), "人", frozenset("人名位个户员")),
    (re.compile(rf"场次{_TAIL}|场次数量?$"), "场", frozenset("场次期个轮节回届堂班天台部")),
    # 场数 may count performances or places: 演出场数, 养殖场数.
    (re.compile(rf"场数{_TAIL}"), "场", frozenset("场次期个轮节回届堂班天台部家处座")),
    (
        re.compile(rf"(?<![场人])次数{_TAIL}"),
        "次",
        frozenset("次场期轮回届个批遍趟人家篇天条件处") | {"组次"},
    ),
    (re.compile(rf"篇数{_TAIL}"), "篇", frozenset("篇条个份次")),
    (re.compile(rf"天数{_TAIL}"), "天", frozenset("天日个") | {"工作日", "小时"}),
    (re.compile(rf"数量{_TAIL}"), "数量", frozenset()),
)
# 提高…率 is a goal and 效率 a word of its own; neither asks for a number.
NO_RATE = re.compile(r"效率|^(?:按|提[高升]|降低|减少|增[加强]|确保|保[障证])")
# A value that says its number in words: 全覆盖, 不超支, 较上年提高.
SAYS_RATE = re.compile(
    r"全|所有|一切|零|[无不没未杜]|[均皆]|每|达到?|应[一-鿿]尽|翻番|一[半倍]|过半|半数|[上下]降|[提增降减]"
)
# A count is said so only where the whole of the value does: 无, 零, 每村一场, 全覆盖.
SAYS_COUNT = re.compile(r"全|所有|一切|零|[均皆]|每|达到?|应[一-鿿]尽|^[无不没未]")
DEGREE = re.compile(r"(?<!满意)(?<!完成)(?<!覆盖)(?<!达标)程度$")
PERCENT = frozenset({"%", "‰", "百分点"})
PIECES = frozenset("人次篇条场期个集部册份家项") | {"人次", "场次"}
MONEY = re.compile(
    "收入|产值|营收|税|投资|销售|消费|元|成本|经济|节约|节省|效益|就业|岗位|增收|产量|利润|企业|交易|成交|签约|引进|"
    "项目|旅游|游客|市场|农|商"
)
TIME = re.compile(
    "时间|时限|时效|时长|及时|按时|准时|定时|即时|实时|适时|同步|随时|当[日天月年场]|进度|期限|工期|周期|期内|日期|效率|"
    "速度|频率|频次|小时|分钟|天|周|[年月日季](?!度?(?:核|考|计划))|全年|常态|长期|持续|第一时间|提前|逾期|延误|延迟|限时|"
    "准点|响应|计划|约定|按期|如期|进程|阶段|节点[前内]"
)
# A time by itself, whatever it stands beside: a date, a feast (国庆, 七一, 中秋节前), a season, the end of a
# period, what it must come before (开工前). 环节, 节点 and 前景 are none.
DATED = re.compile(
    r"\d年|\d月|\d[日号](?!线)|\d(?:个?工作)?[天周]|\d小时|季度|国庆|元旦|除夕|(?:寒|暑|假|汛|旱|旺|淡)[假期]|"
    r"(?<![环细季调关章情音礼使枝小])节(?=假|[前后期当日至到起、,;。及和与或]|$)|"
    r"(?<![\d第〇零一二三四五六七八九十百千万])[三五六七八九十][一四八](?=[、,;。及和与或前后期节至到]|$)|"
    r"[年月季周期][底末初]|年终|[上下]半年|[一-鿿\d](?<![目当从空史跟眼])前(?![景沿列茅端台线途程方期往])|之后|截[至止]|为止"
)
# Occasions that aren't named are no time.
OCCASION = re.compile("(?:重[大要]|关键)?(?:时间)?节点(?![前内])")
SATISFIED = re.compile(
    "满意|认可|认同|好评|投诉|评价|信访|获得感|幸福感|安全感|支持|意见|反馈|口碑|欢迎|赞|测评|评议|信任|知晓|问卷.{0,60}度|体验"
)
SATISFACTION = re.compile("满意(?:度|率|程度)")
READERS = re.compile("人数|人次|用户|粉丝|阅读|播放|浏览|点击|关注|转发")
FAULTS = re.compile("事故|差错|投诉|故障|错误|违规|违纪|问题|缺陷|失误|停播|超支|返工|不合格|伤亡")
# What can be said to be so or not so: a target, though without a number.
AFFIRMED = re.compile("及时|按时|完成|合规|达标|合格|满意|[是有无]")
QUALITY_NAMED = re.compile("(?:性|率|度|%|情况|数|量|次)\\)?$")
_LONGEST = 60  # characters in a message; the evidence quotes the rest


def counted(name: str) -> tuple[str, frozenset[str]] | None:
    """The measure word that a name (a comparison key) asks for, and those in which its count may be given."""
    return next(((word, units) for pattern, word, units in _COUNTS if pattern.search(name)), None)


def clipped(text: str) -> str:
    """A text short enough for a message."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
