"""The folder of a new kind, from a workbook and a report; one brought to next year's form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from docgen.adopting.kept import KEPT, kept_text
from docgen.adopting.listing import listed
from docgen.adopting.report import AdoptedReport, adopt_report
from docgen.adopting.starter import starter
from docgen.authoring.scaffold import check_folder
from docgen.report.given_faults import DataError
from docgen.report.lint_report import checked_sample, untrue
from docgen.report.report import context_of
from docgen.template.word.package import read_document
from workbook.adopting.adopt import OPEN, Adopted, Keys, adopt, named_book, readable, requiring
from workbook.adopting.again import Moves, keep_columns, kept_keys, moves, with_rules_of
from workbook.adopting.writing import open_text
from workbook.checking.data_files import BOOK, SAMPLE, KindError
from workbook.checking.kinds import TEMPLATE, Kind, load_kind
from workbook.checking.search import FORM
from workbook.files.save import OutputError, save_new, save_over
from workbook.reading.snapshot import KIND_PROPERTY
from workbook.viewing.words import bare_words
from workbook.xlsx.book import Book
from workbook.xlsx.package import Package, PackageError

_EMPTY: Final = AdoptedReport(b"", (), (), (), ())


@dataclass(frozen=True)
class AdoptedKind:
    """The folder that was written, what was found, what became of the report.

    Of a new form without 人员经费 for a kind that asks for it: `has_report` is False, `moves.gone`
    names 人员经费, and one of `faults` says what to do about it.
    """

    folder: Path
    adopted: Adopted
    report: AdoptedReport
    has_report: bool
    moves: Moves | None = None
    faults: Sequence[str] = ()  # for which the proposed kind cannot be used yet
    untrue: Sequence[str] = ()  # what a check finds wrong in last year's book, its sample

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        report = self.report
        said = {
            **self.adopted.as_json(),
            "tags": [
                {"tag": one.tag, "text": one.text, "paragraph": one.paragraph}
                for one in report.tags
            ],
            "loops": list(report.loops),
            "literal": [{"figure": figure, "sentence": text} for figure, text in report.literal],
            "ambiguous": [
                {"figure": figure, "sentence": text, "fields": list(keys)}
                for figure, text, keys in report.ambiguous
            ],
            "calculated": [{"figure": one, "formula": of} for one, of in report.calculated],
            "unplaced": list(report.unplaced),
            "pinned": [one._asdict() for one in report.pinned],
            "faults": [*self.faults, *self.untrue],
        }
        if self.moves is not None:
            said |= {
                name: list(getattr(self.moves, name))
                for name in ("new", "gone", "moved", "changed", "renamed")
            }
        return said


def adopt_kind(folder: Path, book: Path, report: Path | None = None) -> AdoptedKind:
    """Write form.toml, rules.toml, sample.toml, form.xlsx, report.docx and 待定.md into `folder`.

    Raises `DataError` for a workbook or a report that cannot be read, `OutputError` where the
    folder holds a kind already, `TemplateError` for a report that is no Word document.
    """
    if (folder / FORM).exists():
        raise OutputError(
            f"{folder} 里已经有一种报告了:换新一年的表请加 --again,另做一种请换个文件夹。"
        )
    check_folder(folder)
    adopted = _adopted(folder.name, book)
    if not adopted.found.sheets:
        raise DataError(
            f"{book.name}:没有找到要填的格子。要填的格子请画上边框,或涂上颜色,或取消锁定。"
        )
    made, tried, left = _with_report(adopted, folder.name, report)
    adopted = requiring(adopted, folder.name, _printed_words(adopted, made))
    title = bare_words(adopted.found.title) or folder.name
    template = made.template or starter(adopted.found, title)
    kept = {KEPT: kept_text(made.kept).encode()} if made.kept else {}
    for name, data in {**adopted.files, TEMPLATE: template, **kept}.items():
        save_new(folder / name, data)
    items = {"还不能用,要先改": [*tried.faults, *tried.untrue]} if any(tried) else {}
    items |= {"报告里": left} if report is not None else {}
    _say(folder / OPEN, open_text(adopted.found, items))
    return AdoptedKind(folder, adopted, made, report is not None, None, tried.faults, tried.untrue)


def _printed_words(adopted: Adopted, report: AdoptedReport) -> set[str]:
    """The words that nobody had to type, as signatures, and that last year's report prints."""
    if not report.tags:
        return set()
    typed = (one for one in adopted.found.asked() if one.value and not one.formula)
    words = {one.key for one in typed if one.type == "text" and not one.is_required}
    return words - {*report.unplaced}


