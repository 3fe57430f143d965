"""The doctor's page, on computers made of a folder and dictionaries."""

import re
import sys
from pathlib import Path

import pytest
from account import Account

from addin.install import resident
from addin.install.addin_files import addin
from addin.install.doctor import examined
from addin.install.hindrances import INTUNE, RULE, RULES
from addin.install.install import install
from addin.install.office import CLICK_TO_RUN, EXCEL_ROOT, OF_32_BITS, OUTLOOK, WPS

POLICIES = r"Software\Policies\Microsoft\Office\16.0"
DISABLED = r"Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
TRUSTED = r"Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\Gouji"


@pytest.fixture
def python(tmp_path, monkeypatch):
    """A Python with xlwings' DLLs beside it, as its wheel for Windows puts them there."""
    program = tmp_path / "Python 3" / "python.exe"
    program.parent.mkdir()
    for name in ("python.exe", "xlwings32-0.37.8.dll", "xlwings64-0.37.8.dll"):
        (program.parent / name).touch()
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.delenv("GOUJI_TEMPLATES", raising=False)
    return program


@pytest.fixture
def windows(tmp_path, python):
    """A computer on which all is well."""
    account = Account("windows", tmp_path / "用户 甲" / "AppData" / "Roaming")
    account.machine.write(CLICK_TO_RUN, "Platform", "x64")
    account.machine.write(CLICK_TO_RUN, "VersionToReport", "16.0.17328.20162")
    list(install(account, addin()))
    return account


def page(account, program=None):
    return [str(line) for line in examined(account, program)]


def complaints(account):
    return [line for line in page(account) if line[0] in "✗→"]


def place(account):
    return account.home / "Gouji" / "gouji.xlam"


def test_where_all_is_well_the_page_says_what_there_is(windows, python):
    lines = page(windows, "excel 16.0")
    assert [line.partition(":")[0] for line in lines] == [
        "✓ 勾稽", "✓ Python", "✓ xlwings", "✓ 系统", "✓ 表格程序", "✓ Office", "✓ 加载项",
        "✓ Excel", "✓ Excel 16.0 受信任位置", "✓ 加载项用的 Python", "✓ DLL",
        "· Excel 启动别的程序", "✓ 能用的办法", "✓ 报告种类", "✓ 日志", "✓ Excel 的日志",
    ]  # fmt: skip
    said = "\n".join(lines)
    assert "✓ 表格程序:excel 16.0\n✓ Office:16.0.17328.20162,64 位\n" in said
    assert f"✓ 加载项:{place(windows)}\n✓ Excel:16.0 会加载\n" in said
    assert f"✓ 加载项用的 Python:{python}\n✓ DLL:xlwings64-0.37.8.dll\n" in said
    assert (
        "✓ 报告种类:department、department_total、grant_report、project、project_sichuan,在 "
        in said
    )
    assert lines[-2:] == [
        f"✓ 日志:{windows.state / 'gouji.log'}(还没有)",
        f"✓ Excel 的日志:{windows.state / 'gouji-excel.log'}(还没有)",
    ]
    assert complaints(windows) == []


def test_who_has_no_folder_has_no_log(tmp_path, monkeypatch):
    monkeypatch.setattr(Account, "state", None)
    assert complaints(Account("other", tmp_path)) == ["✗ 日志:这位用户没有自己的文件夹,记不了日志"]


def test_what_is_not_installed_is_said_with_what_to_do(tmp_path, python):
    assert complaints(Account("windows", tmp_path / "乙")) == [
        "✗ 加载项:没有装,请运行 gouji addin install",
        "✗ Excel:没有登记,请重新安装",
    ]


def test_where_there_is_no_excel_nothing_is_wrong(tmp_path):
    lines = page(Account("other", tmp_path))
    assert "· 加载项:加载项用于 Windows 和 macOS 上的 Excel;这台电脑上请用命令行。" in lines
    assert [line for line in lines if line[0] in "✗→"] == []


def test_the_dll_must_have_the_bits_of_office(windows, python):
    python.with_name("xlwings32-0.37.8.dll").unlink()
    assert complaints(windows) == []
    windows.machine.write(CLICK_TO_RUN, "Platform", "x86")
    folders = (python.parent, python.parent.parent)
    assert complaints(windows) == [
        f"✗ DLL:缺 xlwings32-0.37.8.dll:不在 {folders[0]},也不在 {folders[1]},可能被安全软件隔离了",
        "→ 请信息技术人员:请在安全软件的隔离区里恢复 xlwings32-0.37.8.dll,并加入白名单。",
    ]
    python.parent.parent.joinpath("xlwings32-0.37.8.dll").touch()  # as in a virtual environment
    assert complaints(windows) == []


