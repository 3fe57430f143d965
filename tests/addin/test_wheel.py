"""The wheel: what it carries, that it is the same each time, and that it is enough by itself."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from fresh import SITE, fresh_python, put_in
from pyopenvba import ExcelFile

from addin.functions.vba import HELP, MODULE, functions_modules
from addin.install.addin_files import make_addin

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TO_BUILD = PROJECT["build-system"]["requires"]
TO_RUN = PROJECT["project"]["dependencies"]
INSTALLING = """
import json, sys
from pathlib import Path
sys.path.append(sys.argv[1])
from account import Account
from addin.install.install import install, uninstall
from addin.excel.package import settings_in
from addin.install.addin_files import addin

windows = Account("windows", Path(sys.argv[2]))
said = list(install(windows, addin(), is_resident=True))
(place,) = Path(sys.argv[2]).rglob("*.xlam")
settings = settings_in(place)
keys = [key for key, values in windows.registry.keys.items() if values]
list(uninstall(windows))
left = [str(one) for one in Path(sys.argv[2]).rglob("*")]
left += [key for key, values in windows.registry.keys.items() if values]
print(json.dumps({"said": said, "settings": settings, "keys": keys, "left": left}))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("wheel") / "勾稽 环境"
    made.mkdir()
    return made


@pytest.fixture(scope="module")
def python(wheel, folder):
    """A Python with the wheel and what it requires, which pyOpenVBA is not among."""
    program = fresh_python(folder / "运行 用", TO_RUN)
    put_in(wheel, program)
    assert run(program, "-c", "import pyopenvba").stderr.count("No module named 'pyopenvba'") == 1
    return program


def run(program, *words):
    """A program's run, in the folder that it lies in, without our checkout on its path."""
    command = [program, *map(str, words)]
    return subprocess.run(
        command, cwd=Path(program).parent, capture_output=True, text=True, check=False
    )


def gouji(python, *words):
    """The command that the wheel brings: what it said, what it complained of, its exit status."""
    done = run(python.with_name("gouji"), *words)
    return done.stdout, done.stderr, done.returncode


def carried(wheel, name):
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(f"addin/install/{name}")


def modules_in(wheel, tmp_path):
    """The VBA of the add-in that the wheel carries."""
    path = tmp_path / "carried.xlam"
    path.write_bytes(carried(wheel, "gouji.xlam"))
    with ExcelFile(path) as addin:
        return addin.vba_modules()


def test_the_wheel_is_the_same_bytes_each_time(wheel, build_wheel, tmp_path, monkeypatch):
    assert build_wheel(tmp_path / "1").read_bytes() == wheel.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = build_wheel(tmp_path / "2")
    assert dated.read_bytes() == build_wheel(tmp_path / "3").read_bytes() != wheel.read_bytes()
    for name in ("gouji.xlam", "gouji.oxt"):
        assert carried(dated, name) == carried(wheel, name)


def test_the_source_archive_and_the_build_requirements_alone_make_the_same_wheel(
    wheel, build_wheel, folder, tmp_path
):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    shutil.unpack_archive(archive, tmp_path)
    python = fresh_python(folder / "构建 用", TO_BUILD)
    root = tmp_path / archive.name.removesuffix(".tar.gz")
    built = build_wheel(tmp_path / "wheel", root, str(python))
    assert built.read_bytes() == wheel.read_bytes()


def test_xlwings_is_the_one_version_that_the_addin_is_made_from(wheel, tmp_path):
    pin = f"xlwings=={version('xlwings')}"
    assert [one for one in TO_BUILD if one.startswith("xlwings")] == [pin]
    assert [one for one in TO_RUN if one.startswith("xlwings")] == [pin]
    assert f'"xlwings64-{version("xlwings")}.dll"' in modules_in(wheel, tmp_path)["xlwings"]


