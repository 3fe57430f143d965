"""What can be foreseen to go wrong, as one exception with a sentence for whoever is to mend it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class GoujiError(Exception):
    """A file is missing or cannot be written, or a kind or a template is faulty; says which."""


@contextmanager
def foreseen() -> Iterator[None]:
    """Raise what the rooms below foresee as `GoujiError`; anything else is our own fault."""
    try:
        yield
    except Exception as error:
        told = _told(error)
        if told is None:
            raise
        raise GoujiError(told) from error


def _told(error: Exception) -> str | None:
    """What to say of an error, None where nobody foresaw it; only where one is raised is it known.

    To load the rooms that raise them takes a check as long as it takes to judge all rules.
    """
    from docgen.report.given_faults import DataError
    from docgen.template.model.errors import TemplateError
    from workbook.checking.data_files import KindError
    from workbook.files.save import OutputError

    if isinstance(error, KindError):
        from workbook.checking.fault_lines import with_line

        faults = "\n".join(f"  {with_line(fault)}" for fault in error.faults)
        return f"报告种类的数据文件有误:\n{faults}"
    return str(error) if isinstance(error, DataError | OutputError | TemplateError) else None


def must_exist(path: Path) -> Path:
    """The path itself, where a file is there."""
    if not path.is_file():
        raise GoujiError(f"没有这个文件:{path}")
    return path


def must_end_in(path: Path, ending: str, what: str) -> None:
    """Refuse a file that is to be written with another ending."""
    if path.suffix.lower() != ending:
        raise GoujiError(f"{what}的文件名要以 {ending} 结尾:{path}")