@pytest.mark.parametrize(
    ("key", "values", "bits"),
    [
        (OUTLOOK.format(""), {"Bitness": "x64"}, "64"),
        (OUTLOOK.format(OF_32_BITS), {"Bitness": "x86"}, "32"),
        (EXCEL_ROOT.format(""), {"Path": "C:\\"}, "64"),
        (EXCEL_ROOT.format(OF_32_BITS), {"Path": "C:\\"}, "32"),
    ],
)
def test_the_bits_of_an_office_without_click_to_run_are_found(windows, key, values, bits):
    windows.machine.keys = {key: values}
    assert f"✓ Office:{bits} 位" in page(windows)


def test_where_nothing_tells_the_bits_both_dlls_must_be_there(windows, python):
    windows.machine.keys = {}
    assert "· Office:没有查到" in page(windows)
    assert "✓ DLL:xlwings64-0.37.8.dll、xlwings32-0.37.8.dll" in page(windows)


def test_a_dll_that_pip_put_elsewhere_is_named(windows, python, tmp_path, monkeypatch):
    python.with_name("xlwings64-0.37.8.dll").unlink()
    (tmp_path / "user").mkdir()
    (tmp_path / "user" / "xlwings64-0.37.8.dll").touch()
    monkeypatch.setattr("addin.install.office._data_folder", lambda: tmp_path / "user")
    (line,) = complaints(windows)
    assert line == (
        f"✗ DLL:缺 xlwings64-0.37.8.dll:在 {tmp_path / 'user' / 'xlwings64-0.37.8.dll'},"
        "Excel 不到那里找。请把勾稽装进虚拟环境(不要用 pip install --user)"
    )


def test_a_python_that_was_moved_is_missed(windows, python):
    python.unlink()
    wrong = f"✗ 加载项用的 Python:{python} 不见了,请重新安装勾稽,再运行 gouji addin install"
    assert complaints(windows) == [wrong]


def test_a_file_marked_as_from_the_internet_is_wrong(windows):
    mark = Path(f"{place(windows)}:Zone.Identifier")  # on NTFS a stream of the file
    mark.write_text("[ZoneTransfer]\nZoneId=0\n")
    assert complaints(windows) == []
    mark.write_text("[ZoneTransfer]\nZoneId=3\nHostUrl=https://例.cn/\n", encoding="utf-8")
    assert complaints(windows) == [
        f"✗ 加载项:{place(windows)} 带着“来自网络”的标记,宏会被拦下。请重新运行 gouji addin install"
    ]


@pytest.mark.parametrize("change", [lambda data: b"", lambda data: data.replace(b"gj_", b"gi_")])
def test_an_addin_of_another_version_is_told(windows, change):
    place(windows).write_bytes(change(place(windows).read_bytes()))
    assert complaints(windows) == [
        f"✗ 加载项:{place(windows)} 不是这个版本的勾稽装的,或坏了。请重新运行 gouji addin install"
    ]


def test_an_addin_that_excel_disabled_is_told(windows):
    path, said = (f"{one}\0".encode("utf-16-le") for one in (str(place(windows)).lower(), "勾稽"))
    head = b"".join(number.to_bytes(4, "little") for number in (1, len(path), len(said)))
    windows.registry.write(DISABLED, "63CB962", head + "别的.xlam".encode("utf-16-le"))
    assert complaints(windows) == []
    windows.registry.write(DISABLED, "3F1A", head + path + said)
    assert complaints(windows) == [
        "✗ Excel 16.0 停用:Excel 停用了加载项。请点“文件 > 选项 > 加载项”,"
        "在“管理”里选“禁用项目”,启用它"
    ]


