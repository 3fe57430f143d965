"""The front door: what scripts and notebooks call of Gouji, and its command line.

In come paths and names, out go findings, values and files. A name is loaded when it is first used,
so that `import gouji` costs nothing. What is not listed here may change from one version to the
next.

    import gouji

    workbook = gouji.check_workbook("填报.xlsx")
    if workbook.is_fit:
        gouji.make_report(workbook, "报告.docx")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docgen.audit.audit import Audit
    from docgen.official.model import Deviation
    from docgen.template.rich.markup import RP, Listing, R, RichText, RichTextParagraph
    from docgen.template.rich.pictures import InlineImage
    from gouji.from_python.calls import (
        CheckedWorkbook,
        audit_report,
        check_format,
        check_workbook,
        load_kind,
        make_report,
        make_workbook,
        proof_document,
        render_template,
    )
    from gouji.from_python.docx_template import DocxTemplate, Subdoc
    from gouji.from_python.errors import GoujiError
    from workbook.checking.kinds import Kind
    from workbook.findings.model import Finding
    from workbook.proof.model import Slip, Verdict

    __version__: str

__all__ = [
    "RP",
    "Audit",
    "CheckedWorkbook",
    "Deviation",
    "DocxTemplate",
    "Finding",
    "GoujiError",
    "InlineImage",
    "Kind",
    "Listing",
    "R",
    "RichText",
    "RichTextParagraph",
    "Slip",
    "Subdoc",
    "Verdict",
    "__version__",
    "audit_report",
    "check_format",
    "check_workbook",
    "load_kind",
    "make_report",
    "make_workbook",
    "proof_document",
    "render_template",
]
_ELSEWHERE: Final = {
    "Audit": "docgen.audit.audit",
    "Deviation": "docgen.official.model",
    **dict.fromkeys(
        ("Listing", "R", "RP", "RichText", "RichTextParagraph"), "docgen.template.rich.markup"
    ),
    **dict.fromkeys(("DocxTemplate", "Subdoc"), "gouji.from_python.docx_template"),
    "InlineImage": "docgen.template.rich.pictures",
    "Finding": "workbook.findings.model",
    "GoujiError": "gouji.from_python.errors",
    "Kind": "workbook.checking.kinds",
    **dict.fromkeys(("Slip", "Verdict"), "workbook.proof.model"),
}


def __getattr__(name: str) -> Any:
    """One of the names above, loaded now; ImportError where a foreign package hides ours."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 - costs 20 ms

        return version("gouji")
    from gouji.own_packages import foreign_package  # noqa: PLC0415 - as above: when first used

    if fault := foreign_package():
        raise ImportError(fault)
    found = getattr(import_module(_ELSEWHERE.get(name, "gouji.from_python.calls")), name)
    globals()[name] = found  # the next use does not come here
    return found


def __dir__() -> list[str]:
    """The public names, for those who look around in a notebook."""
    return sorted(__all__)
