"""The installer for computers without Python, run silently under Wine.

No Python for Windows makes a program here, so a stand-in, made by NSIS too, writes down how it is
called. Both are of 64 bits, which is what Wine alone can run.
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"
PROGRAMS = Path("drive_c/users")
ENTRY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Gouji"
STAND_IN = r"""
Unicode true
OutFile "{program}"
SilentInstall silent
RequestExecutionLevel user
Section
  FileOpen $0 "$EXEDIR\..\calls.txt" a
  FileSeek $0 0 END
  FileWriteUTF16LE $0 "$CMDLINE$\r$\n"
  FileClose $0
SectionEnd
"""


def short(text: str) -> str:
    """A text in which paths begin at the user's own programs."""
    return re.sub(r"C:\\users\\.*?\\Programs\\", "", text)


class Windows(NamedTuple):
    """A fresh Windows of Wine's."""

    wine: str
    prefix: Path
    environment: Mapping[str, str]

    def run(self, *words: str | Path) -> int:
        """The exit code of a program."""
        command = [self.wine, *words]
        return subprocess.run(command, env=self.environment, check=False, timeout=60).returncode

    def uninstall(self) -> None:
        """Run the uninstaller, which goes on in a copy of itself, to its end."""
        assert self.run(self.programs / "Gouji/uninstall.exe", "/S") == 0
        subprocess.run(["wineserver", "-w"], env=self.environment, check=True, timeout=60)

    @property
    def programs(self) -> Path:
        """The user's own programs."""
        (user,) = (one for one in (self.prefix / PROGRAMS).iterdir() if one.name != "Public")
        return user / "AppData/Local/Programs"

    def installed(self) -> list[str]:
        """The files of the program."""
        folder = self.programs / "Gouji"
        return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())

    def start_menu(self) -> list[str]:
        """The entries of ours in the user's start menu."""
        folder = self.programs.parents[1] / "Roaming/Microsoft/Windows/Start Menu/Programs"
        return [one.name for one in folder.glob("勾稽*")]

    def calls(self) -> list[str]:
        """How the stand-in was called, forgotten after that."""
        written = self.programs / "calls.txt"
        lines = written.read_text(encoding="utf-16-le").replace("\ufeff", "").splitlines()
        written.unlink()
        return [short(line) for line in lines]

    def entry(self) -> dict[str, str]:
        """What the list of installed programs says, {} where it says nothing."""
        exported = self.prefix / "drive_c/entry.reg"
        exported.unlink(missing_ok=True)
        if self.run("reg", "export", ENTRY, r"C:\entry.reg", "/y"):
            return {}
        lines = exported.read_text(encoding="utf-16").splitlines()
        pairs = (line.split("=", 1) for line in lines if line.startswith('"'))
        return {name[1:-1]: short(re.sub(r"\\(.)", r"\1", value[1:-1])) for name, value in pairs}


@pytest.fixture(scope="module")
def windows(
    needed: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Windows]:
    wine = needed("wine")
    prefix = tmp_path_factory.mktemp("wine") / "prefix"
    quiet = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml="}
    given = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    environment = {**given, **quiet, "WINEPREFIX": str(prefix)}
    subprocess.run(["wineboot", "-i"], env=environment, check=True, timeout=120)
    yield Windows(wine, prefix, environment)
    subprocess.run(["wineserver", "-k"], env=environment, check=False, timeout=60)


def compile_nsis(makensis: str, script: Path, **values: str | Path) -> None:
    """Make the program that an NSIS script describes."""
    defined = [f"-D{key}={value}" for key, value in values.items()]
    options = ["-V2", "-WX", "-INPUTCHARSET", "UTF8", "-XTarget amd64-unicode"]
    subprocess.run([makensis, *options, *defined, script], check=True, timeout=60)


@pytest.fixture
def setup(needed: Callable[[str], str], tmp_path: Path) -> Callable[..., Path]:
    """Makes the installer of a version from a folder with these files."""
    makensis = needed("makensis")

    def make(version: str, *files: str, has_program: bool = True) -> Path:
        folder = tmp_path / version / "gouji"
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(version)
        if has_program:
            script = tmp_path / "stand_in.nsi"
            script.write_text(STAND_IN.format(program=folder / "gouji.exe"))
            compile_nsis(makensis, script)
        compile_nsis(makensis, PACKAGING / "gouji.nsi", VERSION=version, DIST=folder.parent)
        return folder.parent / f"gouji-{version}-setup.exe"

    return make


def test_it_installs_replaces_an_older_version_and_leaves_nothing(windows, setup):
    older = setup("0.1.0", "_internal/gouji-0.1.0.dist-info/METADATA", "_internal/表.toml")
    assert windows.run(older, "/S") == 0
    assert windows.installed() == [
        "_internal/gouji-0.1.0.dist-info/METADATA", "_internal/表.toml",
        "gouji.exe", "uninstall.exe",
    ]  # fmt: skip
    install = r'"Gouji\gouji.exe" addin install'
    assert windows.calls() == [install]
    newer = setup("0.2.0", "_internal/gouji-0.2.0.dist-info/METADATA")
    assert windows.run(newer, "/S") == 0
    assert windows.installed() == [
        "_internal/gouji-0.2.0.dist-info/METADATA", "gouji.exe", "uninstall.exe",
    ]  # fmt: skip
    assert windows.entry() == {
        "DisplayName": "勾稽",
        "DisplayVersion": "0.2.0",
        "UninstallString": r'"Gouji\uninstall.exe"',
    }
    assert windows.calls() == [install]
    assert windows.start_menu() == ["勾稽填报台.lnk"]
    windows.uninstall()
    assert windows.calls() == [
        r'"Gouji\gouji.exe" addin uninstall --wps',
        r'"Gouji\gouji.exe" addin uninstall',
    ]
    assert (windows.entry(), (windows.programs / "Gouji").exists()) == ({}, False)
    assert list(windows.programs.iterdir()) == windows.start_menu() == []


def test_a_program_that_does_not_run_is_a_failure(windows, setup):
    assert windows.run(setup("0.3.0", "读我.txt", has_program=False), "/S") == 1
    windows.uninstall()
    assert not (windows.programs / "Gouji").exists()
