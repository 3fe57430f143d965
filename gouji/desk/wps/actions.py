"""What each button does with the posted book, in the words of Excel's ribbon."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from addin.ribbon import about, reports
from addin.ribbon.new_books import free
from addin.ribbon.quoting import question
from docgen.audit.opening import NotComparableError
from gouji.desk.wps.answers import Answer, Choice, NewText, checked
from gouji.desk.wps.posted import OpenInWps, local_file
from workbook.checking.intake import Intake, examine
from workbook.checking.show import summary
from workbook.findings.model import Finding

NOT_SAVED: Final = (
    "这本工作簿还没有存在这台电脑上(新建后没有存过盘,或只在云端),不知道文件该放在哪里。"
    "请把它另存到这台电脑的文件夹里,再点一次。"
)
NO_REPORT: Final = (
    "工作簿所在的文件夹里没有这个单位、这个年度的报告。请先按“生成报告”,"
    "或把报告放到这个文件夹里再点一次。"
)
MOST_LINES: Final = 200  # that the pane shows of a report

Show = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Click:
    """A click on a button: the book that it is about, None for none, and what was asked besides.

    `near` is the full name of the book in front, also where the click is not about it; `asked` what
    was chosen in the pane, by name. `show` opens a file in the program that it belongs to.
    """

    book: OpenInWps | None
    near: str
    asked: Mapping[str, str]
    show: Show

    @property
    def open_book(self) -> OpenInWps:
        """The book; the pages never ask without one."""
        assert self.book is not None
        return self.book

    def intake(self) -> Intake:
        """What the book holds now, checked."""
        return examine(self.open_book.path, self.open_book)

    def report(self, intake: Intake) -> Path | None:
        """The report beside the book that was chosen, or the last one; None where there is none."""
        folder = intake.path.parent
        if name := self.asked.get("report"):
            return folder / Path(name).name
        return reports.last_report(intake, folder)


Action = Callable[[Click], Answer]


def validate(click: Click) -> Answer:
    """The findings of the book as it stands."""
    return checked(click.intake())


def make_report(click: Click) -> Answer:
    """The Word report, written beside the book and opened; an older one is kept."""
    return _if_fit(click, "报告没有生成", _make_report)


def _make_report(click: Click, intake: Intake) -> Answer:
    from docgen.report.report import make_report as write  # noqa: PLC0415 - heavy

    made = write(intake)
    click.show(made.path)
    kept = f"原有的一份留作 {made.backup.name}。" if made.backup else ""
    return Answer(f"报告:{made.path.name}", said=[f"报告:{made.path}", *filter(None, [kept])])


def check_report(click: Click) -> Answer:
    """The last report held against the book and against itself."""
    intake = click.intake()
    if intake.kind is None:
        return checked(intake)
    path = click.report(intake) if click.open_book.file else None
    if path is None:
        return Answer(said=[NO_REPORT if click.open_book.file else NOT_SAVED])
    held = reports.held_report(path, intake)
    if click.asked.get("copy"):
        copy = reports.commented_copy(held)
        click.show(copy)
        return Answer(f"批注副本:{copy.name}", said=[f"批注副本:{copy}"])
    if not held.lines:
        return Answer(held.heads[0], said=held.heads)
    asked = {"report": path.name, "copy": "yes"}
    choice = Choice("打开一份在这些地方加了批注的副本", "check_report", asked)
    more = [f"……共 {len(held.lines)} 行,其余见批注副本。"] if len(held.lines) > MOST_LINES else []
    said = [*held.heads, *held.lines[:MOST_LINES], *more]
    return Answer(held.heads[0], said=said, choices=[choice])


def refresh_report(click: Click) -> Answer:
    """The last report brought up to date, once the clerk has seen which one it is."""
    return _if_fit(click, "报告没有更新", _refresh_report)


def _refresh_report(click: Click, intake: Intake) -> Answer:
    path = click.report(intake)
    if path is None:
        return Answer(said=[NO_REPORT])
    if reports.is_open(path):
        return Answer(said=[reports.IS_OPEN.format(path.name)])
    if "report" not in click.asked:
        said = (
            f"更新「{path.name}」?里面过时的数改成这本工作簿现在的,手改过的数留着,原来的一份留底。"
        )
        choice = Choice("更新这份报告", "refresh_report", {"report": path.name})
        return Answer(said=[said], choices=[choice])
    try:
        told = reports.refreshed(path, intake)
    except NotComparableError as error:
        return Answer(said=[str(error)])
    click.show(path)
    return Answer(told[0], said=told)


def export_pdf(click: Click) -> Answer:
    """The PDF of the last report or of a new one, as the clerk chooses."""
    return _if_fit(click, "报告没有转成 PDF", _export_pdf)


def _export_pdf(click: Click, intake: Intake) -> Answer:
    from docgen.printing.pdf import save_as_pdf  # noqa: PLC0415 - heavy
    from docgen.report.report import make_report as write  # noqa: PLC0415 - the same

    last = click.report(intake)
    if last is not None and not click.asked:
        asked = f"把「{last.name}」转成 PDF?在 Word 里改过的字句都在。也可以重新生成一份报告再转。"
        choices = [
            Choice(f"转「{last.name}」", "export_pdf", {"report": last.name}),
            Choice("重新生成一份再转", "export_pdf", {"new": "yes"}),
        ]
        return Answer(said=[asked], choices=choices)
    is_new = last is None or "new" in click.asked
    report = write(intake).path if is_new or last is None else last
    printed = save_as_pdf(report, report.with_suffix(".pdf"))
    click.show(printed.path)
    kept = [f"原有的一份留作 {printed.backup.name}。"] if printed.backup else []
    said = [f"PDF:{printed.path}", *kept, *printed.warnings]
    return Answer(f"PDF:{printed.path.name}", said=said)


def _if_fit(click: Click, undone: str, act: Callable[[Click, Intake], Answer]) -> Answer:
    """What `act` answers, with the findings and marks of the book; errors stand in its way."""
    intake = click.intake()
    found = checked(intake)
    if intake.kind is None:
        return found
    if not intake.checked.is_fit:
        told = f"{summary(intake.checked.findings)},{undone}。请先改正下面的错误。"
        return replace(found, status=told, said=[told])
    if click.open_book.file is None:
        return replace(found, status="", said=[NOT_SAVED])
    done = act(click, intake)
    return replace(found, status=done.status, said=done.said, choices=done.choices)


def quote_figures(click: Click) -> Answer:
    """The texts in which figures would become quotes, for the clerk to agree to."""
    from workbook.marking.quoting import NOTHING  # noqa: PLC0415 - brings openpyxl
    from workbook.prose.told import quoted  # noqa: PLC0415 - as heavy

    intake = click.intake()
    if intake.kind is None:
        return checked(intake)
    texts = quoted(intake.checked.values, intake.kind.form)
    count = sum(number for _, number in texts.values())
    if not count:
        return Answer(said=[NOTHING])
    new = [NewText(place.sheet, place.address, text) for place, (text, _) in texts.items()]
    return Answer(
        said=[question(texts, count)], texts=new, choices=[Choice("改成引用", "write_quotes")]
    )


def new_book(click: Click) -> Answer:
    """A blank workbook of the kind that the clerk chooses, beside the book in front."""
    from workbook.checking.kinds import load_kind, rivals  # noqa: PLC0415 - heavy
    from workbook.checking.search import kind_folders  # noqa: PLC0415 - the same
    from workbook.files.save import save_new  # noqa: PLC0415 - the same
    from workbook.years.beginning import new_workbook  # noqa: PLC0415 - the same

    folders = kind_folders(None)
    if chosen := folders.get(click.asked.get("kind", "")):
        near = local_file(click.near)
        path = free((near.parent if near else Path.home()) / "填报.xlsx")
        save_new(path, new_workbook(load_kind(chosen)))
        return Answer(f"已新建:{path.name}", said=[f"已新建:{path}"], opened=str(path))
    kinds = {name: load_kind(folder) for name, folder in folders.items()}
    notices = [f"请注意:{sentence}。" for kind in kinds.values() for sentence in rivals(kind)]
    choices = [Choice(one.form.title, "new_book", {"kind": name}) for name, one in kinds.items()]
    return Answer(said=["新建哪一种报告的填报工作簿?", *notices], choices=choices)


def roll_over(click: Click) -> Answer:
    """Next year's workbook of the open one, beside it."""
    from workbook.years import rollover  # noqa: PLC0415 - heavy
    from workbook.years.account import rollover_lines  # noqa: PLC0415 - the same

    book = click.open_book
    if book.file is None:
        return Answer(said=[NOT_SAVED])
    made = rollover.roll_over(book, book.path)
    if isinstance(made, Finding):
        return Answer(said=[f"{made}。"])
    path = free(rollover.next_path(book.path, made.year, made.period))
    made.save(path)
    said = list(rollover_lines(made, path, book.path))
    return Answer(f"已新建:{path.name}", said=said, opened=str(path))


def manual(click: Click) -> Answer:
    """The manual that was installed with the program, opened."""
    click.show(about.MANUAL)
    return Answer("使用手册已在浏览器里打开。")


def doctor(click: Click) -> Answer:
    """What is installed and where the log is."""
    from addin.install.computer import ThisComputer  # noqa: PLC0415 - heavy
    from addin.install.doctor import examined  # noqa: PLC0415 - the same

    return Answer(said=["\n".join(str(line) for line in examined(ThisComputer(), "WPS 表格"))])


def tell_about(click: Click) -> Answer:
    """What this is, its version and licence."""
    return Answer(said=[about.about_text()])


ACTIONS: Final[Mapping[str, Action]] = {
    "about": tell_about,
    **{
        action.__name__: action
        for action in (
            new_book, roll_over, validate, quote_figures,
            make_report, check_report, refresh_report, export_pdf, manual, doctor,
        )
    },
}  # fmt: skip
BY_PAGES: Final[Sequence[str]] = ("next_finding", "clear_marks")  # which the JavaScript does alone
