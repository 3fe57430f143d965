"""A report that LibreOffice has saved, brought up to date: its text and marks are a fresh one's."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from audit.settled import settled

from docgen.audit.judging import State
from docgen.audit.opening import made_anew, open_report
from docgen.audit.refresh import refreshed
from docgen.manifest.lines import read_lines
from docgen.template.word.package import Package, unpack
from tools.editing.reports import CHANGES
from workbook.checking.intake import take_in
from workbook.making.build import as_bytes, build_workbook

# LibreOffice lets the last mark end a letter early in a paragraph that ends a section.
ENDS_EARLY = ("2023年3月15日", "2023年3月15")


def told(package: Package) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each paragraph that is not blank, with its marks in order and the text at each.

    Page breaks are left out: LibreOffice makes properties of them, or breaks of properties.
    """
    return [
        (line.text.strip("\n"), [(mark, line.text[start:end]) for mark, start, end in line.marks])
        for line in read_lines(package)
        if line.text.strip()
    ]


@pytest.fixture(scope="module")
def by_libreoffice(trials, convert, tmp_path_factory):
    """Gives the report after LibreOffice has opened it and saved it as each of these in turn."""

    @cache
    def saved(*way):
        path = trials.report
        for ending in way:
            path = convert(path, ending, tmp_path_factory.mktemp(ending))
        return path

    return saved


@pytest.mark.parametrize("way", [("docx",), ("odt", "docx"), ("doc", "docx")])
def test_a_report_saved_by_libreoffice_is_as_a_fresh_one_after_a_refresh(
    trials, by_libreoffice, way
):
    report = open_report(by_libreoffice(*way), trials.own.path)
    for name in CHANGES:
        made = refreshed(report, trials.anew[name], force=False, tracked=False)
        wanted = [
            (
                text,
                [(mark, ENDS_EARLY[1] if text == ENDS_EARLY[0] else said) for mark, said in marks],
            )
            for text, marks in told(trials.anew[name].package)
        ]
        assert told(unpack(made.document)) == wanted, name
        after = made.after
        # it renames the charts, which nobody knows again: an audit tells those that are out of date
        assert after.counts == dict.fromkeys(State, 0) | {"ok": len(after.figures)}, name
        assert (after.missing, after.changes, after.reworded) == ((), (), ()), name


@pytest.mark.parametrize("tracked", [False, True])
def test_a_figure_whose_mark_ends_early_is_rewritten_whole(
    trials, tmp_path, by_libreoffice, tracked
):
    report, kind = open_report(by_libreoffice("docx"), trials.own.path), trials.own.kind
    assert (ENDS_EARLY[0], [("_gj335", ENDS_EARLY[1])]) in told(report.package)
    fields = {**kind.sample.fields, "成文日期": date(2023, 4, 6)}
    book = tmp_path / "日期.xlsx"
    book.write_bytes(
        as_bytes(build_workbook(kind.form, kind.rules, replace(kind.sample, fields=fields)))
    )
    anew = made_anew(report, kind, take_in(book).checked.values)
    made = refreshed(report, anew, force=False, tracked=tracked).document
    assert ("2023年4月6日", [("_gj335", "2023年4月6日")]) in told(unpack(made))
    if tracked:
        texts = settled(made, "del", "ins")
        assert ENDS_EARLY[0] in texts
