"""The Python that is there from log-on, as far as it can run outside of Windows."""

import ast
import inspect
import os
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import xlwings

from addin.install import resident


def test_the_python_without_a_window_is_taken_where_there_is_one(tmp_path):
    python = tmp_path / "Python 3" / "python.exe"
    python.parent.mkdir()
    assert resident.command(str(python)) == [str(python), "-P", "-m", "addin.install.resident"]
    python.with_name("pythonw.exe").touch()
    assert resident.command(str(python))[0] == str(python.with_name("pythonw.exe"))


def test_the_class_is_our_own_and_xlwings_server_takes_it():
    assert re.fullmatch(r"\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}", resident.CLSID)
    source = Path(xlwings.__file__).with_name("com_server.py").read_text(encoding="utf-8")
    (serve,) = (
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == "serve"
    )
    assert [one.arg for one in serve.args.args] == ["clsid"]
    assert resident.CLSID not in source
    assert "EnableQuitMessage" in source  # so that `leave` ends it


def test_what_excel_tells_the_server_to_do_is_there():
    assert inspect.signature(resident.leave).parameters == {}
    assert find_spec("addin.ribbon.press") is not None


def test_a_server_that_cannot_start_says_why_in_the_log(tmp_path):
    """Outside of Windows there is no COM; that is a failure as good as any."""
    words = [shlex.join(resident.command())]
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    done = subprocess.run(
        ["sh", "-c", *words], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 1)
    log = (tmp_path / "gouji" / "gouji.log").read_text(encoding="utf-8")
    assert log.splitlines()[-2] == (
        "ImportError, Couldn't find 'pywin32'. Install it via'pip install pywin32' or "
        "'conda install pywin32'."
    )


def test_a_stray_folder_does_not_stand_in_for_ours(tmp_path):
    (tmp_path / "addin").mkdir()
    (tmp_path / "addin" / "__init__.py").touch()
    words = [sys.executable, *resident.command()[1:2], "-c", "import addin.install.resident"]
    subprocess.run(words, cwd=tmp_path, check=True)
