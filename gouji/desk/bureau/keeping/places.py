"""The folder of a desk: where what was sent and what was made of it lies, under our own names.

desk.sqlite          the database, unless there is another
.gouji-desk          held by the server that is on the folder
id                   by which the database knows the folder
incoming/            what is being sent
files/<id>/          a workbook, in 报告 its report, in 退回 its annotated copy
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from typing import IO, Final

from docgen.batch.model import Work
from docgen.report.given_faults import DataError
from workbook.files.lock import taken
from workbook.files.reasons import why

WORKBOOK: Final = "填报"
ENDINGS: Final = (".xlsx", ".xlsm")


class Places:
    """A folder that this process holds."""

    def __init__(self, folder: Path, templates: Path | None = None) -> None:
        """Make and take it; raises `DataError` where another has it or nothing can be written."""
        self.root = folder.resolve()
        self._templates = templates
        try:
            for one in (self.root, self.root / "incoming", self.root / "files"):
                one.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._held: IO[bytes]
            self._held, is_ours = taken(self.root / ".gouji-desk")
        except OSError as error:
            raise DataError(f"「{folder}」不能用:{why(error)}。请换一个文件夹。") from error
        if not is_ours:
            self._held.close()
            raise DataError(f"「{folder}」已经有一个服务在用。请先停下那一个,或换一个文件夹。")

    def close(self) -> None:
        """Let the folder go."""
        self._held.close()

    def incoming(self) -> Path:
        """A name for a file that is being sent."""
        return self.root / "incoming" / token_hex(16)

    def put(self, incoming: Path, submission: str, ending: str) -> None:
        """Give what has been sent its own folder."""
        (self._of(submission)).mkdir(mode=0o700)
        incoming.rename(self._of(submission) / f"{WORKBOOK}{ending}")

    def work(self, submission: str) -> Work | None:
        """The workbook as a batch does it; None where it is not there."""
        for ending in ENDINGS:
            path = self._of(submission) / f"{WORKBOOK}{ending}"
            if path.is_file():
                return Work(path.name, path, path.parent, self._templates)
        return None

    def remove(self, submission: str) -> None:
        """Take away a workbook and all that was made of it; raises OSError where one stays."""
        folder = self._of(submission)
        if folder.exists():
            shutil.rmtree(folder)

    def clear_incoming(self) -> None:
        """Take away what was being sent when the server before this one ended."""
        for path in (self.root / "incoming").iterdir():
            path.unlink()

    def there(self) -> Iterator[str]:
        """The ids of all that lies there."""
        return (path.name for path in (self.root / "files").iterdir())

    def _of(self, submission: str) -> Path:
        return self.root / "files" / submission


def id_of(folder: Path) -> str:
    """By what a database knows its folder; made when it is asked for the first time."""
    path = folder / "id"
    if not path.is_file():
        path.write_text(token_hex(16), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
