"""The command itself: what it asks for, and what the other commands do not pay for."""

import subprocess
import sys

from typer.testing import CliRunner

from gouji.command_line.app import app
from gouji.desk.serving import listening


def test_without_its_packages_the_command_says_what_to_install(monkeypatch):
    monkeypatch.setattr("addin.install.ways.find_spec", lambda name: None)
    ran = CliRunner().invoke(app, ["desk"])
    told = '填报台要用的程序包还没有装。请运行 pip install "gouji[desk]",再试。\n'
    assert (ran.exit_code, ran.output) == (2, told)


def test_a_workbook_that_is_not_there_and_a_port_that_is_taken_are_told(sample_file):
    ran = CliRunner().invoke(app, ["desk", "没有.xlsx"])
    assert (ran.exit_code, ran.output) == (2, "没有这个文件:没有.xlsx\n")
    with listening() as taken:
        port = taken.getsockname()[1]
        ran = CliRunner().invoke(app, ["desk", str(sample_file), "--port", str(port)])
    told = f"端口 {port} 用不了,可能正被别的程序占用。请换一个端口再试。\n"
    assert (ran.exit_code, ran.output) == (2, told)


def test_no_other_command_loads_what_the_desk_needs(sample_file):
    command = [sys.executable, "-X", "importtime", "-m", "gouji", "check", str(sample_file)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.stderr.split("\n")}
    assert "workbook" in loaded
    assert not loaded & {"fastapi", "starlette", "pydantic", "uvicorn", "pypdfium2", "PIL"}
