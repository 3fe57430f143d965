"""Installing for one user: files and registry values on a computer made of a folder and a dict."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from test_package import settings_in

from addin.doctor import examined
from addin.install import InstallError, install, registered, uninstall
from addin.package import build

OPTIONS = r"Software\Microsoft\Office\16.0\Excel\Options"
TRUSTED = r"Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\Gouji"


@dataclass
class DictRegistry:
    """Keys by their path, as the registry holds them."""

    keys: dict[str, dict] = field(default_factory=dict)

    def values(self, key):
        return dict(self.keys[key]) if key in self.keys else None

    def subkeys(self, key):
        inner = [path[len(key) + 1 :] for path in self.keys if path.startswith(f"{key}\\")]
        return sorted({path.partition("\\")[0] for path in inner})

    def write(self, key, name, value):
        self.keys.setdefault(key, {})[name] = value

    def delete_value(self, key, name):
        self.keys.get(key, {}).pop(name, None)

    def delete_key(self, key):
        self.keys.pop(key, None)


@dataclass
class Account:
    system: str
    home: Path
    registry: DictRegistry = field(default_factory=DictRegistry)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    path = tmp_path_factory.mktemp("built") / "gouji.xlam"
    build(path)
    return path


@pytest.fixture
def windows(tmp_path):
    return Account("windows", tmp_path / "用户 甲" / "AppData" / "Roaming")


@pytest.fixture
def mac(tmp_path):
    return Account("mac", tmp_path / "用户 甲")


def settings_of(path):
    """What the add-in's own sheet says."""
    return settings_in(path)


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
    on_windows = settings_of(windows.home / "Gouji" / "gouji.xlam")
    assert on_windows["INTERPRETER_WIN"] == sys.executable
    assert on_windows["PYTHONPATH"].endswith("site-packages")
    (on_mac,) = mac.home.glob("Library/**/gouji.xlam")
    assert settings_of(on_mac)["INTERPRETER_MAC"] == sys.executable


def test_a_program_that_brings_its_own_python_is_called_itself(windows, built, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "C:\\Gouji\\gouji.exe")
    list(install(windows, built))
    settings = settings_of(windows.home / "Gouji" / "gouji.xlam")
    assert settings["FROZEN EXECUTABLE"] == "C:\\Gouji\\gouji.exe"
    assert settings["INTERPRETER_WIN"] is None


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
    for account in (windows, mac):
        list(install(account, built))
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


def test_the_doctor_says_what_is_missing_and_what_to_do(windows, built):
    def complaints():
        return [str(line) for line in examined(windows) if not line.is_well]

    assert complaints() == [
        "✗ 加载项:没有装,请运行 gouji addin install",
        "✗ Excel:没有登记,请重新安装",
    ]
    list(install(windows, built))
    assert complaints() == []
