"""Any department's name resolves to its division, and never to a namesake."""

from __future__ import annotations

import pytest

from budgetkg.divisions import division, recognise, recognise_any
from budgetkg.gazetteer import ancestors, named, under_code


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("中国共产党广州市南沙区委员会宣传部", "南沙区", "440115"),
        ("三沙市南沙区财政局", "南沙区", "460303"),
        ("海南省三沙市南沙区", "南沙区", "460303"),
        ("广州市萝岗区教育局", "萝岗区", "440116"),
        ("广州番禺区文联", "番禺区", "440113"),
        ("黄埔区融媒体中心", "黄埔区", "440112"),
        ("南京市鼓楼区财政局", "鼓楼区", "320106"),
        ("福建省福州市鼓楼区城市管理局", "鼓楼区", "350102"),
        ("常德市津市市教育局", "津市市", "430781"),
        ("荆州市沙市区财政局", "沙市区", "421002"),
        ("上海市浦东新区卫生健康委员会", "浦东新区", "310115"),
        ("恩施土家族苗族自治州利川市水利局", "利川市", "422802"),
        ("仙桃市财政局", "仙桃市", "429004"),
        ("北京市密云县财政局", "密云县", "110228"),
        ("吉林省吉林市昌邑区民政局", "昌邑区", "220202"),
        ("中共广东省委宣传部", None, None),
        ("广东省财政厅", "广东省", "440000"),
        ("贵阳市白云区", "白云区", "520113"),
    ],
)
def test_a_name_with_what_stands_before_it(text: str, name: str | None, code: str | None) -> None:
    place = recognise(text)
    if name is None:
        assert place is None or place.concept is None or place.concept.notation == "440000"
        return
    assert place is not None
    assert place.concept is not None
    assert (place.name, place.concept.notation) == (name, code)


@pytest.mark.parametrize(
    ("text", "rivals"),
    [
        ("南沙区融媒体中心", ("440115", "460303")),
        ("白云区教育局", ("440111", "520113")),
        ("江苏省鼓楼区财政局", ("320106", "320302")),
    ],
)
def test_a_bare_name_of_several_places_decides_nothing(text: str, rivals: tuple[str, ...]) -> None:
    place = recognise(text)
    assert place is not None
    assert place.concept is None
    assert place.rivals == rivals


def test_a_place_that_no_edition_lists_is_named_and_not_known() -> None:
    place = recognise("广州市高新区管理委员会")
    assert place is not None
    assert (place.name, place.city, place.concept) == ("高新区", "广州市", None)


@pytest.mark.parametrize("text", ["区委宣传部", "融媒体中心", "", "新疆生产建设兵团"])
def test_no_place_at_the_head(text: str) -> None:
    assert recognise(text) is None


def test_another_line_of_the_document_may_decide() -> None:
    place = recognise_any(("白云区教育局", "贵阳市白云区部门整体绩效目标"))
    assert place is not None
    assert place.concept is not None
    assert place.concept.notation == "520113"


def test_editions_say_when_a_name_was_good() -> None:
    (luogang,) = under_code("440116")
    assert (luogang.name, luogang.since, luogang.until) == ("萝岗区", "2005", "2013")
    assert ancestors(luogang) == ("440100", "440000")
    (sansha,) = [one for one in named("南沙区") if one.code == "460303"]
    assert sansha.is_current


def test_a_code_has_a_concept_with_its_earlier_names() -> None:
    zengcheng = division("440118")
    assert zengcheng is not None
    assert zengcheng.en == "Zengcheng District"
    nanjing = division("320106")
    assert nanjing is not None
    assert (nanjing.zh, nanjing.alt, nanjing.parent) == ("鼓楼区", ("鼓楼",), "320100")
    assert division("999999") is None


def test_the_ontologys_own_divisions_stand_in_the_editions() -> None:
    from budgetkg.codelists import divisions

    assert not [
        item.notation
        for item in divisions()
        if item.zh not in {one.name for one in under_code(item.notation)}
    ]


@pytest.mark.parametrize(
    ("name", "province"),
    [("万宁市", "海南省"), ("仙桃市", "湖北省"), ("石河子市", "新疆维吾尔自治区"), ("渝中区", "重庆市")],
)
def test_a_heading_of_the_list_is_nobody_s_parent(name: str, province: str) -> None:
    """直辖县, 省直辖县级行政区划 and 市辖区 group entries of the list; the division above is the province."""
    known = division(named(name)[-1].code)
    assert [one.name for one in under_code((known and known.parent) or "")] == [province]
