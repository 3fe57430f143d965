"""A unit's way: in by a link, a workbook sent, findings read and mended, sent back, accepted."""

import re
from io import BytesIO

from bureau_site import send
from docx import Document
from loaded import load_workbook
from typer.testing import CliRunner

from gouji.command_line.app import app


def texts(page):
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def links(page, what):
    return re.findall(rf'href="(/submissions/\w+/{what})"', page.text)


def test_a_workbook_that_ties_gives_a_report(site, filled):
    unit = site.unit("001")
    page = send(unit, filled("一中", "001"), "一中 2022.xlsx")
    assert page.status_code == 200
    assert "《一中 2022.xlsx》全部相符。 报告已经生成。" in texts(page)
    assert links(page, "copy") == []
    report = unit.get(links(page, "report")[0])
    assert report.headers["content-disposition"].endswith(
        "001%20%E4%B8%80%E4%B8%AD%20%E6%94%B6%E6%94%AF%E8%AF%B4%E6%98%8E%202022.docx"
    )
    assert Document(BytesIO(report.content)).paragraphs[0].text == "一中2022年收入 3.00 万元。"
    assert unit.get(links(page, "workbook")[0]).content == filled("一中", "001")


def test_the_findings_are_those_of_the_command_line_errors_before_warnings(
    site, filled, kinds, tmp_path
):
    data = filled("二中", "002", spent="4.00", rest="2.00")
    page = texts(send(site.unit("002"), data))
    path = tmp_path / "填报.xlsx"
    path.write_bytes(data)
    told = CliRunner().invoke(app, ["check", str(path), "--templates", str(kinds)]).stdout
    lines = [line.strip(" ·") for line in told.splitlines() if line.strip()]
    assert len(lines) > 5
    lines.remove("改好后,下面这条随之消失:")
    for line in lines[:-1]:  # the last one counts them
        words = re.sub(r"【(..)】(\S+)", r"\1 \2", line.removeprefix("怎么办:"))
        assert " ".join(words.split()) in page, (line, page)
    assert page.index("2.00 ≠") < page.index("支出比收入多")


def test_what_is_wrong_has_an_annotated_copy_and_no_report(site, filled):
    unit = site.unit("三中")
    page = send(unit, filled("三中", rest="2.10"))
    assert "有 1 处错误。 请照下面改好,再报一次。" in texts(page)
    assert links(page, "report") == []
    copy = load_workbook(BytesIO(unit.get(links(page, "copy")[0]).content))
    assert "收支" in copy.sheetnames


def test_a_unit_hands_in_again_is_sent_back_and_accepted(site, filled):
    unit, bureau = site.unit("100"), site.bureau()
    send(unit, filled("第100小学", "100", rest="2.50"), "错.xlsx")
    page = send(unit, filled("第100小学", "100"), "对.xlsx")
    (current, _), (wrong, _) = sent_of(page)
    assert "已被后一本替换" in page.text
    told = bureau.post(f"/submissions/{wrong}/accept")
    assert (told.status_code, "这一本已被后一本替换,现在不算数了" in told.text) == (409, True)
    assert bureau.post(f"/submissions/{wrong}/return", data={"remark": "早"}).status_code == 409
    assert "请写明为什么退回" in bureau.post(f"/submissions/{current}/return").text
    bureau.post(f"/submissions/{current}/return", data={"remark": "第 3 页的数\n和去年一样?"})
    page = unit.get("/")
    assert "退回" in texts(page) and "第 3 页的数\n和去年一样?" in page.text
    page = send(unit, filled("第100小学", "100", income="4.00", rest="3.00"), "改.xlsx")
    ((latest, _), *_) = sent_of(page)
    assert bureau.post(f"/submissions/{latest}/accept").status_code == 200
    assert "已收" in texts(unit.get("/"))
    page = texts(send(unit, filled("第100小学", "100", income="9.00", rest="8.00")))
    assert "主管部门已经收下您报的一本,不能再换。要改,请先请他们退回。" in page
    bureau.post(f"/submissions/{latest}/return", data={"remark": "请改"})
    page = send(unit, filled("第100小学", "100", income="9.00", rest="8.00"), "再改.xlsx")
    assert "《再改.xlsx》全部相符" in texts(page)


def sent_of(page):
    """The ids of what a unit sent, with their files, the latest first."""
    history = page.text.rpartition("报过的</h2>")[2]
    return re.findall(r'href="/submissions/(\w+)">([^<]+)</a>', history)


def test_a_workbook_of_another_unit_or_kind_or_of_nobody_is_refused_with_a_sentence(site, filled):
    unit = site.unit("101")
    told = {
        "二中": "这一本是「二中」的,您是「第101小学」。请选对文件。",
        "四中": "名单里没有「四中」。请选对文件。",
    }
    for name, sentence in told.items():
        page = send(unit, filled(name))
        assert sentence in texts(page)
        assert links(page, "workbook") == []
    page = send(unit, filled("第101小学", "102"))
    told = "代码 102 是「第102小学」的,表里写的是「第101小学」,名单里两个单位都有。"
    assert f"{told}请核对单位名称和单位代码。" in texts(page)
    page = send(unit, filled(None, "102"))
    assert "这一本是「第102小学」的,您是「第101小学」。请选对文件。" in texts(page)
    page = send(unit, filled(None))
    assert "没有填单位名称,不知道是哪个单位的。请填好再报。" in texts(page)


def test_another_year_in_the_place_of_the_one_before_is_told(site, filled):
    unit = site.unit("103")
    send(unit, filled("第103小学", "103"))
    page = texts(send(unit, filled("第103小学", "103", year=2021)))
    assert "原来报的是 收支 2022,换成了 收支 2021。请核对有没有报错。" in page


def test_why_nothing_can_be_said_of_a_workbook_is_told_as_it_stands(site, filled):
    unit, bureau = site.unit("104"), site.bureau()
    refused = sent_of(send(unit, b"x", "空的.xlsx"))[0][0]
    wrong = sent_of(send(unit, filled("第104小学", "104", rest="2.50"), "错.xlsx"))[0][0]
    for one, told in (
        (refused, "这一本报送时就没有收下,不算数。请等单位重报。"),
        (wrong, "这一本还有错误,不能收下。请退回。"),
    ):
        page = bureau.post(f"/submissions/{one}/accept")
        assert (page.status_code, told in page.text) == (409, True)
    page = bureau.post(f"/submissions/{refused}/return", data={"remark": "x"})
    assert (page.status_code, "这一本报送时就没有收下" in page.text) == (409, True)


def test_a_file_that_cannot_be_read_is_called_as_its_unit_calls_it_and_told_once(site):
    page = texts(send(site.unit("105"), b"no workbook at all", "一季度 上报.xlsx"))
    assert "《一季度 上报.xlsx》没有收下。 原因和怎么办写在下面。" in page
    assert page.count("「一季度 上报.xlsx」不是 Excel 工作簿,或已损坏") == 1
    assert "填报.xlsx" not in page
