"""Whatever a browser may send that is no honest request: it is refused, and the desk goes on."""

import asyncio
import csv
import zipfile
from io import BytesIO, StringIO

import pytest
from bureau_site import URL, send
from loaded import load_workbook

from gouji.desk.bureau.keeping import submissions
from gouji.desk.bureau.keeping.audit import harmless
from gouji.desk.bureau.keeping.model import Account, Role
from gouji.desk.bureau.receiving import own_name


def files_of(site):
    return sorted(
        path.relative_to(site.desk.places.root) for path in site.desk.places.root.rglob("*")
    )


@pytest.fixture(scope="module")
def unit(site):
    return site.unit("001")


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        ("一中 2022.xlsx", "一中 2022.xlsx"),
        ("../../../etc/一中.xlsx", "一中.xlsx"),
        ("..\\..\\一中.xlsx", "一中.xlsx"),
        ("/etc/passwd.xlsx", "passwd.xlsx"),
        ("C:\\Windows\\一中.xlsx", "一中.xlsx"),
        ("CON.xlsx", "_CON.xlsx"),
        ("nul.tar.XLSX", "_nul.tar.XLSX"),
        ("\u202excod\u202c一中.xlsx", "xcod一中.xlsx"),
        ("一\x00中\r\n.xlsx", "一中__.xlsx"),
        ("<b>一中</b>.xlsx", "b_.xlsx"),
        ("一" * 300 + ".xlsx", "一" * 65 + ".xlsx"),
        ("..", ""),
        (".xlsx", ""),
    ],
)
def test_a_files_name_is_only_shown_and_has_no_folders_and_no_unseen_signs(said, ours):
    assert own_name(said) == ours


@pytest.mark.parametrize("name", ["../../../../tmp/越.xlsx", "/tmp/越.xlsx", "..\\越.xlsx"])
def test_what_is_sent_lies_in_our_own_folder_whatever_it_is_called(site, unit, filled, name):
    before = set(files_of(site))
    assert "《越.xlsx》全部相符" in send(unit, filled("一中", "001"), name).text
    new = {path.parts[0] for path in set(files_of(site)) - before}
    assert new == {"files"}
    assert all("越" not in str(path) for path in files_of(site))


def bomb():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", b"\0" * (20 << 20))
    return data.getvalue()


def test_what_is_no_workbook_is_refused_with_a_sentence_and_leaves_nothing(site, unit, filled):
    before = files_of(site)
    told = {
        "炸弹.xlsx": (bomb(), "解压后大得不正常,为安全起见没有打开"),
        "假的.xlsx": (b"%PDF-1.7 " * 50, "不是 Excel 工作簿,或已损坏"),
        "半本.xlsx": (filled()[:5000], "不是 Excel 工作簿,或已损坏"),
    }
    for name, (data, why) in told.items():
        page = send(unit, data, name)
        assert page.status_code == 200
        assert f"《{name}》没有收下。" in page.text and f"「{name}」{why}" in page.text
    assert files_of(site) == before


@pytest.mark.parametrize(
    ("name", "data", "status", "told"),
    [
        ("旧.xls", b"x", 415, ".xls 格式的工作簿读不了"),
        ("金山.et", b"x", 415, ".et 格式的工作簿读不了"),
        ("程序.exe", b"MZ", 415, "「程序.exe」不是工作簿"),
        ("页.xlsx.html", b"<p>", 415, "「页.xlsx.html」不是工作簿"),
        ("空.xlsx", b"", 400, "「空.xlsx」是空的"),
        ("大.xlsx", b"x" * ((1 << 20) + 1), 413, "文件超过 1 MB"),
        ("大些.xlsx", b"x" * (3 << 20), 413, "文件超过 1 MB"),
        ("很大.xlsx", b"x" * (5 << 20), 413, "太大"),
    ],
)
def test_a_wrong_type_and_size_are_refused_with_their_sentence(
    site, unit, name, data, status, told
):
    before = files_of(site)
    page = send(unit, data, name)
    assert (page.status_code, told in page.text) == (status, True), page.text
    assert files_of(site) == before


def test_a_body_without_end_is_read_a_while_and_broken_off(site, unit):
    cookie = "; ".join(f"{name}={value}" for name, value in unit.cookies.items())
    headers = {"host": "desk.test", "origin": URL, "cookie": cookie}
    headers["content-type"] = "multipart/form-data; boundary=x"
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http"}
    scope |= {"method": "POST", "path": "/upload", "raw_path": b"/upload", "query_string": b""}
    scope |= {"headers": [(one.encode(), value.encode()) for one, value in headers.items()]}
    scope |= {"client": ("192.168.1.9", 1), "server": ("desk.test", 80), "root_path": ""}
    read, answers = [], []

    async def receive():
        begin = b'--x\r\nContent-Disposition: form-data; name="workbook"; filename="a.xlsx"\r\n\r\n'
        read.append(b"x" * (1 << 20) if read else begin)
        return {"type": "http.request", "body": read[-1], "more_body": True}

    async def send(message):
        answers.append(message)

    asyncio.run(site.app(scope, receive, send))
    assert answers[0]["status"] == 413
    assert len(read) == 5  # of four times the limit and a little