@pytest.mark.parametrize("hive", ["registry", "machine"])
@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (("common", "VBAOff", 1), "策略:单位的策略停用了所有 Office 的 VBA(vbaoff)"),
        (
            (r"Excel\Security", "DisableAllAddins", 1),
            "策略:单位的策略停用了 Excel 的所有加载项(disablealladdins)",
        ),
        (
            (r"excel\security", "requireaddinsig", 1),
            "策略:单位的策略只许有数字签名的加载项(requireaddinsig)",
        ),
        (
            (r"common\security", "requirealwaysonmacrosig", 1),
            "策略:单位的策略只许有数字签名的加载项随 Excel 打开(requirealwaysonmacrosig)",
        ),
        ((r"excel\resiliency\addinlist", "gouji.xlam", "0"), "策略:单位的策略只许列出的加载项"),
        ((r"excel\resiliency", "restricttolist", 1), "策略:单位的策略只许列出的加载项"),
        (
            (r"excel\security\trusted locations", "alllocationsdisabled", 1),
            "受信任位置:单位的策略停用了所有受信任位置,宏可能不运行",
        ),
        (
            (r"common\security\trusted locations", "allow user locations", 0),
            "受信任位置:单位的策略不认用户自己的受信任位置,宏可能不运行",
        ),
    ],
)  # fmt: skip
def test_each_policy_in_the_way_is_told_and_what_to_ask_for(windows, hive, policy, said):
    key, name, value = policy
    registry = getattr(windows, hive)
    registry.write(f"{POLICIES}\\{key}", name, 1 - int(value))
    assert complaints(windows) == []
    registry.write(f"{POLICIES}\\{key}", name, value)
    wrong, ask = complaints(windows)
    assert wrong == f"✗ Excel 16.0 {said}"
    assert ask.startswith("→ 请信息技术人员:请")


def test_a_managed_addin_may_be_opened(windows):
    windows.registry.write(f"{POLICIES}\\excel\\resiliency", "restricttolist", 1)
    windows.registry.write(f"{POLICIES}\\excel\\resiliency\\addinlist", "Gouji.xlam", "1")
    assert complaints(windows) == []


def test_what_the_clerk_set_in_excel_the_clerk_can_undo(windows):
    windows.registry.write(r"Software\Microsoft\Office\16.0\Excel\Security", "RequireAddinSig", 1)
    assert complaints(windows) == [
        "✗ Excel 16.0 策略:Excel 的设置只许有数字签名的加载项,"
        "请在“文件 > 选项 > 信任中心 > 信任中心设置 > 加载项”里取消"
    ]


def test_a_trusted_location_that_is_gone_is_missed(windows):
    windows.registry.delete_key(TRUSTED)
    assert complaints(windows) == [
        "✗ Excel 16.0 受信任位置:没有登记,请重新运行 gouji addin install"
    ]


@pytest.mark.parametrize(
    ("rule", "how"),
    [
        ((RULES[0], RULE, "1"), "禁止"),
        ((RULES[1], RULE.lower(), 1), "禁止"),
        ((RULES[0], f"{{{RULE}}}", "6"), "每次警告"),
        ((INTUNE, "ASRRules", f"be9ba2d9-53ea-4cdc-84e5-9b1eeee46550=0|{RULE.lower()}=1"), "禁止"),
    ],
)
def test_a_rule_that_excel_may_start_no_program_is_told_with_a_way_out(windows, python, rule, how):
    windows.machine.write(*rule)
    assert complaints(windows) == [
        f"✗ Excel 启动别的程序:Windows 的安全策略{how}",
        "→ 请信息技术人员:Microsoft Defender 的攻击面减少规则“阻止所有 Office 应用程序创建子进程”"
        f"({RULE})拦住了勾稽。请对这台电脑允许 EXCEL.EXE 启动 cmd.exe 和 {python};"
        "不能放行的,请以这位用户运行一次 gouji addin install --resident,登录时启动勾稽,"
        "Excel 就不再启动任何程序。",
    ]
    list(install(windows, addin(), is_resident=True))
    windows.serving.add(resident.CLSID)
    assert complaints(windows) == []
    assert "✓ 常驻:登录时启动,正在运行;Excel 不用启动别的程序" in page(windows)


@pytest.mark.parametrize("value", ["0", "2", "5"])
def test_a_rule_that_is_off_or_only_watches_is_not_in_the_way(windows, value):
    windows.machine.write(RULES[0], RULE, value)
    assert complaints(windows) == []


def test_a_resident_python_that_is_not_there_is_missed(windows):
    list(install(windows, addin(), is_resident=True))
    again = "请重新运行 gouji addin install --resident"
    assert complaints(windows) == [
        f"✗ 常驻:登录时启动,但现在没有在运行。请重新登录;还是不行,{again}"
    ]
    windows.serving.add(resident.CLSID)
    windows.registry.write(resident.APPROVED, "Gouji", b"\x02" + bytes(11))
    assert complaints(windows) == []
    windows.registry.write(resident.APPROVED, "Gouji", b"\x03" + bytes(11))
    assert complaints(windows) == [
        "✗ 常驻:在任务管理器的“启动”页里被禁用了。请启用其中的 Gouji,再重新登录"
    ]
    windows.registry.delete_value(resident.RUN, "Gouji")
    assert complaints(windows) == [f"✗ 常驻:没有登记为登录时启动,{again}"]


