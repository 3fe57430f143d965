"""The add-in for WPS put into WPS' list, started at log-on, looked at and taken away again."""

import json
import os
import plistlib
import shlex
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from account import Account

from addin.install import log_on, wps, wps_lines
from addin.install.install import InstallError
from addin.install.publish import (
    PublishError,
    address_in,
    has_others,
    with_address,
    without_address,
)
from addin.install.wps import (
    KEPT,
    Address,
    answers,
    answers_in_time,
    ask_to_leave,
    install_wps,
    kept_address,
    publish_path,
    uninstall_wps,
)
from workbook.files.state import state_folder

URL = "http://127.0.0.1:23456/geheim/"
OURS = (
    f'<jspluginonline name="gouji" type="et" url="{URL}" debug="" enable="enable_dev" '
    'install="null"/>'
)
FOREIGN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<jsplugins>\r\n'
    "\t<!-- 单位统一下发 <jspluginonline name='gouji' url='x'/> -->\r\n"
    "\t<jspluginonline url='http://oa/a?x=1&amp;y=>' name='公文'   type=\"wps\"/>\r\n"
    '\t<jsplugin name="离线" type="et" url="http://oa/b.7z" version="1.0"></jsplugin>\r\n'
    "</jsplugins>\r\n"
)


@pytest.fixture(params=["windows", "mac", "other"])
def computer(request, tmp_path):
    home = tmp_path / "用户 甲" / "数据"
    home.mkdir(parents=True)
    return Account(request.param, home)


def test_a_list_with_nothing_in_it_gets_our_line_alone():
    made = with_address(None, URL)
    assert made.decode().splitlines()[1:] == ["<jsplugins>", f"  {OURS}", "</jsplugins>"]
    assert with_address(b"<jsplugins/>", URL).decode() == (f"<jsplugins>\n  {OURS}\n</jsplugins>")
    assert address_in(made) == URL
    assert not has_others(made)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_others_wrote_stays_to_the_byte(encoding):
    foreign = FOREIGN if encoding != "utf-16" else FOREIGN.replace("UTF-8", "UTF-16")
    data = foreign.encode(encoding)
    made = with_address(data, URL)
    assert made.decode(encoding) == foreign.replace("</jsplugins>", f"  {OURS}\r\n</jsplugins>")
    again = with_address(made, "http://127.0.0.1:25000/anders/")
    assert address_in(again) == "http://127.0.0.1:25000/anders/"
    assert again.decode(encoding).replace("25000/anders", "23456/geheim") == made.decode(encoding)
    assert without_address(made).decode(encoding) == foreign
    assert has_others(made)