@pytest.mark.parametrize(
    "body", [b"", b"--x\r\nrubbish", b"--x--\r\n", b"\xff" * 99, b"--x\r\n\r\n\r\n--x--"]
)
def test_a_form_that_is_none_is_refused(unit, body):
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    page = unit.post("/upload", content=body, headers=kind)
    assert (page.status_code, "请选一本工作簿再报" in page.text) == (400, True), page.text


def test_another_units_workbooks_are_not_there(site, unit, filled):
    other = site.unit("112")
    send(other, filled("第112小学", "112"))
    with site.desk.store.read() as base:
        theirs = submissions.of_unit(base, "112")[0].id
    for path in ("", "/report", "/copy", "/workbook"):
        assert other.get(f"/submissions/{theirs}{path}").status_code == (200, 404)[path == "/copy"]
        assert unit.get(f"/submissions/{theirs}{path}").status_code == 404
    for path in ("accept", "return"):
        for browser in (unit, other):  # to decide is the bureau's
            assert browser.post(f"/submissions/{theirs}/{path}").status_code == 404
    for path in ("/links", "/日志.csv", "/汇总.xlsx", "/全部报告.zip"):
        assert unit.get(path).status_code == 404
    assert unit.post("/links", data={"unit": "002"}).status_code == 404


def test_who_has_no_session_sees_a_sentence_and_nothing_else(site):
    for path in ("/", "/links", "/submissions/x", "/submissions/x/report"):
        page = site.browser().get(path)
        assert (page.status_code, "请打开主管部门发给您的链接进来" in page.text) == (401, True)
    stranger = site.browser(cookies={"gouji": "x"})
    assert send(stranger, b"x").status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": URL}, 200),
        ({"Origin": "http://evil.test"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": f"{URL}.evil.test"}, 403),
        ({"Origin": URL, "Host": "evil.test"}, 403),
        ({}, 403),
    ],
)
def test_a_request_that_changes_something_must_come_from_our_own_page(
    site, filled, headers, status
):
    browser = site.unit("104")
    del browser.headers["Origin"]
    files = {"workbook": ("一.xlsx", filled("第104小学", "104"))}
    assert browser.post("/upload", files=files, headers=headers).status_code == status


def test_a_foreign_name_that_leads_here_is_refused(site):
    assert site.browser().get("/", headers={"Host": "evil.test"}).status_code == 403


