"""A report printed as PDF."""

import shutil
import subprocess
from pathlib import Path

import pytest
from printed import page_texts

from docgen.report import pdf
from docgen.report.pdf import save_as_pdf
from docgen.report.report import make_report
from workbook.checking.intake import take_in
from workbook.files.save import OutputError


@pytest.fixture
def report(sample_file: Path) -> Path:
    return make_report(take_in(sample_file)).path


def test_a_report_is_printed_whatever_it_is_called(soffice, report, tmp_path):
    printed = tmp_path / "新 文件夹" / "报告 #1.pdf"
    assert save_as_pdf(report, printed) is None
    pages = page_texts(printed)
    assert len(pages) == 21
    assert "2022 年度芦淞区委统战部整体支出" in pages[0]
    words = ["".join(page.split()) for page in pages]
    assert words[7].endswith("2023年3月15日—8—")
    assert words[8].startswith("附件1部门整体支出绩效评价基础数据表")
    assert words[-1].endswith("—21—")


def test_a_pdf_that_was_there_is_kept(soffice, report, tmp_path):
    printed = tmp_path / "报告.pdf"
    printed.write_bytes(b"old")
    kept = save_as_pdf(report, printed)
    assert kept is not None and kept.read_bytes() == b"old"
    assert printed.read_bytes().startswith(b"%PDF")


def test_without_a_program_to_print_with_the_clerk_is_told(report, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(OutputError) as told:
        save_as_pdf(report, tmp_path / "报告.pdf")
    assert str(told.value) == "导出 PDF 要用 Word 或 LibreOffice,这台电脑上都没有找到。"


def test_a_program_that_fails_is_told_of(report, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise subprocess.TimeoutExpired("soffice", pdf.LONGEST)

    monkeypatch.setattr(shutil, "which", lambda *_, **__: "soffice")
    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(OutputError, match="LibreOffice 没能把报告转成 PDF"):
        save_as_pdf(report, tmp_path / "报告.pdf")
