"""What a website prints around a document is furniture; what belongs to the document never is."""

from __future__ import annotations

import pytest

from budgetkg.reading import read_document
from budgetkg.reading.site_lines import is_site_line, site_lines

OF_THE_SITE = (
    "首页 > 政务公开 > 预算决算", "当前位置：首页 > 信息公开 > 财政预决算",
    "您所在的位置：首页-政务公开", "当前位置：首页", "打印本页 关闭窗口", "【打印】【关闭】",
    "【字体：大 中 小】", "字号：大中小", "分享到：微信 微博", "浏览次数：12次",
    "扫一扫在手机打开当前页", "版权所有：某县人民政府", "网站地图 | 联系我们", "上一篇：2022年部门预算",
    "某ICP备00000001号", "发布日期：2023-02-03 来源：县财政局 浏览次数：123",
)  # fmt: skip
OF_THE_DOCUMENT = (
    "2023年部门预算", "单位：万元", "（2023年度）", "注：本表来源于部门", "某县农业农村局：",
    "项目实施位置：城关镇", "位置：城关镇", "来源：县财政局", "中小学", "小", "产出指标>数量指标",
    "地址：城关镇", "访问量", "填报单位：某局 位置：县城", "下一篇章",
)  # fmt: skip


@pytest.mark.parametrize("text", OF_THE_SITE)
def test_lines_of_the_site(text: str) -> None:
    assert is_site_line(text)


@pytest.mark.parametrize("text", OF_THE_DOCUMENT)
def test_lines_of_the_document(text: str) -> None:
    assert not is_site_line(text)


def test_who_runs_the_site_stands_beside_its_registration() -> None:
    lines = ["注：见附件", "主办单位：某县人民政府", "地址：城关镇", "某ICP备00000001号", "技术支持：某公司"]
    assert site_lines(lines) == {1, 2, 3, 4}
    assert site_lines(lines[:3]) == set()


def test_a_page_keeps_its_document_and_declares_the_rest() -> None:
    page = (
        "<body><div>首页 &gt; 政务公开</div><h1>项目支出绩效目标表</h1><p>（2023年度）</p>"
        "<div>打印本页 关闭窗口</div>"
        "<p>单位：万元</p><table><tr><td>项目名称<td>修缮</table><p>注：数据为年初数</p>"
        "<div>某ICP备00000001号</div></body>"
    )
    reading = read_document(page.encode(), "page.html")
    furniture = [reading.source.text[start:end].strip() for start, end in reading.source.furniture]
    assert furniture == ["首页 > 政务公开", "打印本页 关闭窗口", "某ICP备00000001号"]
    assert [row.cells[0].text for row in reading.rows] == [
        "项目支出绩效目标表", "（2023年度）", "单位：万元", "项目名称", "注：数据为年初数",
    ]  # fmt: skip


AROUND = (
    '<div class="nav">政务公开 预算决算</div>', '<ul id="main-nav"><li>机构职能<li>政策文件</ul>',
    '<div class="site-footer"><p>县人民政府办公室</p></div>', '<div role="contentinfo">县财政局承办</div>',
    '<div class="g-header">某县人民政府 <a href="/">进入</a></div>',
    '<header>某县人民政府 <input type="text"></header>',
)  # fmt: skip
INSIDE = (
    '<div class="header">某县水利局2023年项目支出绩效目标表</div>',
    '<div class="footer">注：本表按年初数填列</div>',
    '<div class="top"><h2>项目支出绩效目标表</h2><form></form></div>',
    '<div class="head">某县水利局</div>',
    '<div class="foot-note">数据取自系统</div>',
    '<div class="nav"><table><tr><td>项目名称<td>渠道清淤</table></div>',
    '<table><tr><td><div class="nav">渠道清淤</div></table>',
    '<p class="topic">渠道清淤</p>',
)


@pytest.mark.parametrize("box", AROUND)
def test_boxes_that_their_class_calls_the_sites_are_furniture(box: str) -> None:
    reading = read_document(f"<body>{box}<p>渠道清淤</p></body>".encode(), "page.html")
    assert [row.line.text.strip() for row in reading.rows] == ["渠道清淤"]


@pytest.mark.parametrize("box", INSIDE)
def test_a_class_counts_for_nothing_where_a_form_is_printed(box: str) -> None:
    reading = read_document(f"<body>{box}<p>末行</p></body>".encode(), "page.html")
    assert not reading.source.furniture
    assert len(reading.rows) >= 2
