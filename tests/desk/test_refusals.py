"""What a desk says where there is nothing: in Chinese, to people and to programs."""

from base64 import b64encode
from hashlib import sha256

import pytest
from starlette.testclient import TestClient
from visiting import OURS, SECRET

from gouji.desk.guard import Guard, of_loopback
from gouji.desk.own.app import own_app
from gouji.desk.wps.app import wps_app

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Origin": OURS}


@pytest.fixture(scope="module", params=[own_app, wps_app], ids=["own", "wps"])
def client(request):
    with TestClient(Guard(request.param(), of_loopback(8230, SECRET)), base_url=OURS) as started:
        yield started


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"/{SECRET}/nirgends", 404),
        ("GET", f"/{SECRET}/icons/nirgends.svg", 404),
        ("POST", f"/{SECRET}/", 405),
        ("DELETE", f"/{SECRET}/", 405),
        ("POST", f"/{SECRET}/press/nirgends", (404, 405)),
        ("GET", "/falsch/", 403),
    ],
)
def test_what_is_not_there_is_a_page_for_people_and_json_for_programs(client, method, path, status):
    answer = client.request(method, path, headers={"Origin": OURS})
    page = client.request(method, path, headers=PAGE)
    expected = status if isinstance(status, tuple) else (status,)
    assert answer.status_code in expected and page.status_code == answer.status_code
    told = answer.json()["detail"]
    assert f'<p role="alert">{told}</p>' in page.text
    assert all(ord(letter) > 0x2E00 or letter in ",." for letter in told), told


def test_head_is_answered_as_get_is_but_not_for_the_news_that_never_end(client):
    for path in ("", "pages/look.css", "nirgends"):
        got = client.get(f"/{SECRET}/{path}")
        head = client.head(f"/{SECRET}/{path}")
        assert head.status_code == got.status_code, path
    assert client.head(f"/{SECRET}/events").status_code in (404, 405)


def test_the_page_of_a_refusal_has_the_one_style_that_the_policy_lets_through(client):
    page = client.get("/falsch/", headers=PAGE)
    style = page.text.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in page.headers["content-security-policy"]
