"""What the guard lets in, and what ends at it."""

import asyncio

import pytest
from fastapi import FastAPI, Request, UploadFile
from starlette.testclient import TestClient
from visiting import OURS, SECRET

from gouji.desk.guard import MOST_BYTES, REFUSED, TOO_LARGE, Guard, of_loopback
from gouji.desk.serving import new_app

LIMIT = 1000


def app() -> FastAPI:
    made = new_app()

    @made.get("/")
    def page(request: Request) -> dict[str, str]:
        return {"files": str(request.url_for("sent").path)}

    @made.post("/sent")
    async def sent(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    @made.post("/file")
    async def file(file: UploadFile) -> dict[str, int]:
        return {"bytes": len(await file.read())}

    @made.get("/broken")
    def broken() -> None:
        raise ValueError("张三的工资")

    return made


@pytest.fixture
def client():
    guarded = Guard(app(), of_loopback(8230, SECRET, LIMIT))
    return TestClient(guarded, base_url=OURS, headers={"Origin": OURS})


def test_who_knows_the_secret_is_let_in_and_the_app_knows_where_it_is(client):
    answer = client.get(f"/{SECRET}/")
    assert (answer.status_code, answer.json()) == (200, {"files": f"/{SECRET}/sent"})
    assert client.post(f"/{SECRET}/sent", content=b"x" * LIMIT).json() == {"bytes": LIMIT}


@pytest.mark.parametrize(
    "path",
    [
        "/", "/sent", f"/{SECRET[:-1]}/", f"/{SECRET}x/", f"/x/{SECRET}/", f"//{SECRET}/",
        f"/{SECRET.upper()}/", "/%E5%AF%86/", f"/?{SECRET}", "/pages/look.css",
    ],
)  # fmt: skip
def test_without_the_secret_nothing_is_told(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.json()["detail"]) == (403, REFUSED)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8230", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8230.evil", ""],
)
def test_another_name_of_the_computer_is_refused(client, host):
    answer = client.get(f"/{SECRET}/", headers={"Host": host})
    assert (answer.status_code, answer.json()["detail"]) == (403, REFUSED)


def test_a_name_of_this_computer_is_as_good_as_its_number(client):
    assert client.get(f"/{SECRET}/", headers={"Host": "LOCALHOST:8230"}).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8230", "http://127.0.0.1"]
)
def test_a_request_from_another_page_is_refused(client, method, origin):
    answer = client.request(method, f"/{SECRET}/", headers={"Origin": origin})
    assert (answer.status_code, answer.json()["detail"]) == (403, REFUSED)


def test_what_changes_something_must_say_from_which_page_it_comes(client):
    del client.headers["Origin"]
    assert client.get(f"/{SECRET}/").status_code == 200
    for method in ("POST", "PUT", "DELETE"):
        answer = client.request(method, f"/{SECRET}/sent")
        assert (answer.status_code, answer.json()["detail"]) == (403, REFUSED)


@pytest.mark.parametrize("content", [b"x" * (LIMIT + 1), iter([b"x" * 600, b"x" * 600])])
def test_what_is_too_large_is_refused_announced_or_in_pieces(client, content):
    answer = client.post(f"/{SECRET}/sent", content=content)
    assert (answer.status_code, answer.json()["detail"]) == (413, TOO_LARGE)


def test_a_form_in_pieces_that_is_too_large_is_refused(client):
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    answer = client.post(f"/{SECRET}/file", content=iter([head, b"x" * LIMIT]), headers=kind)
    assert (answer.status_code, answer.json()["detail"]) == (413, TOO_LARGE)


@pytest.mark.parametrize(
    "path",
    [
        "pages/../guard.py", "pages/%2e%2e/guard.py", "pages/..%2fguard.py", "pages/..%5cguard.py",
        "pages//etc/passwd", "pages/%2fetc%2fpasswd", "pages/C:%5cWindows%5cwin.ini", "pages/",
        "pages/look.css%00.js",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_pages(client, path):
    answer = client.get(f"/{SECRET}/{path}")
    assert answer.status_code == 404
    assert client.get(f"/{SECRET}/pages/look.css").status_code == 200


def test_every_answer_bears_the_headers_that_keep_others_out(client):
    for path in (f"/{SECRET}/", "/", f"/{SECRET}/pages/look.js", f"/{SECRET}/none"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self';")
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers


def test_what_fails_is_told_in_a_sentence_without_what_stood_in_a_cell(
    client, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    answer = client.get(f"/{SECRET}/broken")
    log = tmp_path / "gouji" / "gouji.log"
    told = f"程序出了意外,没有做完。详情已记入 {log},请发给维护人员。"
    assert (answer.status_code, answer.json()["detail"]) == (500, told)
    assert "张三" not in log.read_text(encoding="utf-8")


def test_a_websocket_is_refused(client):
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), client.websocket_connect(f"/{SECRET}/"):
        pass


def test_what_says_that_it_is_too_large_is_refused_before_a_byte_of_it_is_read():
    answers = []

    async def receive():
        pytest.fail("it was read")

    async def send(message):
        answers.append(message)

    headers = [(b"host", b"127.0.0.1:8230"), (b"origin", OURS.encode())]
    headers += [(b"content-length", str(MOST_BYTES + 1).encode())]
    scope = {"type": "http", "method": "POST", "path": f"/{SECRET}/sent", "headers": headers}
    asyncio.run(Guard(reading, of_loopback(8230, SECRET))(scope, receive, send))
    assert answers[0]["status"] == 413


async def reading(scope, receive, send):
    await receive()
