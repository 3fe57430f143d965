"""A report brought up to date: its figures a fresh report's, every other letter as it was."""

import docx
from audit.reports import printed_by
from docx.oxml.ns import qn

from docgen.audit.refresh import refresh_report
from docgen.manifest.reading import read_manifest
from docgen.report.report import render_report
from docgen.template.word.package import unpack
from docgen.template.write.marks import manifest_of

CHARTS = (
    "charts/chart1.xml", "charts/chart2.xml", "embeddings/chart1.xlsx", "embeddings/chart2.xlsx",
)  # fmt: skip


def texts(document):
    """The text of each paragraph of the body, tables included."""
    return [
        "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    ]


def refreshed(folder, intakes, report, **options):
    """The report, refreshed from the changed workbook."""
    taken = intakes["改过"]
    return refresh_report(report, taken.kind, taken.checked.values, folder / "填报.xlsx", **options)


def opened(data, folder):
    """The document of these bytes."""
    (folder / "更新.docx").write_bytes(data)
    return docx.Document(str(folder / "更新.docx"))


def test_a_refreshed_report_reads_and_is_marked_like_a_fresh_one(made, intakes, tmp_path):
    result = refreshed(made, intakes, made / "报告.docx")
    assert (len(result.rewritten), result.charts, result.after.is_true) == (45, 2, True)
    taken = intakes["改过"]
    fresh = opened(render_report(taken.kind, taken.checked.values), tmp_path)
    assert texts(opened(result.document, tmp_path)) == texts(fresh)
    package = unpack(result.document)
    manifest = read_manifest(manifest_of(package).read())
    assert {one.mark: one.text for one in manifest.figures} == printed_by(taken)
    before = unpack((made / "报告.docx").read_bytes())
    changed = {name for name in package.names() if package.read(name) != before.read(name)}
    charts = {f"word/{part}" for part in CHARTS}
    assert changed == charts | {"word/document.xml", "customXml/item1.xml", "docProps/custom.xml"}
    anew = unpack(render_report(taken.kind, taken.checked.values))
    assert [package.read(name) == anew.read(name) for name in sorted(charts)] == [True] * 4


def test_what_was_written_by_hand_is_kept_and_only_force_rewrites_a_figure(made, intakes, tmp_path):
    document = docx.Document(str(made / "报告.docx"))
    (first, *_) = [one for one in document.paragraphs if "基本支出195.49万元" in one.text]
    first.add_run("这是领导加的一句话。")
    for run in first.runs:
        if run.text == "195.49":
            run.text = "195.94"
    document.save(str(tmp_path / "报告.docx"))
    result = refreshed(made, intakes, tmp_path / "报告.docx")
    (kept,) = [one for one in result.after.figures if one.state != "ok"]
    assert (kept.state, kept.printed, kept.original, kept.current) == (
        "edited", "195.94", "195.49", "195.50",
    )  # fmt: skip
    after = texts(opened(result.document, tmp_path))
    (line,) = [one for one in after if "这是领导加的一句话。" in one]
    assert "基本支出195.94万元" in line
    forced = refreshed(made, intakes, tmp_path / "报告.docx", force=True)
    assert forced.after.is_true
    (line,) = [one for one in texts(opened(forced.document, tmp_path)) if "这是领导加的" in one]
    assert "基本支出195.50万元" in line
