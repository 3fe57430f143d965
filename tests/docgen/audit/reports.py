"""What an audit and a fresh report say, for the tests."""

from docgen.audit.audit import audit_report
from docgen.manifest.reading import read_manifest
from docgen.report.report import render_report
from docgen.template.word.package import unpack
from docgen.template.write.marks import manifest_of


def audited(made, intakes, workbook="填报", report="报告.docx"):
    """The audit of a report in the folder."""
    taken = intakes[workbook]
    return audit_report(made / report, taken.kind, taken.checked.values, taken.path)


def printed_by(intake):
    """The figures of a report made anew, by mark."""
    package = unpack(render_report(intake.kind, intake.checked.values))
    return {one.mark: one.text for one in read_manifest(manifest_of(package).read()).figures}
