"""A desk that was opened without a workbook: it lists those nearby, and takes a path."""

import pytest
from starlette.testclient import TestClient
from visiting import OURS, SECRET

from gouji.desk.guard import Guard, of_loopback
from gouji.desk.own.app import own_app
from gouji.desk.own.nearby import typed_path


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A user's folder, from which nothing else is seen."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def client(home):
    guarded = Guard(own_app(), of_loopback(8230, SECRET))
    address = f"{OURS}/{SECRET}/"
    with TestClient(guarded, base_url=address, headers={"Origin": OURS}) as visitor:
        yield visitor


def test_forms_on_the_desktop_and_one_folder_below_are_listed(client, home, sample_bytes):
    for place in ("桌面/甲.xlsx", "文档/2026 年/乙.xlsx", "下载/丙.xlsx", "下载/~$丙.xlsx"):
        (home / place).parent.mkdir(parents=True, exist_ok=True)
        (home / place).write_bytes(sample_bytes)
    (home / "桌面" / "别的.xlsx").write_bytes(b"PK")
    listed = client.get("nearby").json()
    assert sorted((one["name"], one["folder"]) for one in listed) == sorted(
        [
            ("甲.xlsx", "桌面"),
            ("乙.xlsx", "文档/2026 年"),
            ("丙.xlsx", "下载"),
        ]
    )


def test_a_path_is_taken_as_it_was_copied(client, sample_file):
    for text in (str(sample_file), f'"{sample_file}"', f" {sample_file.as_uri()}\n"):
        assert client.post("open", json={"path": text}).json() == {"is_open": True}
    assert typed_path("~/甲.xlsx").is_absolute()


@pytest.mark.parametrize(
    "text", ["没有.xlsx", "/没有/甲.xlsx", "", "/", "\x00", "/" + "x" * 5000, "~无此人/甲.xlsx"]
)
def test_what_is_no_file_is_told(client, text):
    answer = client.post("open", json={"path": text})
    told = {"detail": f"没有这个文件:{text}。请写完整的路径。"}
    assert (answer.status_code, answer.json()) == (400, told)


def test_what_is_not_there_is_told(client):
    assert client.post("press/validate").json() == {"detail": "没有这个按钮,或还没有选工作簿。"}
    assert client.post("press/none").status_code == 404
    assert client.post("answer", json={"question": "x", "choice": "是"}).status_code == 409
    assert client.get("files/x").json() == {"detail": "这个文件已经不在了。"}
    assert client.post("files/x/open").status_code == 404
    assert client.get("sheets/1/0.png").status_code == 404
    assert client.get("files/..%2f..%2fetc%2fpasswd").status_code == 404
    assert client.post("open", json=["x"]).status_code == 422
