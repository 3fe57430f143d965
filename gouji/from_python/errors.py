"""What can be foreseen to go wrong, as one exception with a sentence for whoever is to mend it."""

from collections.abc import Iterator
from contextlib import contextmanager


class GoujiError(Exception):
    """A file is missing or cannot be written, or a kind or a template is faulty; says which."""


@contextmanager
def foreseen() -> Iterator[None]:
    """Raise what the rooms below foresee as `GoujiError`; anything else is our own fault."""
    from docgen.template.model.errors import TemplateError
    from workbook.checking.kinds import KindError
    from workbook.files.save import OutputError

    try:
        yield
    except KindError as error:
        faults = "\n".join(f"  {fault}" for fault in error.faults)
        raise GoujiError(f"报告种类的数据文件有误:\n{faults}") from error
    except (OutputError, TemplateError) as error:
        raise GoujiError(str(error)) from error
