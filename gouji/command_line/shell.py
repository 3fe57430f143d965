"""What the commands share: their exit statuses, options, and how a person is spoken to."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from workbook.catalogue.commands import KEPT
from workbook.catalogue.findings import HEAD
from workbook.catalogue.model import Language
from workbook.catalogue.reports import LOOK, PRINTED
from workbook.catalogue.verdicts import ERROR, HINT, WARNING

if TYPE_CHECKING:
    from workbook.checking.intake import Intake
    from workbook.checking.kinds import Kind

OK, TO_MEND, WRONG_USAGE, FAILED = 0, 1, 2, 3
STOPPED = 130  # what a shell says itself of a program that Ctrl+C ended

Templates = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        metavar="DIR",
        help="另有报告种类的文件夹(也可设环境变量 GOUJI_TEMPLATES)。",
        exists=True,
        file_okay=False,
    ),
]
WorkbookFile = Annotated[Path, typer.Argument(metavar="填报.xlsx", help="填好的工作簿。")]
WorkbookFiles = Annotated[
    list[Path],
    typer.Argument(metavar="填报.xlsx", help="填好的工作簿;可以写几本,也可以写文件夹。"),
]
NewWorkbook = Annotated[Path, typer.Argument(metavar="填报.xlsx", help="要新建的工作簿。")]


def stop(message: str) -> NoReturn:
    """End with the message and the exit status for wrong usage."""
    typer.secho(message, err=True, fg="red")
    raise typer.Exit(WRONG_USAGE)


def typed(word: str | Path) -> str:
    """A word as it is typed into a command, quoted where it has blanks; every shell takes that."""
    return f'"{word}"' if any(letter.isspace() for letter in str(word)) else str(word)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what the program foresees into one message and the exit status for wrong usage."""
    from gouji.from_python.errors import GoujiError, foreseen

    try:
        with foreseen():
            yield
    except GoujiError as error:
        stop(str(error))


@contextmanager
def told_unfit() -> Iterator[None]:
    """Show what does not tie in a workbook that gives the data, with its exit status."""
    from docgen.report.given_faults import UnfitError

    try:
        yield
    except UnfitError as error:
        show(error.intake)
        raise typer.Exit(TO_MEND) from error


def must_end_in(path: Path, ending: str, what: str) -> None:
    """Stop where a file that is to be written has another ending."""
    from gouji.from_python import errors

    with told_plainly():
        errors.must_end_in(path, ending, what)


def must_exist(path: Path) -> None:
    """Stop where there is no such file."""
    from gouji.from_python import errors

    with told_plainly():
        errors.must_exist(path)


def workbooks_in(paths: Sequence[Path]) -> list[Path]:
    """The files, and the workbooks below each folder, none twice."""
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        from docgen.batch.found import found

        below = [one for _, one in found(path, ())]
        if not below:
            stop(f"{path} 里没有工作簿。")
        files += below
    return list(dict.fromkeys(files))


def each(files: Sequence[Path], act: Callable[[Path], int], *, is_named: bool = True) -> int:
    """The highest exit status of all; what is wrong with one file keeps no other from its turn.

    `is_named`: of several files each begins with its path, for many are called alike.
    """
    statuses: list[int] = []
    for file in files:
        if is_named and len(files) > 1:
            typer.secho(f"—— {file}", bold=True)
        try:
            statuses.append(act(file))
        except typer.Exit as ended:
            statuses.append(ended.exit_code)
    if len(files) > 1:
        fit = statuses.count(OK)
        told = f"没有错误的 {fit} 本,有错误或读不了的 {len(files) - fit} 本"
        typer.echo(f"共 {len(files)} 本:{told}。", err=True)
    return max(statuses, default=OK)


def found_kind(name: str, templates: Path | None) -> "Kind":
    """The kind called so, or the one in that folder; that there are others of its name is said."""
    from workbook.checking.kinds import find_kind, load_kind, rivals
    from workbook.checking.search import FORM

    folder = Path(name)
    if templates is None and (folder / FORM).is_file():
        with told_plainly():
            return load_kind(folder, folder.resolve().parent)
    with told_plainly():
        kind = find_kind(name, templates)
    for sentence in rivals(kind, templates):
        typer.secho(f"请注意:{sentence}。", err=True, fg="yellow")
    return kind


def take_in(path: Path, templates: Path | None) -> "Intake":
    """The workbook, checked."""
    from workbook.checking.intake import take_in as checked

    must_exist(path)
    with told_plainly():
        return checked(path, templates)


def show(intake: "Intake") -> None:
    """Print all findings, the headings in the colour of their weight."""
    from workbook.checking.show import report_lines

    language = intake.checked.language
    heads = {
        HEAD(language, word=word(language), rest="").strip(): colour
        for word, colour in ((ERROR, "red"), (WARNING, "yellow"), (HINT, "blue"))
    }

    def coloured(line: str) -> str:
        begins = line.lstrip()
        if not begins.startswith(tuple(heads)):  # as most of a hundred thousand lines
            return line
        return typer.style(line, fg=next(heads[one] for one in heads if begins.startswith(one)))

    # At once: each call empties the output.
    typer.echo("\n".join(map(coloured, report_lines(intake.path, intake.checked))))


def print_pdf(document: Path, out: Path, language: Language = "zh") -> None:
    """Print a document for the archive, and say where it lies and what is to be looked at."""
    from docgen.printing.pdf import save_as_pdf

    with told_plainly():
        printed = save_as_pdf(document, out)
    typer.echo(PRINTED(language, standard=printed.standard, path=printed.path))
    if printed.backup is not None:
        typer.echo(KEPT(language, path=printed.backup))
    for warning in printed.warnings(language):
        typer.secho(LOOK(language, warning=warning), err=True, fg="yellow")
