"""The pages of the report as they will print: made aside, the newest alone, never waited for."""

import io
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pypdfium2

from docgen.contents.contents import with_contents
from docgen.contents.page_numbers import page_numbers
from docgen.printing.pdf import print_in
from docgen.report.report import render_report
from docgen.template.model.errors import TemplateError
from gouji.desk.own.plain import plain_blocks
from workbook.checking.data_files import KindError
from workbook.checking.intake import Intake
from workbook.files.log import failure_told
from workbook.files.save import OutputError

PATIENCE: Final = 0.3  # seconds in which findings reach the page first, and a newer save may come
SCALE: Final = 1.7  # dots for each point of a page: 1,000 across A4
DRAFT: Final = "还有错误,这是草稿。"
PLAIN: Final = "下面只是报告的文字和表格,版式以打印为准。"
Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What somebody waits for; the number grows with each."""

    number: int
    intake: Intake | None


class Preview:
    """Makes pictures of the newest report in a thread of its own, and tells of each step.

    {"state": "making", "words": ""}, then {"state": "pages", "edition": 3, "count": 12, "words":
    "还有错误,这是草稿。"}; {"state": "plain", "blocks": […]} where nothing can print; {"state":
    "none"} where there is no report. Pages of the newest edition alone are at hand.
    """

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._wanted = _Wanted(0, None)
        self._has_work = threading.Condition()
        self._is_closed = False
        self._pdf: tuple[int, pypdfium2.PdfDocument] | None = None
        self._pdfium = threading.Lock()  # which is not made for several threads
        self._thread = threading.Thread(target=self._work, name="preview", daemon=True)
        self._thread.start()

    def ask(self, intake: Intake | None) -> None:
        """Have the report of this book shown, in place of whatever is still being made."""
        with self._has_work:
            self._wanted = _Wanted(self._wanted.number + 1, intake)
            self._has_work.notify()

    def picture(self, edition: int, number: int) -> bytes | None:
        """A page as PNG, the first one being 0; None where there is no such page any more."""
        with self._pdfium:
            if self._pdf is None or self._pdf[0] != edition or number >= len(self._pdf[1]):
                return None
            drawn = self._pdf[1][number].render(scale=SCALE).to_pil()
        file = io.BytesIO()
        drawn.convert("L" if _is_grey(drawn) else "RGB").save(file, "PNG")
        return file.getvalue()

    def close(self) -> None:
        """End what is being made."""
        with self._has_work:
            self._is_closed = True
            self._has_work.notify()
        self._thread.join(timeout=5)

    def _work(self) -> None:
        done = 0
        with tempfile.TemporaryDirectory(prefix="gouji", ignore_cleanup_errors=True) as folder:
            place = Path(folder, "0")
            place.mkdir()
            while not self._is_closed:
                wanted = self._next(done)
                if wanted is None:
                    continue
                done = wanted.number
                self._make(wanted, place)
                if self._is_over(wanted):  # LibreOffice may have been ended in its midst
                    place = Path(folder, str(done))
                    place.mkdir(exist_ok=True)

    def _next(self, done: int) -> _Wanted | None:
        """What is wanted after that of this number; None where a newer one has come, or the end."""
        with self._has_work:
            self._has_work.wait_for(lambda: self._is_closed or self._wanted.number != done)
            wanted = self._wanted
            self._has_work.wait_for(lambda: self._is_over(wanted), PATIENCE)
        return None if self._is_over(wanted) else wanted

    def _is_over(self, wanted: _Wanted) -> bool:
        return self._is_closed or self._wanted.number != wanted.number

    def _make(self, wanted: _Wanted, folder: Path) -> None:
        if wanted.intake is None:
            self._tell({"state": "none", "words": ""})
            return
        self._tell({"state": "making", "words": ""})
        try:
            made = self._made(wanted, wanted.intake, folder)
        except (KindError, TemplateError) as error:
            made = {"state": "none", "words": str(error)}
        except Exception:  # noqa: BLE001 - the findings go on whatever becomes of the pictures
            made = {"state": "none", "words": failure_told("desk")}
        if not self._is_over(wanted):
            self._tell(made)

    def _made(self, wanted: _Wanted, intake: Intake, folder: Path) -> dict[str, Any]:
        assert intake.kind is not None
        is_draft = not intake.checked.is_fit
        document = render_report(intake.kind, intake.checked.values, draft=is_draft)
        words = DRAFT if is_draft else ""
        if self._is_over(wanted):
            return {}
        try:
            document = with_contents(document, page_numbers)
            printed, _ = print_in(folder, document, lambda: self._is_over(wanted))
        except OutputError as error:
            said = f"{words}{PLAIN}({str(error).removesuffix('。')})"
            return {"state": "plain", "words": said, "blocks": plain_blocks(document)}
        return self._opened(wanted.number, printed, words) if printed else {}

    def _opened(self, number: int, printed: bytes, words: str) -> dict[str, Any]:
        """Put the new edition in place of the one before."""
        with self._pdfium:
            if self._pdf is not None:
                with suppress(pypdfium2.PdfiumError):
                    self._pdf[1].close()
            self._pdf = number, pypdfium2.PdfDocument(printed)
            count = len(self._pdf[1])
        return {"state": "pages", "edition": number, "count": count, "words": words}


def _is_grey(picture: Any) -> bool:
    """Whether a page has no colour, and so a third of the bytes is enough."""
    red, green, blue = picture.convert("RGB").resize((200, 280)).split()
    return bool(red.tobytes() == green.tobytes() == blue.tobytes())
