"""The program for computers without Python does what buttons and command line do."""

import json
import subprocess
import sys

import xlwings as xw
from light import lighten

from gouji import frozen


def test_a_buttons_name_presses_the_button(calc, sample_file, monkeypatch):
    book = xw.Book(str(lighten(sample_file)))
    book.sheets["预算收支"].range("C17").value = 195.94
    monkeypatch.setattr(xw.Book, "_mock_caller", book, raising=False)  # set_mock_caller, undone
    monkeypatch.setattr(sys, "argv", ["gouji", "validate", "--wb=填报.xlsx", "--from_xl=1"])
    frozen.main()
    assert book.app.status_bar == "发现 1 处错误、2 处提醒。"
    assert book.sheets["预算收支"].range("C17").color == (239, 114, 114)
    book.close()


def test_a_click_from_libreoffice_presses_the_button(calc, office, sample_file):
    book = xw.Book(str(lighten(sample_file)))
    book.sheets["预算收支"].range("C17").value = 195.94
    words = ["-m", "addin.ribbon.click", "validate", office.pipe]
    subprocess.run([sys.executable, "-m", "gouji.frozen", *words], check=True, timeout=60)
    assert book.sheets["预算收支"].range("C17").color == (239, 114, 114)
    book.close()


def test_a_question_from_libreoffices_cells_is_answered():
    words = [sys.executable, "-m", "gouji.frozen", "-m", "addin.functions.answers"]
    run = subprocess.run(words, input=b'{"rules": []}\n', capture_output=True, check=True)
    assert json.loads(run.stdout) == {"is_failed": True}  # there is no book in the question


def test_any_other_word_is_the_command_lines():
    run = subprocess.run(
        [sys.executable, "-m", "gouji.frozen", "kinds"], capture_output=True, check=True
    )
    assert run.stdout.decode().startswith("department  部门整体支出绩效自评报告")
