"""Installing for one user: files and registry values on a computer made of a folder and a dict."""

import sys

import pytest
from account import Account

from addin.excel.package import settings_in
from addin.install import resident
from addin.install.addin_files import addin
from addin.install.install import InstallError, install, registered, uninstall
from workbook.files.state import EXCEL_LOG_NAME

OPTIONS = r"Software\Microsoft\Office\16.0\Excel\Options"
TRUSTED = r"Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\Gouji"


@pytest.fixture(scope="module")
def built():
    return addin()


@pytest.fixture
def windows(tmp_path):
    return Account("windows", tmp_path / "用户 甲" / "AppData" / "Roaming")


@pytest.fixture
def mac(tmp_path):
    return Account("mac", tmp_path / "用户 甲")


def test_on_windows_excel_opens_the_addin_and_trusts_its_folder(windows, built):
    lines = list(install(windows, built))
    place = windows.home / "Gouji" / "gouji.xlam"
    assert lines == [
        f"加载项:{place}",
        "已登记到 Excel 16.0。",
        "请重新打开 Excel,功能区里就有“勾稽”。",
    ]
    assert windows.registry.keys == {
        OPTIONS: {"OPEN": f'/R "{place}"'},
        TRUSTED: {"Path": f"{place.parent}\\", "AllowSubfolders": 0, "Description": "Gouji"},
    }
    assert registered(windows) == ["16.0"]


def test_the_addin_is_told_where_python_is(windows, mac, built):
    list(install(windows, built))
    list(install(mac, built))
    on_windows = settings_in(windows.home / "Gouji" / "gouji.xlam")
    assert on_windows["INTERPRETER_WIN"] == sys.executable
    assert on_windows["PYTHONPATH"].endswith("site-packages")
    (on_mac,) = mac.home.glob("Library/**/gouji.xlam")
    assert settings_in(on_mac)["INTERPRETER_MAC"] == sys.executable


def test_a_program_that_brings_its_own_python_is_called_itself(windows, built, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "C:\\Gouji\\gouji.exe")
    list(install(windows, built))
    settings = settings_in(windows.home / "Gouji" / "gouji.xlam")
    assert settings["FROZEN EXECUTABLE"] == "C:\\Gouji\\gouji.exe"
    assert settings["INTERPRETER_WIN"] == ""


def test_other_addins_of_the_user_are_left_alone(windows, built):
    others = {"OPEN": '/R "C:\\a.xlam"', "OPEN1": "b.xlam", "Font": "宋体,11"}
    windows.registry.keys[OPTIONS] = dict(others)
    list(install(windows, built))
    list(install(windows, built))
    place = windows.home / "Gouji" / "gouji.xlam"
    assert windows.registry.keys[OPTIONS] == {**others, "OPEN2": f'/R "{place}"'}
    windows.registry.write(OPTIONS, "OPEN3", "c.xlam")
    list(uninstall(windows))
    assert windows.registry.keys[OPTIONS] == {**others, "OPEN2": "c.xlam"}


def test_every_office_that_has_an_excel_is_registered(windows, built):
    for key in (r"15.0\Excel", r"16.0\Excel\Options", r"16.0\Word", r"14.0\Word", "Common"):
        windows.registry.keys[rf"Software\Microsoft\Office\{key}"] = {}
    list(install(windows, built))
    assert registered(windows) == ["15.0", "16.0"]


def test_uninstalling_leaves_nothing(windows, mac, built):
    in_container = "Library/Containers/com.microsoft.Excel/Data/gouji-excel.log"
    for account in (windows, mac):
        list(install(account, built))
        logs = [account.state / name for name in ("gouji.log", "gouji.old.log", "click-0.lock")]
        of_excel = account.home / in_container if account is mac else account.state / EXCEL_LOG_NAME
        for log in (*logs, of_excel, account.cache / "0123.kept"):
            log.parent.mkdir(parents=True, exist_ok=True)
            log.touch()
        assert list(uninstall(account)) == ["加载项已卸载。"]
        assert [path for path in account.home.rglob("*") if path.is_file()] == []
        list(uninstall(account))
    assert windows.registry.keys == {OPTIONS: {}}
    assert not (windows.home / "Gouji").exists()


def test_on_a_mac_excel_starts_the_addin_and_may_run_python(mac, built):
    list(install(mac, built))
    files = sorted(path.relative_to(mac.home).as_posix() for path in mac.home.rglob("*.*"))
    assert [name for name in files if name.endswith((".xlam", ".applescript"))] == [
        "Library/Application Scripts/com.microsoft.Excel/xlwings-0.37.8.applescript",
        "Library/Group Containers/UBF8T346G9.Office/User Content.localized/"
        "Startup.localized/Excel/gouji.xlam",
    ]


def test_where_there_is_no_excel_the_user_is_told(tmp_path, built):
    with pytest.raises(InstallError, match="这台电脑上请用命令行"):
        list(install(Account("other", tmp_path), built))


def test_a_file_from_the_internet_loses_its_mark(windows, built):
    place = windows.home / "Gouji" / "gouji.xlam"
    list(install(windows, built))
    inode = place.stat().st_ino
    with place.open("rb"):  # so that the number is not given to the new file
        list(install(windows, built))
        assert place.stat().st_ino != inode


def test_the_resident_python_is_started_at_log_on_and_at_once(windows, built):
    windows.serving.add(resident.CLSID)  # of an older version
    lines = list(install(windows, built, is_resident=True))
    assert lines[2] == "已设为常驻:登录 Windows 时启动勾稽,点按钮时 Excel 不再启动任何程序。"
    words = [sys.executable, "-P", "-m", "addin.install.resident"]
    at_log_on = {"Gouji": f'"{sys.executable}" -P -m addin.install.resident'}
    assert windows.registry.keys[resident.RUN] == at_log_on
    assert (windows.started, windows.serving) == ([words], set())
    settings = settings_in(windows.home / "Gouji" / "gouji.xlam")
    assert settings["RESIDENT CLSID"] == resident.CLSID
    assert settings["USE UDF SERVER"] is True


@pytest.mark.parametrize("go_back", [uninstall, lambda one: install(one, addin())])
def test_both_uninstall_and_a_plain_install_end_the_resident_python(windows, built, go_back):
    windows.registry.write(resident.RUN, "Another", "a.exe")
    list(install(windows, built, is_resident=True))
    windows.registry.write(resident.APPROVED, "Gouji", b"\x02")
    windows.serving.add(resident.CLSID)
    list(go_back(windows))
    assert windows.registry.keys[resident.RUN] == {"Another": "a.exe"}
    assert windows.registry.keys[resident.APPROVED] == {}
    assert (len(windows.started), windows.serving) == (1, set())


def test_only_a_python_that_is_installed_on_windows_can_be_resident(
    windows, mac, built, monkeypatch
):
    with pytest.raises(InstallError, match="请去掉 --resident 再试"):
        list(install(mac, built, is_resident=True))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(InstallError, match="请去掉 --resident 再试"):
        list(install(windows, built, is_resident=True))
    assert [list(one.home.rglob("*")) for one in (windows, mac)] == [[], []]