ODD = {
    "prefixes": '<jsplugins xmlns:k="u"><jspluginonline k:a="1" name="y" url="z"/></jsplugins>',
    "entities": '<!DOCTYPE jsplugins [<!ENTITY b "v">]><jsplugins><jspluginonline url="&b;"/>'
    "</jsplugins>",
    "one line": '<jsplugins><jspluginonline name="y"/></jsplugins><!-- </jsplugins> -->',
    "an indented end": '<jsplugins>\n  <jspluginonline name="y"/>\n  </jsplugins>\n',
    "lines of an old Mac": '<jsplugins>\r<jspluginonline name="y"/>\r</jsplugins>\r',
    "an end in an instruction": "<?xml version='1.0'?><?x </jsplugins>?><jsplugins ></jsplugins >",
    "GBK": '<?xml version="1.0" encoding="GBK"?><jsplugins><jsplugin name="公文"/></jsplugins>',
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_an_odd_list_keeps_each_byte(odd):
    data = odd.encode("gbk" if "GBK" in odd else "utf-8")
    made = with_address(data, URL)
    assert address_in(made) == URL
    assert without_address(made) == data


@pytest.mark.parametrize("data", [b"", b"\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_a_list_with_nothing_in_it(data):
    assert with_address(data, URL) == with_address(None, URL)


@pytest.mark.parametrize(
    "data",
    [
        b"<jsplugins><jspluginonline></jsplugins>",
        b"<plugins></plugins>",
        b"\xff\xfenonsense",
        b'<!DOCTYPE a [<!ENTITY b "&b;">]><jsplugins>&b;</jsplugins>',
    ],
)
def test_a_broken_list_is_left_alone_and_told(computer, data):
    path = publish_path(computer)
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    with pytest.raises(PublishError):
        with_address(data, URL)
    with pytest.raises(InstallError, match="里面的内容坏了或看不懂,没有改动"):
        list(install_wps(computer))
    assert path.read_bytes() == data
    assert not (computer.state / KEPT).exists()
    assert computer.started == []


def test_install_and_uninstall_leave_everything_as_it_was(computer):
    path = publish_path(computer)
    path.parent.mkdir(parents=True)
    path.write_bytes(FOREIGN.encode())
    said = list(install_wps(computer))
    address = kept_address(computer.state)
    assert address_in(path.read_bytes()) == address.url
    assert said[0] == f"WPS 加载项:{path}"
    assert said[-1].endswith("功能区里就有“勾稽”。")
    assert computer.started == [log_on.command()]
    assert [one.stat().st_mode & 0o777 for one in (path, computer.state / KEPT)] == [0o600] * 2
    assert log_on.is_settled(computer)
    list(install_wps(computer))
    assert kept_address(computer.state) == address
    assert list(uninstall_wps(computer)) == ["WPS 加载项已卸载。"]
    assert path.read_bytes() == FOREIGN.encode()
    assert not log_on.is_settled(computer)
    assert not computer.state.exists()
    left = [one for one in computer.home.rglob("*") if one.is_file()]
    assert left == [path]
    assert list(uninstall_wps(computer)) == ["WPS 加载项已卸载。"]


def test_a_list_that_was_broken_since_keeps_nothing_else_in_its_place(computer):
    list(install_wps(computer))
    publish_path(computer).write_bytes(b"<jsplugins><a")
    with pytest.raises(InstallError, match="里面的内容坏了或看不懂,没有改动"):
        list(uninstall_wps(computer))
    assert publish_path(computer).read_bytes() == b"<jsplugins><a"
    assert not log_on.is_settled(computer)
    assert not computer.state.exists()


def test_a_list_that_was_ours_alone_goes(computer):
    list(install_wps(computer))
    list(uninstall_wps(computer))
    assert not publish_path(computer).exists()


def test_what_starts_at_log_on_is_written_as_each_system_reads_it(computer, monkeypatch):
    program = '/opt/勾稽 "2%"/$bin/python'
    monkeypatch.setattr(log_on, "command", lambda: [program, "-P", "-m", "gouji"])
    log_on.settle(computer)
    if computer.system == "windows":
        (run,) = (one for key, one in computer.registry.keys.items() if key.endswith("Run"))
        assert run == {"GoujiDesk": f'"{program}" -P -m gouji'}
    elif computer.system == "mac":
        (path,) = computer.home.rglob("*.plist")
        assert plistlib.loads(path.read_bytes())["ProgramArguments"][0] == program
    else:
        (path,) = computer.home.rglob("*.desktop")
        (line,) = (one for one in path.read_text("utf-8").splitlines() if one.startswith("Exec="))
        # A string has each backslash twice; in quotes one stands before what has a meaning.
        value = line.removeprefix("Exec=").replace("\\\\", "\\").replace("\\$", "$")
        assert shlex.split(value) == [program.replace("%", "%%"), "-P", "-m", "gouji"]


def lines(computer):
    return [str(one) for one in wps_lines.wps_lines(computer)]


def test_the_doctor_says_nothing_of_what_was_not_installed(computer):
    assert lines(computer) == []


def test_the_doctor_names_a_port_in_other_hands_and_a_list_without_us(computer, monkeypatch):
    monkeypatch.setattr(wps, "PATIENCE", 0.1)  # the other program never answers
    list(install_wps(computer))
    address = kept_address(computer.state)
    path = publish_path(computer)
    again = "请重新运行 gouji addin install --wps"
    assert lines(computer)[-1] == (f"✗ WPS 填报台:现在没有在运行。请重新登录;还是不行,{again}")
    with socket.create_server(("127.0.0.1", address.port)):
        path.write_text("<jsplugins></jsplugins>")
        assert lines(computer) == [
            f"✗ WPS 加载项:{path} 里没有勾稽,可能被 WPS 清掉了。{again}",
            "✓ WPS 填报台:登录时启动",
            f"✗ WPS 填报台:端口 {address.port} 正被别的程序占用。{again},换一个端口",
        ]
        list(install_wps(computer))
    assert kept_address(computer.state).port != address.port
    path.write_text("<jsplugins>")
    log_on.unsettle(computer)
    assert lines(computer)[:2] == [
        f"✗ WPS 加载项:{path} 里的内容坏了,WPS 不会加载。{again}",
        f"✗ WPS 填报台:没有登记为登录时启动,{again}",
    ]


def test_an_older_wps_is_told_what_to_allow(tmp_path, monkeypatch):
    computer = Account("other", tmp_path / "甲")
    list(install_wps(computer))
    folder = tmp_path / "office6"
    settings = folder / "cfgs" / "oem.ini"
    settings.parent.mkdir(parents=True)
    monkeypatch.setattr(wps_lines, "_FOLDERS", (folder,))
    settings.write_text("[Server]\nJsApiPlugin=true\n[Support]\nJsApiPlugin=false\n")
    known = f"· WPS 的 oem.ini:{settings} 没有写 JsApiPlugin=true,较旧的 WPS 要写"
    assert lines(computer)[-1] == known
    settings.write_text("[Support]\r\nOther=1\r\nJsApiPlugin = true\r\n[Server]\r\n")
    assert lines(computer)[-1] == f"✓ WPS 的 oem.ini:{settings} 允许加载项"


@contextmanager
def desk_of(home):
    """The desk as it is started at log-on, of a user whose state lies in `home`."""
    command = [sys.executable, *log_on.command()[1:]]
    with subprocess.Popen(command, env={**os.environ, "XDG_STATE_HOME": str(home)}) as process:
        try:
            yield process
        finally:
            process.kill()


def test_the_desk_of_log_on_serves_the_add_in_to_who_knows_the_secret(tmp_path):
    state = state_folder({"XDG_STATE_HOME": str(tmp_path)}, "linux")
    state.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = Address(20_000 + port % 10_000, "s" * 32)
    (state / KEPT).write_text(json.dumps(address._asdict()))
    with desk_of(tmp_path) as process:
        assert answers_in_time(address)
        for given, headers in (
            (f"http://127.0.0.1:{address.port}/ribbon.xml", {}),
            (f"http://127.0.0.1:{address.port}/{'t' * 32}/ribbon.xml", {}),
            (f"{address.url}ribbon.xml", {"Host": "evil.example"}),
            (f"{address.url}ribbon.xml", {"Origin": "http://evil.example"}),
        ):
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(urllib.request.Request(given, headers=headers))
        ask_to_leave(address)
        assert process.wait(10) is not None
    assert not answers(address)