class _Tried(NamedTuple):
    """What is wrong with a proposed kind, and what a check finds wrong in its sample."""

    faults: Sequence[str]
    untrue: Sequence[str]


def _with_report(
    adopted: Adopted, name: str, report: Path | None
) -> tuple[AdoptedReport, _Tried, list[str]]:
    """What becomes of the report, what is wrong with the proposed kind, and what is left to tell.

    The kind is tried elsewhere.
    """
    data = None if report is None else _bytes(report)
    if report is not None and data is not None:
        read_document(data, report.name)
    with TemporaryDirectory() as scratch:
        draft = Path(scratch) / name
        for file, content in adopted.files.items():
            save_new(draft / file, content)
        try:
            kind = load_kind(draft)
            kind.check()
            printed, told = _sample(kind) if SAMPLE in adopted.files else ({}, [])
        except KindError as error:
            faults = [fault.replace(f"{draft}/", "") for fault in error.faults]
            return _EMPTY, _Tried(faults, []), []
    tried = _Tried([], [fault.replace(f"{draft}/", "") for fault in told])
    if data is None:
        return _EMPTY, tried, []
    made = adopt_report(data, adopted.found, printed)
    return made, tried, listed(made, adopted.found, printed)


def _sample(kind: Kind) -> tuple[dict[str, Any], list[str]]:
    """What last year's book gives a template to name, and the errors that a check finds in it."""
    checked = checked_sample(kind)
    return context_of(kind, checked.values), list(untrue(kind, checked))


def again_kind(folder: Path, book: Path) -> AdoptedKind:
    """Put next year's workbook into a kind whose author's files stay; 待定.md says what moved.

    Raises as `adopt_kind` does.
    """
    if not (folder / BOOK).exists():
        raise OutputError(f"{folder} 里没有 form.xlsx:--again 用于由单位自己的表做成的种类。")
    kind = load_kind(folder)
    old = Book(Package.of((folder / BOOK).read_bytes())).names
    before = _adopted(folder.name, folder / BOOK).found
    adopted = _adopted(folder.name, book, lambda found: kept_keys(kind.form, old, found))
    renamed = keep_columns(kind.form, adopted.found)
    found = replace(moves(kind.form, old, before, adopted.found), renamed=renamed)
    if not found.known:
        raise OutputError(f"{book.name} 和 {folder} 里的表没有一格相同,没有换上。")
    made = named_book(_bytes(book), adopted.found)
    save_over(folder / BOOK, with_rules_of(_bytes(folder / BOOK), made, kind.form))
    items = {
        "新表多出来的(没有写进 form.toml)": list(found.new),
        "新表里没有了的(还写在 form.toml 里)": list(found.gone),
        "挪了地方的(已跟着走)": list(found.moved),
        "列头改了的(还是原来的列,请核对)": list(found.renamed),
        "公式或单位变了的(form.toml 还是原来的,请改)": list(found.changed),
    }
    _say(folder / OPEN, open_text(adopted.found, items))
    faults = [
        f"{key}还写在 form.toml 里,新表里没有:"
        "请从 form.toml、rules.toml 和模板里去掉它,或在新表里加上"
        for key in found.gone
    ]
    return AdoptedKind(folder, adopted, _EMPTY, has_report=False, moves=found, faults=faults)


def _adopted(name: str, book: Path, keys: Keys | None = None) -> Adopted:
    if fault := readable(book):
        raise DataError(f"{book.name}:{fault}")
    try:
        data = _bytes(book)
        if KIND_PROPERTY in Book(Package.of(data)).properties:
            raise DataError(
                f"{book.name}:这是勾稽发出的填报工作簿,里面已有程序加的校验;请用单位自己原来的表。"
            )
        return adopt(name, data, keys)
    except PackageError as error:
        raise DataError(f"{book.name}:文件读不了({error})。") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path.name}:读不了({error.strerror})。") from error


def _say(path: Path, text: str) -> None:
    """Write a list above the one before it, in which the author may have written."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text("\n".join(filter(None, (text, before))), encoding="utf-8")