def test_pyopenvba_is_needed_by_those_who_build_alone():
    pins = {one for one in TO_BUILD if one.lower().startswith("pyopenvba")}
    assert pins == {f"pyOpenVBA=={version('pyopenvba')}"}
    extras = PROJECT["project"]["optional-dependencies"]
    assert {name for name, needs in extras.items() if pins & set(needs)} == {"dev", "frozen"}
    assert not pins & set(TO_RUN)


def test_the_program_without_python_has_an_addin_without_cell_functions(wheel, tmp_path):
    make_addin(tmp_path / "gouji.xlam", has_python=False)
    with ExcelFile(tmp_path / "gouji.xlam") as without:
        modules = without.vba_modules()
    code = "".join(modules.values())
    assert re.findall(r"CallUDF\(|MacroOptions|AfterCalculate", code) == []
    with_them = modules_in(wheel, tmp_path)
    assert with_them[MODULE].count("XLPy.CallUDF") == len(HELP)
    of_functions = set(functions_modules())
    assert {name: text for name, text in modules.items() if name not in of_functions} == {
        name: text for name, text in with_them.items() if name not in of_functions
    }


def test_from_the_wheel_alone_the_addin_is_installed_and_uninstalled(python, folder):
    home = folder / "用户 甲"
    done = run(python, "-c", INSTALLING, Path(__file__).parent, home)
    assert done.stderr == ""
    told = json.loads(done.stdout)
    place = home / "Gouji" / "gouji.xlam"
    assert told["said"] == [
        f"加载项:{place}",
        "已登记到 Excel 16.0。",
        "已设为常驻:登录 Windows 时启动勾稽,点按钮时 Excel 不再启动任何程序。",
        "请重新打开 Excel,功能区里就有“勾稽”。",
    ]
    assert told["settings"]["INTERPRETER_WIN"] == str(python)
    assert told["settings"]["PYTHONPATH"] == str(python.parents[1] / SITE)
    assert sorted(key.rpartition("\\")[2] for key in told["keys"]) == ["Gouji", "Options", "Run"]
    assert told["left"] == []


def test_from_the_wheel_alone_the_extension_is_written_for_its_python(python, folder):
    out, err, status = gouji(python, "addin", "extension", folder / "勾稽.oxt")
    assert (out.splitlines()[0], err, status) == (f"扩展:{folder / '勾稽.oxt'}", "", 0)
    with zipfile.ZipFile(folder / "勾稽.oxt") as archive:
        source = archive.read("gouji_component.py").decode()
    assert f"PYTHON = {str(python)!r}" in source
    assert "@python" not in source


def test_from_the_wheel_alone_building_the_addin_ends_in_a_sentence(python, folder):
    assert gouji(python, "addin", "build", folder / "gouji.xlam") == (
        "",
        "生成加载项要用 pyOpenVBA,只有开发勾稽的人才需要:pip install pyOpenVBA。\n"
        "装好的勾稽已经带着加载项,运行 gouji addin install 就行。\n",
        2,
    )
    assert not (folder / "gouji.xlam").exists()


def test_from_the_wheel_alone_the_doctor_has_nothing_to_complain_of(python):
    out, err, status = gouji(python, "addin", "doctor")
    assert (err, status) == ("", 0)
    assert out.splitlines()[0] == f"✓ 勾稽:{version('gouji')}"


def test_a_checkout_without_pyopenvba_takes_what_was_made_when_it_was_installed(python, tmp_path):
    for name in ("addin", "docgen", "workbook", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    ask = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from addin.install.addin_files import addin; print(addin())"
    )
    assert run(python, "-c", ask).stderr.splitlines()[-1] == (
        "addin.install.addin_files.NotCarriedError: "
        "这份勾稽没有带着 gouji.xlam。请在源码文件夹里运行 pip install . 重新安装。"
    )
    (tmp_path / "build" / "addin").mkdir(parents=True)
    (tmp_path / "build" / "addin" / "gouji.xlam").write_bytes(b"made")
    assert run(python, "-c", ask).stdout == "b'made'\n"
