"""What each button does with the posted book, in the words of Excel's ribbon."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from addin.marking.showing import Shown
from addin.ribbon import about, reports
from addin.ribbon.new_books import free
from addin.ribbon.quoting import question
from gouji.desk.wps.answers import Answer, Choice, NewText, checked
from gouji.desk.wps.posted import OpenInWps, local_file
from gouji.desk.wps.screen import AskedError, PaneScreen
from workbook.catalogue import buttons as said
from workbook.catalogue.files import NEW_FILE
from workbook.catalogue.findings import SENTENCE
from workbook.catalogue.model import Text
from workbook.catalogue.years import MADE, NOTE
from workbook.checking.intake import Intake, examine, kind_of
from workbook.checking.show import summary
from workbook.findings.model import Finding


@dataclass(frozen=True, slots=True)
class Click:
    """A click on a button: the book that it is about, None for none, and what was answered so far.

    `near` is the full name of the book in front, also where the click is not about it.

    `Click("validate", book, "/报表/填报.xlsx", {}, screen)` asks for the findings of this book.
    """

    action: str
    book: OpenInWps | None
    near: str
    answers: Mapping[str, str]
    screen: PaneScreen

    @property
    def open_book(self) -> OpenInWps:
        """The book; the pages never ask without one."""
        assert self.book is not None
        return self.book

    def intake(self) -> Intake:
        """What the book holds now, checked."""
        found = examine(self.open_book.path, self.open_book)
        self.screen.language = found.checked.language
        return found


Action = Callable[[Click], Answer]
OnReports = Callable[[Click, Intake, Path], None]


def answered(click: Click) -> Answer:
    """What the clerk sees of a click; a question is shown with what can be chosen."""
    try:
        return ACTIONS[click.action](click)
    except AskedError as asked:
        number = str(len(asked.answers) + 1)
        choices = [
            Choice(one, click.action, {**asked.answers, number: one}) for one in asked.choices
        ]
        return Answer(said=[*click.screen.said, asked.question], choices=choices)


def validate(click: Click) -> Answer:
    """The findings of the book as it stands."""
    return checked(click.intake())


def make_report(click: Click) -> Answer:
    """The Word report, written beside the book and opened; an older one is kept."""
    return _if_fit(click, said.NOT_MADE, _make_report)


def _make_report(click: Click, intake: Intake, folder: Path) -> None:
    report = reports.make_new(intake, folder, Shown(), click.screen)
    if report is not None:
        click.screen.show(report)


def check_report(click: Click) -> Answer:
    """The last report held against the book and against itself."""
    intake = click.intake()
    if intake.kind is None:
        return checked(intake)
    if click.open_book.file is None:
        return Answer(said=[said.NOT_SAVED(intake.checked.language)])
    reports.check_last(intake, intake.path.parent, click.screen)
    return _told(click)


def refresh_report(click: Click) -> Answer:
    """The last report brought up to date, once the clerk has seen which one it is."""
    return _if_fit(click, said.NOT_UPDATED, _refresh_report)


def _refresh_report(click: Click, intake: Intake, folder: Path) -> None:
    reports.refresh_last(intake, folder, Shown(), click.screen)


def export_pdf(click: Click) -> Answer:
    """The PDF of the last report or of a new one, as the clerk chooses."""
    return _if_fit(click, said.NOT_PRINTED, _export_pdf)


def _export_pdf(click: Click, intake: Intake, folder: Path) -> None:
    screen = click.screen
    last = reports.last_to_print(intake, folder, screen)
    report = last or reports.make_new(intake, folder, Shown(), screen)
    if report is not None:
        reports.print_report(report, intake.checked.language, screen)


def _if_fit(click: Click, undone: Text, act: OnReports) -> Answer:
    """What an action on the book's reports says, with the book's findings; errors stop it."""
    intake = click.intake()
    found = checked(intake)
    if intake.kind is None:
        return found
    if not intake.checked.is_fit:
        language = intake.checked.language
        told = summary(intake.checked.findings, language)
        refusal = said.UNDONE_BELOW(language, summary=told, undone=undone(language))
        return replace(found, said=[refusal])
    if click.open_book.file is None:
        return replace(found, said=[said.NOT_SAVED(intake.checked.language)])
    act(click, intake, intake.path.parent)
    answer = _told(click)
    return replace(found, status=answer.status or found.status, said=answer.said)


def _told(click: Click) -> Answer:
    """What was said on the pane; what was done last stands in the status bar, too."""
    status = click.screen.last_status
    is_new = status and not any(status in one for one in click.screen.said)
    return Answer(status, said=[*([status] if is_new else []), *click.screen.said])


def quote_figures(click: Click) -> Answer:
    """The texts in which figures would become quotes, for the clerk to agree to."""
    from workbook.marking.quoting import NOTHING  # noqa: PLC0415 - a click pays for what it does
    from workbook.prose.told import quoted  # noqa: PLC0415 - the same

    intake = click.intake()
    if intake.kind is None:
        return checked(intake)
    texts = quoted(intake.checked.values, intake.kind.form)
    count = sum(number for _, number in texts.values())
    if not count:
        return Answer(said=[NOTHING])
    new = [NewText(place.sheet, place.address, *one) for place, one in texts.items()]
    choices = [Choice(said.YES.zh, "write_quotes"), Choice(said.NO.zh, "leave_quotes")]
    return Answer(said=[question(texts, count)], texts=new, choices=choices)


def new_book(click: Click) -> Answer:
    """A blank workbook of the kind that the clerk chooses, beside the book in front."""
    from workbook.checking.kinds import load_kind, rivals  # noqa: PLC0415 - a click pays for what it does
    from workbook.checking.search import kind_folders  # noqa: PLC0415 - the same
    from workbook.files.save import save_new  # noqa: PLC0415 - the same
    from workbook.years.beginning import new_workbook  # noqa: PLC0415 - the same

    kinds = {name: load_kind(folder) for name, folder in kind_folders(None).items()}
    chosen = kinds.get(click.answers.get("kind", ""))
    if chosen is None:
        choices = [
            Choice(one.form.title, click.action, {"kind": name}) for name, one in kinds.items()
        ]
        notices = [
            NOTE(kind.form.language, sentence=sentence)
            for kind in kinds.values()
            for sentence in rivals(kind)
        ]
        return Answer(said=["新建哪一种报告的填报工作簿?", *notices], choices=choices)
    near = local_file(click.near)
    language = chosen.form.language
    path = free((near.parent if near else Path.home()) / f"{NEW_FILE(language)}.xlsx")
    save_new(path, new_workbook(chosen), language)
    made = MADE(language, path=path)
    return Answer(MADE(language, path=path.name), said=[made], opened=str(path))


def roll_over(click: Click) -> Answer:
    """Next year's workbook of the open one, beside it."""
    from workbook.years import rollover  # noqa: PLC0415 - a click pays for what it does
    from workbook.years.account import rollover_lines  # noqa: PLC0415 - the same
    from workbook.years.naming import next_path  # noqa: PLC0415 - the same

    book = click.open_book
    if book.file is None:
        kind = kind_of(book.identity)
        language = kind.language if isinstance(kind, Finding) else kind.form.language
        return Answer(said=[said.NOT_SAVED(language)])
    made = rollover.roll_over(book, book.path)
    if isinstance(made, Finding):
        return Answer(said=[SENTENCE(made.language, what=made)])
    path = free(next_path(book.path, made.following, made.kind.form.language))
    made.save(path)
    lines = list(rollover_lines(made, path, book.path))
    status = MADE(made.kind.form.language, path=path.name)
    return Answer(status, said=lines, opened=str(path))


def manual(click: Click) -> Answer:
    """The manual that was installed with the program, opened."""
    click.screen.show(about.MANUAL)
    return Answer("使用手册已打开。", said=click.screen.said)


def doctor(click: Click) -> Answer:
    """What is installed and where the log is."""
    from addin.install.computer import ThisComputer  # noqa: PLC0415 - a click pays for what it does
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