def test_a_link_is_opened_once_and_looking_at_it_does_not_use_it_up(site):
    link = site.link(Account(Role.UNIT, "105"))
    for _ in range(2):
        assert "这个链接是给「第105小学」的" in site.browser().get(link).text
    token = {"token": link.rpartition("/")[2]}
    first = site.browser()
    answer = first.post("/in", data=token, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/" in cookie
    assert "第105小学" in first.get("/").text
    for again in (site.browser().post("/in", data=token), site.browser().get(link)):
        assert (again.status_code, "已经用过了" in again.text) == (410, True)
    wrong = site.browser().get("/in/x")
    assert (wrong.status_code, "这个链接不对" in wrong.text) == (410, True)


def test_a_new_link_takes_the_place_of_one_that_nobody_opened(site):
    unit = Account(Role.UNIT, "106")
    first, second = site.link(unit), site.link(unit)
    assert "这个链接已经换新或作废。请用主管部门后来发的那一个" in site.browser().get(first).text
    assert "第106小学" in site.browser().get(second).text


def test_links_and_sessions_end_when_their_time_is_over(site):
    link = site.link(Account(Role.UNIT, "107"))
    browser = site.unit("107")
    link = site.link(Account(Role.UNIT, "107"))
    site.clock.now += 15 * 24 * 3600
    late = site.browser().post("/in", data={"token": link.rpartition("/")[2]})
    assert (late.status_code, "已经过期" in late.text) == (410, True)
    assert browser.get("/").status_code == 200
    site.clock.now += 16 * 24 * 3600
    assert browser.get("/").status_code == 401
    site.clock.now -= 31 * 24 * 3600


def test_who_goes_out_or_is_turned_out_is_out(site):
    browser, bureau = site.unit("108"), site.bureau()
    kept = dict(browser.cookies)
    browser.post("/out")
    assert site.browser(cookies=kept).get("/").status_code == 401
    browser = site.unit("108")
    bureau.post("/links/end", data={"unit": "108"})
    assert browser.get("/").status_code == 401


def test_a_proxys_header_is_believed_from_its_own_address_alone(site):
    proxy = {"client": ("10.0.0.1", 1)}
    name = {"X-Remote-User": "二中".encode()}
    assert "二中" in site.browser(**proxy).get("/", headers=name).text
    code = {"X-Remote-User": "财务科".encode()}
    assert "各单位报送情况" in site.browser(**proxy).get("/", headers=code).text
    unknown = site.browser(**proxy).get("/", headers={"X-Remote-User": "四中".encode()})
    assert (unknown.status_code, "名单里没有「四中」" in unknown.text) == (403, True)
    for client in (("10.0.0.2", 1), ("192.168.1.9", 1), ("unix", 0)):
        page = site.browser(client=client).get("/", headers=name)
        assert (page.status_code, "不是从登记的地址来的" in page.text) == (403, True)
    twice = [("X-Remote-User", "二中".encode()), ("X-Remote-User", "财务科".encode())]
    assert site.browser(**proxy).get("/", headers=twice).status_code == 403
    inside = site.unit("109")  # a session does not help a header that nobody may send
    assert inside.get("/", headers=name).status_code == 403


def test_https_cookies_are_secure_and_bound_to_the_host(options, request):
    from bureau_site import Clock, Site

    from gouji.desk.bureau.desk import Desk

    clock = Clock()
    desk = Desk(options(url="https://desk.test"), clock)
    request.addfinalizer(desk.close)
    site = Site(desk, clock)
    link = site.link(Account(Role.UNIT, "001")).rpartition("/")[2]
    origin = {"Origin": "https://desk.test"}
    browser = site.browser(base_url="https://desk.test", headers=origin)
    cookie = browser.post("/in", data={"token": link}, follow_redirects=False).headers["set-cookie"]
    assert cookie.startswith("__Host-gouji=") and "Secure" in cookie
    assert "一中" in browser.get("/").text


def test_markup_in_names_and_remarks_is_text(site, filled):
    evil = '<img src=x onerror="alert(1)">'
    unit, bureau = site.unit("110"), site.bureau()
    page = send(unit, filled("第110小学", "110"), f"a{evil}'\"&amp;.xlsx")
    sent = page.text.partition('href="/submissions/')[2].partition("/")[0]
    bureau.post(f"/submissions/{sent}/return", data={"remark": evil})
    for page in (unit.get("/"), bureau.get("/"), bureau.get(f"/submissions/{sent}")):
        assert "<img" not in page.text and "&lt;img" in page.text
    page = bureau.get("/", params={"words": f'"{evil}', "state": evil})
    assert "<img" not in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy


def test_no_text_becomes_a_formula_in_what_is_exported(site, filled):
    evil = '=HYPERLINK("http://evil.test","看")'
    unit, bureau = site.unit("111"), site.bureau()
    page = send(unit, filled("第111小学", "111"), "=1+2.xlsx")
    sent = page.text.partition('href="/submissions/')[2].partition("/")[0]
    bureau.post(f"/submissions/{sent}/return", data={"remark": evil})
    log = bureau.get("/日志.csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(log)) for cell in row]
    assert "'=1+2.xlsx" in cells and "第111小学" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = load_workbook(BytesIO(bureau.get("/汇总.xlsx").content))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\uff1d1", "|x"])
def test_each_sign_of_a_formula_is_made_harmless(text):
    assert harmless(text) == f"'{text}"


def test_letters_that_are_none_in_a_cell_break_neither_database_nor_page(site, filled):
    odd = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(filled("第114小学", "114", rest="2.50"))) as whole,
        zipfile.ZipFile(odd, "w") as made,
    ):
        for name in whole.namelist():
            data = whole.read(name).replace("第114小学".encode(), "第_xD800__x0000_小学".encode())
            made.writestr(name, data)
    page = send(site.unit("114"), odd.getvalue())
    assert page.status_code == 200 and "正在核对" not in page.text
    assert "代码 114 是「第114小学」的,表里写的是「第小学」" in page.text
    assert site.bureau().get("/汇总.xlsx").status_code == 200


def test_a_form_of_somebody_unknown_is_small(site):
    page = site.browser().post("/in", data={"token": "x" * (1 << 20)})
    assert page.status_code == 413


def test_what_is_not_there_is_a_page_for_people_and_json_for_programs(site):
    for method, path, status in (
        ("GET", "/nirgends", 404),
        ("GET", "/in", 405),
        ("DELETE", "/", 405),
        ("POST", "/links", 401),
        ("GET", "/bureau/nirgends.js", 404),
    ):
        browser = site.browser()
        told = browser.request(method, path).json()["detail"]
        page = browser.request(method, path, headers={"Accept": "text/html,*/*;q=0.8"})
        assert (page.status_code, told in page.text) == (status, True), path
        assert all(ord(letter) > 0x2E00 or letter in ",. " for letter in told), told
        assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_head_is_answered_as_get_is(site):
    unit = site.unit("107")
    for path in ("/", "/bureau/drop.js", "/pages/look.css", "/nirgends"):
        got, head = unit.get(path), unit.head(path)
        assert (head.status_code, head.headers["content-type"]) == (
            *(got.status_code, got.headers["content-type"]),
        )


def test_another_name_is_told_which_address_to_use(site):
    answer = site.browser().get("http://localhost/", headers={"Accept": "text/html"})
    told = "这个网址打不开报送服务。请用主管部门给出的网址;在服务器上,请用启动时显示的网址。"
    assert (answer.status_code, told in answer.text) == (403, True)
    assert "填报台" not in answer.text