@pytest.mark.parametrize("key", WPS)
@pytest.mark.parametrize("hive", ["registry", "machine"])
def test_a_wps_is_told_with_what_works_there(windows, key, hive):
    getattr(windows, hive).write(key, "InstallRoot", "C:\\WPS")
    (line,) = (line for line in page(windows) if line.startswith("· WPS"))
    assert line == (
        "· WPS:装有 WPS。Excel 的加载项在 WPS 里不起作用;WPS 里照样填写、存盘,旁边开着填报台"
    )


def ways(account):
    (line,) = (line for line in page(account) if "能用的办法" in line)
    return line


EXCEL = "Excel 里的按钮"
OF_WPS = "WPS 里的按钮(gouji addin install --wps)"
DESK = "填报台(gouji desk 填报.xlsx,在浏览器里,不用宏)"


def test_the_ways_that_are_open_are_named(windows):
    assert ways(windows) == f"✓ 能用的办法:{EXCEL}、{DESK}"
    windows.registry.write(WPS[0], "InstallRoot", "C:\\WPS")
    assert ways(windows) == f"✓ 能用的办法:{EXCEL}、{OF_WPS}、{DESK}"


def test_where_macros_are_blocked_the_desk_is_pointed_to(windows):
    windows.machine.write(rf"{POLICIES}\common", "VBAOff", 1)
    assert ways(windows) == f"· 能用的办法:{DESK}。{EXCEL}现在用不了,原因见上面的 ✗"


def test_where_there_is_only_a_wps_its_buttons_and_the_desk_are_pointed_to(tmp_path, python):
    account = Account("windows", tmp_path)
    account.registry.write(WPS[0], "InstallRoot", "C:\\WPS")
    assert ways(account) == f"· 能用的办法:{OF_WPS}、{DESK}。这台电脑只有 WPS"


def test_on_linux_each_program_has_its_way(tmp_path):
    calc = "LibreOffice 里的按钮(gouji addin extension gouji.oxt)"
    told = f"✓ 能用的办法:{calc};有 WPS 的,{OF_WPS};都不装也行,{DESK}"
    assert ways(Account("other", tmp_path)) == told


def test_a_desk_that_is_not_installed_is_told_with_what_to_do(windows, monkeypatch):
    monkeypatch.setattr("addin.install.ways.find_spec", lambda name: None)
    assert ways(windows) == f'✓ 能用的办法:{EXCEL}、填报台(先运行 pip install "gouji[desk]")'


def test_folders_with_kinds_of_their_own_are_named(windows, tmp_path, monkeypatch):
    (tmp_path / "我的报告" / "培训").mkdir(parents=True)
    (tmp_path / "我的报告" / "培训" / "form.toml").touch()
    monkeypatch.setenv("GOUJI_TEMPLATES", str(tmp_path / "我的报告"))
    lines = page(windows)
    assert f"✓ 报告种类:培训,在 {tmp_path / '我的报告'}" in lines
    assert f"✓ GOUJI_TEMPLATES:{tmp_path / '我的报告'}" in lines


def test_two_kinds_of_one_name_are_named(windows, tmp_path, monkeypatch):
    own = tmp_path / "我的报告" / "department"
    own.mkdir(parents=True)
    (own / "form.toml").touch()
    monkeypatch.setenv("GOUJI_TEMPLATES", str(tmp_path / "我的报告"))
    assert [line for line in page(windows) if "不止一份" in line] == [
        f"· 报告种类:「department」不止一份:用的是 {own} 里的,没有用自带的那一份"
    ]


def test_another_xlwings_than_the_addin_is_made_from_is_wrong(windows, monkeypatch):
    monkeypatch.setattr("addin.install.doctor.pinned_xlwings", lambda: "0.38.0")
    assert complaints(windows)[0] == (
        "✗ xlwings:是 0.37.8,加载项要用 0.38.0。请运行 pip install xlwings==0.38.0"
    )


def test_the_page_fits_on_a_page(windows):
    windows.machine.write(RULES[0], RULE, "1")
    windows.registry.write(WPS[0], "InstallRoot", "C:\\WPS")
    lines = page(windows, "excel 16.0")
    assert len(lines) < 25
    assert all(re.fullmatch("[✓✗·→] .+:.+", line) for line in lines)
