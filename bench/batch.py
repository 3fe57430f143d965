"""What a batch costs beside plain openpyxl and docxtpl, in CPU time, as ratios of one run.

    python bench/batch.py [COUNT]

COUNT workbooks of 部门整体支出 without a slip (200, if it is not said) are read, checked and
reported in one warm process, and so they are by a loop of `plain_report.py`, which checks nothing.
The loop's template is made of the first report. The two take turns, workbook by workbook, so that
a machine that slows down slows both. Annotated copies are timed apart.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from docxtpl import DocxTemplate

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from commands import plain_template  # noqa: E402 - the path comes first
from plain_report import values_of  # noqa: E402

from docgen.batch.model import REPORTS, Status, Work  # noqa: E402
from docgen.batch.one import do  # noqa: E402
from tools.units.making import Maker  # noqa: E402
from workbook.checking.intake import take_in  # noqa: E402
from workbook.marking.annotate import annotated  # noqa: E402


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as name:
        folder, maker, random = Path(name), Maker(), Random(1)
        works = []
        for number in range(count + 1):
            source = folder / f"{number}.xlsx"
            source.write_bytes(maker.workbook(f"第{number}小学", random))
            works.append(Work(source.name, source, folder / "出", None))
        (folder / "出" / REPORTS).mkdir(parents=True)
        template = folder / "模板.docx"
        _ours(works[0])
        plain_template(works[0].report, template)
        _plain(works[0], template)
        told = [(cpu(_ours, one), cpu(_plain, one, template)) for one in works[1:]]
        ours, plain = (sum(times) / count for times in zip(*told, strict=True))
        print(f"one workbook, checked and reported   {ours * 1000:6.0f} ms")
        print(f"openpyxl and docxtpl, nothing checked{plain * 1000:6.0f} ms")
        print(f"ratio                                {plain / ours:6.2f}      wanted 3, aim 4")
        few = works[1:21]
        copies = sum(cpu(_copy, one) for one in few) / len(few)
        print(f"an annotated copy                    {copies * 1000:6.0f} ms")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory of both together         {peak:6.0f} MB")


def cpu(do_it: Callable[..., Any], *given: Any) -> float:
    """The CPU seconds that something takes."""
    before = time.process_time()
    do_it(*given)
    return time.process_time() - before


def _ours(work: Work) -> None:
    assert do(work).status is Status.PASSED


def _plain(work: Work, template: Path) -> None:
    document = DocxTemplate(template)
    document.render(values_of(str(work.source)))
    document.save(work.source.with_suffix(".docx"))


def _copy(work: Work) -> None:
    annotated(work.source, take_in(work.source).checked.findings)


if __name__ == "__main__":
    main()
